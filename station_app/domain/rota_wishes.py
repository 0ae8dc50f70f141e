"""A fair rota is made pleasant: deputies exchange days as long as somebody gains by it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations, pairwise
from uuid import UUID

from station_app.domain.rota import CLOSE_DAYS, RotaDay, RotaDeputy, RotaQuestion, Seats

#: What each thing weighs against the others; only their order matters.
_GREEN, _DISLIKED, _LIKED, _SAME_LEVEL = 12, 6, -4, 2

#: Rounds over all pairs; one is seldom still finding something after the fourth.
_ROUNDS = 12


def please(question: RotaQuestion, seats: Seats) -> dict[UUID, frozenset[UUID]]:
    """``seats`` after exchanges: nobody comes more or less often than before.

    Heeded are wishes, days between two receptions, different levels beside each other, and
    somebody experienced beside those who are new.
    """
    table = _Table(question, seats)
    for _ in range(_ROUNDS):
        if not table.round():
            break
    return table.seats()


class _Table:
    def __init__(self, question: RotaQuestion, seats: Seats) -> None:
        self._days = {day.id: day for day in question.days}
        self._people = {one.id: one for one in question.deputies}
        self._sitting = {day: set(seats.get(day, ())) for day in self._days}
        self._on: dict[UUID, set[UUID]] = {one: set() for one in self._people}
        for day, those in self._sitting.items():
            for who in those & self._people.keys():
                self._on[who].add(day)

    def seats(self) -> dict[UUID, frozenset[UUID]]:
        return {day: frozenset(those) for day, those in self._sitting.items()}

    def round(self) -> bool:
        """Try every pair of seats once; True if some exchange was made."""
        gained = False
        for first, second in combinations(self._days.values(), 2):
            for one in self._movable(first):
                for other in self._movable(second):
                    if self._may_exchange(first, one, second, other) and self._gains(
                        first, one, second, other
                    ):
                        gained = True
                        break
        return gained

    def _movable(self, day: RotaDay) -> list[UUID]:
        free = (self._sitting[day.id] & self._people.keys()) - day.fixed
        return sorted(free, key=lambda who: who.int)

    def _may_exchange(self, first: RotaDay, one: UUID, second: RotaDay, other: UUID) -> bool:
        return (
            one != other
            and one in self._sitting[first.id]
            and not (self._content(first, one) and self._content(second, other))
            and self._can_come(one, second, but=first)
            and self._can_come(other, first, but=second)
        )

    def _can_come(self, who: UUID, to: RotaDay, *, but: RotaDay) -> bool:
        if to.on in self._people[who].away or who in self._sitting[to.id]:
            return False
        dates = (self._days[day].on for day in self._on[who] if day != but.id)
        return to.on not in dates

    def _content(self, day: RotaDay, who: UUID) -> bool:
        """Whether nothing about this seat asks for another: two such are not tried, for speed."""
        dates = {self._days[one].on for one in self._on[who]}
        return (
            _day_cost(day, self._sitting[day.id], self._people) <= 0
            and self._people[who].likes <= dates
            and not _gap_cost(self._days[one] for one in self._on[who])
        )

    def _gains(self, first: RotaDay, one: UUID, second: RotaDay, other: UUID) -> bool:
        """Exchange the two, and take it back where nothing is gained."""
        before = self._cost(first, second, one, other)
        self._exchange(first, one, second, other)
        if self._cost(first, second, one, other) < before:
            return True
        self._exchange(first, other, second, one)
        return False

    def _exchange(self, first: RotaDay, one: UUID, second: RotaDay, other: UUID) -> None:
        for leaving, coming, who in ((first, second, one), (second, first, other)):
            self._sitting[leaving.id].remove(who)
            self._on[who].remove(leaving.id)
            self._sitting[coming.id].add(who)
            self._on[who].add(coming.id)

    def _cost(self, first: RotaDay, second: RotaDay, one: UUID, other: UUID) -> int:
        days = sum(_day_cost(day, self._sitting[day.id], self._people) for day in (first, second))
        return days + sum(
            _gap_cost(self._days[day] for day in self._on[who]) for who in (one, other)
        )


def _day_cost(day: RotaDay, sitting: set[UUID], people: Mapping[UUID, RotaDeputy]) -> int:
    those = [people[who] for who in sitting if who in people]
    cost = sum(_DISLIKED for one in those if day.on in one.dislikes)
    cost += sum(_LIKED for one in those if day.on in one.likes)
    levels = [one.levels[0] for one in those if one.levels]
    cost += _SAME_LEVEL * (len(levels) - len(set(levels)))
    if len(those) > 1 and not any(one.experienced for one in those):
        cost += _GREEN
    return cost


def _gap_cost(days: Iterable[RotaDay]) -> int:
    """Weeks that are missing between receptions of one deputy."""
    dates = sorted(day.on for day in days)
    gaps = (after.toordinal() - before.toordinal() for before, after in pairwise(dates))
    return sum((CLOSE_DAYS - gap + 6) // 7 for gap in gaps if gap < CLOSE_DAYS)
