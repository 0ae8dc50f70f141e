"""The rota: proposed for a period in seconds, changed by hand with its effects, saved with undo."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from station_app.domain.rota import Rota, RotaQuestion, Seats, Worth, worth
from station_app.domain.rota_making import propose
from station_app.domain.rota_words import cannot_words, effect_words, spread_words
from station_app.errors import StationError
from station_app.i18n import tr
from station_app.services.rotas import save_rota
from station_app.ui.days.absences import Absences
from station_app.ui.days.deputy_pick import DeputyPick
from station_app.ui.days.rota_asked import RotaFields, RotaRead, read_rota
from station_app.ui.days.rota_rows import (
    AS_GIVEN,
    DueRow,
    LoadRow,
    Shelf,
    due_columns,
    due_rows,
    load_columns,
    load_rows,
)
from station_app.ui.days.rota_swap import RotaSwap
from station_app.ui.days.words import day_title
from station_app.ui.printing.list_entries import rota_entries
from station_app.ui.printing.print_button import Entry, PrintButton
from station_app.ui.theme import fit, lay, px
from station_app.ui.widgets import (
    Card,
    ChoiceBar,
    EmptyState,
    Field,
    ListTable,
    MessageBar,
    PagedTable,
    ShortcutButton,
    column,
    label,
    row,
    scrolling,
)

if TYPE_CHECKING:
    from station_app.ui.jobs import Job, Jobs
    from station_app.ui.page import Page

_SEATS, _LINES = 3, 4  # of a day, of what is said at once


class RotaStep(QWidget):
    """Everything about the rota of a period. ``closed``: back to the days."""

    closed = Signal()

    def __init__(self, jobs: Jobs, page: Page) -> None:
        super().__init__()
        self._jobs, self._page = jobs, page
        self._today = date(2000, 1, 1)
        self._question: RotaQuestion | None = None
        self._saved: Seats = {}
        self.seats: Seats = {}
        self._job: Job | None = None
        self._days: Shelf[DueRow] = Shelf()
        self._loads: Shelf[LoadRow] = Shelf()
        self._build_question()
        self._build_lists()
        self._compose()

    def _build_question(self) -> None:
        self.asking = RotaFields(lambda: self._today)
        self.make = ShortcutButton(
            tr("Propose a rota"), "F5", icon="calendar-plus", kind="primary", act=self.propose
        )
        self.stop = ShortcutButton(tr("Stop"), act=self._stop)
        self.save = ShortcutButton(tr("Save the rota"), "Ctrl+Return", act=self._save)
        self.print = PrintButton(show_keys=False)
        self.close_button = ShortcutButton(tr("form|Close"), "Escape", act=self.closed.emit)

    def _build_lists(self) -> None:
        self.days: PagedTable[DueRow] = PagedTable(
            self._jobs, due_columns(), self._days.page, listing=AS_GIVEN, count=self._days.count,
            parent=self,
        )  # fmt: skip
        none = EmptyState(
            "calendar", tr("No planned day in this time"),
            tr("Plan reception days first: one by one, or by a rule."),
        )  # fmt: skip
        self.table = ListTable(self.days, name=tr("Days of the rota"), empty=none)
        self.people: PagedTable[LoadRow] = PagedTable(
            self._jobs, load_columns(), self._loads.page, listing=AS_GIVEN,
            count=self._loads.count, parent=self,
        )  # fmt: skip
        self.loads = ListTable(self.people, name=tr("How often each deputy comes"))
        self.who = DeputyPick(tr("Deputies due"))
        self.one = Field(" ", self.who)  # its title comes with a day
        self.swap = RotaSwap()
        self.swap.swapped.connect(self._swapped)
        self.table.chosen.connect(self._day_chosen)
        self.table.opened.connect(lambda _row: self.who.setFocus())
        self.who.changed.connect(self._changed_by_hand)
        self.said = MessageBar("amber", icon="alert-triangle")
        self.spread = label("", "quiet")
        self.absences = Absences(self._jobs, self._page)
        self.absences.changed.connect(self.reload)

    def _compose(self) -> None:
        for part in (self.make, self.stop):
            self.asking.flow.addWidget(Field(" ", part))
        left = Card(margin=1, spacing=0)
        left.content.addWidget(self.table, 1)
        left.content.addLayout(
            lay(column(self.one, self.swap, spacing=8), margins=(14, 8, 14, 12), spacing=8)
        )
        self.sides = ChoiceBar(
            [("loads", tr("rota|How often")), ("absences", tr("Absences and wishes"))],
            name=tr("Beside the days"), start="loads", kind="filter",
        )  # fmt: skip
        right = Card(margin=1, spacing=0)
        right.content.addLayout(lay(column(self.sides, self.spread), margins=(14, 12, 14, 8)))
        right.content.addWidget(self.loads, 1)
        right.content.addWidget(self.absences, 1)
        self.absences.hide()
        self.sides.changed.connect(self._side_chosen)
        both = row(spacing=16)
        both.addWidget(left, 3)
        both.addWidget(right, 2)
        foot = row(self.print, None, self.close_button, self.save)
        for side in (left, right):
            fit(side, lambda card: card.setMinimumHeight(px(300)))  # at 150 % the whole scrolls
        body = lay(column(self.asking, self.said, spacing=12), spacing=12)
        body.addLayout(both, 1)
        whole = lay(column(scrolling(body, tr("Rota"), gutter=0), spacing=12), spacing=12)
        whole.addLayout(foot)
        self.setLayout(whole)
        for hidden in (self.said, self.stop, self.one, self.swap):
            hidden.hide()
        self.print.offer_when_pressed(self._printable)

    def begin(self) -> None:
        """Show the rest of this year (from December on: the next), as it is saved."""
        self._jobs.read(lambda tx: tx.today, self._begin_at, owner=self)

    def reload(self) -> None:
        """Read days, deputies and absences again; what was changed by hand is kept."""
        asked = self.asking.asked()
        if asked is not None:
            self._jobs.latest("rota", partial(read_rota, asked=asked), self._show, owner=self)

    def propose(self) -> None:
        """Make a rota of the period, off the GUI thread."""
        asked = self.asking.asked()
        if asked is None:
            return
        self._busy(True)
        self._jobs.latest(
            "rota", partial(read_rota, asked=asked), self._work, owner=self,
            failed=self._failed,
        )  # fmt: skip

    def _begin_at(self, today: date) -> None:
        self._today = today
        year = today.year + (today.month == 12)
        first = max(today, date(year, 1, 1))
        self.asking.begin(first, date(year, 12, 31))
        self.seats = {}
        self.reload()

    def _work(self, found: RotaRead) -> None:
        self._know(found)
        assert self._question is not None
        self._job = self._jobs.work(
            partial(propose, self._question), self._proposed, owner=self,
            failed=lambda _error: self._busy(False),
        )  # fmt: skip

    def _proposed(self, rota: Rota) -> None:
        self._busy(False)
        assert self._question is not None
        self.seats = rota.seats
        self._show_rota(cannot_words(self._question, rota.worth), rota.worth)

    def _failed(self, error: StationError) -> None:
        self._busy(False)
        self._page.show_error(error)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._busy(False)

    def _busy(self, on: bool) -> None:
        self.stop.setVisible(on)
        self.make.setEnabled(not on)
        self.make.setText(tr("Working…") if on else tr("Propose a rota"))

    def _know(self, found: RotaRead) -> None:
        self._question, self._saved = found.question, found.saved
        self.who.offer_deputies(found.choices)
        self.absences.offer(self._question.deputies, self._today)
        self.absences.reload()

    def _show(self, found: RotaRead) -> None:
        before = self.seats
        self._know(found)
        self.seats = {day: before.get(day, who) for day, who in self._saved.items()}
        self._show_effects()

    def _show_effects(self) -> None:
        assert self._question is not None
        found = worth(self._question, self.seats)
        self._show_rota(effect_words(self._question, found) if any(self.seats.values()) else [],
                        found)  # fmt: skip

    def _show_rota(self, said: list[str], found: Worth) -> None:
        assert self._question is not None
        self._days.rows = due_rows(self._question, self.seats, self._saved)
        self._loads.rows = load_rows(self._question, self.seats, found)
        self.days.reload()
        self.people.reload()
        self.spread.setText(spread_words(found) if found.loads else "")
        more = len(said) - _LINES
        rest = [tr("and {n} more remarks", n=more)] if more > 0 else []
        self.said.set("\n".join(said[:_LINES] + rest))
        self.save.setEnabled(self.seats != self._saved)
        self.print.setEnabled(self.seats == self._saved)  # paper holds what is saved
        chosen = self.table.current
        self.swap.show_day(self._question, self.seats, None if chosen is None else chosen.id)

    def _day_chosen(self, chosen: DueRow) -> None:
        self.one.show()
        self.one.set_title(tr("Due on {date}", date=day_title(chosen.on)))
        self._show_due(chosen)
        if self._question is not None:
            self.swap.show_day(self._question, self.seats, chosen.id)

    def _show_due(self, chosen: DueRow) -> None:
        self.who.blockSignals(True)
        self.who.clear()
        self.who.take(*self.seats.get(chosen.id, ()))
        self.who.blockSignals(False)

    def _changed_by_hand(self) -> None:
        chosen = self.table.current
        if chosen is None or self._question is None:
            return
        taken = frozenset(one for one in self.who.taken if isinstance(one, UUID))
        if taken != self.seats.get(chosen.id):
            self.seats = {**self.seats, chosen.id: taken}
            self._show_effects()

    def _swapped(self, after: Seats, said: str) -> None:
        self._page.message.emit(said, partial(self._put, self.seats))
        self._put(after)

    def _put(self, seats: Seats) -> None:
        """Show ``seats``, changed on several days at once."""
        self.seats = seats
        self._show_effects()
        chosen = self.table.current
        if chosen is not None:
            self._show_due(chosen)

    def _printable(self) -> list[Entry]:
        asked, one = self.asking.asked(), self.loads.current
        who = None if one is None else (one.id, one.name)
        return [] if asked is None else rota_entries(asked.first, asked.last, who)

    def _side_chosen(self, side: str) -> None:
        self.loads.setVisible(side == "loads")
        self.spread.setVisible(side == "loads")
        self.absences.setVisible(side == "absences")

    def _save(self) -> None:
        changed = {day: who for day, who in self.seats.items() if who != self._saved.get(day)}
        if changed:
            self._jobs.write(
                partial(save_rota, seats=changed), self._kept, owner=self,
                failed=self._page.show_error,
            )  # fmt: skip

    def _kept(self, before: Seats) -> None:
        said = tr("The rota is saved: {n} days.", n=len(before))
        self._page.message.emit(said, partial(self._take_back, before))
        self.reload()

    def _take_back(self, before: Seats) -> None:
        self.seats = {}
        self._jobs.write(
            partial(save_rota, seats=before), lambda _found: self.reload(), owner=self,
            failed=self._page.show_error,
        )  # fmt: skip
