"""Lists as they leave the program: read row by row however long, and logged."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select

from db.models import Deputy, Issue, ReceptionDay, Resident, Unit, Visit
from db.vocabulary import IssueStatus, Op
from station_app.domain.accounts import require_writer
from station_app.domain.exports import Exported, IssueLine, LedgerLine, Purpose
from station_app.domain.lists import Listing
from station_app.services.issue_filters import DAY_SORTS, codes, listed
from station_app.services.issue_records import ISSUE_SORTS
from station_app.store import Tx

_STREAM = {"yield_per": 1000}
_KINDS = {
    Exported.ISSUES: "issue",
    Exported.RESIDENTS: "resident",
    Exported.DEPUTIES: "deputy",
    Exported.DAYS: "day",
    Exported.LEDGER: "visit",
}


def log_export(tx: Tx, what: Exported, *, purpose: Purpose | None = None) -> None:
    """Leave an audit row: who exported what; with a ``purpose``, whole phone numbers for it.

    Raises NotAllowed for whole numbers if the account may only look.
    """
    if purpose is not None:
        require_writer(tx.actor)
    why = f"{what.value},masked" if purpose is None else f"{what.value},phones,{purpose.value}"
    tx.note(Op.EXPORT, _KINDS[what], None, why=why)


def issue_lines(tx: Tx, listing: Listing) -> Iterator[IssueLine]:
    """The issues that ``list_issues`` would list, in its order; phones whole."""
    query, met = listed(tx, listing)
    order: tuple[Any, ...] = ISSUE_SORTS.get(listing.sort) or (DAY_SORTS[listing.sort],)
    if met is not None and listing.sort == "registered_at":
        order = (met,)
    asked = codes(tx, listing)
    if asked:
        query = query.where(Issue.category.in_(asked))
    found = query.add_columns(
        Issue.number,
        Issue.registered_at,
        Resident.name,
        Resident.phone,
        Visit.party_size,
        Issue.category,
        Issue.place,
        Issue.title,
        Issue.text,
        Issue.urgency,
        Issue.status,
        Unit.name,
        Issue.due_on,
        Issue.settled_at,
        Issue.degree,
        Issue.rating,
    )
    yield from (IssueLine(*row) for row in _stream(tx, _joined(found), order, listing.descending))


def ledger_lines(tx: Tx, first_on: date, last_on: date) -> Iterator[LedgerLine]:
    """Visits of the reception days held from ``first_on`` to ``last_on``, an issue a line.

    In order of the days and of arrival; what was voided is left out. Phones whole.
    """
    columns: tuple[Any, ...] = (
        ReceptionDay.held_on,
        Visit.arrived_at,
        Resident.name,
        Resident.phone,
        Resident.address,
        Resident.community,
        Visit.party_size,
        Visit.channel,
        Issue.category,
        Issue.title,
        Issue.text,
        Visit.deputy_ids,
        Issue.status,
        Unit.name,
        Issue.degree,
        Issue.rating,
        Issue.number,
    )
    query = _ledger(select(*columns), first_on, last_on).outerjoin(Unit, Unit.id == Issue.unit_id)
    order = (
        ReceptionDay.held_on,
        ReceptionDay.starts,
        Visit.sequence,
        Issue.registered_at,
        Issue.id,
    )
    yield from (LedgerLine(*row) for row in _stream(tx, query, order, down=False))


def count_ledger(tx: Tx, first_on: date, last_on: date) -> int:
    """How many lines ``ledger_lines`` has."""
    query = _ledger(select(func.count(Issue.id)), first_on, last_on)
    return tx.session.scalar(query) or 0


def deputy_names(tx: Tx) -> dict[str, str]:
    """Deputy id (hex) → name, of all who ever served."""
    rows = tx.session.execute(select(Deputy.id, Deputy.name))
    return {row.id.hex: row.name for row in rows}


def _ledger(query: Select[Any], first_on: date, last_on: date) -> Select[Any]:
    return (
        query.select_from(Issue)
        .join(Visit, Visit.id == Issue.visit_id)
        .join(Resident, Resident.id == Visit.resident_id)
        .join(ReceptionDay, ReceptionDay.id == Visit.day_id)
        .where(
            ReceptionDay.held_on.between(first_on, last_on),
            Visit.voided_at.is_(None),
            Issue.status != IssueStatus.VOIDED,
        )
    )


def _joined(query: Select[Any]) -> Select[Any]:
    return (
        query.join(Resident, Resident.id == Issue.resident_id)
        .join(Visit, Visit.id == Issue.visit_id)
        .outerjoin(Unit, Unit.id == Issue.unit_id)
    )


def _stream(tx: Tx, query: Select[Any], order: Any, down: bool) -> Iterator[Any]:
    directed = [one.desc() if down else one.asc() for one in order]
    return iter(tx.session.execute(query.order_by(*directed), execution_options=_STREAM))
