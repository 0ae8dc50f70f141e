"""Acting on the issue shown: opens an act's form, keeps what is typed, saves it, takes it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from db.vocabulary import IssueEventKind
from station_app.domain.issues import IssueRecord
from station_app.domain.transitions import UNDOABLE
from station_app.errors import StationError
from station_app.i18n import tr
from station_app.services import drafts, issues
from station_app.ui.issues import acts
from station_app.ui.issues.act import Typed as Given
from station_app.ui.issues.detail import IssueDetail
from station_app.ui.issues.words import IssueView
from station_app.ui.kept_form import KeptForm, Typed

if TYPE_CHECKING:
    from station_app.store import Tx
    from station_app.ui.jobs import Jobs

_E = IssueEventKind
Undo = Callable[[], object] | None
#: Acts on several issues at once: typed on a page of their own.
ELSEWHERE = {_E.RAISED: "raise", _E.MET: "meet"}


class Acting(QObject):
    """Between the acts of an IssueDetail and the services.

    ``done`` carries the sentence for the operator and what takes the act back, or None.
    ``refused`` carries a StationError; ``left`` says that a form was closed by hand.
    """

    done = Signal(str, object)
    refused = Signal(object)
    left = Signal()

    def __init__(self, jobs: Jobs, detail: IssueDetail) -> None:
        super().__init__(detail)
        self._jobs, self._detail, self._panel = jobs, detail, detail.panel
        self.kept = KeptForm(jobs, self._typed, self)
        self._blank: Typed = {}
        self._held: dict[tuple[UUID, _E], dict[str, str]] = {}
        detail.asked.connect(self.ask)
        detail.go_on.clicked.connect(self._go_on)
        self._panel.typed.connect(self.kept.note)
        self._panel.closed.connect(self._leave)
        self._panel.submitted.connect(self._submit)

    def ask(self, event: _E) -> None:
        """Open the form of an act, with what was typed into it before."""
        view = self._detail.view
        if view is None:
            return
        if event is _E.UNJOINED:
            self._do(view.record, event, {})
            return
        if event in ELSEWHERE:
            self._detail.open_requested.emit(ELSEWHERE[event], view.record.id)
            return
        self.put_away()
        self._detail.open_form(event)
        self._blank = self._typed()
        self.kept.begin(draft_name(view.record.id), self._blank)
        held = self._held.get((view.record.id, event))
        if held:
            self._panel.fill(held)
            self.kept.keep()

    def join(self, into: UUID) -> None:
        """Join the issue shown to another one; Ctrl+Z takes it back."""
        view = self._detail.view
        if view is not None:
            self._do(view.record, _E.JOINED, {"into": into.hex})

    def put_away(self) -> None:
        """Close the form; what was typed is kept for the next time."""
        panel, view = self._panel, self._detail.view
        if panel.doing is None or view is None:
            return
        self.kept.keep()
        if self.kept.touched:
            self._held[view.record.id, panel.doing] = panel.values()
        else:
            self._held.pop((view.record.id, panel.doing), None)
        self.kept.end()
        panel.close_form()

    def settle_with(self, view: IssueView, kept: Typed | None) -> None:
        """Bring form and hint in line with ``view``, just shown; ``kept`` was found in the file."""
        if self._panel.doing is not None:
            if self._panel.doing not in self._detail.turn.possible:
                self._leave()
            return
        if kept and not self._of(view.record.id):
            self._held[view.record.id, _E(kept["act"])] = dict(kept["values"])
        self._hint(view.record.id)

    def _of(self, issue_id: UUID) -> list[_E]:
        """The acts half-typed for one issue, the latest last."""
        return [event for ident, event in self._held if ident == issue_id]

    def _hint(self, issue_id: UUID) -> None:
        open_now = [one for one in self._of(issue_id) if one in self._detail.turn.possible]
        self._detail.show_unsaved(open_now[-1] if open_now else None)

    def _leave(self) -> None:
        self.put_away()
        if self._detail.view is not None:
            self._hint(self._detail.view.record.id)
        self.left.emit()

    def _go_on(self) -> None:
        view = self._detail.view
        held = self._of(view.record.id) if view is not None else []
        if held:
            self.ask(held[-1])

    def _typed(self) -> Typed:
        doing = self._panel.doing
        return {"act": doing.value if doing else "", "values": self._panel.values()}

    def _submit(self) -> None:
        view = self._detail.view
        if self._panel.doing is not None and view is not None:
            # A pause in the typing must not keep again what is being saved.
            self.kept.end()
            self._do(view.record, self._panel.doing, self._panel.given())

    def _do(self, record: IssueRecord, event: _E, typed: Given) -> None:
        act, name = acts.act_of(event), draft_name(record.id)

        def write(tx: Tx) -> IssueRecord:
            done = act.run(tx, record.id, typed)
            drafts.drop_draft(tx, name)
            return done

        self._panel.save.setEnabled(False)
        self._jobs.write(
            write,
            lambda done: self._finish(record, event, done),
            owner=self,
            failed=lambda error: self._refuse(name, error),
        )

    def _finish(self, before: IssueRecord, event: _E, done: IssueRecord) -> None:
        self._panel.save.setEnabled(True)
        self._held.pop((before.id, event), None)
        if self._panel.doing is event:
            self._panel.close_form()
        self._detail.show_unsaved(None)
        self.done.emit(acts.act_of(event).done(), self._undo(before, event, done))

    def _undo(self, before: IssueRecord, event: _E, done: IssueRecord) -> Undo:
        """What takes the act back, where the domain knows a way back."""
        if event is _E.JOINED:
            return lambda: self._do(done, _E.UNJOINED, {})
        if event is _E.UNJOINED and before.joined_to is not None:
            into = before.joined_to.hex
            return lambda: self._do(done, _E.JOINED, {"into": into})
        earlier = {one.id for one in before.events}
        made = [one for one in done.events if one.id not in earlier]
        if made and all(one.event in UNDOABLE for one in made):
            return lambda: self._take_back(done.id, [one.id for one in reversed(made)])
        return None

    def _take_back(self, issue_id: UUID, event_ids: Sequence[UUID]) -> None:
        """Undo what one act left, the last event first; the history keeps both."""

        def write(tx: Tx) -> None:
            for one in event_ids:
                issues.undo_act(tx, issue_id, one)

        self._jobs.write(
            write,
            lambda _none: self.done.emit(tr("It is taken back; the history keeps both."), None),
            owner=self,
            failed=self.refused.emit,
        )

    def _refuse(self, name: str, error: StationError) -> None:
        self._panel.save.setEnabled(True)
        if self._panel.doing is not None:
            self.kept.begin(name, self._blank)
            self.kept.note()
        self.refused.emit(error)


def draft_name(issue_id: UUID) -> str:
    """Under which name the half-typed act of an issue is kept."""
    return f"issue/{issue_id.hex}"
