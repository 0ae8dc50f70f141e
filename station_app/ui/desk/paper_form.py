"""A form filled in by hand while there was no power: its number, and when the visitor came."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from station_app.domain.moments import ZONE
from station_app.i18n import tr
from station_app.ui.desk.enter import EnterChain
from station_app.ui.theme import lay
from station_app.ui.widgets import Field, IconButton, row
from station_app.ui.widgets.dates import DateField, TimeField


class PaperForm(QWidget):
    """Hidden until a paper form is typed in; ``edited`` after every change."""

    edited = Signal()

    def __init__(self, chain: EnterChain) -> None:
        super().__init__()
        self._today: date | None = None
        self.number = QLineEdit()
        self.number.setMaxLength(40)
        self.day = DateField(today=lambda: self._today or date.today())  # noqa: DTZ011 - the PC's
        self.hour = TimeField()
        self.fields = {
            "number": Field(tr("Number on the paper form"), self.number, required=True),
            "arrived_at": Field(tr("Day the visitor came"), self.day),
        }
        hour = Field(tr("Hour"), self.hour)
        leave = IconButton("x", tr("No paper form"), size=18, act=self.clear)
        line = row(self.fields["number"], self.fields["arrived_at"], hour, leave, spacing=12)
        for place, stretch in enumerate((16, 9, 6)):
            line.setStretch(place, stretch)
        line.setAlignment(leave, Qt.AlignmentFlag.AlignVCenter)
        lay(QVBoxLayout(self)).addLayout(line)
        chain.link(self.number, self.day, self.hour)
        for field in (self.number, self.day, self.hour):
            field.textChanged.connect(lambda _text: self.edited.emit())
        self.hide()

    def begin(self, number: str, today: date) -> None:
        """Ask for a paper form; ``number`` if its code was scanned."""
        self._today = today
        self.show()
        if number:
            self.number.setText(number)
        if self.day.value is None:
            self.day.set(today)
        (self.hour if number else self.number).setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Type in no paper form after all."""
        self.number.clear()
        self.day.set(None)
        self.hour.set(None)
        self.hide()
        self.edited.emit()

    @property
    def arrived_at(self) -> datetime | None:
        """When the visitor came; None: it is taken as now."""
        day, hour = self.day.value, self.hour.value
        if day is None or hour is None:
            return None
        return datetime.combine(day, hour, ZONE).astimezone(UTC)

    def state(self) -> dict[str, Any]:
        """Everything as typed; empty while there is no paper form."""
        if self.isHidden():
            return {}
        day = self.day.value
        return {
            "number": self.number.text(),
            "day": day.isoformat() if day else "",
            "hour": self.hour.text(),
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Show a state again."""
        self.number.setText(state.get("number", ""))
        self.day.set(date.fromisoformat(state["day"]) if state.get("day") else None)
        self.hour.setText(state.get("hour", ""))
        self.setVisible(bool(state))
