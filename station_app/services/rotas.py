"""The rota of a period: what it is made from, a proposal, and duties written down from one."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from db.models import Attendance, Deputy, Duty, ReceptionDay
from db.vocabulary import DayStatus, Level, Wish
from station_app.domain.accounts import require_writer
from station_app.domain.rota import LEAST, RotaDay, RotaDeputy, RotaQuestion, Seats
from station_app.errors import Conflict
from station_app.i18n import tr
from station_app.services.absences import list_absences
from station_app.store import Tx

_DAY = timedelta(days=1)


def rota_question(
    tx: Tx,
    first: date,
    last: date,
    *,
    seats: int = 3,
    least: int = LEAST,
    keep: bool = True,
) -> RotaQuestion:
    """The planned days from ``first`` to ``last`` and the deputies in office.

    ``seats`` a day; ``keep``: who is due already stays. Receptions of the calendar year before
    ``first`` count towards ``least``: those that a deputy was due for and was not left out of.
    """
    days = _days(tx, first, last)
    duties = _duties(tx, [day.id for day in days])
    asked = tuple(
        RotaDay(
            day.id, day.held_on,
            max(seats, len(duties.get(day.id, ())) if keep else 0),
            duties.get(day.id, frozenset()) if keep else frozenset(),
        )
        for day in days
    )  # fmt: skip
    return RotaQuestion(asked, _deputies(tx, first, last), least)


def standing_rota(tx: Tx, question: RotaQuestion) -> Seats:
    """Who is due now on the days of the question."""
    found = _duties(tx, [day.id for day in question.days])
    return {day.id: found.get(day.id, frozenset()) for day in question.days}


def save_rota(tx: Tx, seats: Seats) -> Seats:
    """Write down who is due on planned days; who was due before, for undo by saving it again.

    Raises Conflict where a day has begun or was cancelled meanwhile.
    """
    require_writer(tx.actor)
    before = _duties(tx, list(seats))
    rows = select(ReceptionDay).where(ReceptionDay.id.in_(list(seats)))
    planned = {row.id for row in tx.session.scalars(rows) if row.status is DayStatus.PLANNED}
    if planned != set(seats):
        raise Conflict(tr("Some of these days have begun or were cancelled. Propose again."))
    known = {
        (row.day_id, row.deputy_id): row
        for row in tx.session.scalars(select(Duty).where(Duty.day_id.in_(list(seats))))
    }
    wanted = {(day, who) for day, those in seats.items() for who in those}
    for place, row in known.items():
        if place not in wanted:
            tx.session.delete(row)
    for day, who in sorted(wanted - known.keys()):
        tx.session.add(Duty(day_id=day, deputy_id=who))
    tx.session.flush()
    return {day: before.get(day, frozenset()) for day in seats}


def _days(tx: Tx, first: date, last: date) -> list[ReceptionDay]:
    query = (
        select(ReceptionDay)
        .where(ReceptionDay.held_on.between(first, last), ReceptionDay.status == DayStatus.PLANNED)
        .order_by(ReceptionDay.held_on, ReceptionDay.starts, ReceptionDay.id)
    )
    return list(tx.session.scalars(query))


def _duties(tx: Tx, day_ids: list[UUID]) -> dict[UUID, frozenset[UUID]]:
    query = select(Duty.day_id, Duty.deputy_id).where(Duty.day_id.in_(day_ids))
    found: dict[UUID, set[UUID]] = {}
    for day_id, deputy_id in tx.session.execute(query):
        found.setdefault(day_id, set()).add(deputy_id)
    return {day: frozenset(those) for day, those in found.items()}


def _deputies(tx: Tx, first: date, last: date) -> tuple[RotaDeputy, ...]:
    query = select(Deputy).where(Deputy.retired_at.is_(None)).order_by(Deputy.sort_key, Deputy.id)
    before, ever, wishes = _before(tx, first), _ever_came(tx), _wishes(tx, first, last)
    none = frozenset[date]()
    rows = list(tx.session.scalars(query))
    names = Counter(row.name for row in rows)
    return tuple(
        RotaDeputy(
            id=row.id,
            name=row.name if names[row.name] == 1 else f"{row.name}（{row.deputy_group}）",
            levels=tuple(Level(one) for one in row.levels),
            experienced=row.id in ever,
            before=before[row.id],
            away=wishes.get((row.id, Wish.AWAY), none),
            likes=wishes.get((row.id, Wish.LIKES), none),
            dislikes=wishes.get((row.id, Wish.DISLIKES), none),
        )
        for row in rows
    )


def _before(tx: Tx, first: date) -> Counter[UUID]:
    query = (
        select(Duty.deputy_id)
        .join(ReceptionDay, ReceptionDay.id == Duty.day_id)
        .where(
            ReceptionDay.held_on >= date(first.year, 1, 1),
            ReceptionDay.held_on < first,
            ReceptionDay.status != DayStatus.CANCELLED,
        )
    )
    return Counter(tx.session.scalars(query))


def _ever_came(tx: Tx) -> frozenset[UUID]:
    query = select(Attendance.deputy_id).where(
        Attendance.deputy_id.is_not(None), Attendance.voided_at.is_(None)
    )
    return frozenset(one for one in tx.session.scalars(query.distinct()) if one is not None)


def _wishes(tx: Tx, first: date, last: date) -> dict[tuple[UUID, Wish], frozenset[date]]:
    found: dict[tuple[UUID, Wish], frozenset[date]] = {}
    for one in list_absences(tx, first, last):
        begins, ends = max(one.first_on, first), min(one.last_on, last)
        dates = frozenset(begins + _DAY * at for at in range((ends - begins).days + 1))
        place = one.deputy_id, one.wish
        found[place] = found.get(place, frozenset()) | dates
    return found
