"""The station's facts as a form: in the wizard and on the settings page."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from db.vocabulary import StationKind
from station_app.domain.station import StationDraft, StationRecord
from station_app.domain.terms import terms
from station_app.domain.words import station_kind_word
from station_app.i18n import tr
from station_app.ui.theme import lay
from station_app.ui.widgets.fields import Combo, Field


class _CodeInput(QLineEdit):
    """Takes capital letters and digits; small letters become capitals."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        at, text = self.cursorPosition(), self.text()
        if text != text.upper():
            self.setText(text.upper())
            self.setCursorPosition(at)
            self.textEdited.emit(self.text())


class StationForm(QWidget):
    """Inputs for every fact of a station; ``draft()`` collects them, ``set`` shows a record."""

    name_left = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.name, self.code, self.region = QLineEdit(), _CodeInput(), QLineEdit()
        self.address, self.hours, self.phone = QLineEdit(), QLineEdit(), QLineEdit()
        self.kind = Combo()
        self.kind.fill([(kind, station_kind_word(kind)) for kind in StationKind])
        self.kind.take(StationKind.STATION)
        self.term = Combo(editable=True)
        self.term.fill([(term, term) for term in terms()])
        self.code.setMaxLength(8)
        self.name.setPlaceholderText(tr("for example Kuiying Street"))
        self.hours.setPlaceholderText(tr("for example working days 8:30–17:00"))
        self.fields = {
            "name": Field(tr("Name of the street, town or community"), self.name, required=True),
            "code": Field(tr("Code on paper"), self.code, required=True,
                          hint=tr("2 to 8 capital letters or digits")),
            "kind": Field(tr("Kind"), self.kind),
            "term": Field(tr("What your place is called"), self.term, required=True,
                          hint=tr("You may type another word.")),
            "region": Field(tr("Region"), self.region),
            "phone": Field(tr("Telephone"), self.phone),
            "address": Field(tr("Address"), self.address),
            "opening_hours": Field(tr("Opening hours"), self.hours),
        }  # fmt: skip
        grid = lay(QGridLayout(self), spacing=12)
        for at, field in enumerate(self.fields.values()):
            grid.addWidget(field, at // 2, at % 2)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        self.name.editingFinished.connect(lambda: self.name_left.emit(self.name.text().strip()))
        self.setFocusProxy(self.name)

    def draft(self) -> StationDraft:
        """What was typed."""
        return StationDraft(
            name=self.name.text().strip(),
            code=self.code.text().strip(),
            kind=StationKind(self.kind.currentData()),
            term=self.term.currentText().strip(),
            region=self.region.text().strip(),
            address=self.address.text().strip(),
            opening_hours=self.hours.text().strip(),
            phone=self.phone.text().strip(),
        )

    def set(self, station: StationRecord) -> None:
        """Show ``station``."""
        for line, text in (
            (self.name, station.name), (self.code, station.code), (self.region, station.region),
            (self.address, station.address), (self.hours, station.opening_hours),
            (self.phone, station.phone),
        ):  # fmt: skip
            line.setText(text)
        self.kind.take(station.kind)
        self.term.setEditText(station.term)

    def suggest_code(self, code: str) -> None:
        """Offer ``code`` unless one was typed."""
        if not self.code.text():
            self.code.setText(code)


def code_from_name(name: str) -> str:
    """A code from the initials of the first two characters of ``name`` (葵英街道 → KY)."""
    from station_app.domain.pinyin import spellings  # loads a large table: not on the GUI thread

    found = (one for one in spellings(name[:2]) if one.isascii())
    return min(found, key=len, default="").upper()[:8]
