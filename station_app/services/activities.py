"""Activities of deputies: saved with who took part, listed, called off."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select

from db.models import Activity, Attendance, Deputy
from db.vocabulary import CheckInMethod, RoleClass
from station_app.domain.accounts import require_writer
from station_app.domain.activities import (
    ActivityDraft,
    ActivityRecord,
    ActivityRow,
    Guest,
    check_activity,
)
from station_app.domain.lists import Listing, Mark, Page
from station_app.errors import NotFound
from station_app.i18n import tr
from station_app.services import paging
from station_app.services.attendance import attendance_record
from station_app.store import Tx

#: The orders this list offers.
ACTIVITY_SORTS: dict[str, ColumnElement[Any]] = {"held_on": Activity.held_on.expression}


def save_activity(
    tx: Tx, draft: ActivityDraft, *, activity_id: UUID | None = None
) -> ActivityRecord:
    """Write an activity down, or change one, with who took part. Raises RuleViolation."""
    require_writer(tx.actor)
    check_activity(draft)
    row = Activity() if activity_id is None else _row(tx, activity_id)
    row.activity_kind, row.title, row.held_on = draft.kind, draft.title.strip(), draft.held_on
    row.starts, row.ends, row.place = draft.starts, draft.ends, draft.place.strip()
    row.campaign, row.note = draft.campaign.strip(), draft.note.strip()
    tx.session.add(row)
    tx.session.flush()
    _set_people(tx, row.id, draft)
    return get_activity(tx, row.id)


def get_activity(tx: Tx, activity_id: UUID) -> ActivityRecord:
    """One activity with who took part. Raises NotFound."""
    row = _row(tx, activity_id)
    came = _people(tx, activity_id)
    ids = [one.deputy_id for one in came if one.deputy_id is not None]
    known = {one.id: one for one in tx.session.scalars(select(Deputy).where(Deputy.id.in_(ids)))}
    people = [
        attendance_record(one, known.get(one.deputy_id) if one.deputy_id else None) for one in came
    ]
    people.sort(key=lambda one: one.role_class is not RoleClass.DEPUTY)
    return ActivityRecord(
        id=row.id,
        edition=row.edition,
        kind=row.activity_kind,
        title=row.title,
        held_on=row.held_on,
        starts=row.starts,
        ends=row.ends,
        place=row.place,
        campaign=row.campaign,
        note=row.note,
        cancelled=row.cancelled,
        people=tuple(people),
    )


def cancel_activity(tx: Tx, activity_id: UUID, *, cancelled: bool = True) -> ActivityRecord:
    """The activity does not take place (or does after all)."""
    require_writer(tx.actor)
    _row(tx, activity_id).cancelled = cancelled
    tx.session.flush()
    return get_activity(tx, activity_id)


def list_activities(
    tx: Tx, listing: Listing, *, at: Mark | None = None, backwards: bool = False
) -> Page[ActivityRow]:
    """A page of activities. Filters: ``kind`` (ActivityKind), ``year`` (int)."""
    order = ACTIVITY_SORTS[listing.sort]
    return paging.page(
        tx,
        _listed(listing, *_COLUMNS).add_columns(order.label("sort"), Activity.id.label("ident")),
        order=(order, Activity.id.expression),
        descending=listing.descending,
        at=at,
        backwards=backwards,
        make=_activity_row,
    )


def activities_between(tx: Tx, first: date, last: date) -> tuple[ActivityRow, ...]:
    """All activities from ``first`` to ``last`` that take place, in order."""
    query = select(*_COLUMNS).where(Activity.held_on.between(first, last), ~Activity.cancelled)
    rows = tx.session.execute(query.order_by(Activity.held_on, Activity.starts, Activity.id))
    return tuple(_activity_row(row) for row in rows)


def count_activities(tx: Tx, listing: Listing) -> int:
    """How many activities the list holds."""
    return tx.session.scalar(_listed(listing, func.count(Activity.id))) or 0


def _set_people(tx: Tx, activity_id: UUID, draft: ActivityDraft) -> None:
    """Who took part; somebody taken off the list stays in the register, marked void."""
    wanted: dict[UUID | Guest, None] = dict.fromkeys((*draft.deputy_ids, *draft.guests))
    for row in _people(tx, activity_id):
        key = row.deputy_id or Guest(row.role_class, row.name)
        if key in wanted:
            del wanted[key]
        else:
            row.voided_at = tx.now
    for key in wanted:
        row = Attendance(activity_id=activity_id, method=CheckInMethod.HAND, checked_in_at=tx.now)
        if isinstance(key, Guest):
            row.role_class, row.name = key.role_class, key.name
        else:
            row.role_class, row.deputy_id = RoleClass.DEPUTY, key
        tx.session.add(row)
    tx.session.flush()


def _people(tx: Tx, activity_id: UUID) -> list[Attendance]:
    query = select(Attendance).where(
        Attendance.activity_id == activity_id, Attendance.voided_at.is_(None)
    )
    return list(tx.session.scalars(query.order_by(Attendance.checked_in_at, Attendance.id)))


def _row(tx: Tx, activity_id: UUID) -> Activity:
    row = tx.session.get(Activity, activity_id)
    if row is None:
        raise NotFound(tr("This activity is no longer there."))
    return row


def _came(deputies: bool) -> ColumnElement[int]:
    is_deputy = Attendance.role_class == RoleClass.DEPUTY
    query = select(func.count(Attendance.id)).where(
        Attendance.activity_id == Activity.id,
        Attendance.voided_at.is_(None),
        is_deputy if deputies else ~is_deputy,
    )
    return query.scalar_subquery().label("deputies" if deputies else "guests")


_COLUMNS = (
    Activity.id,
    Activity.activity_kind.label("kind"),
    Activity.title,
    Activity.held_on,
    Activity.starts,
    Activity.ends,
    Activity.place,
    Activity.cancelled,
    _came(True),
    _came(False),
    Activity.campaign,
)


def _activity_row(row: Any) -> ActivityRow:
    return ActivityRow(**{name: getattr(row, name) for name in ActivityRow.__slots__})


def _listed(listing: Listing, *columns: Any) -> Select[Any]:
    query = select(*columns).select_from(Activity)
    kind, year = listing.filters.get("kind"), listing.filters.get("year")
    if kind is not None:
        query = query.where(Activity.activity_kind == kind)
    if isinstance(year, int):
        query = query.where(Activity.held_on.between(date(year, 1, 1), date(year, 12, 31)))
    text = listing.text.strip()
    if text:
        parts = (Activity.title, Activity.place, Activity.campaign)
        query = query.where(or_(*(part.contains(text, autoescape=True) for part in parts)))
    return query
