"""The calendar of the days' page: a year, a month or a week, with the keys to turn its leaves."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.domain.days import DayRecord
from station_app.domain.words import day_status_word
from station_app.i18n import tr
from station_app.services import days
from station_app.services.calendars import CalendarRecord, calendar_between
from station_app.ui.days.calendar_cells import ACTIVITY, MARKS
from station_app.ui.days.calendar_model import ACTIVITIES, DAYS, CalendarModel, Span, Stretch
from station_app.ui.days.calendar_table import CalendarTable
from station_app.ui.days.words import day_title
from station_app.ui.theme import lay, px
from station_app.ui.widgets import (
    ChoiceBar,
    ElidedLabel,
    Flow,
    IconButton,
    ShortcutButton,
    column,
    label,
    row,
    show_keys_if_room,
)

if TYPE_CHECKING:
    from station_app.ui.jobs import Jobs
    from station_app.ui.page import Page


class CalendarPane(QWidget):
    """``picked`` carries the id of a day on the date that was reached, ``planned`` a free date."""

    picked = Signal(object)
    planned = Signal(object)

    def __init__(self, jobs: Jobs, page: Page, *, writable: bool) -> None:
        super().__init__()
        self._jobs, self._page, self._writable = jobs, page, writable
        self._wanted: date | None = None
        self.model = CalendarModel(Stretch(Span.MONTH, date(2000, 1, 1)))
        self.table = CalendarTable(self.model, writable=writable)
        self.setFocusProxy(self.table)
        self._title = ElidedLabel("", "section")
        self.spans = ChoiceBar(
            [(Span.YEAR, tr("calendar|Year")), (Span.MONTH, tr("calendar|Month")),
             (Span.WEEK, tr("calendar|Week"))],
            name=tr("How much is shown"), start=Span.MONTH, kind="filter",
        )  # fmt: skip
        self._compose()
        self.spans.changed.connect(self._span_chosen)
        self.table.picked.connect(self._picked)
        self.table.opened.connect(self._opened)
        self.table.turned.connect(self.turn)
        self.model.dropped.connect(self.move_day)

    def _compose(self) -> None:
        before = IconButton("chevron-left", tr("The time before"), keys="PgUp",
                            act=lambda: self.turn(-1))  # fmt: skip
        after = IconButton("chevron-right", tr("The time after"), keys="PgDown",
                           act=lambda: self.turn(1))  # fmt: skip
        self._today = ShortcutButton(
            tr("calendar|Today"), "Alt+Home", kind="quiet", act=self.show_today
        )
        head = row()
        for part in (before, after):
            head.addWidget(part)
        head.addWidget(self._title, 1)
        head.addWidget(self.spans)
        head.addWidget(self._today)
        self.campaign = label("", "secondary", wrap=True)
        self.report = ShortcutButton(
            tr("Report of the campaign"), "Alt+R", icon="chart-bar", kind="quiet",
            act=self._open_report,
        )  # fmt: skip
        told = row(self.campaign, self.report)
        told.setStretch(0, 1)
        self._legend = label("", "secondary")
        self._legend.setText(_legend())
        self.notice = label("", "quiet")
        foot = Flow(spacing=10)  # one below the other where it is narrow
        for words in (self._legend, self.notice):
            foot.addWidget(words)
        body = lay(column(head, told, self.table, foot), margins=(14, 10, 14, 10), spacing=8)
        body.setStretch(2, 1)
        self.setLayout(body)
        for told_later in (self.campaign, self.report, self.notice):
            told_later.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # What is shown is told before how one comes back to today.
        show_keys_if_room((self._today,), self.width() - self.spans.sizeHint().width() - px(280))

    @property
    def stretch(self) -> Stretch:
        """What is shown, or asked for."""
        return self.model.stretch

    def reload(self) -> None:
        """Read what is shown again; at first the month of today."""
        if self.model.record is None:
            self._jobs.latest("calendar", lambda tx: tx.today, self._begin, owner=self)
        else:
            self._ask(self.stretch, self.table.reached or self.stretch.on)

    def show_today(self) -> None:
        """Go to today."""
        if self.model.record is not None:
            self._ask(Stretch(self.stretch.span, self.model.record.today), self.model.record.today)

    def turn(self, by: int) -> None:
        """Go ``by`` years, months or weeks on."""
        to = self.stretch.moved(by)
        self._ask(to, to.on)

    def move_day(self, day_id: UUID, on: date) -> None:
        """Hold a planned day on another date, with a way back."""
        self._jobs.write(
            lambda tx: (days.get_day(tx, day_id).held_on, days.move_day(tx, day_id, on)),
            lambda found: self._moved(*found),
            owner=self,
            failed=self._page.show_error,
        )

    def _moved(self, before: date, record: DayRecord) -> None:
        said = tr("Moved to {date}.", date=day_title(record.held_on))
        self._wanted = record.held_on
        self._page.message.emit(said, lambda: self.move_day(record.id, before))

    def _begin(self, today: date) -> None:
        self._ask(Stretch(self.spans.chosen or Span.MONTH, today), today)

    def _span_chosen(self, span: Span) -> None:
        on = self.table.reached or self.stretch.on
        self._ask(Stretch(span, on), on)

    def _ask(self, stretch: Stretch, on: date) -> None:
        self._wanted = on
        self._jobs.latest(
            "calendar",
            lambda tx: calendar_between(tx, stretch.first, stretch.last),
            lambda record: self._show(stretch, record),
            owner=self,
        )

    def _show(self, stretch: Stretch, record: CalendarRecord) -> None:
        self.model.show(stretch, record)
        self._title.set(_stretch_title(stretch))
        self._tell(record)
        on = self._wanted if self._wanted is not None else stretch.on
        self.table.go_to(min(max(on, stretch.first), stretch.last))

    def _tell(self, record: CalendarRecord) -> None:
        said = [f"{one.name} {one.first:%m-%d}–{one.last:%m-%d}" for one in record.campaigns]
        self.campaign.setText(
            tr("Campaigns (bar beneath the dates): {said}", said=tr("list|, ").join(said))
        )
        self.campaign.setVisible(bool(said))
        self.report.setVisible(self._tagged() is not None)

    def _tagged(self) -> UUID | None:
        """A day or an activity of a campaign: of the date that was reached, else the latest."""
        record = self.model.record
        if record is None:
            return None
        at = self.table.reached
        rows = [one for rows in (record.days, record.activities) for on in sorted(rows)
                for one in rows[on] if one.campaign]  # fmt: skip
        here = [one for one in rows if one.held_on == at]
        return next((one.id for one in (*here, *reversed(rows))), None)

    def _open_report(self) -> None:
        found = self._tagged()
        if found is not None:
            self._page.open_requested.emit("campaign", found)

    def _picked(self, on: date) -> None:
        self._wanted = on
        found = self.table.currentIndex().data(DAYS)
        if found:
            self.picked.emit(found[0].id)

    def _opened(self, on: date) -> None:
        activities = self.table.currentIndex().data(ACTIVITIES)
        if self.table.currentIndex().data(DAYS):
            self._picked(on)
        elif activities:
            self._page.open_requested.emit("activity", activities[0].id)
        elif self._writable:
            self.planned.emit(on)

    def focusInEvent(self, event: object) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)


def _stretch_title(stretch: Stretch) -> str:
    if stretch.span is Span.YEAR:
        return tr("calendar|{year}", year=stretch.on.year)
    if stretch.span is Span.MONTH:
        return tr("calendar|{year}-{month:02}", year=stretch.on.year, month=stretch.on.month)
    return tr("calendar|{first} to {last}", first=f"{stretch.first:%Y-%m-%d}",
              last=f"{stretch.last:%m-%d}")  # fmt: skip


def _legend() -> str:
    words = [f"{mark} {day_status_word(status)}" for status, mark in MARKS.items()]
    return "　".join([*words, f"{ACTIVITY} {tr('Activity')}"])
