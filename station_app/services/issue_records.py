"""Issues as screens and prints show them: one whole, or rows of a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import aliased

from db.models import Account, Deputy, Issue, IssueEvent, Resident, Unit, Visit
from db.vocabulary import IssueStatus
from station_app.domain.issue_history import standing
from station_app.domain.issues import (
    EarlierIssue,
    IssueEventRecord,
    IssueRecord,
    IssueRow,
)
from station_app.domain.lists import Listing, Mark, Page
from station_app.domain.standing import Standing
from station_app.domain.transitions import CLOSED
from station_app.services import paging
from station_app.services.dictionaries import category_path, category_paths
from station_app.services.issue_case import case_of, name_of
from station_app.services.issue_columns import Yardstick, acts_of
from station_app.services.issue_filters import DAY_SORTS, branches, counted, listed
from station_app.store import Tx, tally
from station_app.store.transaction import driver_of

_NEWEST = Issue.registered_at.expression

#: The orders this list offers, each with its index in db/models/issue.py, alone and within a
#: status. Alike in the first column they follow the time of registering.
ISSUE_SORTS: dict[str, tuple[ColumnElement[Any], ...]] = {
    "registered_at": (_NEWEST,),
    "number": (Issue.number.expression,),
    "category": (Issue.category.expression, _NEWEST),
    "status": (Issue.status.expression, _NEWEST),
}


def list_issues(
    tx: Tx, listing: Listing, *, at: Mark | None = None, backwards: bool = False
) -> Page[IssueRow]:
    """A page of issues, in one of ISSUE_SORTS or of DAY_SORTS.

    Filters: ``view`` (domain/issue_views.View), ``status`` (IssueStatus), ``turn`` (Turn),
    ``category`` (code; those beneath it too), ``urgent`` (True), ``degree``, ``rating`` (the
    resident's), ``unit_id``, ``deputy_id`` (received it or acted on it), ``campaign``, ``place``
    (a part of it), ``first_on``, ``last_on`` (registered on these days), ``resident_id``,
    ``suggestion_id``, ``joined_to`` (the issue they were joined to). With a text, the order by
    time is the order in which the search index met the issues: that streams, however many.
    """
    first = ISSUE_SORTS.get(listing.sort) or (DAY_SORTS[listing.sort],)
    order: tuple[ColumnElement[Any], ...] = (*first, Issue.id.expression)
    query, met = listed(tx, listing)
    if met is not None and listing.sort == "registered_at":
        order = (met, Issue.id.expression)
    found = paging.page(
        tx,
        query.add_columns(*order),
        order=order,
        descending=listing.descending,
        at=at,
        backwards=backwards,
        make=lambda row: cast("UUID", row[-1]),
        branches=branches(tx, listing),
    )
    return Page(issue_rows(tx, found.rows), found.after, found.before)


def count_issues(tx: Tx, listing: Listing, *, at_most: int | None = None) -> int:
    """How many issues ``listing`` has in all; where they must be counted, ``at_most`` so many."""
    known = counted(tx, listing)
    if known is not None:
        return known
    query, _ = listed(tx, listing)
    asked = branches(tx, listing)
    if asked:
        query = query.where(or_(*asked))
    return paging.count(tx, query.add_columns(Issue.id), at_most=at_most)


def joined_issues(tx: Tx, issue_id: UUID) -> tuple[IssueRow, ...]:
    """The issues that were joined to this one, the oldest first."""
    query = select(Issue.id).where(Issue.joined_to == issue_id)
    found = tx.session.scalars(query.order_by(Issue.registered_at, Issue.id))
    return issue_rows(tx, found.all())


def count_by_status(tx: Tx) -> dict[IssueStatus, int]:
    """How many issues stand where."""
    found = tally.by_status(driver_of(tx.session))
    return {IssueStatus(status): count for status, count in found.items()}


def earlier_issues(tx: Tx, resident_id: UUID, limit: int = 5) -> tuple[EarlierIssue, ...]:
    """What a returning resident raised before and is still open, newest first.

    A joined issue stands for the one it joined. These are what a new issue may join.
    """
    target = aliased(Issue)
    shown = func.coalesce(target.id, Issue.id)
    query = (
        select(Issue, target)
        .outerjoin(target, target.id == Issue.joined_to)
        .where(Issue.resident_id == resident_id, Issue.status != IssueStatus.VOIDED)
        .order_by(Issue.registered_at.desc(), shown)
        .limit(limit * 4)
    )
    found: dict[UUID, Issue] = {}
    for own, joined in tx.session.execute(query):
        row = own if joined is None else joined
        if row.status not in CLOSED:
            found.setdefault(row.id, row)
    return tuple(_earlier(row) for row in list(found.values())[:limit])


def issue_record(
    tx: Tx,
    row: Issue,
    events: Sequence[IssueEvent] | None = None,
    measure: Yardstick | None = None,
) -> IssueRecord:
    """One issue whole, with names looked up; its history and the rules if they are at hand."""
    if events is None:
        events = event_rows(tx, row.id)
    visit = tx.session.get_one(Visit, row.visit_id)
    resident = tx.session.get_one(Resident, row.resident_id)
    joined = None if row.joined_to is None else tx.session.get(Issue, row.joined_to)
    unit = None if row.unit_id is None else tx.session.get(Unit, row.unit_id)
    found = standing(acts_of(events))
    return IssueRecord(
        id=row.id,
        edition=row.edition + sum(one.created_at > row.created_at for one in events),
        number=row.number,
        visit_id=row.visit_id,
        visit_number=visit.number,
        resident_id=row.resident_id,
        resident=resident.name,
        title=row.title,
        text=row.text,
        category=row.category,
        category_name=category_path(tx, row.category),
        place=row.place,
        urgency=row.urgency,
        registered_at=row.registered_at,
        status=row.status,
        unit="" if unit is None else unit.name,
        joined_to=row.joined_to,
        joined_to_number="" if joined is None else joined.number,
        joined_count=row.joined_count,
        people=_people(tx, row, visit),
        settled_at=row.settled_at,
        degree=found.degree,
        events=event_records(tx, events, found),
        case=case_of(tx, found, events, measure),
    )


def event_rows(tx: Tx, issue_id: UUID) -> Sequence[IssueEvent]:
    """The history of one issue, oldest first."""
    query = select(IssueEvent).where(IssueEvent.issue_id == issue_id)
    return tx.session.scalars(query.order_by(IssueEvent.happened_at, IssueEvent.id)).all()


def event_records(
    tx: Tx, rows: Sequence[IssueEvent], found: Standing
) -> tuple[IssueEventRecord, ...]:
    """``rows`` with the names of who acted; ``found`` is what follows from them."""
    return tuple(
        IssueEventRecord(
            id=row.id,
            event=row.event,
            happened_at=row.happened_at,
            actor=account_name(tx, row.actor_id),
            deputy=name_of(tx, Deputy, row.deputy_id),
            unit=name_of(tx, Unit, row.unit_id),
            text=row.text,
            details=dict(row.details),
            unit_id=row.unit_id,
            deputy_id=row.deputy_id,
            actor_id=row.actor_id,
            undone=row.id in found.undone,
            overtaken=row.id in found.overtaken,
        )
        for row in rows
    )


def account_name(tx: Tx, account_id: UUID | None) -> str:
    """Who an account belongs to; the actor is known without looking."""
    return tx.actor.name if account_id == tx.actor.id else name_of(tx, Account, account_id)


def _people(tx: Tx, row: Issue, visit: Visit) -> int:
    if not row.joined_count and visit.voided_at is None:
        return visit.party_size
    joined = select(Issue.visit_id).where(Issue.joined_to == row.id)
    query = select(func.coalesce(func.sum(Visit.party_size), 0)).where(
        (Visit.id == row.visit_id) | Visit.id.in_(joined), Visit.voided_at.is_(None)
    )
    return tx.session.scalar(query) or 0


def issue_rows(tx: Tx, found: Sequence[UUID]) -> tuple[IssueRow, ...]:
    """The issues ``found`` as rows, in that order."""
    query = (
        select(Issue, Resident.name, Unit.name, Visit)
        .join(Resident, Resident.id == Issue.resident_id)
        .join(Visit, Visit.id == Issue.visit_id)
        .outerjoin(Unit, Unit.id == Issue.unit_id)
        .where(Issue.id.in_(found))
    )
    rows = {row[0].id: row for row in tx.session.execute(query)}
    paths = category_paths(tx)
    parties = _joined_parties(tx, [row[0].id for row in rows.values() if row[0].joined_count])

    def made(issue: Issue, resident: str, unit: str | None, visit: Visit) -> IssueRow:
        parties_here = {visit.id: visit.party_size} | parties.get(issue.id, {})
        return IssueRow(
            id=issue.id,
            number=issue.number,
            title=issue.title,
            resident=resident,
            category_name=paths.get(issue.category, ""),
            place=issue.place,
            urgency=issue.urgency,
            status=issue.status,
            unit=unit or "",
            joined_count=issue.joined_count,
            people=sum(parties_here.values()),
            registered_at=issue.registered_at,
            turn=issue.turn,
            due_on=issue.due_on,
            promise_on=issue.promise_on,
            look_back_on=issue.look_back_on,
            revisit_on=issue.revisit_on,
            to_rate=issue.to_rate,
            supervised=issue.supervised,
            degree=issue.degree,
            rating=issue.rating,
            unit_id=issue.unit_id,
            suggestion_id=issue.suggestion_id,
        )

    return tuple(made(*rows[ident]) for ident in found if ident in rows)


def _joined_parties(tx: Tx, targets: Sequence[UUID]) -> dict[UUID, dict[UUID, int]]:
    """For each target the visits of the issues joined to it, with the size of their parties."""
    found: dict[UUID, dict[UUID, int]] = {}
    query = (
        select(Issue.joined_to, Visit.id, Visit.party_size)
        .join(Visit, Visit.id == Issue.visit_id)
        .where(Issue.joined_to.in_(targets), Visit.voided_at.is_(None))
    )
    for target, visit_id, size in tx.session.execute(query) if targets else ():
        found.setdefault(cast("UUID", target), {})[visit_id] = size
    return found


def _earlier(row: Issue) -> EarlierIssue:
    return EarlierIssue(
        id=row.id,
        number=row.number,
        title=row.title,
        status=row.status,
        registered_at=row.registered_at,
        joined_count=row.joined_count,
    )
