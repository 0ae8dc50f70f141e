"""What stands in the calendar between two dates: reception days, days off, days worked instead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from station_app.domain.days import DayRow
from station_app.domain.working_days import WorkCalendar
from station_app.services.day_lists import days_between
from station_app.services.rules import work_calendar
from station_app.store import Tx

#: How long before a reception its notice should hang out (domain.md §4, a local default).
NOTICE_DAYS = 3


@dataclass(frozen=True, slots=True)
class CalendarRecord:
    """The days of a period by date, and which dates are off or worked instead."""

    first: date
    last: date
    today: date
    days: dict[date, tuple[DayRow, ...]]
    work: WorkCalendar

    def notice_due(self, day: DayRow) -> date:
        """When the public notice of ``day`` should hang out."""
        return day.held_on - timedelta(days=NOTICE_DAYS)


def calendar_between(tx: Tx, first: date, last: date) -> CalendarRecord:
    """The calendar from ``first`` to ``last``."""
    found: dict[date, list[DayRow]] = {}
    for day in days_between(tx, first, last):
        found.setdefault(day.held_on, []).append(day)
    days = {on: tuple(those) for on, those in found.items()}
    return CalendarRecord(first, last, tx.today, days, work_calendar(tx))
