"""Reception days in lists, with their figures, and the figures of one day."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, select

from db.models import Attendance, Duty, Issue, IssueEvent, ReceptionDay, Visit
from db.vocabulary import DayStatus, IssueEventKind, RoleClass
from station_app.domain.days import DayCounters, DayRow
from station_app.domain.lists import Listing, Mark, Page
from station_app.domain.search import Found
from station_app.services import paging
from station_app.store import Tx, search_index

#: The orders this list offers.
DAY_SORTS: dict[str, ColumnElement[Any]] = {"held_on": ReceptionDay.held_on.expression}


def next_days(tx: Tx, limit: int = 5) -> tuple[DayRow, ...]:
    """The next planned days from today on, soonest first."""
    query = _listed(Listing("held_on"), *_COLUMNS).where(
        ReceptionDay.held_on >= tx.today, ReceptionDay.status == DayStatus.PLANNED
    )
    rows = tx.session.execute(
        query.order_by(ReceptionDay.held_on, ReceptionDay.starts).limit(limit)
    )
    return tuple(_day_row(row) for row in rows)


def list_days(
    tx: Tx, listing: Listing, *, at: Mark | None = None, backwards: bool = False
) -> Page[DayRow]:
    """A page of reception days. Filters: ``status`` (DayStatus), ``year`` (int)."""
    order = DAY_SORTS[listing.sort]
    return paging.page(
        tx,
        _listed(listing, *_COLUMNS).add_columns(
            order.label("sort"), ReceptionDay.id.label("ident")
        ),
        order=(order, ReceptionDay.id.expression),
        descending=listing.descending,
        at=at,
        backwards=backwards,
        make=_day_row,
    )


def count_days(tx: Tx, listing: Listing) -> int:
    """How many reception days ``listing`` has in all."""
    return paging.count(tx, _listed(listing, ReceptionDay.id))


def day_counters(tx: Tx, day_id: UUID) -> DayCounters:
    """The day's figures. ``to_handle`` are issues neither answered, declined nor joined there."""
    visits = select(func.count(Visit.id), func.coalesce(func.sum(Visit.party_size), 0)).where(
        Visit.day_id == day_id, Visit.voided_at.is_(None)
    )
    batches, people = tx.session.execute(visits).one()
    raised = (
        select(Issue.id, Issue.joined_to, *(_has(kind) for kind in _AT_THE_DESK))
        .join(Visit, Visit.id == Issue.visit_id)
        .where(Visit.day_id == day_id, Visit.voided_at.is_(None))
    )
    issues = tx.session.execute(raised).all()
    joined = sum(row.joined_to is not None for row in issues)
    answered = sum(row.joined_to is None and row.answered for row in issues)
    declined = sum(row.joined_to is None and row.declined and not row.answered for row in issues)
    return DayCounters(
        visits=batches,
        people=people,
        issues=len(issues),
        answered=answered,
        to_handle=len(issues) - joined - answered - declined,
        joined=joined,
    )


_AT_THE_DESK = (IssueEventKind.ANSWERED, IssueEventKind.DECLINED)


def _has(kind: IssueEventKind) -> ColumnElement[bool]:
    found = select(IssueEvent.id).where(IssueEvent.issue_id == Issue.id, IssueEvent.event == kind)
    return found.exists().label(kind.value)


_COLUMNS = (
    ReceptionDay.id,
    ReceptionDay.held_on,
    ReceptionDay.starts,
    ReceptionDay.ends,
    ReceptionDay.place,
    ReceptionDay.theme,
    ReceptionDay.day_kind.label("kind"),
    ReceptionDay.status,
    select(func.count(Duty.id))
    .where(Duty.day_id == ReceptionDay.id)
    .scalar_subquery()
    .label("due"),
    select(func.count(Attendance.id))
    .where(
        Attendance.day_id == ReceptionDay.id,
        Attendance.role_class == RoleClass.DEPUTY,
        Attendance.voided_at.is_(None),
    )
    .scalar_subquery()
    .label("present"),
    select(func.count(Visit.id))
    .where(Visit.day_id == ReceptionDay.id, Visit.voided_at.is_(None))
    .scalar_subquery()
    .label("visits"),
    select(func.coalesce(func.sum(Visit.party_size), 0))
    .where(Visit.day_id == ReceptionDay.id, Visit.voided_at.is_(None))
    .scalar_subquery()
    .label("people"),
    select(func.count(Issue.id))
    .join(Visit, and_(Visit.id == Issue.visit_id, Visit.voided_at.is_(None)))
    .where(Visit.day_id == ReceptionDay.id)
    .scalar_subquery()
    .label("issues"),
)


def _day_row(row: Any) -> DayRow:
    return DayRow(**{name: getattr(row, name) for name in DayRow.__slots__})


def _listed(listing: Listing, *columns: Any) -> Select[Any]:
    query = select(*columns)
    status = listing.filters.get("status")
    if status is not None:
        query = query.where(ReceptionDay.status == status)
    year = listing.filters.get("year")
    if isinstance(year, int):
        within = ReceptionDay.held_on.between(date(year, 1, 1), date(year, 12, 31))
        query = query.where(within)
    if listing.text.strip():
        query = query.where(ReceptionDay.id.in_(search_index.matching(Found.DAY, listing.text)))
    return query
