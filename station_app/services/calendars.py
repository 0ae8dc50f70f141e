"""What stands in the calendar between two dates: receptions, activities, days off or worked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from station_app.domain.activities import ActivityRow
from station_app.domain.days import DayRow
from station_app.domain.working_days import WorkCalendar
from station_app.services.activities import activities_between
from station_app.services.day_lists import days_between
from station_app.services.rules import work_calendar
from station_app.store import Tx

Row = TypeVar("Row", DayRow, ActivityRow)


@dataclass(frozen=True, slots=True)
class CalendarRecord:
    """The days and activities of a period by date, and which dates are off or worked instead."""

    first: date
    last: date
    today: date
    days: dict[date, tuple[DayRow, ...]]
    activities: dict[date, tuple[ActivityRow, ...]]
    work: WorkCalendar


def calendar_between(tx: Tx, first: date, last: date) -> CalendarRecord:
    """The calendar from ``first`` to ``last``."""
    days = _by_date(days_between(tx, first, last))
    activities = _by_date(activities_between(tx, first, last))
    return CalendarRecord(first, last, tx.today, days, activities, work_calendar(tx))


def _by_date(rows: tuple[Row, ...]) -> dict[date, tuple[Row, ...]]:
    found: dict[date, list[Row]] = {}
    for one in rows:
        found.setdefault(one.held_on, []).append(one)
    return {on: tuple(those) for on, those in found.items()}
