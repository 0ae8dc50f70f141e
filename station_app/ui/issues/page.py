"""The issues page: the views on top, the list at the left, one issue or several beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from db.vocabulary import IssueEventKind, Role
from station_app.domain.exports import Exported
from station_app.domain.issue_views import View
from station_app.domain.issues import IssueRow
from station_app.errors import Conflict, NotFound, StationError
from station_app.exchange.office_lists import Wanted
from station_app.i18n import tr
from station_app.services import issue_filters, residents
from station_app.ui.exporting import Offer, export_button
from station_app.ui.issues.act_inputs import Offers
from station_app.ui.issues.acting import Acting, Undo
from station_app.ui.issues.bulk_panel import BulkPanel
from station_app.ui.issues.bulking import Bulking
from station_app.ui.issues.detail import IssueDetail
from station_app.ui.issues.filter_inputs import FilterOffers
from station_app.ui.issues.filter_panel import FilterPanel
from station_app.ui.issues.list_pane import ListPane
from station_app.ui.issues.narrowing import Narrowing
from station_app.ui.issues.reading import read_offers, read_similar, read_view
from station_app.ui.issues.token_bar import TokenBar
from station_app.ui.issues.views import ViewBar
from station_app.ui.issues.words import IssueView
from station_app.ui.kept_form import Typed
from station_app.ui.leaving import Leaving
from station_app.ui.page import Page
from station_app.ui.printing.list_entries import issue_entries
from station_app.ui.printing.print_button import PrintButton
from station_app.ui.theme import lay, px
from station_app.ui.widgets import Field, ShortcutButton, column

if TYPE_CHECKING:
    from station_app.domain.accounts import Actor
    from station_app.ui.jobs import Jobs


class IssuesPage(Page):
    """Every issue of the station, and what can be done with it now."""

    kinds: ClassVar[frozenset[str]] = frozenset(
        {"issue", "issue_event", "visit", "resident", "companion", "day", "deputy", "unit"}
        | {"category", "dictionary_entry", "attachment", "photo"}
    )

    def __init__(self, jobs: Jobs, actor: Actor, parent: QWidget | None = None) -> None:
        super().__init__(jobs, actor, parent)
        self.set_title(tr("page|Issues"))
        writable = actor.role is not Role.VIEWER
        self.views, self.tokens = ViewBar(), TokenBar()
        self.pane = ListPane(jobs)
        self.start = self.pane.list
        self.detail = IssueDetail(jobs, writable=writable)
        self.acting = Acting(jobs, self.detail)
        self.filters = FilterPanel(jobs)
        self.bulk = BulkPanel(writable=writable)
        self.bulking = Bulking(jobs, self.bulk)
        self.narrowing = Narrowing(jobs, self.views, self.tokens, self.filters, self.pane)
        self._shown: UUID | None = None
        self._wanted: tuple[UUID, IssueEventKind] | None = None
        self.leaving = Leaving(self.pane.list, self.pane.table, lambda: self._shown)
        self._lay_out()
        self._connect()

    def reload(self) -> None:
        """Read list, counts, dictionaries, own views and the issue shown."""
        self.jobs.read(read_offers, self._offer, owner=self)
        self.jobs.latest(
            "counts", lambda tx: (issue_filters.count_views(tx), tx.today), self._count, owner=self
        )
        self.narrowing.reload()
        self.pane.table.reload()
        if self._shown is not None:
            self._load(self._shown)

    def show_record(self, kind: str, record_id: UUID) -> None:
        """Show one issue, whatever the list shows; ``issue/replied`` opens it at that act."""
        noun, _, act = kind.partition("/")
        if noun == "issue":
            self.filter.setChecked(False)
            self._open(record_id)
            self._wanted = (record_id, IssueEventKind(act)) if act else None
            self.pane.list.point_at(record_id)
            self.pane.list.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - px(48)
        self.pane.setFixedWidth(max(px(236), min(px(330), room * 31 // 100)))

    def _lay_out(self) -> None:
        self.filter = ShortcutButton(tr("list|Filter"), "Alt+F", icon="filter")
        self.filter.setCheckable(True)
        export = export_button(self, self._offers)
        export.show_keys(False)
        self.print = PrintButton(show_keys=False)
        for button in (self.filter, self.print, export):
            self.add_action(button)
        self.print.offer_when_pressed(lambda: issue_entries(self.pane.table.listing))
        self.middle = QStackedWidget()
        for part in (self.detail, self.filters, self.bulk):
            self.middle.addWidget(part)
        whole = lay(QHBoxLayout(), spacing=14)
        whole.addWidget(self.pane)
        whole.addLayout(column(self.leaving.bar, self.middle, spacing=8), 1)
        self.body.addWidget(self.views)
        self.body.addWidget(self.tokens)
        self.body.addLayout(whole, 1)

    def _connect(self) -> None:
        self.narrowing.said.connect(self.message)
        self.tokens.save_asked.connect(self._name_view)
        self.filter.toggled.connect(self._show_filters)
        self.filters.closed.connect(lambda: self.filter.setChecked(False))
        rows = self.pane.list
        rows.chosen.connect(self._chosen)
        rows.picked.connect(self._picked)
        rows.opened.connect(lambda _row: self._focus_acts())
        rows.clicked.connect(lambda _index: self.filter.setChecked(False))
        self.pane.table.loaded.connect(self._first)
        detail = self.detail
        detail.open_requested.connect(self._follow)
        detail.target_requested.connect(self._open_target)
        detail.reveal.connect(self._reveal)
        detail.side.join_asked.connect(self.acting.join)
        detail.papers.done.connect(self.message)
        detail.papers.refused.connect(self.show_error)
        self.acting.done.connect(self._done)
        self.acting.refused.connect(lambda error: self._refused(error, detail.panel.fields))
        self.acting.left.connect(self._focus_acts)
        self.bulking.done.connect(self._done)
        self.bulking.refused.connect(lambda error: self._refused(error, self.bulk.fields))
        self.bulking.given_up.connect(self._choose_one)
        self.bulking.led.connect(self.open_requested)
        self.shortcut("Ctrl+F", tr("Filter the list"), self._focus_search)
        self.shortcut("Alt+L", tr("Go to the list"), rows.setFocus)

    # ------------------------------------------------------------------------------- the list

    def _offer(self, found: tuple[FilterOffers, Offers]) -> None:
        to_filter, to_act = found
        self.filters.offer(to_filter)
        self.detail.set_offers(to_act)
        self.bulking.set_offers(to_act)

    def _count(self, found: tuple[dict[View, int], date]) -> None:
        counts, today = found
        self.pane.list.set_today(today)
        self.views.show_counts(counts)
        waiting = counts[View.TO_DO]
        self.badge_changed.emit(waiting, waiting > 0)

    def _offers(self) -> list[Offer]:
        title = tr("export|The list of issues")
        return [(title, Wanted(Exported.ISSUES, self.pane.table.listing))]

    def _first(self) -> None:
        """Show the first issue until one is chosen, and when the list was asked for others."""
        rows, moved = self.pane.table.rows, self.leaving.asked_anew
        here = any(row.id == self._shown for row in rows)
        if self._shown is not None and (here or not moved):
            return
        self.acting.put_away()
        if rows:
            self.pane.list.select(rows[0].id)
        elif moved:
            self._show_none()

    def _chosen(self, row: IssueRow) -> None:
        if row.id != self._shown and len(self.pane.list.taken) < 2:
            self._open(row.id)

    def _picked(self, rows: Sequence[IssueRow]) -> None:
        """Several are chosen: what can be done with all of them stands beside the list."""
        if len(rows) > 1:
            self.acting.put_away()
            self.filter.setChecked(False)
            self.bulking.show_rows(rows, len(self.pane.table.rows), self.pane.table.total)
            self.middle.setCurrentWidget(self.bulk)
        elif self.middle.currentWidget() is self.bulk:
            self.bulking.put_away()
            self.middle.setCurrentWidget(self.detail)
            if rows:
                self._chosen(rows[0])

    def _choose_one(self) -> None:
        self.pane.list.choose_only_current()
        self.pane.list.setFocus()

    def _focus_search(self) -> None:
        self.pane.search.setFocus()
        self.pane.search.selectAll()

    def _show_filters(self, shown: bool) -> None:
        if shown:
            self.pane.list.choose_only_current()
            self.middle.setCurrentWidget(self.filters)
            self.filters.begin()
        elif self.middle.currentWidget() is self.filters:
            self.middle.setCurrentWidget(self.detail)
            self.pane.list.setFocus()

    def _name_view(self) -> None:
        self.filter.setChecked(True)
        self.filters.own.begin()

    def _focus_acts(self) -> None:
        self.filter.setChecked(False)
        buttons = list(self.detail.turn.buttons.values())
        if buttons:
            buttons[0].setFocus()

    # ------------------------------------------------------------------------------ one issue

    def _open(self, issue_id: UUID) -> None:
        self.acting.put_away()
        self._shown, self._wanted = issue_id, None
        self.leaving.look_again()
        self._load(issue_id)

    def _load(self, issue_id: UUID) -> None:
        self.jobs.latest(
            "issue", lambda tx: read_view(tx, issue_id), self._show, owner=self, failed=self._lost
        )

    def _show(self, found: tuple[IssueView, Typed | None]) -> None:
        view, kept = found
        self.detail.show_view(view)
        self.acting.settle_with(view, kept)
        # Apart and a little later: whoever goes through the list wants to see the issue first.
        self.jobs.latest(
            "like",
            lambda tx: read_similar(tx, view),
            lambda like: self.detail.side.show_similar(view.record.id, like),
            owner=self,
            delay_ms=200,
        )
        wanted, self._wanted = self._wanted, None
        if wanted is not None and wanted[0] == view.record.id:
            if wanted[1] in self.detail.turn.possible:
                self.acting.ask(wanted[1])
            else:
                self._focus_acts()

    def _show_none(self) -> None:
        self._shown = None
        self.leaving.look_again()
        self.detail.show_nothing()

    def _lost(self, error: StationError) -> None:
        self._show_none()
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

    def _refused(self, error: StationError, fields: dict[str, Field]) -> None:
        self.show_error(error, fields)
        if isinstance(error, Conflict | NotFound):
            self.reload()
