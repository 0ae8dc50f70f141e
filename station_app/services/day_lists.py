"""Reception days in lists, with their figures, and the figures of one day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, func, select

from db.models import Attendance, Duty, Issue, IssueEvent, ReceptionDay, Visit
from db.vocabulary import DayStatus, IssueEventKind, RoleClass
from station_app.domain.days import DayCounters, DayRow
from station_app.domain.issue_history import standing
from station_app.domain.lists import Listing, Mark, Page
from station_app.domain.search import Found
from station_app.services import paging
from station_app.services.issue_columns import acts_of, histories
from station_app.store import Tx, search_index

_E = IssueEventKind

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


def days_between(tx: Tx, first: date, last: date) -> tuple[DayRow, ...]:
    """All reception days from ``first`` to ``last``, cancelled ones too, in order."""
    query = _listed(Listing("held_on"), *_COLUMNS).where(ReceptionDay.held_on.between(first, last))
    rows = tx.session.execute(query.order_by(ReceptionDay.held_on, ReceptionDay.starts))
    return tuple(_day_row(row) for row in rows)


def list_days(
    tx: Tx, listing: Listing, *, at: Mark | None = None, backwards: bool = False
) -> Page[DayRow]:
    """A page of reception days. Filters: ``status`` (DayStatus), ``year`` (int), ``campaign``."""
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


def list_campaigns(tx: Tx, limit: int = 50) -> tuple[str, ...]:
    """The campaigns that reception days belonged to, the latest first."""
    query = select(ReceptionDay.campaign).where(ReceptionDay.campaign != "")
    latest = func.max(ReceptionDay.held_on).desc()
    query = query.group_by(ReceptionDay.campaign).order_by(latest, ReceptionDay.campaign)
    return tuple(tx.session.scalars(query.limit(limit)))


def count_days(tx: Tx, listing: Listing) -> int:
    """How many reception days ``listing`` has in all."""
    return paging.count(tx, _listed(listing, ReceptionDay.id))


def day_counters(tx: Tx, day_id: UUID) -> DayCounters:
    """The day's figures. ``to_handle`` are issues neither answered, declined nor joined there.

    An answer that was taken back is none.
    """
    visits = select(func.count(Visit.id), func.coalesce(func.sum(Visit.party_size), 0)).where(
        Visit.day_id == day_id, Visit.voided_at.is_(None)
    )
    batches, people = tx.session.execute(visits).one()
    raised = (
        select(Issue.id, Issue.joined_to, _acts().label("acts"), *map(_has, _AT_THE_DESK))
        .join(Visit, Visit.id == Issue.visit_id)
        .where(Visit.day_id == day_id, Visit.voided_at.is_(None))
    )
    issues = tx.session.execute(raised).all()
    told = _told(tx, [row for row in issues if row.joined_to is None])
    joined = sum(row.joined_to is not None for row in issues)
    answered = sum(_E.ANSWERED in kinds for kinds in told)
    declined = sum(_E.DECLINED in kinds and _E.ANSWERED not in kinds for kinds in told)
    return DayCounters(
        visits=batches,
        people=people,
        issues=len(issues),
        answered=answered,
        to_handle=len(issues) - joined - answered - declined,
        joined=joined,
    )


_AT_THE_DESK = (_E.ANSWERED, _E.DECLINED)
#: Registered and answered: in so short a history nothing was taken back.
_SHORT = 2


def _told(tx: Tx, issues: Sequence[Any]) -> list[set[IssueEventKind]]:
    """The acts of ``_AT_THE_DESK`` that count for each issue, neither undone nor come too late."""
    found = [{kind for kind in _AT_THE_DESK if getattr(row, kind)} for row in issues]
    doubtful = [row.id for row, kinds in zip(issues, found, strict=True)
                if kinds and row.acts > _SHORT]  # fmt: skip
    written = histories(tx, doubtful) if doubtful else {}
    for row, kinds in zip(issues, found, strict=True):
        if row.id in written:
            events = written[row.id]
            stands = standing(acts_of(events))
            gone = stands.undone | stands.overtaken
            kinds &= {one.event for one in events if one.id not in gone}
    return found


def _acts() -> ScalarSelect[int]:
    acts = select(func.count(IssueEvent.id)).where(IssueEvent.issue_id == Issue.id)
    return acts.scalar_subquery()


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
    ReceptionDay.campaign,
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
    campaign = listing.filters.get("campaign")
    if campaign:
        query = query.where(ReceptionDay.campaign == campaign)
    if listing.text.strip():
        query = query.where(ReceptionDay.id.in_(search_index.matching(Found.DAY, listing.text)))
    return query
