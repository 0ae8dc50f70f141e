"""Visits in lists: the arrivals of a day, the visits of one resident."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from db.models import Issue, Resident, Visit, VisitCompanion
from db.vocabulary import IssueStatus
from station_app.domain.visits import VisitRow
from station_app.store import Tx


def list_day_visits(tx: Tx, day_id: UUID) -> tuple[VisitRow, ...]:
    """The arrivals of one day, the latest first; voided ones are shown as such."""
    query = _rows().where(Visit.day_id == day_id).order_by(Visit.sequence.desc())
    return _made(tx, query)


def list_visits_between_days(tx: Tx, limit: int = 50) -> tuple[VisitRow, ...]:
    """Visits that belong to no reception day, the latest first."""
    query = _rows().where(Visit.day_id.is_(None))
    return _made(tx, query.order_by(Visit.arrived_at.desc()).limit(limit))


def visits_of(tx: Tx, resident_id: UUID, limit: int = 50) -> tuple[VisitRow, ...]:
    """The visits of one resident, named first or as a companion, the latest first."""
    along = select(VisitCompanion.visit_id).where(VisitCompanion.resident_id == resident_id)
    query = _rows().where((Visit.resident_id == resident_id) | Visit.id.in_(along))
    return _made(tx, query.order_by(Visit.arrived_at.desc()).limit(limit))


def day_visit_ids(tx: Tx, day_id: UUID) -> tuple[UUID, ...]:
    """The visits of one day that stand, in order of arrival (for the day's ledger)."""
    query = select(Visit.id).where(Visit.day_id == day_id, Visit.voided_at.is_(None))
    return tuple(tx.session.scalars(query.order_by(Visit.sequence)))


def _rows() -> Select[Any]:
    first, target = aliased(Issue), aliased(Issue)
    of_visit = Issue.visit_id == Visit.id
    first_id = select(func.min(Issue.id)).where(of_visit).scalar_subquery()
    total = select(func.count(Issue.id)).where(of_visit).scalar_subquery()
    return (
        select(
            Visit,
            Resident.name,
            total,
            first.title,
            first.status,
            func.coalesce(target.joined_count, 0),
        )
        .join(Resident, Resident.id == Visit.resident_id)
        .outerjoin(first, first.id == first_id)
        .outerjoin(target, target.id == first.joined_to)
    )


def _made(tx: Tx, query: Select[Any]) -> tuple[VisitRow, ...]:
    return tuple(
        VisitRow(
            id=visit.id,
            number=visit.number,
            sequence=visit.sequence,
            arrived_at=visit.arrived_at,
            name=name,
            party_size=visit.party_size,
            issue_count=total,
            title=title or "",
            status=status or IssueStatus.REGISTERED,
            joined_to_count=joined,
            voided=visit.voided_at is not None,
        )
        for visit, name, total, title, status, joined in tx.session.execute(query)
    )
