"""The issues page: saved views on top, the list at the left, one issue with its acts beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from db.vocabulary import IssueEventKind, IssueStatus, Role
from station_app.domain.cases import may
from station_app.domain.dictionaries import CategoryRecord
from station_app.domain.exports import Exported
from station_app.domain.issues import IssueRow
from station_app.errors import Conflict, NotFound, StationError
from station_app.exchange.office_lists import Wanted
from station_app.i18n import tr
from station_app.services import (
    dictionaries,
    drafts,
    issue_care,
    issue_records,
    issues,
    residents,
    rules,
    visits,
)
from station_app.ui.exporting import Offer, export_button
from station_app.ui.issues import table
from station_app.ui.issues.act_inputs import Offers
from station_app.ui.issues.acting import Acting, Undo, draft_name
from station_app.ui.issues.detail import IssueDetail
from station_app.ui.issues.list_pane import ListPane
from station_app.ui.issues.words import IssueView
from station_app.ui.kept_form import Typed
from station_app.ui.page import Page
from station_app.ui.theme import lay, px
from station_app.ui.widgets.filter_chips import FilterChips

if TYPE_CHECKING:
    from station_app.domain.accounts import Actor
    from station_app.store import Tx
    from station_app.ui.jobs import Jobs

Dictionaries = tuple[tuple[CategoryRecord, ...], Offers]


class IssuesPage(Page):
    """Every issue of the station, and what can be done with it now."""

    kinds: ClassVar[frozenset[str]] = frozenset(
        {
            "issue",
            "issue_event",
            "visit",
            "resident",
            "companion",
            "deputy",
            "unit",
            "category",
            "attachment",
            "photo",
        }
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
        export = export_button(self, self._offers)
        export.show_keys(False)
        self.add_action(export)
        self.pane = ListPane(jobs)
        self.start = self.pane.list
        self.detail = IssueDetail(jobs, writable=writable)
        self.acting = Acting(jobs, self.detail)
        self._shown: UUID | None = None
        self._moved = False
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
        detail = self.detail
        detail.open_requested.connect(self._follow)
        detail.target_requested.connect(self._open_target)
        detail.reveal.connect(self._reveal)
        detail.papers.done.connect(self.message)
        detail.papers.refused.connect(self.show_error)
        self.acting.done.connect(self._done)
        self.acting.refused.connect(self._refused)
        self.acting.left.connect(self._focus_acts)
        self.shortcut("Ctrl+F", tr("Filter the list"), self._focus_search)
        self.shortcut("Alt+L", tr("Go to the list"), self.pane.list.setFocus)

    # ------------------------------------------------------------------------------- the list

    def _offer(self, found: Dictionaries) -> None:
        categories, offers = found
        self.pane.set_categories(categories)
        self.detail.set_offers(offers)

    def _count(self, counts: dict[IssueStatus, int]) -> None:
        shown: dict[IssueStatus | str, int] = {
            view: counts.get(view, 0) for view, _ in table.views() if isinstance(view, IssueStatus)
        }
        shown[table.ALL] = sum(counts.values())
        self.views.set_counts(shown)
        waiting = counts.get(IssueStatus.REGISTERED, 0)
        self.badge_changed.emit(waiting, waiting > 0)

    def _offers(self) -> list[Offer]:
        title = tr("export|The list of issues")
        return [(title, Wanted(Exported.ISSUES, self.pane.table.listing))]

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
        self.acting.put_away()
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
        self.acting.put_away()
        self._shown = issue_id
        self._load(issue_id)

    def _load(self, issue_id: UUID) -> None:
        self.jobs.latest(
            "issue", lambda tx: _view(tx, issue_id), self._show, owner=self, failed=self._lost
        )

    def _show(self, found: tuple[IssueView, Typed | None]) -> None:
        view, kept = found
        self.detail.show_view(view)
        self.acting.settle_with(view, kept)

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

    def _done(self, text: str, undo: Undo) -> None:
        self.message.emit(text, undo)
        self.pane.list.setFocus()

    def _refused(self, error: StationError) -> None:
        self.show_error(error, self.detail.panel.fields)
        if isinstance(error, Conflict | NotFound):
            self.reload()


def _dictionaries(tx: Tx) -> Dictionaries:
    sets = sorted(rules.rule_sets(tx).values(), key=lambda one: one.valid_from, reverse=True)
    offers = Offers(
        dictionaries.list_units(tx),
        dictionaries.list_decline_reasons(tx),
        [(one.code, one.name) for one in sets],
    )
    return dictionaries.list_categories(tx), offers


def _view(tx: Tx, issue_id: UUID) -> tuple[IssueView, Typed | None]:
    record = issues.get_issue(tx, issue_id)
    joined = issue_records.joined_issues(tx, issue_id) if record.joined_count else ()
    visit = visits.get_visit(tx, record.visit_id)
    kept = drafts.kept_draft(tx, draft_name(issue_id))
    public = None
    if may(record.status, record.case, IssueEventKind.PUBLISHED):
        public = issue_care.public_text(tx, issue_id)
    reasons = dictionaries.decline_reason_names(tx)
    return IssueView(record, visit, joined, tx.today, tx.zone, public, reasons), kept
