"""Whether a scanned paper is as new as its record, and what was changed since it was printed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from heapq import nlargest
from typing import Any
from uuid import UUID

from sqlalchemy import Enum, select

from db.models import (
    Account,
    Audit,
    Deputy,
    DeputySuggestion,
    Issue,
    IssueEvent,
    Meeting,
    Outbox,
    ReceptionDay,
    ReportSnapshot,
    Resident,
    Station,
    Visit,
)
from db.vocabulary import Op
from station_app.domain.paper_state import PaperChange, PaperState
from station_app.domain.record_codes import RecordCode
from station_app.services.editions import LATER, LATER_OF_VISIT, paper_edition
from station_app.store import Tx

_MODELS: dict[str, type[Any]] = {
    "visit": Visit,
    "issue": Issue,
    "day": ReceptionDay,
    "deputy": Deputy,
    "resident": Resident,
    "station": Station,
    "meeting": Meeting,
    "deputy_suggestion": DeputySuggestion,
    "report_snapshot": ReportSnapshot,
}

#: When this PC got to know of a change, and the change.
_Known = tuple[datetime, PaperChange]


def paper_state(tx: Tx, code: RecordCode) -> PaperState | None:
    """How the paper with this code stands; None if its record is not (or no longer) here.

    Of the changes it does not know, the latest ones are told, one for each edition: an edit made
    elsewhere twice before this PC heard of it is one change.
    """
    row = tx.session.get(_MODELS[code.kind], code.id)
    if row is None:
        return None
    # The station's code stands on lists: they are as old as the day that is printed below it.
    edition = code.edition if code.kind == "station" else paper_edition(tx, row)
    missed = max(edition - code.edition, 0)
    known = [*_edits(tx, code, missed), *_acts(tx, code, missed)] if missed else []
    latest = nlargest(missed, known, key=lambda one: one[0])
    changes = tuple(one for _, one in reversed(latest))
    return PaperState(code.kind, code.id, _name(row), code.edition, edition, changes)


def _name(row: Any) -> str:
    if isinstance(row, ReceptionDay):
        return row.held_on.isoformat()
    if isinstance(row, Meeting):
        return row.topic
    if isinstance(row, DeputySuggestion | ReportSnapshot):
        return row.title
    name: str = getattr(row, "number", "") or getattr(row, "name", "")
    return name


def _edits(tx: Tx, code: RecordCode, most: int) -> Iterator[_Known]:
    """The latest edits of the record and of a visit's issues, made here or come from elsewhere."""
    yield from _edits_of(tx, code.kind, code.id, "", most)
    if code.kind == "visit":
        issues = select(Issue.id, Issue.number).where(Issue.visit_id == code.id)
        for issue_id, number in tx.session.execute(issues).all():
            yield from _edits_of(tx, "issue", issue_id, number, most)


def _edits_of(tx: Tx, kind: str, record_id: UUID, number: str, most: int) -> Iterator[_Known]:
    query = select(Audit).where(
        Audit.record_id == record_id, Audit.kind == kind, Audit.op.in_((Op.EDIT, Op.PULL))
    )
    values = _values(tx, kind, record_id, most)
    for one in tx.session.scalars(query.order_by(Audit.seq.desc()).limit(most)):
        names = [name for name in one.fields.split(",") if name]
        here = one.op is Op.EDIT
        pairs = next(values, {}) if here else {}
        hidden = _codes(kind)
        fields = tuple(
            (name, *(pairs.get(name, (None, None)) if name not in hidden else (None, None)))
            for name in names
        )
        who = _who(tx, one.actor_id) if here else ""
        yield one.at, PaperChange(one.at, who, kind, fields, number=number, elsewhere=not here)


def _values(tx: Tx, kind: str, record_id: UUID, most: int) -> Iterator[dict[str, Any]]:
    """What the latest edits made here wrote, as far as it is still kept."""
    kept = select(Outbox.fields).where(
        Outbox.record_id == record_id, Outbox.kind == kind, Outbox.op == Op.EDIT
    )
    return iter(tx.session.scalars(kept.order_by(Outbox.mid.desc()).limit(most)).all())


def _codes(kind: str) -> Collection[str]:
    """The fields whose values are words of the program, not of an operator."""
    columns = _MODELS[kind].__table__.columns
    return {one.key for one in columns if isinstance(one.type, Enum)}


def _acts(tx: Tx, code: RecordCode, most: int) -> Iterator[_Known]:
    """The latest acts on the issue, or on the issues of the visit."""
    of = {"visit": LATER_OF_VISIT & (Issue.visit_id == code.id),
          "issue": LATER & (Issue.id == code.id)}  # fmt: skip
    if code.kind not in of:
        return
    query = (
        select(IssueEvent, Issue.number)
        .join(Issue, Issue.id == IssueEvent.issue_id)
        .join(Visit, Visit.id == Issue.visit_id)
        .where(of[code.kind])
        .order_by(IssueEvent.updated_at.desc(), IssueEvent.id.desc())
    )
    for event, number in tx.session.execute(query.limit(most)):
        who = _who(tx, event.actor_id)
        change = PaperChange(event.created_at, who, "issue", event=event.event, number=number)
        yield event.updated_at, change


def _who(tx: Tx, account_id: UUID | None) -> str:
    found = None if account_id is None else tx.session.get(Account, account_id)
    return "" if found is None else found.name
