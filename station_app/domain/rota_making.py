"""A rota is made: as fair as it can be (augmenting paths), then as pleasant (exchanges).

Seats are given one by one, always to the deputy with the fewest receptions to whom one can be
given at all, others handing theirs on along the way. The loads so reached are the evenest there
are: what a flow can give to its sources is a polymatroid, and in one this greedy way is exact
(Federgruen and Groenevelt, Operations Research 34, 1986). A general solver would find no fairer
rota and would make the program three times as large, so there is none.
"""

from __future__ import annotations

from collections import deque
from datetime import date
from uuid import UUID

from station_app.domain.rota import Rota, RotaQuestion, worth
from station_app.domain.rota_wishes import please


def propose(question: RotaQuestion) -> Rota:
    """The fairest rota, and of the fairest a pleasant one; the same question, the same rota.

    Seats that nobody can take stay free; ``worth`` names them.
    """
    seating = Seating(question)
    while seating.seat_one():
        pass
    seats = please(question, seating.seats())
    return Rota(seats, worth(question, seats))


class Seating:
    """Who sits where so far, and who could hand on what."""

    def __init__(self, question: RotaQuestion) -> None:
        self._days = {day.id: day for day in sorted(question.days, key=lambda d: (d.on, d.id))}
        self._people = {one.id: one for one in question.deputies}
        self._loads = {one.id: one.before for one in question.deputies}
        self._sitting: dict[UUID, set[UUID]] = {day: set() for day in self._days}
        self._busy: dict[UUID, dict[date, UUID]] = {one: {} for one in self._people}
        for day in self._days.values():
            for who in day.fixed:
                self._sit(day.id, who)

    def seats(self) -> dict[UUID, frozenset[UUID]]:
        """Who sits on which day."""
        return {day: frozenset(those) for day, those in self._sitting.items()}

    def seat_one(self) -> bool:
        """Fill one more seat, at the least burdened deputy's cost; False when none can be."""
        reached, left = self._search()
        if not reached:
            return False
        who = min(reached, key=lambda one: self._loads[one])
        day = reached[who]
        self._sit(day, who)
        while day in left:
            giver, wanted = left[day]
            self._rise(day, giver)
            self._sit(wanted, giver)
            day = wanted
        return True

    def _search(self) -> tuple[dict[UUID, UUID], dict[UUID, tuple[UUID, UUID]]]:
        """Breadth first from every day with a free seat.

        Who can take one more seat (and which), and of each day that somebody would leave for
        it: who, and for which day. Ends early at somebody than whom nobody has fewer.
        """
        fewest = min(self._loads.values(), default=0)
        open_days = [
            one.id for one in self._days.values() if len(self._sitting[one.id]) < one.seats
        ]
        reached: dict[UUID, UUID] = {}
        left: dict[UUID, tuple[UUID, UUID]] = {}
        seen, asked, queue = set(open_days), set[tuple[UUID, date]](), deque(open_days)
        while queue:
            wanted = queue.popleft()
            on = self._days[wanted].on
            for who, person in self._people.items():
                if on in person.away or (who, on) in asked or who in self._sitting[wanted]:
                    continue
                asked.add((who, on))
                free = on not in self._busy[who]
                if free and who not in reached:
                    reached[who] = wanted
                    if self._loads[who] == fewest:
                        return reached, left
                for day in self._could_leave(who, on, free):
                    if day not in seen:
                        seen.add(day)
                        left[day] = (who, wanted)
                        queue.append(day)
        return reached, left

    def _could_leave(self, who: UUID, on: date, free: bool) -> list[UUID]:
        """The days that ``who`` can leave for another on that date."""
        busy = self._busy[who]
        days = list(busy.values()) if free else [busy[on]]
        return [day for day in days if who not in self._days[day].fixed]

    def _sit(self, day: UUID, who: UUID) -> None:
        self._sitting[day].add(who)
        if who in self._people:  # somebody retired may be due still
            self._busy[who][self._days[day].on] = day
            self._loads[who] += 1

    def _rise(self, day: UUID, who: UUID) -> None:
        self._sitting[day].remove(who)
        if self._busy[who].get(self._days[day].on) == day:
            del self._busy[who][self._days[day].on]
        self._loads[who] -= 1
