"""Working days: weekends, public holidays and the days worked instead, as published for a year."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field
from datetime import date, timedelta

_DAY = timedelta(days=1)
_NONE: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """``off`` are holidays (date → name), ``worked`` weekend days worked instead.

    ``years`` are those whose holidays are known; in others only weekends are off.
    """

    off: dict[date, str] = field(default_factory=dict)
    worked: frozenset[date] = _NONE
    years: frozenset[int] = frozenset()

    def is_working(self, day: date) -> bool:
        """Whether people work on ``day``."""
        return day in self.worked or (day.weekday() < 5 and day not in self.off)

    def knows(self, first: date, last: date) -> bool:
        """Whether the holidays of every year from ``first`` to ``last`` are known."""
        return self.years.issuperset(range(first.year, last.year + 1))

    def later(self, day: date, working_days: int, paused: Container[date] = _NONE) -> date:
        """The day that is ``working_days`` after ``day``; that one and paused ones don't count."""
        left = working_days
        while left > 0:
            day += _DAY
            if self.is_working(day) and day not in paused:
                left -= 1
        return day

    def not_before(self, day: date) -> date:
        """``day`` itself, or the next working day (顺延)."""
        while not self.is_working(day):
            day += _DAY
        return day


@dataclass(frozen=True, slots=True)
class Holiday:
    """Days off in a row under one name, and the weekend days worked for them."""

    name: str
    first: date
    last: date
    worked: tuple[date, ...] = ()


def holidays_of(calendar: WorkCalendar, year: int) -> tuple[Holiday, ...]:
    """The holidays of a year in their order; a day worked instead goes to the nearest one.

    Weekend days without a name are no holidays.
    """
    runs: list[tuple[str, date, date]] = []
    for day in sorted(one for one in calendar.off if one.year == year):
        name = calendar.off[day]
        if not name and day.weekday() > 4:
            continue
        if runs and runs[-1][0] == name and runs[-1][2] == day - _DAY:
            runs[-1] = (name, runs[-1][1], day)
        else:
            runs.append((name, day, day))
    worked: dict[int, list[date]] = {}
    for day in sorted(one for one in calendar.worked if one.year == year):
        if runs:
            near = min(range(len(runs)), key=lambda at: abs((runs[at][1] - day).days))
            worked.setdefault(near, []).append(day)
    return tuple(
        Holiday(name, first, last, tuple(worked.get(at, ())))
        for at, (name, first, last) in enumerate(runs)
    )


def months_later(day: date, months: int) -> date:
    """The same day ``months`` later, or that month's last day."""
    place = day.year * 12 + day.month - 1 + months
    year, month = place // 12, place % 12 + 1
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, min(day.day, (following - _DAY).day))
