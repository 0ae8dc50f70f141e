"""Recurring reception days: the rules, the year that they mean, and planning it at one stroke."""

from __future__ import annotations

from datetime import date, time
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from db.vocabulary import Pattern
from station_app.domain.lists import Listing, Mark
from station_app.domain.lists import Page as Rows
from station_app.domain.recurrence import (
    RecurrenceDraft,
    RecurrenceRecord,
    YearPlan,
)
from station_app.errors import RuleViolation, StationError
from station_app.i18n import tr
from station_app.services import recurrences
from station_app.ui.days.rule_form import RuleForm
from station_app.ui.days.rules_year import PreviewRow, preview_columns
from station_app.ui.theme import fit, lay, px
from station_app.ui.widgets import (
    Card,
    EmptyState,
    IconButton,
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
    from station_app.store import Tx
    from station_app.ui.jobs import Jobs
    from station_app.ui.page import Page

_PAUSE_MS = 200


class RulesStep(QWidget):
    """Rules at the left, the year at the right. ``closed``: back to the days."""

    closed = Signal()

    def __init__(self, jobs: Jobs, page: Page) -> None:
        super().__init__()
        self._jobs, self._page = jobs, page
        self._today = date(2000, 1, 1)
        self.year = 0
        self._editing: UUID | None = None
        self._just_kept = False  # what follows a rule is planning by it
        self._rows: tuple[PreviewRow, ...] = ()
        self._build_left()
        self._build_right()
        left, right = Card(margin=1, spacing=0), Card(margin=1, spacing=0)
        left.content.addWidget(self.left)
        right.content.addLayout(self._right)
        both = row(spacing=16)
        both.addWidget(left, 1)
        both.addWidget(right, 1)
        self.setLayout(both)

    def _build_left(self) -> None:
        self.form = RuleForm(lambda: self._today)
        self.form.edited.connect(self._look_ahead)
        self.new = ShortcutButton(tr("New rule"), "Ctrl+N", icon="plus", act=self.begin_new)
        self.close_button = ShortcutButton(tr("form|Close"), "Alt+Left", act=self.closed.emit)
        self._list = lay(QVBoxLayout(), spacing=8)
        listed = lay(column(spacing=12), margins=(20, 0, 20, 20), spacing=12)
        listed.addLayout(self._list)
        listed.addStretch(1)
        head = row(label(tr("rule|Rules"), "section"), None, self.new, self.close_button)
        rules = QWidget()
        whole = lay(column(), margins=(0, 0, 0, 0))
        whole.addLayout(lay(head, margins=(20, 16, 20, 8)))
        whole.addWidget(scrolling(listed, tr("rule|Rules"), gutter=20), 1)
        rules.setLayout(whole)
        self.save = ShortcutButton(
            tr("Keep the rule"), "Ctrl+Return", kind="primary", act=self._save
        )
        self.leave = ShortcutButton(tr("form|Close"), "Escape", act=self._show_list)
        form = QWidget()
        held = lay(column(self.form), margins=(20, 16, 20, 8))
        held.addStretch(1)
        outer = lay(column())
        outer.addWidget(scrolling(held, tr("rule|Rule"), gutter=20), 1)
        outer.addLayout(lay(row(None, self.leave, self.save), margins=(20, 8, 20, 14)))
        form.setLayout(outer)
        self.left = QStackedWidget()
        self.left.addWidget(rules)
        self.left.addWidget(form)

    def _build_right(self) -> None:
        self._title = label("", "section")
        before = IconButton("chevron-left", tr("The year before"), keys="Alt+PgUp",
                            act=lambda: self._turn(-1))  # fmt: skip
        after = IconButton("chevron-right", tr("The year after"), keys="Alt+PgDown",
                           act=lambda: self._turn(1))  # fmt: skip
        self.plan = ShortcutButton(
            tr("Plan these days"), "Ctrl+Shift+Return", icon="calendar-plus", kind="primary",
            act=self._plan,
        )  # fmt: skip
        self.model: PagedTable[PreviewRow] = PagedTable(
            self._jobs, preview_columns(), self._page_of, listing=Listing("as given"),
            count=lambda _tx, _listing: len(self._rows), parent=self,
        )  # fmt: skip
        empty = EmptyState(
            "calendar", tr("No rule means a day in this year"),
            tr("Write down how your reception days recur, such as every 10th."),
        )  # fmt: skip
        self.table = ListTable(self.model, name=tr("The year"), empty=empty)
        self.unknown = MessageBar("amber", icon="calendar-off")
        self.unknown.hide()
        head = row(before, after, self._title, None, self.plan)
        self._right = lay(column(spacing=8), spacing=8)
        self._right.addLayout(lay(head, margins=(14, 14, 14, 0)))
        self._right.addLayout(lay(column(self.unknown), margins=(14, 0, 14, 0)))
        self._right.addWidget(self.table, 1)
        fit(self.table, lambda table: table.setMinimumWidth(px(300)))

    def begin(self) -> None:
        """Show the rules and this year (from November on: the next)."""
        self._show_list()
        self._jobs.read(lambda tx: tx.today, self._begin_at, owner=self)

    def _begin_at(self, today: date) -> None:
        self._today = today
        self.year = self.year or today.year + (today.month > 10)
        self.reload()
        self.new.setFocus()

    def reload(self) -> None:
        """Read rules and year again."""
        year, more = self.year, self._written()
        self._jobs.latest(
            "year",
            lambda tx: (
                recurrences.list_recurrences(tx), recurrences.preview_year(tx, year, more=more)
            ),
            lambda found: self._show(*found), owner=self, delay_ms=_PAUSE_MS if more else 0,
        )  # fmt: skip

    def begin_new(self) -> None:
        """Write a new rule; it begins where most begin: every 10th, nine to half past eleven."""
        first = max(self._today, date(self.year, 1, 1))
        self._open(None, RecurrenceDraft(
            Pattern.MONTH_DAY, first, time(9), time(11, 30), numbers=frozenset({10})
        ))  # fmt: skip

    def _open(self, rule_id: UUID | None, draft: RecurrenceDraft) -> None:
        self._editing = rule_id
        self.left.setCurrentIndex(1)
        self.form.fill(draft)
        self.form.pattern.setFocus()

    def _written(self) -> RecurrenceDraft | None:
        """The rule in the form, while one is written that can hold."""
        if self.left.currentIndex() == 0:
            return None
        try:
            return self.form.draft()
        except RuleViolation:
            return None

    def _look_ahead(self) -> None:
        if self.left.currentIndex() == 1:
            try:
                self.form.draft()
                self.form.say({})
            except RuleViolation as found:
                self.form.say(dict(found.fields))
            self.reload()

    def _show_list(self) -> None:
        self._editing = None
        self.left.setCurrentIndex(0)
        if self.year:
            self.reload()

    def _turn(self, by: int) -> None:
        self.year += by
        self.reload()

    def _show(self, rules: tuple[RecurrenceRecord, ...], plan: YearPlan) -> None:
        self._show_rules(rules)
        days = plan.days
        if self._editing is not None:  # the rule as it is being changed stands for itself
            days = tuple(one for one in days if one.rule.id != self._editing)
        self._rows = tuple(PreviewRow(UUID(int=at + 1), one) for at, one in enumerate(days))
        fresh = sum(one.is_new for one in days)
        self._title.setText(tr("calendar|{year}", year=plan.year))
        self.plan.setText(tr("Plan {n} days", n=fresh))
        self.plan.setEnabled(fresh > 0 and self.left.currentIndex() == 0)
        if self._just_kept:
            self.plan.setFocus()
        self._just_kept = False
        self.unknown.set(
            "" if plan.holidays_known else tr("The holidays of {year} are not known yet.",
                                              year=plan.year),
            "" if plan.holidays_known else tr(
                "Only weekends are heeded. Import the published calendar in the settings first."),
        )  # fmt: skip
        self.model.reload()

    def _show_rules(self, rules: tuple[RecurrenceRecord, ...]) -> None:
        while (item := self._list.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for rule in rules:
            self._list.addWidget(self._rule_row(rule))
        if not rules:
            words = tr("No rule yet. Write one, and a whole year is planned at one stroke.")
            self._list.addWidget(label(words, "quiet", wrap=True))

    def _rule_row(self, rule: RecurrenceRecord) -> QWidget:
        place = QWidget()
        words = QLabel(rule.words)
        words.setWordWrap(True)
        words.setTextFormat(Qt.TextFormat.PlainText)
        about = " · ".join(filter(None, (rule.draft.place, rule.draft.theme)))
        change = ShortcutButton(tr("Change"), act=lambda: self._open(rule.id, rule.draft))
        retire = ShortcutButton(tr("Use no longer"), act=lambda: self._retire(rule.id))
        for button in (change, retire):
            button.setAccessibleDescription(rule.words)
        said = column(words, *([label(about, "secondary", wrap=True)] if about else []), spacing=2)
        line = row(spacing=8)
        line.addLayout(said, 1)
        line.addWidget(change)
        line.addWidget(retire)
        place.setLayout(line)
        return place

    def _page_of(
        self, tx: Tx, listing: Listing, *, at: Mark | None = None, backwards: bool = False
    ) -> Rows[PreviewRow]:
        return Rows(self._rows, None, None)

    def _save(self) -> None:
        try:
            draft = self.form.draft()
        except RuleViolation as found:
            self.form.say(dict(found.fields))
            return
        self._jobs.write(
            partial(recurrences.save_recurrence, draft=draft, recurrence_id=self._editing),
            self._kept, owner=self, failed=self._failed,
        )  # fmt: skip

    def _failed(self, error: StationError) -> None:
        self._page.show_error(error, self.form.fields)

    def _kept(self, rule: RecurrenceRecord) -> None:
        self._page.message.emit(tr("Kept: {rule}.", rule=rule.words), None)
        self._just_kept = True
        self._show_list()

    def _retire(self, rule_id: UUID, retired: bool = True) -> None:
        def done(rule: RecurrenceRecord) -> None:
            if retired:
                self._page.message.emit(
                    tr("No longer used: {rule}.", rule=rule.words),
                    partial(self._retire, rule_id, False),
                )
            self.reload()

        self._jobs.write(
            partial(recurrences.retire_recurrence, recurrence_id=rule_id, retired=retired),
            done, owner=self, failed=self._failed,
        )  # fmt: skip

    def _plan(self) -> None:
        wanted = [(one.day.rule.id, one.day.meant.meant_on) for one in self._rows if one.day.is_new]
        self._jobs.write(
            partial(recurrences.plan_days, wanted=wanted), self._planned, owner=self,
            failed=self._failed,
        )  # fmt: skip

    def _planned(self, made: tuple[UUID, ...]) -> None:
        def back() -> None:
            self._jobs.write(
                partial(recurrences.unplan_days, day_ids=made), lambda _found: self.reload(),
                owner=self, failed=self._failed,
            )  # fmt: skip

        self._page.message.emit(tr("{n} days are planned.", n=len(made)), back)
        self.reload()
