"""What stands in the calendar between two dates: receptions, activities, days off or worked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeVar

from station_app.domain.activities import ActivityRow
from station_app.domain.days import DayRow
from station_app.domain.working_days import WorkCalendar
from station_app.services.activities import activities_between
from station_app.services.campaigns import campaigns
from station_app.services.day_lists import days_between
from station_app.services.rules import work_calendar
from station_app.store import Tx

Row = TypeVar("Row", DayRow, ActivityRow)


class CampaignSpan(NamedTuple):
    """A campaign from the first to the last of what it was planned for."""

    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class CalendarRecord:
    """The days and activities of a period by date, and which dates are off or worked instead."""

    first: date
    last: date
    today: date
    days: dict[date, tuple[DayRow, ...]]
    activities: dict[date, tuple[ActivityRow, ...]]
    work: WorkCalendar
    campaigns: tuple[CampaignSpan, ...]

    def campaigns_on(self, on: date) -> tuple[CampaignSpan, ...]:
        """The campaigns that go on on that date."""
        return tuple(one for one in self.campaigns if one.first <= on <= one.last)


def calendar_between(tx: Tx, first: date, last: date) -> CalendarRecord:
    """The calendar from ``first`` to ``last``."""
    days = _by_date(days_between(tx, first, last))
    activities = _by_date(activities_between(tx, first, last))
    spans = (CampaignSpan(*one) for one in campaigns(tx))
    found = tuple(one for one in spans if one.first <= last and first <= one.last)
    return CalendarRecord(first, last, tx.today, days, activities, work_calendar(tx), found)


def _by_date(rows: tuple[Row, ...]) -> dict[date, tuple[Row, ...]]:
    found: dict[date, list[Row]] = {}
    for one in rows:
        found.setdefault(one.held_on, []).append(one)
    return {on: tuple(those) for on, those in found.items()}
