"""Acting on several issues: plans an act, does it in one transaction, takes it back in one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from db.vocabulary import IssueEventKind
from station_app.domain.issue_bulk import BulkDone, BulkPlan, why_unable
from station_app.domain.issues import IssueRow
from station_app.errors import StationError
from station_app.i18n import tr
from station_app.services import issue_bulk, publishing
from station_app.ui.issues.act_inputs import Offers
from station_app.ui.issues.acting import ELSEWHERE
from station_app.ui.issues.bulk_acts import BulkAct
from station_app.ui.issues.bulk_panel import BulkPanel
from station_app.ui.jobs import Cancelled

if TYPE_CHECKING:
    from station_app.ui.jobs import Jobs


class _Stoppable(list[UUID]):
    """Ids that are handed out one by one, until somebody stops the work on them."""

    def __init__(self, ids: Iterable[UUID]) -> None:
        super().__init__(ids)
        self.stopped = False

    def __iter__(self) -> Iterator[UUID]:
        for one in super().__iter__():
            if self.stopped:
                raise Cancelled  # the transaction is rolled back: none of them is changed
            yield one


class Bulking(QObject):
    """Between a BulkPanel and the services.

    ``done`` carries the sentence for the operator and what takes everything back, or None;
    ``refused`` a StationError; ``given_up`` tells that nothing is to be chosen any more; ``led``
    asks for the page on which an act is typed, with the ids of those that can take part.
    """

    done = Signal(str, object)
    refused = Signal(object)
    given_up = Signal()
    led = Signal(str, object)

    def __init__(self, jobs: Jobs, panel: BulkPanel) -> None:
        super().__init__(panel)
        self._jobs, self._panel = jobs, panel
        self._offers = Offers()
        self._rows: tuple[IssueRow, ...] = ()
        self._held: dict[IssueEventKind, dict[str, str]] = {}
        self._working: _Stoppable | None = None
        panel.asked.connect(self._ask)
        panel.submitted.connect(self._submit)
        panel.left.connect(self._leave)
        panel.led.connect(self._lead)

    def set_offers(self, offers: Offers) -> None:
        """What the dictionaries offer to the forms."""
        self._offers = offers

    def show_rows(self, rows: Sequence[IssueRow], loaded: int, total: int | None) -> None:
        """These are chosen now; a form that is open is planned anew for them."""
        other = {one.id for one in rows} != {one.id for one in self._rows}
        self._rows = tuple(rows)
        self._panel.show_rows(rows, loaded, total)
        ids = [one.id for one in rows]
        self._jobs.latest(
            "public",
            lambda tx: publishing.public_among(tx, ids),
            self._panel.show_public,
            owner=self,
        )
        if other and self._panel.act is not None:
            self._ask(self._panel.act)

    def put_away(self) -> None:
        """Close the form; what was typed is there again when it is opened next."""
        panel = self._panel
        if panel.act is not None and panel.inputs:
            self._held[panel.act.event] = panel.values
        panel.close_form()

    def _ask(self, act: BulkAct) -> None:
        ids = [one.id for one in self._rows]
        self._jobs.latest(
            "plan",
            lambda tx: issue_bulk.plan_bulk(tx, act.event, ids),
            lambda plan: self._show(act, plan),
            owner=self,
        )

    def _show(self, act: BulkAct, plan: BulkPlan) -> None:
        self.put_away()
        self._panel.show_plan(act, plan, self._offers)
        held = self._held.get(act.event, {})
        for one in self._panel.inputs:
            if held.get(one.name):
                one.put(held[one.name])

    def _submit(self) -> None:
        panel = self._panel
        act, plan = panel.act, panel.plan
        if act is None or plan is None or not plan.able:
            return
        self._working = ids = _Stoppable(one.id for one in plan.able)
        typed = panel.values
        panel.show_working(True)
        self._jobs.write(
            lambda tx: act.run(tx, ids, typed),
            lambda done: self._finish(act, done),
            owner=self,
            failed=self._refuse,
        )

    def _finish(self, act: BulkAct, done: BulkDone) -> None:
        self._held.pop(act.event, None)
        self._working = None
        self._panel.show_working(False)
        self._panel.close_form()
        self.done.emit(act.did(len(done.made)), self._undo(done))

    def _undo(self, done: BulkDone) -> Callable[[], object]:
        def take_back() -> None:
            self._jobs.write(
                lambda tx: issue_bulk.undo_bulk(tx, done),
                lambda _none: self.done.emit(
                    tr("Taken back for {n} issues; the history keeps both.", n=len(done.made)), None
                ),
                owner=self,
                failed=self.refused.emit,
            )

        return take_back

    def _refuse(self, error: StationError) -> None:
        self._working = None
        self._panel.show_working(False)
        self.refused.emit(error)

    def _lead(self, event: IssueEventKind) -> None:
        fit = tuple(one.id for one in self._rows if not why_unable(one, event))
        self.led.emit(ELSEWHERE[event], fit)

    def _leave(self) -> None:
        if self._working is not None:
            self._working.stopped, self._working = True, None
            self._panel.show_working(False)
        elif self._panel.act is not None:
            self.put_away()
        else:
            self.given_up.emit()
