"""A report: the figures of a period with all that is told beside them; it can be kept as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from station_app.domain.figures import Age, Compared, Figure, Part, Rated, Split, Value
from station_app.domain.periods import Period

#: The splits that a report tells, each with the figure it is told by.
PARTED: tuple[tuple[Split, Figure], ...] = (
    (Split.CATEGORY, Figure.ISSUES),
    (Split.PLACE, Figure.ISSUES),
    (Split.UNIT, Figure.ISSUES),
    (Split.DEPUTY, Figure.ATTENDANCES),
    (Split.LEVEL, Figure.ATTENDANCE_RATE),
)


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One figure split by something, the largest part first."""

    split: Split
    figure: Figure
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class MonthPoint:
    """One month of the trend: what came in and what was solved."""

    year: int
    month: int
    people: int
    issues: int
    solved: int


@dataclass(frozen=True, slots=True)
class HeatDay:
    """One day of the year and how many visits it had."""

    on: date
    visits: int


@dataclass(frozen=True, slots=True)
class Absent:
    """A registered deputy who has not come this year. ``last_on``: when they last came."""

    deputy_id: UUID
    name: str
    levels: tuple[str, ...]
    last_on: date | None


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of ``period`` as they were on ``made_on``."""

    period: Period
    station: str
    made_on: date
    figures: tuple[Compared, ...]
    breakdowns: tuple[Breakdown, ...] = ()
    trend: tuple[MonthPoint, ...] = ()
    ratings: tuple[Rated, ...] = ()
    ages: tuple[Age, ...] = ()
    heat: tuple[HeatDay, ...] = ()
    absent: tuple[Absent, ...] = ()

    def value(self, figure: Figure) -> Value:
        """What the report says of ``figure``. Raises KeyError if it does not tell it."""
        return {one.figure: one.now for one in self.figures}[figure]

    @property
    def nobody_registered(self) -> bool:
        """Whether there is no deputy of whom one could say that they came or did not."""
        rates = (one.now for one in self.figures if one.figure is Figure.ATTENDANCE_RATE)
        return any(one.whole == 0 for one in rates)


@dataclass(frozen=True, slots=True)
class SnapshotRow:
    """A frozen report in a list."""

    id: UUID
    title: str
    period: Period
    frozen_at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A report that was frozen; nothing changes it any more."""

    id: UUID
    title: str
    frozen_at: datetime
    actor: str
    report: Report
    edition: int = field(default=1)


def report_data(report: Report) -> dict[str, Any]:
    """A report as plain data, for keeping and for programs."""
    made: dict[str, Any] = msgspec.to_builtins(report)
    return made


def report_of(data: dict[str, Any]) -> Report:
    """The report of plain data. Raises ValueError for data that is no report."""
    return msgspec.convert(data, Report)
