"""What people have done since to the records that an import made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from db.models import Attendance, Duty, ImportRecord, Issue, IssueEvent, Visit, VisitCompanion
from station_app.i18n import tr
from station_app.services.ledger_people import chunks
from station_app.store import Tx


def worked_on(
    tx: Tx, records: Mapping[UUID, ImportRecord], rows: Mapping[UUID, Any]
) -> dict[UUID, str]:
    """Record id → the reason why it is no longer what the import made of it.

    ``records`` are how the import left them, ``rows`` how they stand now.
    """
    found: dict[UUID, str] = {}
    for ident, reason in _found(tx, records, rows):
        found.setdefault(ident, reason)
    return found


def _found(
    tx: Tx, records: Mapping[UUID, ImportRecord], rows: Mapping[UUID, Any]
) -> Iterator[tuple[UUID, str]]:
    events = Counter(_each(tx, records, "issue", select(IssueEvent.issue_id), IssueEvent.issue_id))
    for ident, record in records.items():
        row = rows.get(ident)
        if row is None:
            yield ident, tr("It is no longer there.")
        elif record.kind == "issue" and events[ident] != record.events:
            yield ident, tr("The issue was handled since.")
        elif row.edition != record.edition:
            yield ident, _changed()[record.kind]
    joined = select(Issue.id, Issue.joined_to)
    for other, ident in _pairs(tx, records, "issue", joined, Issue.joined_to):
        if other not in records:
            yield ident, tr("Another issue was joined to it since.")
    for other, ident in _pairs(
        tx, records, "visit", select(Issue.id, Issue.visit_id), Issue.visit_id
    ):
        if other not in records:
            yield ident, tr("The visit raised another issue since.")
    yield from _companions(tx, records)
    visits = select(Visit.id, Visit.resident_id)
    for other, ident in _pairs(tx, records, "resident", visits, Visit.resident_id):
        if other not in records and not records[ident].completed:
            yield ident, tr("The visitor came again since.")
    yield from _of_days(tx, records)


def _companions(tx: Tx, records: Mapping[UUID, ImportRecord]) -> Iterator[tuple[UUID, str]]:
    """An import names nobody beside the visitor."""
    for column, kind in (
        (VisitCompanion.visit_id, "visit"),
        (VisitCompanion.resident_id, "resident"),
    ):
        for ident in _each(tx, records, kind, select(column), column):
            if not records[ident].completed:
                yield ident, tr("Somebody was named as a companion since.")


def _of_days(tx: Tx, records: Mapping[UUID, ImportRecord]) -> Iterator[tuple[UUID, str]]:
    visits = select(Visit.id, Visit.day_id)
    for other, ident in _pairs(tx, records, "day", visits, Visit.day_id):
        if other not in records:
            yield ident, tr("The reception day has another visit since.")
    for model in (Duty, Attendance):
        for ident in _each(tx, records, "day", select(model.day_id), model.day_id):
            yield ident, tr("Deputies were entered for the reception day since.")


def _each(
    tx: Tx, records: Mapping[UUID, ImportRecord], kind: str, query: Any, column: Any
) -> Iterator[UUID]:
    """The one selected column of every row that leads to a record of ``kind``."""
    for chunk in chunks(ident for ident, one in records.items() if one.kind == kind):
        yield from tx.session.scalars(query.where(column.in_(chunk)))


def _pairs(
    tx: Tx, records: Mapping[UUID, ImportRecord], kind: str, query: Any, column: Any
) -> Iterator[tuple[UUID, UUID]]:
    for chunk in chunks(ident for ident, one in records.items() if one.kind == kind):
        found = tx.session.execute(query.where(column.in_(chunk)))
        yield from ((row[0], row[1]) for row in found)


def _changed() -> dict[str, str]:
    return {
        "issue": tr("The issue was changed since."),
        "visit": tr("The visit was changed since."),
        "resident": tr("The visitor's record was changed since."),
        "day": tr("The reception day was changed since."),
    }
