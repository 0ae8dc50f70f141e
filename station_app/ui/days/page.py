"""The page of reception days: the list at the left, one day or its plan at the right."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtWidgets import QStackedWidget, QWidget

from db.vocabulary import Role
from station_app.domain.days import DayRecord, DayRow, NoticeDue
from station_app.domain.exports import Exported
from station_app.exchange.office_lists import Wanted
from station_app.i18n import tr
from station_app.services import day_lists
from station_app.services.notices import next_notices
from station_app.ui.days.calendar_pane import CalendarPane
from station_app.ui.days.editing import DayPane
from station_app.ui.days.narrowing import DayFilters
from station_app.ui.days.old_ledgers import OldLedgers
from station_app.ui.days.rota_step import RotaStep
from station_app.ui.days.rules_step import RulesStep
from station_app.ui.days.steps import Steps, step_buttons
from station_app.ui.days.table import START, columns, count_filters, first_shown, years
from station_app.ui.days.words import next_notice_words
from station_app.ui.exporting import Offer, export_button, ledger_offer
from station_app.ui.page import Page
from station_app.ui.printing.list_entries import day_entries
from station_app.ui.printing.print_button import PrintButton
from station_app.ui.side_by_side import NarrowColumns, SideBySide
from station_app.ui.theme import fit, px
from station_app.ui.widgets import (
    Card,
    EmptyState,
    ListTable,
    PagedTable,
    ShortcutButton,
)

if TYPE_CHECKING:
    from station_app.domain.accounts import Actor
    from station_app.ui.jobs import Jobs


class DaysPage(Page):
    """List and plan reception days, and lead each from planned to locked."""

    kinds = frozenset(
        {"day", "duty", "attendance", "visit", "issue", "deputy", "calendar_day", "recurrence",
         "activity"}
    )  # fmt: skip

    def __init__(self, jobs: Jobs, actor: Actor, parent: QWidget | None = None) -> None:
        super().__init__(jobs, actor, parent)
        self.writable = actor.role is not Role.VIEWER
        self.pane = DayPane(jobs, self, role=actor.role)
        self.pane.saved.connect(self._saved)
        self.plan = ShortcutButton(
            tr("Plan a day"),
            "Ctrl+N",
            icon="calendar-plus",
            kind="primary",
            act=self.pane.begin_new,
        )
        self.add_action(self.plan)
        self.old = ShortcutButton(
            tr("Import an old ledger"), "Ctrl+I", icon="table-import", act=self.open_import
        )
        self.export = export_button(self, self._offers)
        self.planning = step_buttons(self.open_rules, self.open_rota)
        self.print = PrintButton(show_keys=False)
        for button in (self.export, self.print, self.old, *self.planning):
            self._actions.insertWidget(0, button)
        self.print.offer_when_pressed(lambda: day_entries(writable=self.writable))
        for button in (self.print, self.pane.detail.print):
            button.printed.connect(self.reload)  # what was printed counts down no more
        self.importer: OldLedgers | None = None
        self._list = Card(margin=1, spacing=0)
        self._build_list()
        self.sides = SideBySide(self._build_views(), self.pane)
        self.steps = Steps(self, self.sides, tr("Reception days"))
        for button in (self.export, self.print, self.turn):
            self.steps.hide_with(button)
        for button in (self.plan, self.old, *self.planning):
            self.steps.hide_with(button, shown=self.writable)
        self.body.addWidget(self.steps, 1)
        self.shortcut("Ctrl+F", tr("Filter the list"), self.search.setFocus)

    def _build_list(self) -> None:
        self.filters = DayFilters()
        self.search, self.year = self.filters.search, self.filters.year
        self.chips = self.filters.chips
        self.model: PagedTable[DayRow] = PagedTable(
            self.jobs,
            columns(),
            day_lists.list_days,
            listing=START,
            count=day_lists.count_days,
            parent=self,
        )
        self.table = ListTable(self.model, name=tr("Reception days"), empty=self._empty_state())
        self.start = self.table
        self.table.chosen.connect(lambda one: self.pane.show_id(one.id))
        self.table.opened.connect(lambda _one: self._opened())
        self.table.clicked.connect(lambda _index: self.sides.show_right())
        NarrowColumns(self.table, {2: 460, 3: 560})
        self.pane.currentChanged.connect(lambda _at: self._pane_changed())
        self.model.loaded.connect(self._loaded)
        self.filters.changed.connect(self._ask)
        self.search.returnPressed.connect(self.table.setFocus)
        self._list.content.addWidget(self.filters)
        self._list.content.addWidget(self.table, 1)
        fit(self._list, lambda card: card.setMinimumWidth(px(280)))

    def _build_views(self) -> QWidget:
        """The list and the calendar in one place; Ctrl+T turns from one to the other."""
        self.calendar = CalendarPane(self.jobs, self, writable=self.writable)
        self.calendar.picked.connect(self.pane.show_id)
        self.calendar.planned.connect(self.pane.begin_on)
        self.views = QStackedWidget()
        self.views.addWidget(self._list)
        whole = Card(margin=1, spacing=0)
        whole.content.addWidget(self.calendar)
        self.views.addWidget(whole)
        self.turn = ShortcutButton(tr("Calendar"), "Ctrl+T", icon="calendar", act=self._turn)
        self._actions.insertWidget(0, self.turn)
        return self.views

    def _turn(self) -> None:
        """Show the calendar instead of the list, or the list again."""
        to_calendar = self.views.currentIndex() == 0
        self.views.setCurrentIndex(int(to_calendar))
        self.turn.setText(tr("As a list") if to_calendar else tr("Calendar"))
        if to_calendar:
            self.calendar.reload()
        (self.calendar if to_calendar else self.table).setFocus()

    def _empty_state(self) -> EmptyState:
        self._first = ShortcutButton(
            tr("Plan a day"), icon="calendar-plus", act=self.pane.begin_new
        )
        self._empty = EmptyState("calendar", "", "", self._first)
        return self._empty

    def reload(self) -> None:
        if self.model.ready:
            self.model.reload()
        else:
            # The first time the day that matters now is shown: the open one, else the next. It
            # is asked before the rows come, as a list with rows and the keys takes its first.
            self.jobs.read(first_shown, self._begin_at, owner=self)
        self._recount()
        self.pane.reload()
        if self.views.currentIndex():
            self.calendar.reload()

    def show_record(self, kind: str, record_id: UUID) -> None:
        self.table.select(record_id)
        self.pane.show_id(record_id)
        self.sides.show_right()

    def begin(self) -> None:
        self.close_step()
        if self.writable:
            self.pane.begin_new()
            self.sides.show_right()

    def open_import(self, path: str = "") -> None:
        """Lead through the import of an old ledger."""
        self.importer = self.steps.open(tr("Import an old ledger"), self._make_importer)
        self.importer.begin(path)

    def open_rules(self) -> None:
        """Show how reception days recur, and the year that comes of it."""
        self.steps.open(tr("Recurring reception days"), self._make_rules).begin()

    def open_rota(self) -> None:
        """Show who is due when."""
        self.steps.open(tr("Rota"), self._make_rota).begin()

    def close_step(self) -> None:
        """Go back to the list or the calendar."""
        self.steps.close_step()
        (self.calendar if self.views.currentIndex() else self.table).setFocus()

    def _make_importer(self) -> OldLedgers:
        made = OldLedgers(self.jobs)
        made.closed.connect(self.close_step)
        made.message.connect(lambda text: self.message.emit(text, None))
        return made

    def _make_rules(self) -> RulesStep:
        made = RulesStep(self.jobs, self)
        made.closed.connect(self.close_step)
        return made

    def _make_rota(self) -> RotaStep:
        made = RotaStep(self.jobs, self)
        made.closed.connect(self.close_step)
        return made

    def _offers(self) -> list[Offer]:
        listed = Wanted(Exported.DAYS, self.model.listing)
        offers = [(tr("export|The list of reception days"), listed)]
        day = self.table.current
        if day is not None:
            title = f"{tr('export|The ledger of the chosen day')} {day.held_on}"
            offers.append(ledger_offer(title, day.held_on, day.held_on))
        for at in range(self.year.count()):
            year = self.year.itemData(at)
            if isinstance(year, int):
                title = tr("export|The ledger of {year}", year=year)
                offers.append(ledger_offer(title, date(year, 1, 1), date(year, 12, 31)))
        offers.append(ledger_offer(tr("export|The ledger of all years"), date.min, date.max))
        return offers

    def _begin_at(self, day_id: UUID | None) -> None:
        if day_id is not None and self.pane.shown is None:
            self.table.select(day_id)
        self.model.reload()

    def _ask(self) -> None:
        self.model.ask(self.filters.listing(self.model.listing))
        self._recount()

    def _recount(self) -> None:
        asked = self.filters.narrowed
        self.jobs.latest(
            "counts",
            lambda tx: (count_filters(tx, asked), years(tx), [*day_lists.list_campaigns(tx)]),
            lambda found: self._show_counts(*found),
            owner=self,
        )
        self.jobs.latest("notice", next_notices, self._say_notice, owner=self)

    def _show_counts(self, counts: dict[Any, int], found: list[int], campaigns: list[str]) -> None:
        self.filters.show_counts(counts)
        self.filters.offer(found, campaigns)

    def _say_notice(self, found: tuple[NoticeDue, ...]) -> None:
        for line in (self.filters.notice, self.calendar.notice):
            line.setText(next_notice_words(found))
            line.setVisible(bool(found))

    def _loaded(self) -> None:
        untouched = self.filters.untouched
        if not self.model.rows:
            self.pane.show_none()
        elif self.table.current is None and self.pane.shown is None and self.model.listing != START:
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._pane_changed()
        self._first.setVisible(untouched and self.writable)
        if untouched:
            advice = tr("Plan the first one: date, hours, place and the deputies due.")
            self._empty.set(tr("No reception day yet"), advice if self.writable else "")
        else:
            self._empty.set(tr("No such day"), tr("Try another filter or year."))

    def _opened(self) -> None:
        if self.sides.narrow:
            self.sides.show_right()
        else:
            self.pane.edit()

    def _pane_changed(self) -> None:
        alone = self.pane.currentIndex() == 0 and not self.model.rows
        self.sides.set_alone(alone and self.views.currentIndex() == 0)
        if self.pane.is_editing:
            self.sides.show_right()

    def _saved(self, record: DayRecord) -> None:
        self.table.select(record.id)
        (self.calendar if self.views.currentIndex() else self.table).setFocus()
