"""The public notice of a reception day: until when it must hang, and whether it was printed."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from db.models import Audit, ReceptionDay
from db.vocabulary import DayStatus, Op
from station_app.domain.days import NoticeDue, notice_due
from station_app.domain.moments import local
from station_app.services.rules import rules_today
from station_app.store import Tx

#: The name under which a print of the notice is logged.
_FORM = "day_notice"


def next_notices(tx: Tx, limit: int = 2) -> tuple[NoticeDue, ...]:
    """The notices of the next planned days, soonest first."""
    query = (
        select(ReceptionDay.id, ReceptionDay.held_on)
        .where(ReceptionDay.held_on >= tx.today, ReceptionDay.status == DayStatus.PLANNED)
        .order_by(ReceptionDay.held_on, ReceptionDay.starts, ReceptionDay.id)
        .limit(limit)
    )
    return tuple(_notice(tx, ident, on) for ident, on in tx.session.execute(query))


def notice_of(tx: Tx, day_id: UUID) -> NoticeDue | None:
    """The notice of one day; None once the day has begun, was cancelled or is past."""
    row = tx.session.get(ReceptionDay, day_id)
    if row is None or row.status is not DayStatus.PLANNED or row.held_on < tx.today:
        return None
    return _notice(tx, row.id, row.held_on)


def _notice(tx: Tx, day_id: UUID, held_on: date) -> NoticeDue:
    query = select(func.max(Audit.at)).where(
        Audit.record_id == day_id, Audit.op == Op.PRINT, Audit.fields == _FORM
    )
    printed = tx.session.scalar(query)
    return NoticeDue(
        day_id=day_id,
        held_on=held_on,
        due_on=notice_due(held_on, rules_today(tx).notice_days),
        today=tx.today,
        printed_on=None if printed is None else local(printed).date(),
    )
