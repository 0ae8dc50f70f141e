"""Who is due when: what a rota is asked to do, and what one is found to be worth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from uuid import UUID

from db.vocabulary import Level

#: Receptions of one deputy nearer to each other than so many days are called close.
CLOSE_DAYS = 21

#: How many receptions every deputy has a year at least (domain.md §4, a local default).
LEAST = 2

Seats = Mapping[UUID, frozenset[UUID]]
#: A day, and a deputy who is due on it.
Place = tuple[UUID, UUID]


@dataclass(frozen=True, slots=True)
class RotaDay:
    """A planned reception and how many deputies sit there; ``fixed`` are due whatever comes.

    Nobody is asked to come twice on one date, at whatever hours.
    """

    id: UUID
    on: date
    seats: int
    fixed: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class RotaDeputy:
    """A deputy and what keeps them from coming.

    ``before``: receptions of this year that are not in the question. ``away``: dates on which
    they cannot come. ``likes`` and ``dislikes`` are wishes, heeded where nobody loses by it.
    """

    id: UUID
    name: str
    levels: tuple[Level, ...] = ()
    experienced: bool = True
    before: int = 0
    away: frozenset[date] = frozenset()
    likes: frozenset[date] = frozenset()
    dislikes: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class RotaQuestion:
    """The days to be filled and those who may fill them, each at least ``least`` times."""

    days: tuple[RotaDay, ...]
    deputies: tuple[RotaDeputy, ...]
    least: int = LEAST


@dataclass(frozen=True, slots=True)
class Worth:
    """What a rota comes to. Loads count receptions of the year, those ``before`` among them."""

    loads: Mapping[UUID, int]
    empty: Mapping[UUID, int]
    seldom: tuple[UUID, ...]
    away: tuple[tuple[UUID, UUID], ...]
    twice: tuple[tuple[UUID, UUID], ...]
    close: tuple[tuple[UUID, date, date], ...]
    unwished: tuple[tuple[UUID, UUID], ...]
    green: tuple[UUID, ...]

    @property
    def spread(self) -> tuple[int, int]:
        """The fewest and the most receptions of one deputy; (0, 0) without deputies."""
        loads = self.loads.values()
        return min(loads, default=0), max(loads, default=0)

    @property
    def holds(self) -> bool:
        """Whether every seat is taken by somebody who can come, at one place at a time."""
        return not (self.empty or self.away or self.twice)


@dataclass(frozen=True, slots=True)
class Rota:
    """A proposal: day → deputies, and what it comes to."""

    seats: Seats
    worth: Worth


def worth(question: RotaQuestion, seats: Seats) -> Worth:
    """What ``seats`` come to, whether proposed or changed by hand."""
    people = {one.id: one for one in question.deputies}
    duties: dict[UUID, list[RotaDay]] = {one: [] for one in people}
    for day in sorted(question.days, key=lambda day: (day.on, day.id)):
        for who in seats.get(day.id, frozenset()):
            duties.setdefault(who, []).append(day)
    loads = {one.id: one.before + len(duties[one.id]) for one in question.deputies}
    taken = [(day, who) for who in people for day in duties[who]]
    return Worth(
        loads=loads,
        empty=_empty(question, seats),
        seldom=tuple(one for one, load in loads.items() if load < question.least),
        away=tuple((day.id, who) for day, who in taken if day.on in people[who].away),
        twice=tuple(_twice(duties)),
        close=tuple(_close(duties)),
        unwished=tuple((day.id, who) for day, who in taken if day.on in people[who].dislikes),
        green=tuple(
            day.id for day in question.days if _is_green(seats.get(day.id, frozenset()), people)
        ),
    )


def swapped(seats: Seats, place: Place, other: Place) -> Seats | None:
    """``seats`` with the two deputies in each other's place; None where one sits there already."""
    (day, who), (other_day, other_who) = place, other
    here, there = seats.get(day, frozenset()), seats.get(other_day, frozenset())
    stand = who in here and other_who in there
    if not stand or day == other_day or who in there or other_who in here:
        return None
    return {**seats, day: here - {who} | {other_who}, other_day: there - {other_who} | {who}}


def _empty(question: RotaQuestion, seats: Seats) -> dict[UUID, int]:
    left = Counter({day.id: day.seats - len(seats.get(day.id, ())) for day in question.days})
    return {day: free for day, free in left.items() if free > 0}


def _twice(duties: Mapping[UUID, list[RotaDay]]) -> Iterable[tuple[UUID, UUID]]:
    for who, days in duties.items():
        for at, day in enumerate(days):
            yield from ((day.id, who) for other in days[:at] if day.on == other.on)


def _close(duties: Mapping[UUID, list[RotaDay]]) -> Iterable[tuple[UUID, date, date]]:
    for who, days in duties.items():
        for before, after in pairwise(days):
            if (after.on - before.on).days < CLOSE_DAYS:
                yield who, before.on, after.on


def _is_green(sitting: frozenset[UUID], people: Mapping[UUID, RotaDeputy]) -> bool:
    """Whether two or more sit there of whom none has received residents before."""
    return len(sitting) > 1 and not any(
        one in people and people[one].experienced for one in sitting
    )
