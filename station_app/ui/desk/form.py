"""The visit form: who comes, who receives, what is raised; its state goes out and in whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station_app.domain.visits import VisitDraft
from station_app.errors import RuleViolation, violations
from station_app.i18n import tr
from station_app.ui.desk.companions import Companions
from station_app.ui.desk.enter import EnterChain
from station_app.ui.desk.issue_tabs import IssueTabs
from station_app.ui.desk.likely import Likely
from station_app.ui.desk.paper_form import PaperForm
from station_app.ui.desk.reading import Known, Words
from station_app.ui.desk.receiving import ReceivingDeputies
from station_app.ui.desk.visitor import VisitorFields
from station_app.ui.page import show_violation
from station_app.ui.theme import lay

if TYPE_CHECKING:
    from station_app.ui.jobs import Jobs

State = dict[str, Any]


class VisitForm(QWidget):
    """``edited`` after every change; ``recognised`` carries the earlier visitor, or None."""

    edited = Signal()
    recognised = Signal(object)
    issue_removed = Signal(object)

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self.people: dict[str, Known] = {}
        self._words: Words | None = None
        self._present: tuple[tuple[UUID, str], ...] = ()
        self.chain = EnterChain(self)
        self.paper = PaperForm(self.chain)
        self.visitor = VisitorFields(jobs, self.chain)
        self.companions = Companions(jobs, self.chain)
        self.receiving = ReceivingDeputies(self.visitor.channel)
        self.issues = IssueTabs(self.chain)
        self.likely = Likely(jobs, self)
        self.setMinimumWidth(1)  # the parts fold themselves where it is narrow
        whole = lay(QVBoxLayout(self), spacing=10)
        for part in (self.paper, self.visitor, self.companions, self.receiving, self.issues):
            whole.addWidget(part)
        whole.setStretchFactor(self.issues, 1)
        self._listen()
        self._empty = _worth(self.state())

    def offer(self, words: Words, present: Sequence[tuple[UUID, str]]) -> None:
        """Complete from ``words``; ``present`` are the deputies who can receive."""
        if words is not self._words:
            self._words = words
            self.visitor.community.offer(words.communities)
        self._present = tuple(present)
        self.receiving.offer(present)
        self.issues.offer(words.categories, present, words.reasons)

    def draft(self, day_id: UUID | None) -> VisitDraft:
        """The visit as typed."""
        return VisitDraft(
            lead=self.visitor.party_of(),
            issues=self.issues.drafts(),
            day_id=day_id,
            companions=self.companions.parties(),
            party_size=self.visitor.party.value(),
            channel=self.visitor.channel.currentData(),
            deputy_ids=self.receiving.taken,
            number=self.paper.number.text(),
            arrived_at=self.paper.arrived_at,
        )

    def state(self) -> State:
        """Everything as typed: plain values for the kept draft."""
        return {
            "paper": self.paper.state(),
            "visitor": self.visitor.state(),
            "companions": self.companions.state(),
            "off": [one.hex for one in self.receiving.off],
            "issues": self.issues.state(),
        }

    def check(self) -> None:
        """Raise RuleViolation for what cannot become a draft: a category that is none."""
        sentence = tr("There is no such category. Choose one from the list.")
        violations([(name, sentence) for name in self.issues.unknown_categories()])

    def restore(self, state: State) -> None:
        """Show a state again."""
        self._forget_errors()
        self.paper.restore(state.get("paper", {}))
        self.issues.restore(state.get("issues", []))
        self.visitor.restore(state.get("visitor", {}), self.people)
        self.companions.restore(state.get("companions", []), self.people)
        self.receiving.switch_off([UUID(one) for one in state.get("off", [])])
        self.edited.emit()

    def clear(self) -> None:
        """Begin anew."""
        self.restore({})

    @property
    def is_empty(self) -> bool:
        """Whether nothing worth keeping was typed."""
        return _worth(self.state()) == self._empty

    def begin(self) -> None:
        """Put the cursor where the next visitor begins."""
        self.visitor.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_errors(self, error: RuleViolation) -> str:
        """Write each sentence beneath its field, go to the first; return what has no field."""
        places = [name.split(".")[1] for name in error.fields if name.startswith("issues.")]
        if places:
            self.issues.show_issue(int(places[0]))
        return show_violation(error, self._fields())

    def _listen(self) -> None:
        self.visitor.edited.connect(self.edited)
        self.visitor.recognised.connect(self._recognised)
        self.visitor.party_changed.connect(self.companions.set_party)
        for part in (self.paper, self.companions, self.receiving, self.issues):
            part.edited.connect(self.edited)
        self.edited.connect(self._look_for_like)
        self.issues.removed.connect(self.issue_removed)

    def _recognised(self, known: Known | None) -> None:
        self.issues.offer_earlier(() if known is None else known.earlier)
        if known is not None:
            self.people[known.record.id.hex] = known
            self.issues.shown.text.setFocus(Qt.FocusReason.OtherFocusReason)
        self.recognised.emit(known)

    def _look_for_like(self) -> None:
        known = self.visitor.known
        self.likely.look(self.issues.shown, None if known is None else known.record.id)

    def _fields(self) -> dict[str, Any]:
        whole = {"issues": self.issues.blocks[0].fields["text"]}
        companions = {"companions": self.visitor.fields["party_size"]}
        people = self.paper.fields | self.visitor.fields | companions | self.companions.fields()
        return people | self.issues.fields() | whole

    def _forget_errors(self) -> None:
        for field in self._fields().values():
            field.set_error("")


def _worth(state: State) -> State:
    """The part of a state that somebody typed; the rest follows from who is present."""
    visitor = {name: value for name, value in state["visitor"].items() if name != "channel"}
    issues = []
    for one in state["issues"]:
        outcome = {name: value for name, value in one["outcome"].items() if name != "deputy"}
        issues.append({**one, "outcome": outcome})
    paper = state["paper"].get("number", "")
    worth = {"visitor": visitor, "companions": state["companions"], "issues": issues}
    return worth | {"paper": paper}
