"""Periods that figures are asked for, the ones they are compared with, and their words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from station_app.domain.words import Say
from station_app.i18n import tr

_DAY = timedelta(days=1)
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


class PeriodKind(StrEnum):
    """What a period is; ``CAMPAIGN``: the reception days of one tag, ``ANY``: from a day to one."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    CAMPAIGN = "campaign"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Period:
    """From ``first`` to ``last``, both days included.

    With a ``campaign`` only what belongs to the reception days of that tag.
    """

    first: date
    last: date
    kind: PeriodKind = PeriodKind.ANY
    campaign: str = ""

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1


def period_around(kind: PeriodKind, day: date) -> Period:
    """The month, quarter, half-year or year in which ``day`` lies; of other kinds the day alone."""
    length = _MONTHS.get(kind.value)
    if length is None:
        return Period(day, day, kind)
    month = (day.month - 1) // length * length + 1
    return _months(kind, day.year, month, length)


def period_before(period: Period) -> Period:
    """The period just before: the month before a month, as many days before any other."""
    if period.kind.value in _MONTHS:
        return period_around(period.kind, period.first - _DAY)
    last = period.first - _DAY
    return Period(last - _DAY * (period.days - 1), last, period.kind)


def period_after(period: Period) -> Period:
    """The period just after."""
    if period.kind.value in _MONTHS:
        return period_around(period.kind, period.last + _DAY)
    first = period.last + _DAY
    return Period(first, first + _DAY * (period.days - 1), period.kind, period.campaign)


def year_before(period: Period) -> Period:
    """The same period a year earlier; the 29th of February becomes the 28th."""
    if period.kind.value in _MONTHS:
        return period_around(period.kind, _year_earlier(period.first))
    return Period(_year_earlier(period.first), _year_earlier(period.last), period.kind)


def months_of(period: Period) -> Iterator[tuple[int, int]]:
    """Every (year, month) that the period touches."""
    year, month = period.first.year, period.first.month
    while (year, month) <= (period.last.year, period.last.month):
        yield year, month
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def year_of(period: Period) -> Period:
    """The calendar year in which a period ends."""
    return period_around(PeriodKind.YEAR, period.last)


def period_word(period: Period, say: Say = tr) -> str:
    """What a period is called: 2026年第三季度."""
    if period.kind.value not in _MONTHS or period != period_around(period.kind, period.first):
        days = say("{first} to {last}", first=period.first, last=period.last)
        return f"{period.campaign} {days}" if period.campaign else days
    year, month = period.first.year, period.first.month
    if period.kind is PeriodKind.MONTH:
        return say("{year}-{month}", year=year, month=month)
    if period.kind is PeriodKind.QUARTER:
        return say("quarter {number} of {year}", number=month // 3 + 1, year=year)
    if period.kind is PeriodKind.HALF and month > 1:
        return say("second half of {year}", year=year)
    if period.kind is PeriodKind.HALF:
        return say("first half of {year}", year=year)
    return say("the year {year}", year=year)


def kind_word(kind: PeriodKind) -> str:
    """What a kind of period is called."""
    return {
        PeriodKind.MONTH: tr("period|Month"),
        PeriodKind.QUARTER: tr("period|Quarter"),
        PeriodKind.HALF: tr("period|Half-year"),
        PeriodKind.YEAR: tr("period|Year"),
        PeriodKind.CAMPAIGN: tr("period|Campaign"),
        PeriodKind.ANY: tr("period|From … to …"),
    }[kind]


def before_word(kind: PeriodKind, say: Say = tr) -> str:
    """What the period before is called: 上月."""
    return {
        PeriodKind.MONTH: say("before|the month before"),
        PeriodKind.QUARTER: say("before|the quarter before"),
        PeriodKind.HALF: say("before|the half-year before"),
        PeriodKind.YEAR: say("before|the year before"),
    }.get(kind, say("before|the days before"))


def _months(kind: PeriodKind, year: int, month: int, length: int) -> Period:
    after = month + length
    ends = date(year + 1, 1, 1) if after > 12 else date(year, after, 1)
    return Period(date(year, month, 1), ends - _DAY, kind)


def _year_earlier(day: date) -> date:
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if leap else day.day)
