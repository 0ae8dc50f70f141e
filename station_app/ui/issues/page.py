"""The issues page: saved views on top, the list at the left, one issue with its acts beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from db.vocabulary import IssueEventKind, IssueStatus, Role
from station_app.domain.dictionaries import CategoryRecord, UnitRecord
from station_app.domain.issues import IssueRecord, IssueRow
from station_app.errors import Conflict, NotFound, StationError
from station_app.i18n import tr
from station_app.services import (
    dictionaries,
    drafts,
    issue_records,
    issues,
    residents,
    visits,
)
from station_app.ui.issues import acts, table
from station_app.ui.issues.detail import IssueDetail
from station_app.ui.issues.list_pane import ListPane
from station_app.ui.issues.words import IssueView
from station_app.ui.kept_form import KeptForm, Typed
from station_app.ui.page import Page
from station_app.ui.theme import lay, px
from station_app.ui.widgets.filter_chips import FilterChips

if TYPE_CHECKING:
    from station_app.domain.accounts import Actor
    from station_app.store import Tx
    from station_app.ui.jobs import Jobs

Dictionaries = tuple[tuple[CategoryRecord, ...], tuple[UnitRecord, ...]]


class IssuesPage(Page):
    """Every issue of the station, and what can be done with it now."""

    kinds: ClassVar[frozenset[str]] = frozenset(
        {"issue", "issue_event", "visit", "resident", "companion", "deputy", "unit", "category"}
    )

    def __init__(self, jobs: Jobs, actor: Actor, parent: QWidget | None = None) -> None:
        super().__init__(jobs, actor, parent)
        self.set_title(tr("page|Issues"))
        writable = actor.role is not Role.VIEWER
        self.views: FilterChips[IssueStatus | str] = FilterChips(
            table.views(), name=tr("Saved views")
        )
        self.head.insertWidget(1, self.views, 1)
        self.head.setStretch(2, 0)
        self.pane = ListPane(jobs)
        self.detail = IssueDetail(jobs, writable=writable)
        self.kept = KeptForm(jobs, self._typed, self)
        self._shown: UUID | None = None
        self._moved = False
        self._held: dict[tuple[UUID, IssueEventKind], dict[str, str]] = {}
        whole = lay(QHBoxLayout(), spacing=14)
        whole.addWidget(self.pane)
        whole.addWidget(self.detail, 1)
        self.body.addLayout(whole, 1)
        self._connect()

    def reload(self) -> None:
        """Read list, counts, dictionaries and the issue shown."""
        self.jobs.read(_dictionaries, self._offer, owner=self)
        self.jobs.latest("counts", issue_records.count_by_status, self._count, owner=self)
        self.pane.table.reload()
        if self._shown is not None:
            self._load(self._shown)

    def show_record(self, kind: str, record_id: UUID) -> None:
        """Show one issue, whatever the list shows; the list follows if it holds it."""
        if kind == "issue":
            self._open(record_id)
            self.pane.list.point_at(record_id)
            self.pane.list.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - px(48)
        self.pane.setFixedWidth(max(px(236), min(px(330), room * 31 // 100)))

    def _connect(self) -> None:
        self.views.changed.connect(self._change_view)
        self.pane.list.chosen.connect(self._chosen)
        self.pane.list.opened.connect(lambda _row: self._focus_acts())
        self.pane.table.loaded.connect(self._first)
        detail, panel = self.detail, self.detail.panel
        detail.asked.connect(self._ask)
        detail.open_requested.connect(self._follow)
        detail.target_requested.connect(self._open_target)
        detail.reveal.connect(self._reveal)
        detail.go_on.clicked.connect(self._go_on)
        panel.typed.connect(self.kept.note)
        panel.closed.connect(self._close_form)
        panel.submitted.connect(self._submit)
        self.shortcut("Ctrl+F", tr("Filter the list"), self._focus_search)
        self.shortcut("Alt+L", tr("Go to the list"), self.pane.list.setFocus)

    # ------------------------------------------------------------------------------- the list

    def _offer(self, found: Dictionaries) -> None:
        categories, units = found
        self.pane.set_categories(categories)
        self.detail.set_units(units)

    def _count(self, counts: dict[IssueStatus, int]) -> None:
        shown: dict[IssueStatus | str, int] = {
            view: counts.get(view, 0) for view, _ in table.views() if isinstance(view, IssueStatus)
        }
        shown[table.ALL] = sum(counts.values())
        self.views.set_counts(shown)
        waiting = counts.get(IssueStatus.REGISTERED, 0)
        self.badge_changed.emit(waiting, waiting > 0)

    def _change_view(self, view: IssueStatus | str) -> None:
        self._moved = True
        self.pane.set_view(view)

    def _first(self) -> None:
        """Show the first issue until one is chosen, and after a change of view.

        What an act moved out of the view stays beside it, so that its outcome can be read.
        """
        rows, moved = self.pane.table.rows, self._moved
        self._moved = False
        here = any(row.id == self._shown for row in rows)
        if self._shown is not None and (here or not moved):
            return
        self._put_away()
        if rows:
            self.pane.list.select(rows[0].id)
        elif moved:
            self._shown = None
            self.detail.show_nothing()

    def _chosen(self, row: IssueRow) -> None:
        if row.id != self._shown:
            self._open(row.id)

    def _focus_search(self) -> None:
        self.pane.search.setFocus()
        self.pane.search.selectAll()

    def _focus_acts(self) -> None:
        buttons = list(self.detail.turn.buttons.values())
        if buttons:
            buttons[0].setFocus()

    # ------------------------------------------------------------------------------ one issue

    def _open(self, issue_id: UUID) -> None:
        self._put_away()
        self._shown = issue_id
        self._load(issue_id)

    def _load(self, issue_id: UUID) -> None:
        self.jobs.latest(
            "issue", lambda tx: _view(tx, issue_id), self._show, owner=self, failed=self._lost
        )

    def _show(self, found: tuple[IssueView, Typed | None]) -> None:
        view, kept = found
        before = self.detail.view
        self.detail.show_view(view)
        event = self.detail.panel.doing
        if event is not None and event not in self.detail.turn.buttons:
            self._close_form()
        elif event is None and kept and (before is None or before.record.id != view.record.id):
            self._remember(view, kept)

    def _lost(self, error: StationError) -> None:
        self._shown = None
        self.detail.show_nothing()
        self.message.emit(error.text, None)

    def _follow(self, kind: str, record_id: UUID) -> None:
        if kind == "issue":
            self.show_record(kind, record_id)
        else:
            self.open_requested.emit(kind, record_id)

    def _open_target(self) -> None:
        view = self.detail.view
        if view is not None and view.record.joined_to is not None:
            self.show_record("issue", view.record.joined_to)

    def _reveal(self, resident_id: UUID) -> None:
        self.jobs.write(
            lambda tx: residents.reveal_phone(tx, resident_id),
            lambda phone: self.detail.side.show_phone(resident_id, phone),
            owner=self,
            failed=self.show_error,
        )

    # --------------------------------------------------------------------------------- an act

    def _ask(self, event: IssueEventKind) -> None:
        """Open the form of an act, with what was typed into it before."""
        view = self.detail.view
        if view is None:
            return
        if event is IssueEventKind.UNJOINED:
            self._do(view.record, event, {})
            return
        self._put_away()
        self.kept.begin(_draft_name(view.record.id), {})
        self.detail.open_form(event, self._held.get((view.record.id, event), {}))
        self.kept.begin(_draft_name(view.record.id), self._typed())

    def _typed(self) -> Typed:
        panel = self.detail.panel
        return {"act": panel.doing.value if panel.doing else "", "values": panel.values()}

    def _put_away(self) -> None:
        """Close the form; what was typed is kept for the next time."""
        panel, view = self.detail.panel, self.detail.view
        if panel.doing is not None and view is not None:
            if self.kept.touched:
                self._held[view.record.id, panel.doing] = panel.values()
                self.kept.keep()
            self.kept.end()
            panel.close_form()

    def _close_form(self) -> None:
        event, touched = self.detail.panel.doing, self.kept.touched
        self._put_away()
        if touched:
            self.detail.show_unsaved(event)
        self._focus_acts()

    def _remember(self, view: IssueView, kept: Typed) -> None:
        """Offer to go on with what was typed before the program ended."""
        event = IssueEventKind(kept["act"])
        if event in self.detail.turn.buttons:
            self._held[view.record.id, event] = dict(kept["values"])
            self.detail.show_unsaved(event)

    def _go_on(self) -> None:
        view = self.detail.view
        held = [event for ident, event in self._held if view and ident == view.record.id]
        if held:
            self._ask(held[-1])

    def _submit(self) -> None:
        panel, view = self.detail.panel, self.detail.view
        if panel.doing is not None and view is not None:
            self._do(view.record, panel.doing, panel.given())

    def _do(self, record: IssueRecord, event: IssueEventKind, typed: dict[str, str]) -> None:
        act, name = acts.act_of(event), _draft_name(record.id)

        def write(tx: Tx) -> IssueRecord:
            done = act.run(tx, record.id, typed)
            drafts.drop_draft(tx, name)
            return done

        self.detail.panel.save.setEnabled(False)
        self.jobs.write(
            write,
            lambda done: self._done(record, event, done),
            owner=self,
            failed=self._refused,
        )

    def _done(self, before: IssueRecord, event: IssueEventKind, done: IssueRecord) -> None:
        self.detail.panel.save.setEnabled(True)
        self._held.pop((before.id, event), None)
        if self.detail.view is not None and self.detail.view.record.id == done.id:
            self.kept.end()
            self.detail.panel.close_form()
            self.detail.show_unsaved(None)
        self.message.emit(acts.done_message(event), self._undo(before, event, done))
        self.pane.list.setFocus()

    def _undo(self, before: IssueRecord, event: IssueEventKind, done: IssueRecord) -> object:
        """What takes the act back, where the domain knows a way back."""
        back: IssueEventKind | None = None
        typed: dict[str, str] = {}
        if event is IssueEventKind.JOINED:
            back = IssueEventKind.UNJOINED
        elif event is IssueEventKind.UNJOINED and before.joined_to is not None:
            back, typed = IssueEventKind.JOINED, {"into": before.joined_to.hex}
        if back is None:
            return None
        taken = back
        return lambda: self._do(done, taken, typed)

    def _refused(self, error: StationError) -> None:
        self.detail.panel.save.setEnabled(True)
        self.show_error(error, self.detail.panel.fields)
        if isinstance(error, Conflict | NotFound):
            self.reload()


def _draft_name(issue_id: UUID) -> str:
    return f"issue/{issue_id.hex}"


def _dictionaries(tx: Tx) -> Dictionaries:
    return dictionaries.list_categories(tx), dictionaries.list_units(tx)


def _view(tx: Tx, issue_id: UUID) -> tuple[IssueView, Typed | None]:
    record = issues.get_issue(tx, issue_id)
    joined = issue_records.joined_issues(tx, issue_id) if record.joined_count else ()
    visit = visits.get_visit(tx, record.visit_id)
    kept = drafts.kept_draft(tx, _draft_name(issue_id))
    return IssueView(record, visit, joined, tx.today, tx.zone), kept
