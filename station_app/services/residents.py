"""Residents: recognised as their name is typed, kept, listed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select

from db.models import Issue, Resident
from db.vocabulary import IssueStatus, Op
from station_app.domain.accounts import require_writer
from station_app.domain.lists import Listing, Mark, Page
from station_app.domain.pinyin import sort_key
from station_app.domain.residents import (
    ResidentDraft,
    ResidentMatch,
    ResidentRecord,
    resident_violations,
    tidy_resident,
)
from station_app.domain.search import Found
from station_app.errors import NotFound, violations
from station_app.i18n import tr
from station_app.services import paging
from station_app.store import Tx, search_index

#: The orders this list offers.
RESIDENT_SORTS: dict[str, ColumnElement[Any]] = {
    "name": Resident.sort_key.expression,
    "last_visit_at": Resident.last_visit_at.expression,
    "visit_count": Resident.visit_count.expression,
    "community": Resident.community.expression,
}
_PLAIN = ("name", "phone", "address", "community", "gender", "note")


def match_residents(tx: Tx, typed: str, limit: int = 6) -> tuple[ResidentMatch, ...]:
    """Earlier visitors that ``typed`` may mean: characters, pinyin, initials or a phone's tail.

    The most recent visitors first, each with the last issue they raised.
    """
    if not typed.strip():
        return ()
    found = search_index.find(tx, Found.RESIDENT, typed, limit=limit * 4, names_only=True)
    query = select(Resident).where(Resident.id.in_(found), Resident.voided_at.is_(None))
    rows = sorted(
        tx.session.scalars(query),
        key=lambda row: (row.last_visit_at is not None, row.last_visit_at, row.id),
        reverse=True,
    )[:limit]
    last = {row.id: _last_issue(tx, row.id) for row in rows}
    return tuple(_match(row, *last[row.id]) for row in rows)


def get_resident(tx: Tx, resident_id: UUID) -> ResidentRecord:
    """One resident. Raises NotFound."""
    return resident_record(resident_row(tx, resident_id))


def save_resident(
    tx: Tx, draft: ResidentDraft, *, resident_id: UUID | None = None
) -> ResidentRecord:
    """Add a resident, or change the one with ``resident_id``. Raises RuleViolation, NotAllowed."""
    require_writer(tx.actor)
    draft = tidy_resident(draft)
    violations(resident_violations(draft))
    row = Resident() if resident_id is None else resident_row(tx, resident_id)
    fill_resident(row, draft)
    tx.session.add(row)
    tx.session.flush()
    return resident_record(row)


def reveal_phone(tx: Tx, resident_id: UUID) -> str:
    """The whole phone number; that somebody looked is logged (domain.md §8)."""
    row = resident_row(tx, resident_id)
    tx.note(Op.VIEW, "resident", resident_id, why="phone")
    return row.phone


def list_residents(
    tx: Tx, listing: Listing, *, at: Mark | None = None, backwards: bool = False
) -> Page[ResidentRecord]:
    """A page of residents. Filters: ``community`` (str)."""
    order = RESIDENT_SORTS[listing.sort]
    return paging.page(
        tx,
        _listed(listing, Resident).add_columns(order, Resident.id),
        order=(order, Resident.id.expression),
        descending=listing.descending,
        at=at,
        backwards=backwards,
        make=lambda found: resident_record(found[0]),
    )


def count_residents(tx: Tx, listing: Listing) -> int:
    """How many residents ``listing`` has in all."""
    return paging.count(tx, _listed(listing, Resident.id))


def list_communities(tx: Tx) -> tuple[str, ...]:
    """The communities residents came from, for filters and for completing what is typed."""
    query = select(Resident.community).where(Resident.community != "").distinct()
    return tuple(sorted(tx.session.scalars(query), key=sort_key))


def resident_row(tx: Tx, resident_id: UUID) -> Resident:
    """The row itself, for services. Raises NotFound."""
    row = tx.session.get(Resident, resident_id)
    if row is None:
        raise NotFound(tr("This resident is no longer there."))
    return row


def fill_resident(row: Resident, draft: ResidentDraft) -> None:
    """Write a tidied draft onto a row; an unchanged value leaves no trace."""
    for name in _PLAIN:
        value = getattr(draft, name)
        if getattr(row, name) != value:
            setattr(row, name, value)
            if name == "name":
                row.sort_key = sort_key(value)


def resident_record(row: Resident) -> ResidentRecord:
    """The frozen picture of one row."""
    return ResidentRecord(
        id=row.id,
        edition=row.edition,
        name=row.name,
        phone=row.phone,
        address=row.address,
        community=row.community,
        gender=row.gender,
        note=row.note,
        visit_count=row.visit_count,
        last_visit_at=row.last_visit_at,
    )


def _listed(listing: Listing, *columns: Any) -> Select[Any]:
    query = select(*columns).where(Resident.voided_at.is_(None))
    community = listing.filters.get("community")
    if community:
        query = query.where(Resident.community == community)
    if listing.text.strip():
        query = query.where(Resident.id.in_(search_index.matching(Found.RESIDENT, listing.text)))
    return query


def _last_issue(tx: Tx, resident_id: UUID) -> tuple[str, IssueStatus | None]:
    query = (
        select(Issue.title, Issue.status)
        .where(Issue.resident_id == resident_id, Issue.status != IssueStatus.VOIDED)
        .order_by(Issue.registered_at.desc())
        .limit(1)
    )
    found = tx.session.execute(query).first()
    return ("", None) if found is None else (found.title, found.status)


def _match(row: Resident, title: str, status: IssueStatus | None) -> ResidentMatch:
    return ResidentMatch(
        id=row.id,
        name=row.name,
        phone=row.phone,
        address=row.address,
        community=row.community,
        visit_count=row.visit_count,
        last_visit_at=row.last_visit_at,
        last_issue_title=title,
        last_issue_status=status,
    )
