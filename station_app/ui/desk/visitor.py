"""Who comes: name, phone, how many, where from, by which way."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QSpinBox, QWidget

from db.vocabulary import Channel
from station_app.domain.residents import ResidentDraft
from station_app.domain.visits import LARGEST_PARTY, Party
from station_app.domain.words import channel_word
from station_app.i18n import tr
from station_app.ui.desk.completion import CompletedInput
from station_app.ui.desk.enter import EnterChain
from station_app.ui.desk.phone import PhoneInput
from station_app.ui.desk.reading import Known
from station_app.ui.desk.recognition import Recognition
from station_app.ui.theme import fit, lay, px
from station_app.ui.widgets import Combo, Field

if TYPE_CHECKING:
    from station_app.ui.jobs import Jobs

LONGEST_NAME = 60
#: Row, column and columns spanned of each field, in their order.
WIDE = ((0, 0, 1), (0, 1, 1), (0, 2, 1), (1, 0, 1), (1, 1, 1), (1, 2, 1))
NARROW = ((0, 0, 2), (1, 0, 1), (1, 1, 1), (2, 0, 2), (3, 0, 1), (3, 1, 1))


class VisitorFields(QWidget):
    """The leading visitor. ``recognised`` carries the Known taken, or None for somebody new."""

    edited = Signal()
    recognised = Signal(object)
    party_changed = Signal(int)

    def __init__(self, jobs: Jobs, chain: EnterChain) -> None:
        super().__init__()
        self._known: Known | None = None
        self._places: tuple[tuple[int, int, int], ...] = ()
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setPlaceholderText(tr("Characters, pinyin initials or phone tail"))
        self.phone = PhoneInput(jobs)
        self.party = QSpinBox()
        self.party.setRange(1, LARGEST_PARTY)
        self.address = QLineEdit()
        self.community = CompletedInput()
        self.channel = Combo()
        self.channel.fill([(one, channel_word(one)) for one in Channel])
        self._lay_out()
        chain.link(self.name, self.phone, self.party, self.address, self.community)
        self.recognition = Recognition(jobs, self.name, chain)
        self.recognition.taken.connect(self.take)
        self.community.install(lambda: chain.move_on(self.community))
        self._listen()

    @property
    def known(self) -> Known | None:
        """The earlier visitor this is, if recognised."""
        return self._known

    def take(self, known: Known) -> None:
        """This is an earlier visitor: fill in what is known of them."""
        self._known = known
        record = known.record
        self.name.setText(record.name)
        self.phone.show_known(record.phone, record.id)
        self.address.setText(record.address)
        self.community.setText(record.community)
        for line in (self.name, self.address, self.community):
            line.setCursorPosition(0)
        self.edited.emit()
        self.recognised.emit(known)

    def party_of(self) -> Party:
        """The visitor as typed; what is not asked here stays as it was."""
        record = None if self._known is None else self._known.record
        draft = ResidentDraft(
            name=self.name.text(),
            phone=self.phone.value,
            address=self.address.text(),
            community=self.community.text(),
            gender=None if record is None else record.gender,
            note="" if record is None else record.note,
        )
        return Party(draft, None if record is None else record.id)

    def state(self) -> dict[str, Any]:
        """Everything as typed, for the kept draft."""
        return {
            "name": self.name.text(),
            "phone": self.phone.value,
            "party_size": self.party.value(),
            "address": self.address.text(),
            "community": self.community.text(),
            "channel": str(self.channel.currentData()),
            "known": "" if self._known is None else self._known.record.id.hex,
        }

    def restore(self, state: dict[str, Any], people: dict[str, Known]) -> None:
        """Show a state again; ``people`` holds the earlier visitors it names."""
        self.recognition.stop()
        self._known = people.get(state.get("known", ""))
        self.name.setText(state.get("name", ""))
        phone = state.get("phone", "")
        if self._known is not None and phone == self._known.record.phone:
            self.phone.show_known(phone, self._known.record.id)
        else:
            self.phone.show_typed(phone)
        self.party.setValue(state.get("party_size", 1))
        self.address.setText(state.get("address", ""))
        self.community.setText(state.get("community", ""))
        self.channel.take(Channel(state.get("channel", Channel.IN_PERSON)))
        self.recognised.emit(self._known)

    def _lay_out(self) -> None:
        self.fields = {
            "resident.name": Field(tr("Name"), self.name, required=True),
            "resident.phone": Field(tr("Phone"), self.phone),
            "party_size": Field(tr("People"), self.party),
            "resident.address": Field(tr("Home address"), self.address),
            "resident.community": Field(tr("Community"), self.community),
            "channel": Field(tr("Came by"), self.channel),
        }
        for name in ("party_size", "channel"):
            fit(self.fields[name], lambda field: field.setMinimumWidth(px(96)))
        self._grid = lay(QGridLayout(self), spacing=10)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Two rows of three, or four rows where it is narrow."""
        places = WIDE if self.width() >= px(430) else NARROW
        if places == self._places:
            return
        self._places = places
        for field, (line, column, span) in zip(self.fields.values(), places, strict=True):
            self._grid.addWidget(field, line, column, 1, span)
        for column, stretch in enumerate((13, 10, 0) if places == WIDE else (1, 0, 0)):
            self._grid.setColumnStretch(column, stretch)

    def _listen(self) -> None:
        self.name.textEdited.connect(self._renamed)
        for line in (self.name, self.address):
            # A long name left alone shows its beginning; the whole is read on pointing at it.
            line.editingFinished.connect(partial(line.setCursorPosition, 0))
            line.textChanged.connect(line.setToolTip)
        for line in (self.phone, self.address, self.community):
            line.textChanged.connect(lambda _text: self.edited.emit())
        self.channel.currentIndexChanged.connect(lambda _at: self.edited.emit())
        self.party.valueChanged.connect(self._party_changed)
        fit(self.party.lineEdit(), lambda line: line.setTextMargins(px(9), 0, 0, 0))

    def _party_changed(self, size: int) -> None:
        self.party_changed.emit(size)
        self.edited.emit()

    def _renamed(self, _text: str) -> None:
        """Another name is another person: what was filled in for the first one goes away."""
        known, self._known = self._known, None
        if known is not None:
            record = known.record
            if self.phone.value == record.phone:
                self.phone.show_typed("")
            for line, filled in (
                (self.address, record.address),
                (self.community, record.community),
            ):
                if line.text() == filled:
                    line.clear()
            self.recognised.emit(None)
        self.edited.emit()
