"""The figures of a station: each with one definition, by which parts it is split, its value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from db.vocabulary import Rater
from station_app.domain.periods import Period


class Figure(StrEnum):
    """Every figure, in the order in which a report has them."""

    RECEPTIONS = "receptions"
    ATTENDANCES = "attendances"
    DEPUTIES = "deputies"
    ATTENDANCE_RATE = "attendance_rate"
    PEOPLE = "people"
    VISITS = "visits"
    ISSUES = "issues"
    SOLVED = "solved"
    SETTLED_RATE = "settled_rate"
    SOLVED_RATE = "solved_rate"
    KEPT_RATE = "kept_rate"
    SATISFACTION = "satisfaction"
    SELF_ASKED = "self_asked"
    IN_TIME = "in_time"
    HELPED = "helped"
    AMOUNT = "amount"
    OPEN = "open"


class Split(StrEnum):
    """What a figure is split by."""

    CATEGORY = "category"
    PLACE = "place"
    DEPUTY = "deputy"
    UNIT = "unit"
    LEVEL = "level"
    RATER = "rater"
    MONTH = "month"
    AGE = "age"


#: What a report tells; how many issues are open is told by their age, as of today.
TOLD = tuple(one for one in Figure if one is not Figure.OPEN)

#: The six counters of a campaign report, in its order.
CAMPAIGN = (
    Figure.ATTENDANCES,
    Figure.PEOPLE,
    Figure.ISSUES,
    Figure.SOLVED,
    Figure.HELPED,
    Figure.AMOUNT,
)

#: Shares of a whole; the others are counts.
RATES = frozenset(
    {
        Figure.ATTENDANCE_RATE,
        Figure.SETTLED_RATE,
        Figure.SOLVED_RATE,
        Figure.KEPT_RATE,
        Figure.SATISFACTION,
        Figure.SELF_ASKED,
        Figure.IN_TIME,
    }
)

_OF_ISSUES = frozenset({Split.CATEGORY, Split.PLACE, Split.DEPUTY, Split.UNIT, Split.MONTH})
_OF_COMERS = frozenset({Split.PLACE, Split.DEPUTY, Split.MONTH})

#: figure → what it can be split by.
SPLITS: Mapping[Figure, frozenset[Split]] = {
    Figure.RECEPTIONS: _OF_COMERS,
    Figure.ATTENDANCES: _OF_COMERS | {Split.LEVEL},
    Figure.DEPUTIES: frozenset({Split.LEVEL}),
    Figure.ATTENDANCE_RATE: frozenset({Split.LEVEL}),
    Figure.PEOPLE: _OF_COMERS,
    Figure.VISITS: _OF_COMERS,
    Figure.ISSUES: _OF_ISSUES,
    Figure.SOLVED: _OF_ISSUES,
    Figure.SETTLED_RATE: _OF_ISSUES,
    Figure.SOLVED_RATE: _OF_ISSUES,
    Figure.KEPT_RATE: _OF_ISSUES,
    Figure.SATISFACTION: _OF_ISSUES | {Split.RATER},
    Figure.SELF_ASKED: _OF_ISSUES | {Split.RATER},
    Figure.IN_TIME: _OF_ISSUES,
    Figure.HELPED: frozenset({Split.DEPUTY, Split.MONTH}),
    Figure.AMOUNT: frozenset({Split.DEPUTY, Split.MONTH}),
    Figure.OPEN: _OF_ISSUES | {Split.AGE},
}

#: Where one thing may belong to several parts: their sum may be more than the whole.
OVERLAPPING: Mapping[Split, frozenset[Figure]] = {
    Split.LEVEL: frozenset(Figure),
    Split.DEPUTY: frozenset(Figure) - {Figure.ATTENDANCES, Figure.HELPED, Figure.AMOUNT},
}


@dataclass(frozen=True, slots=True)
class Value:
    """A figure's value: a count in ``part``, or ``part`` of ``whole`` for a share."""

    part: int
    whole: int | None = None

    @property
    def share(self) -> float | None:
        """The share from 0 to 1; None for a count, and where there is nothing to be shared."""
        return self.part / self.whole if self.whole else None


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure with the period before and the same period a year before."""

    figure: Figure
    now: Value
    before: Value
    year_before: Value


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a split figure. ``key`` finds its rows; ``name`` is for people.

    ``others``: many small parts that are told together; they have no rows of their own.
    """

    key: str
    name: str
    value: Value
    others: bool = False


@dataclass(frozen=True, slots=True)
class Rated:
    """What one kind of rater felt: how many evaluations of each kind. ``apart``: 自访."""

    rater: Rater
    apart: bool
    satisfied: int
    fairly: int
    dissatisfied: int

    @property
    def evaluated(self) -> int:
        """How many evaluations there are."""
        return self.satisfied + self.fairly + self.dissatisfied

    @property
    def value(self) -> Value:
        """The share that is satisfied or fairly so."""
        return Value(self.satisfied + self.fairly, self.evaluated)


@dataclass(frozen=True, slots=True)
class Age:
    """Open issues that were registered from ``least`` to ``most`` days ago (None: any longer)."""

    least: int
    most: int | None
    count: int = 0

    @property
    def key(self) -> str:
        """What finds its rows."""
        return f"{self.least}-{'' if self.most is None else self.most}"


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One thing behind a figure. ``kind`` and ``record_id`` open its record.

    ``counts`` is what it adds to the figure's part; ``words`` say what it is, ``beside`` more.
    """

    id: UUID
    kind: str
    record_id: UUID
    on: date
    number: str
    words: str
    beside: str
    counts: int


@dataclass(frozen=True, slots=True)
class Asked:
    """Which rows are asked for: of a figure in a period, of one part, only those that count."""

    figure: Figure
    period: Period
    split: Split | None = None
    key: str = ""
    counting: bool | None = None


#: The ages that open issues are told by, in days.
AGES = (Age(0, 7), Age(8, 30), Age(31, 90), Age(91, 180), Age(181, 365), Age(366, None))
