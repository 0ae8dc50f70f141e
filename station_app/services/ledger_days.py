"""The reception days of a ledger: those that are here, and closed ones made where none is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from db.models import Issue, ReceptionDay, Visit
from db.vocabulary import DayStatus
from station_app.domain.words import paper
from station_app.services.ledger_people import chunks
from station_app.store import Tx

#: A ledger does not tell the hours; the day's note says so.
_BEGINS, _ENDS = time(9), time(11)


class Days:
    """The days held on the dates of a ledger; ``made`` are new ones, already closed."""

    def __init__(self, tx: Tx, dates: Iterable[date]) -> None:
        self._tx = tx
        self._days: dict[date, ReceptionDay] = {}
        self.made: list[ReceptionDay] = []
        for chunk in chunks(sorted(set(dates))):
            query = select(ReceptionDay).where(
                ReceptionDay.held_on.in_(chunk), ReceptionDay.status != DayStatus.CANCELLED
            )
            for day in tx.session.scalars(query.order_by(ReceptionDay.starts)):
                self._days.setdefault(day.held_on, day)
        self._last = self._sequences()

    def on(self, held_on: date) -> ReceptionDay:
        """The day held on that date."""
        return self._days.get(held_on) or self._made(held_on)

    def next_sequence(self, day_id: UUID) -> int:
        """The next place in the order of arrival."""
        self._last[day_id] = self._last.get(day_id, 0) + 1
        return self._last[day_id]

    def registered(self) -> Iterator[tuple[Visit, str]]:
        """What is registered on these days already: each visit that stands, and what it raised."""
        for chunk in chunks(day.id for day in self._days.values()):
            query = (
                select(Visit, Issue.text, Issue.title)
                .join(Issue, Issue.visit_id == Visit.id)
                .where(Visit.day_id.in_(chunk), Visit.voided_at.is_(None))
            )
            for visit, text, title in self._tx.session.execute(query):
                yield visit, text or title

    def _sequences(self) -> dict[UUID, int]:
        found: dict[Any, int] = {}
        for chunk in chunks(day.id for day in self._days.values()):
            query = select(Visit.day_id, func.max(Visit.sequence)).where(Visit.day_id.in_(chunk))
            rows = self._tx.session.execute(query.group_by(Visit.day_id))
            found |= {row[0]: row[1] for row in rows}
        return found

    def _made(self, held_on: date) -> ReceptionDay:
        zone = self._tx.zone
        day = ReceptionDay(
            held_on=held_on,
            starts=_BEGINS,
            ends=_ENDS,
            status=DayStatus.CLOSED,
            note=paper("ledger|From a ledger; the hours are not written there"),
            opened_at=datetime.combine(held_on, _BEGINS, zone).astimezone(UTC),
            closed_at=datetime.combine(held_on, _ENDS, zone).astimezone(UTC),
        )
        self._tx.session.add(day)
        self._days[held_on] = day
        self.made.append(day)
        return day
