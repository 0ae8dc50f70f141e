"""The inputs of an act's form, each read and filled as plain text so that it can be kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit

from db.vocabulary import Degree, IssueEventKind
from station_app.domain.dictionaries import UnitRecord
from station_app.domain.issue_words import degree_word, status_word
from station_app.domain.lists import Listing
from station_app.domain.transitions import CLOSED
from station_app.i18n import tr
from station_app.services import issue_records
from station_app.services.dictionaries import decline_reasons
from station_app.ui.issues.words import IssueView
from station_app.ui.widgets import Combo, Field, PopupList, Suggestion, TextArea

if TYPE_CHECKING:
    from station_app.store import Tx
    from station_app.ui.jobs import Jobs

_E = IssueEventKind

#: Most issues offered to join at once.
OFFERED = 8


@dataclass(frozen=True, slots=True, eq=False)
class Input:
    """One field of an act under the name that the service knows it by."""

    name: str
    field: Field
    get: Callable[[], str]
    put: Callable[[str], object]


class JoinInput(QLineEdit):
    """Finds an issue by any fragment or its number; ``into`` is the id of the one taken, in hex.

    While nothing is typed it offers what the same resident raised before.
    """

    taken = Signal()

    def __init__(self, jobs: Jobs, view: IssueView) -> None:
        super().__init__()
        self._jobs, self._view = jobs, view
        self.into = ""
        self.setPlaceholderText(tr("Words of the issue, a name, or a number"))
        self.popup: PopupList | None = None
        self.textEdited.connect(self._typed)

    def put(self, kept: str) -> None:
        """Fill in what ``kept_text`` said."""
        self.into, _, text = kept.partition(" ")
        self.setText(text)

    def kept_text(self) -> str:
        """The id taken, if any, and the words shown."""
        return f"{self.into} {self.text()}".rstrip() if self.into else f" {self.text()}".rstrip()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.into and event.reason() != Qt.FocusReason.PopupFocusReason:
            self._ask()

    def _typed(self, _text: str) -> None:
        self.into = ""
        self.taken.emit()
        self._ask()

    def _ask(self) -> None:
        text, view = self.text().strip(), self._view
        self._jobs.latest(
            "join", lambda tx: _offers(tx, view, text), self._offer, owner=self, delay_ms=80
        )

    def _offer(self, rows: Sequence[Suggestion]) -> None:
        if self.popup is None:
            self.popup = PopupList(self, name=tr("Issues to join"), width=420)
            self.popup.chosen.connect(self._take)
        self.popup.show_rows(rows if self.hasFocus() else ())

    def _take(self, chosen: tuple[str, str]) -> None:
        self.into, words = chosen
        self.setText(words)
        self.taken.emit()


def inputs_for(
    event: IssueEventKind, view: IssueView, units: Sequence[UnitRecord], jobs: Jobs
) -> list[Input]:
    """The inputs that ``event`` needs, in their order."""
    if event is _E.ASSIGNED:
        unit = _choice([("", tr("Choose a unit")), *((one.id.hex, one.name) for one in units)])
        note = _text("text", tr("What is asked of the unit"), lines=2)
        return [_combo("unit_id", tr("assign|Unit"), unit, required=True), note]
    if event is _E.ANSWERED:
        offered = [(one.id.hex, one.name) for one in view.visit.deputies]
        deputy = _choice([*offered, ("", tr("None of them"))])
        said = _text("answer", tr("What was answered"), required=True)
        return [said, _combo("deputy_id", tr("Answered by"), deputy)]
    if event is _E.DECLINED:
        return _declining()
    if event is _E.SETTLED:
        degrees = [("", tr("form|Choose")), *((one.value, degree_word(one)) for one in Degree)]
        degree = _combo("degree", tr("Degree of solution"), _choice(degrees), required=True)
        hint = tr("What was done, who saw it, which papers or photos show it")
        return [degree, _text("evidence", tr("Evidence"), required=True, hint=hint)]
    if event is _E.JOINED:
        line = JoinInput(jobs, view)
        field = Field(tr("Belongs to"), line, required=True)
        return [Input("into", field, line.kept_text, line.put)]
    name, title, required = _PLAIN[event]
    return [_text(name, title(), required=required)]


_PLAIN: dict[IssueEventKind, tuple[str, Callable[[], str], bool]] = {
    _E.URGED: ("text", lambda: tr("What is asked of the unit"), False),
    _E.SENT_BACK: ("reason", lambda: tr("Why the unit sent it back"), True),
    _E.REPLIED: ("text", lambda: tr("What the unit replied"), True),
    _E.REOPENED: ("reason", lambda: tr("Why it is taken up again"), True),
    _E.NOTED: ("text", lambda: tr("form|Note"), True),
}


def _declining() -> list[Input]:
    reasons = decline_reasons()
    combo = _choice([("", tr("form|Choose")), *((one.code, one.name) for one in reasons)])
    instead = _text("instead", tr("Where to go instead"), required=True, lines=2)
    advice = {one.code: one.instead for one in reasons}

    def advise() -> None:
        # The usual advice is offered, but nothing typed by hand is overwritten.
        if instead.get().strip() in ("", *advice.values()):
            instead.put(advice.get(str(combo.currentData()), ""))

    combo.currentIndexChanged.connect(advise)
    return [_combo("reason", tr("decline|Reason"), combo, required=True), instead]


def _choice(choices: list[tuple[str, str]]) -> Combo:
    combo = Combo()
    combo.fill([(value, text) for value, text in choices])
    return combo


def _combo(name: str, title: str, combo: Combo, *, required: bool = False) -> Input:
    field = Field(title, combo, required=required)
    return Input(name, field, lambda: str(combo.currentData() or ""), combo.take)


def _text(
    name: str, title: str, *, required: bool = False, lines: int = 3, hint: str = ""
) -> Input:
    area = TextArea(lines=lines, most=12, placeholder=hint)
    return Input(name, Field(title, area, required=required), area.text, area.setPlainText)


def _offers(tx: Tx, view: IssueView, text: str) -> list[Suggestion]:
    own = view.record
    if not text:
        same = tr("The same resident")
        earlier = issue_records.earlier_issues(tx, own.resident_id, OFFERED)
        return [
            _offer(one.id, one.title, one.number, status_word(one.status), same)
            for one in earlier
            if one.id != own.id
        ]
    found = issue_records.list_issues(tx, Listing("registered_at", True, text)).rows
    fit = [one for one in found if one.id != own.id and one.status not in CLOSED]
    return [
        _offer(one.id, one.title, one.number, f"{status_word(one.status)} · {one.resident}")
        for one in fit[:OFFERED]
    ]


def _offer(ident: UUID, title: str, number: str, detail: str, section: str = "") -> Suggestion:
    value = (ident.hex, f"{title}（{number}）")
    return Suggestion(title, detail=f"{number} · {detail}", value=value, section=section)
