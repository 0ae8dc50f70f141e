"""Issues as screens and prints show them: one whole, or rows of a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased

from db.models import Account, Deputy, Issue, IssueEvent, Resident, Unit, Visit
from db.vocabulary import Degree, IssueEventKind, IssueStatus
from station_app.domain.issues import EarlierIssue, IssueEventRecord, IssueRecord, IssueRow
from station_app.domain.lists import Listing, Mark, Page
from station_app.domain.search import Found
from station_app.services import paging
from station_app.services.dictionaries import category_paths
from station_app.store import Tx, search_index

#: The orders this list offers.
ISSUE_SORTS: dict[str, ColumnElement[Any]] = {
    "registered_at": Issue.registered_at.expression,
}


def list_issues(
    tx: Tx, listing: Listing, *, at: Mark | None = None, backwards: bool = False
) -> Page[IssueRow]:
    """A page of issues. Filters: ``status`` (IssueStatus), ``category`` (code), ``resident_id``."""
    order = ISSUE_SORTS[listing.sort]
    paths = category_paths(tx)
    query = (
        _listed(listing, Issue, Resident.name, Unit.name)
        .join(Resident, Resident.id == Issue.resident_id)
        .outerjoin(Unit, Unit.id == Issue.unit_id)
    )
    return paging.page(
        tx,
        query.add_columns(order, Issue.id),
        order=(order, Issue.id.expression),
        descending=listing.descending,
        at=at,
        backwards=backwards,
        make=lambda found: _issue_row(found[0], found[1], found[2] or "", paths),
    )


def count_issues(tx: Tx, listing: Listing) -> int:
    """How many issues ``listing`` has in all."""
    return paging.count(tx, _listed(listing, Issue.id))


def count_by_status(tx: Tx) -> dict[IssueStatus, int]:
    """How many issues stand where."""
    query = select(Issue.status, func.count()).group_by(Issue.status)
    return dict(tx.session.execute(query).tuples().all())


def earlier_issues(tx: Tx, resident_id: UUID, limit: int = 5) -> tuple[EarlierIssue, ...]:
    """What a returning resident raised before, newest first; a joined one stands for its target."""
    target = aliased(Issue)
    shown = func.coalesce(target.id, Issue.id)
    query = (
        select(Issue, target)
        .outerjoin(target, target.id == Issue.joined_to)
        .where(Issue.resident_id == resident_id, Issue.status != IssueStatus.VOIDED)
        .order_by(Issue.registered_at.desc(), shown)
        .limit(limit * 3)
    )
    found: dict[UUID, Issue] = {}
    for own, joined in tx.session.execute(query):
        row = own if joined is None else joined
        found.setdefault(row.id, row)
    return tuple(_earlier(row) for row in list(found.values())[:limit])


def issue_record(tx: Tx, row: Issue) -> IssueRecord:
    """One issue whole, with names looked up."""
    events = event_rows(tx, row.id)
    visit = tx.session.get_one(Visit, row.visit_id)
    resident = tx.session.get_one(Resident, row.resident_id)
    joined = None if row.joined_to is None else tx.session.get(Issue, row.joined_to)
    unit = None if row.unit_id is None else tx.session.get(Unit, row.unit_id)
    degrees = [one.details["degree"] for one in events if one.event is IssueEventKind.SETTLED]
    settled = row.status is IssueStatus.SETTLED and degrees
    return IssueRecord(
        id=row.id,
        edition=row.edition,
        number=row.number,
        visit_id=row.visit_id,
        visit_number=visit.number,
        resident_id=row.resident_id,
        resident=resident.name,
        title=row.title,
        text=row.text,
        category=row.category,
        category_name=category_paths(tx).get(row.category, ""),
        place=row.place,
        urgency=row.urgency,
        registered_at=row.registered_at,
        status=row.status,
        unit="" if unit is None else unit.name,
        joined_to=row.joined_to,
        joined_to_number="" if joined is None else joined.number,
        joined_count=row.joined_count,
        people=_people(tx, row),
        settled_at=row.settled_at,
        degree=Degree(degrees[-1]) if settled else None,
        events=event_records(tx, events),
    )


def event_rows(tx: Tx, issue_id: UUID) -> Sequence[IssueEvent]:
    """The history of one issue, oldest first."""
    query = select(IssueEvent).where(IssueEvent.issue_id == issue_id)
    return tx.session.scalars(query.order_by(IssueEvent.happened_at, IssueEvent.id)).all()


def event_records(tx: Tx, rows: Sequence[IssueEvent]) -> tuple[IssueEventRecord, ...]:
    """``rows`` with the names of who acted."""
    return tuple(
        IssueEventRecord(
            id=row.id,
            event=row.event,
            happened_at=row.happened_at,
            actor=_name(tx, Account, row.actor_id),
            deputy=_name(tx, Deputy, row.deputy_id),
            unit=_name(tx, Unit, row.unit_id),
            text=row.text,
            details=dict(row.details),
        )
        for row in rows
    )


def _name(tx: Tx, model: type[Account | Deputy | Unit], ident: UUID | None) -> str:
    found: Account | Deputy | Unit | None = None
    if ident is not None:
        found = tx.session.get(model, ident)
    return "" if found is None else found.name


def _people(tx: Tx, row: Issue) -> int:
    joined = select(Issue.visit_id).where(Issue.joined_to == row.id)
    query = select(func.coalesce(func.sum(Visit.party_size), 0)).where(
        (Visit.id == row.visit_id) | Visit.id.in_(joined), Visit.voided_at.is_(None)
    )
    return tx.session.scalar(query) or 0


def _issue_row(row: Issue, resident: str, unit: str, paths: dict[str, str]) -> IssueRow:
    return IssueRow(
        id=row.id,
        number=row.number,
        title=row.title,
        resident=resident,
        category_name=paths.get(row.category, ""),
        place=row.place,
        urgency=row.urgency,
        status=row.status,
        unit=unit,
        joined_count=row.joined_count,
        registered_at=row.registered_at,
    )


def _earlier(row: Issue) -> EarlierIssue:
    return EarlierIssue(
        id=row.id,
        number=row.number,
        title=row.title,
        status=row.status,
        registered_at=row.registered_at,
        joined_count=row.joined_count,
    )


def _listed(listing: Listing, *columns: Any) -> Select[Any]:
    query = select(*columns)
    for name, column in (
        ("status", Issue.status),
        ("category", Issue.category),
        ("resident_id", Issue.resident_id),
    ):
        wanted = listing.filters.get(name)
        if wanted is not None:
            query = query.where(column == wanted)
    if listing.text.strip():
        query = query.where(Issue.id.in_(search_index.matching(Found.ISSUE, listing.text)))
    return query
