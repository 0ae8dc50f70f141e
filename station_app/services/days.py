"""Reception days: planned, opened, closed, locked."""

from __future__ import annotations

from datetime import date, time
from uuid import UUID

from sqlalchemy import select

from db.models import Duty, ReceptionDay
from db.vocabulary import DayStatus, RoleClass
from station_app.domain.accounts import require_writer
from station_app.domain.days import DayDraft, DayRecord, check_day, step
from station_app.errors import Conflict, NotFound
from station_app.i18n import tr
from station_app.services import attendance
from station_app.store import Tx


def save_day(tx: Tx, draft: DayDraft, *, day_id: UUID | None = None) -> DayRecord:
    """Plan a reception day, or change one that is not closed yet, with the deputies due on it.

    Raises RuleViolation for impossible or overlapping hours, Conflict once it is closed.
    """
    require_writer(tx.actor)
    row = ReceptionDay() if day_id is None else _row(tx, day_id)
    if day_id is not None and row.status not in (DayStatus.PLANNED, DayStatus.OPEN):
        raise Conflict(tr("This reception day can no longer be changed."))
    check_day(draft, taken_hours(tx, draft.held_on, but=day_id))
    row.held_on, row.starts, row.ends = draft.held_on, draft.starts, draft.ends
    row.place, row.theme = draft.place.strip(), draft.theme.strip()
    row.campaign, row.day_kind, row.note = draft.campaign.strip(), draft.kind, draft.note.strip()
    tx.session.add(row)
    tx.session.flush()
    _set_duties(tx, row.id, draft.deputy_ids)
    return get_day(tx, row.id)


def get_day(tx: Tx, day_id: UUID) -> DayRecord:
    """One reception day with who is due and who came. Raises NotFound."""
    row = _row(tx, day_id)
    came = attendance.attendances(tx, day_id)
    return DayRecord(
        id=row.id,
        edition=row.edition,
        held_on=row.held_on,
        starts=row.starts,
        ends=row.ends,
        place=row.place,
        theme=row.theme,
        campaign=row.campaign,
        kind=row.day_kind,
        status=row.status,
        note=row.note,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        locked_at=row.locked_at,
        deputies=attendance.due_and_present(tx, day_id, came),
        guests=tuple(
            attendance.attendance_record(one)
            for one in came
            if one.role_class is not RoleClass.DEPUTY
        ),
    )


def current_day(tx: Tx) -> DayRecord | None:
    """The day the desk works on: an open one, else the next one planned for today.

    An open day of an earlier date is still the current one: it was never closed.
    """
    still_open = select(ReceptionDay.id).where(ReceptionDay.status == DayStatus.OPEN)
    found = tx.session.scalars(still_open.order_by(ReceptionDay.held_on.desc()).limit(1)).first()
    if found is None:
        planned = (
            select(ReceptionDay.id)
            .where(ReceptionDay.held_on == tx.today, ReceptionDay.status == DayStatus.PLANNED)
            .order_by(ReceptionDay.starts)
            .limit(1)
        )
        found = tx.session.scalars(planned).first()
    return None if found is None else get_day(tx, found)


def open_day(tx: Tx, day_id: UUID) -> DayRecord:
    """Begin receiving. Raises Conflict while another day is open: visits belong to one day."""
    other = select(ReceptionDay.held_on).where(
        ReceptionDay.status == DayStatus.OPEN, ReceptionDay.id != day_id
    )
    unclosed = tx.session.scalars(other).first()
    if unclosed is not None:
        text = tr("The reception day of {date} is still open. Close it first.", date=unclosed)
        raise Conflict(text)
    row = _step(tx, day_id, "open")
    row.opened_at = tx.now
    tx.session.flush()
    return get_day(tx, day_id)


def close_day(tx: Tx, day_id: UUID) -> DayRecord:
    """End receiving; from now on nothing new is written into the day."""
    row = _step(tx, day_id, "close")
    row.closed_at = tx.now
    tx.session.flush()
    return get_day(tx, day_id)


def reopen_day(tx: Tx, day_id: UUID) -> DayRecord:
    """Take a closing back while the day is not locked: somebody else has come in."""
    row = _step(tx, day_id, "reopen")
    row.closed_at = None
    tx.session.flush()
    return get_day(tx, day_id)


def lock_day(tx: Tx, day_id: UUID) -> DayRecord:
    """The signed print is on file: later corrections are new events."""
    row = _step(tx, day_id, "lock")
    row.locked_at = tx.now
    tx.session.flush()
    return get_day(tx, day_id)


def cancel_day(tx: Tx, day_id: UUID) -> DayRecord:
    """A planned day does not take place."""
    _step(tx, day_id, "cancel")
    tx.session.flush()
    return get_day(tx, day_id)


def restore_day(tx: Tx, day_id: UUID) -> DayRecord:
    """Take a cancelling back."""
    _step(tx, day_id, "restore")
    tx.session.flush()
    return get_day(tx, day_id)


def move_day(tx: Tx, day_id: UUID, on: date) -> DayRecord:
    """Hold a planned day on another date, at the same hours; who is due stays due.

    Raises Conflict once it has begun, RuleViolation where another reception is at these hours.
    """
    require_writer(tx.actor)
    row = _row(tx, day_id)
    if row.status is not DayStatus.PLANNED:
        raise Conflict(tr("This reception day can no longer be changed."))
    draft = DayDraft(on, row.starts, row.ends)
    check_day(draft, taken_hours(tx, on, but=day_id))
    row.held_on = on
    tx.session.flush()
    return get_day(tx, day_id)


def taken_hours(tx: Tx, on: date, *, but: UUID | None = None) -> list[tuple[time, time]]:
    """(starts, ends) of every reception on that date that was not cancelled, ``but`` one."""
    query = select(ReceptionDay.id, ReceptionDay.starts, ReceptionDay.ends).where(
        ReceptionDay.held_on == on, ReceptionDay.status != DayStatus.CANCELLED
    )
    return [(row.starts, row.ends) for row in tx.session.execute(query) if row.id != but]


def _row(tx: Tx, day_id: UUID) -> ReceptionDay:
    row = tx.session.get(ReceptionDay, day_id)
    if row is None:
        raise NotFound(tr("This reception day is no longer there."))
    return row


def _step(tx: Tx, day_id: UUID, act: str) -> ReceptionDay:
    require_writer(tx.actor)
    row = _row(tx, day_id)
    row.status = step(row.status, act)
    return row


def _set_duties(tx: Tx, day_id: UUID, deputy_ids: tuple[UUID, ...]) -> None:
    rows = tx.session.scalars(select(Duty).where(Duty.day_id == day_id))
    known = {row.deputy_id: row for row in rows}
    for deputy_id, row in known.items():
        if deputy_id not in deputy_ids:
            tx.session.delete(row)
    for deputy_id in dict.fromkeys(deputy_ids):
        if deputy_id not in known:
            tx.session.add(Duty(day_id=day_id, deputy_id=deputy_id))
    tx.session.flush()
