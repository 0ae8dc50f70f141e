"""Others of the party who are named: up to four besides the one who speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from station_app.domain.residents import ResidentDraft
from station_app.domain.visits import MOST_REPRESENTATIVES, Party, is_collective
from station_app.i18n import tr
from station_app.ui.desk.enter import EnterChain
from station_app.ui.desk.phone import PhoneInput
from station_app.ui.desk.reading import Known
from station_app.ui.desk.recognition import Recognition
from station_app.ui.theme import lay
from station_app.ui.widgets import Field, label, row

if TYPE_CHECKING:
    from station_app.ui.jobs import Jobs

MOST = MOST_REPRESENTATIVES - 1


class CompanionLine(QWidget):
    """One companion: name and phone, recognised like the leading visitor."""

    edited = Signal()

    def __init__(self, jobs: Jobs, chain: EnterChain, place: int) -> None:
        super().__init__()
        self._known: Known | None = None
        self.name = QLineEdit()
        self.phone = PhoneInput(jobs)
        self.name_field = Field(tr("Companion {n}", n=place + 1), self.name)
        self.phone_field = Field(tr("Phone"), self.phone)
        line = row(self.name_field, self.phone_field, spacing=12)
        line.setStretch(0, 13)
        line.setStretch(1, 15)
        lay(QVBoxLayout(self)).addLayout(line)
        chain.link(self.name, self.phone)
        self.recognition = Recognition(jobs, self.name, chain)
        self.recognition.taken.connect(self._take)
        self.name.textEdited.connect(self._renamed)
        self.phone.textChanged.connect(lambda _text: self.edited.emit())

    @property
    def known(self) -> Known | None:
        """The earlier visitor this is, if recognised."""
        return self._known

    def party_of(self) -> Party:
        """The companion as typed; what is not asked here stays as it was."""
        record = None if self._known is None else self._known.record
        if record is None:
            return Party(ResidentDraft(self.name.text(), self.phone.value))
        draft = ResidentDraft(
            self.name.text(),
            self.phone.value,
            record.address,
            record.community,
            record.gender,
            record.note,
        )
        return Party(draft, record.id)

    def state(self) -> dict[str, Any]:
        """Everything as typed, for the kept draft."""
        return {
            "name": self.name.text(),
            "phone": self.phone.value,
            "known": "" if self._known is None else self._known.record.id.hex,
        }

    def restore(self, state: dict[str, Any], people: dict[str, Known]) -> None:
        """Show a state again."""
        self.recognition.stop()
        self._known = people.get(state.get("known", ""))
        self.name.setText(state.get("name", ""))
        phone = state.get("phone", "")
        if self._known is not None and phone == self._known.record.phone:
            self.phone.show_known(phone, self._known.record.id)
        else:
            self.phone.show_typed(phone)

    def _take(self, known: Known) -> None:
        self._known = known
        self.name.setText(known.record.name)
        self.phone.show_known(known.record.phone, known.record.id)
        self.phone.setFocus()
        self.edited.emit()

    def _renamed(self, _text: str) -> None:
        known, self._known = self._known, None
        if known is not None and self.phone.value == known.record.phone:
            self.phone.show_typed("")
        self.edited.emit()


class Companions(QWidget):
    """As many lines as may be needed: one more than are filled in, no more than came."""

    edited = Signal()

    def __init__(self, jobs: Jobs, chain: EnterChain) -> None:
        super().__init__()
        self._size = 1
        whole = lay(QVBoxLayout(self), spacing=8)
        self._collective = label(tr("Five or more people: a collective visit"), "secondary")
        whole.addWidget(self._collective)
        self.lines = [CompanionLine(jobs, chain, place) for place in range(MOST)]
        for line in self.lines:
            whole.addWidget(line)
            line.edited.connect(self._changed)
        self.set_party(1)

    def set_party(self, size: int) -> None:
        """So many people came."""
        self._size = size
        self._collective.setVisible(is_collective(size))
        self._show()

    def parties(self) -> tuple[Party, ...]:
        """Those who are named."""
        return tuple(one.party_of() for one in self._named())

    def fields(self) -> dict[str, Field]:
        """The fields by the names that a RuleViolation uses."""
        found: dict[str, Field] = {}
        for place, line in enumerate(self._named()):
            found[f"companions.{place}.name"] = line.name_field
            found[f"companions.{place}.phone"] = line.phone_field
        return found

    def state(self) -> list[dict[str, Any]]:
        """Those who are named, as typed."""
        return [one.state() for one in self._named()]

    def restore(self, states: list[dict[str, Any]], people: dict[str, Known]) -> None:
        """Show a state again."""
        for place, line in enumerate(self.lines):
            line.restore(states[place] if place < len(states) else {}, people)
        self._show()

    def _named(self) -> list[CompanionLine]:
        return [one for one in self.lines if one.name.text().strip() or one.phone.text().strip()]

    def _changed(self) -> None:
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        # Who was named stays visible, even when the number of people was lowered afterwards.
        last = max((at for at, one in enumerate(self.lines) if one in self._named()), default=-1)
        room = min(self._size - 1, MOST)
        for place, line in enumerate(self.lines):
            line.setVisible(place <= last or place < min(room, last + 2))
        self.setVisible(self._size > 1 or last >= 0)
