"""Who comes to a reception day: deputies due and checked in, and guests in other role classes."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select

from db.models import Attendance, Deputy, Duty, ReceptionDay
from db.vocabulary import CheckInMethod, DayStatus, Level, RoleClass
from station_app.domain.accounts import require_writer
from station_app.domain.days import AttendanceRecord, DutyRecord, Receptions
from station_app.errors import Conflict, NotFound, RuleViolation
from station_app.i18n import tr
from station_app.store import Tx


def check_in(
    tx: Tx, day_id: UUID, deputy_id: UUID, *, method: CheckInMethod = CheckInMethod.HAND
) -> AttendanceRecord:
    """A deputy has arrived. Raises Conflict when the day is not open or they are in already."""
    require_writer(tx.actor)
    _require_open(tx, day_id)
    deputy = tx.session.get(Deputy, deputy_id)
    if deputy is None:
        raise NotFound(tr("This deputy is no longer there."))
    if any(one.deputy_id == deputy_id for one in attendances(tx, day_id)):
        raise Conflict(tr("{name} has checked in already.", name=deputy.name))
    row = Attendance(
        day_id=day_id,
        role_class=RoleClass.DEPUTY,
        deputy_id=deputy_id,
        method=method,
        checked_in_at=tx.now,
    )
    tx.session.add(row)
    tx.session.flush()
    return attendance_record(row, deputy)


def add_guest(
    tx: Tx, day_id: UUID, *, role_class: RoleClass, name: str, title: str = ""
) -> AttendanceRecord:
    """Somebody other than a deputy has come: leader, department head, committee, operator."""
    require_writer(tx.actor)
    _require_open(tx, day_id)
    if not name.strip():
        raise RuleViolation({"name": tr("Type the person's name.")})
    row = Attendance(
        day_id=day_id,
        role_class=role_class,
        name=name.strip(),
        title=title.strip(),
        method=CheckInMethod.HAND,
        checked_in_at=tx.now,
    )
    tx.session.add(row)
    tx.session.flush()
    return attendance_record(row)


def undo_check_in(tx: Tx, attendance_id: UUID) -> None:
    """A check-in was a mistake; the row stays in the register, marked void."""
    require_writer(tx.actor)
    row = tx.session.get(Attendance, attendance_id)
    if row is None:
        raise NotFound(tr("This check-in is no longer there."))
    row.voided_at = tx.now
    tx.session.flush()


def receptions_of(tx: Tx, deputy_id: UUID) -> Receptions:
    """How often the deputy was due and came up to today, and when they are due next."""
    held = ReceptionDay.status != DayStatus.CANCELLED
    due = select(ReceptionDay.held_on).join(Duty, Duty.day_id == ReceptionDay.id)
    due_on = list(tx.session.scalars(due.where(Duty.deputy_id == deputy_id, held)))
    came = select(ReceptionDay.held_on).join(Attendance, Attendance.day_id == ReceptionDay.id)
    came_on = list(
        tx.session.scalars(
            came.where(Attendance.deputy_id == deputy_id, Attendance.voided_at.is_(None), held)
        )
    )
    return Receptions(
        due=sum(on <= tx.today for on in due_on),
        came=len(came_on),
        last_on=max(came_on, default=None),
        next_on=min((on for on in due_on if on > tx.today), default=None),
    )


def latest_deputies(tx: Tx, limit: int) -> tuple[UUID, ...]:
    """Who checked in last, the latest first."""
    latest = func.max(Attendance.checked_in_at).desc()
    query = (
        select(Attendance.deputy_id)
        .where(Attendance.deputy_id.is_not(None), Attendance.voided_at.is_(None))
        .group_by(Attendance.deputy_id)
        .order_by(latest, Attendance.deputy_id)
    )
    return tuple(one for one in tx.session.scalars(query.limit(limit)) if one is not None)


def attendances(tx: Tx, day_id: UUID) -> list[Attendance]:
    """The check-ins that stand, in order of arrival."""
    query = select(Attendance).where(Attendance.day_id == day_id, Attendance.voided_at.is_(None))
    return list(tx.session.scalars(query.order_by(Attendance.checked_in_at, Attendance.id)))


def due_and_present(tx: Tx, day_id: UUID, came: list[Attendance]) -> tuple[DutyRecord, ...]:
    """Deputies of a day: those present in order of arrival, then those still missing."""
    due = set(tx.session.scalars(select(Duty.deputy_id).where(Duty.day_id == day_id)))
    present = {one.deputy_id: one for one in came if one.deputy_id is not None}
    query = select(Deputy).where(Deputy.id.in_(due | set(present)))
    people = sorted(tx.session.scalars(query), key=lambda one: one.sort_key)
    late = [one for one in people if one.id not in present]
    here = [one for one in came if one.deputy_id in present]
    by_id = {one.id: one for one in people}
    order = [by_id[one.deputy_id] for one in here if one.deputy_id is not None] + late
    return tuple(_duty(one, present.get(one.id), one.id in due) for one in order)


def _duty(deputy: Deputy, attendance: Attendance | None, due: bool) -> DutyRecord:
    return DutyRecord(
        deputy_id=deputy.id,
        name=deputy.name,
        levels=tuple(Level(one) for one in deputy.levels),
        photo_id=deputy.photo_id,
        attendance_id=None if attendance is None else attendance.id,
        checked_in_at=None if attendance is None else attendance.checked_in_at,
        due=due,
    )


def attendance_record(row: Attendance, deputy: Deputy | None = None) -> AttendanceRecord:
    """The frozen picture of one check-in; ``deputy`` gives a deputy's name and levels."""
    return AttendanceRecord(
        id=row.id,
        role_class=row.role_class,
        deputy_id=row.deputy_id,
        name=row.name if deputy is None else deputy.name,
        title=row.title,
        levels=() if deputy is None else tuple(Level(one) for one in deputy.levels),
        method=row.method,
        checked_in_at=row.checked_in_at,
    )


def _require_open(tx: Tx, day_id: UUID) -> None:
    row = tx.session.get(ReceptionDay, day_id)
    if row is None:
        raise NotFound(tr("This reception day is no longer there."))
    if row.status is not DayStatus.OPEN:
        raise Conflict(tr("This reception day is not open."))
