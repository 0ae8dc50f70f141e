"""Whether a scanned paper is as new as its record, and what was changed since it was printed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import select

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
    Resident,
    Station,
    Visit,
)
from db.vocabulary import IssueEventKind, Op
from station_app.domain.paper_state import PaperChange, PaperState
from station_app.domain.record_codes import RecordCode
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
}
#: Moved along with every act on an issue; the acts themselves are told.
_FOLLOWS = frozenset({"status", "unit_id", "joined_to"})


def paper_state(tx: Tx, code: RecordCode) -> PaperState | None:
    """How the paper with this code stands; None if its record is not (or no longer) here."""
    row = tx.session.get(_MODELS[code.kind], code.id)
    if row is None:
        return None
    changes = _edits(tx, code, row.edition) + _acts(tx, code, row)
    changes.sort(key=lambda one: one.at)
    return PaperState(code.kind, code.id, _name(row), code.edition, row.edition, tuple(changes))


def _name(row: Any) -> str:
    if isinstance(row, ReceptionDay):
        return row.held_on.isoformat()
    if isinstance(row, Meeting):
        return row.topic
    if isinstance(row, DeputySuggestion):
        return row.title
    name: str = getattr(row, "number", "") or getattr(row, "name", "")
    return name


def _edits(tx: Tx, code: RecordCode, edition: int) -> list[PaperChange]:
    """The edits made here since the paper's edition, with their values where they are kept."""
    count = edition - code.edition
    if count <= 0:
        return []
    query = select(Audit).where(
        Audit.record_id == code.id, Audit.kind == code.kind, Audit.op == Op.EDIT
    )
    rows = list(tx.session.scalars(query.order_by(Audit.seq.desc()).limit(count)))
    kept = select(Outbox).where(
        Outbox.record_id == code.id, Outbox.kind == code.kind, Outbox.op == Op.EDIT
    )
    values = list(tx.session.scalars(kept.order_by(Outbox.mid.desc()).limit(count)))
    found = []
    for place, one in enumerate(rows):
        fields = values[place].fields if place < len(values) else {}
        names = [name for name in one.fields.split(",") if name and name not in _FOLLOWS]
        pairs = tuple((name, *fields.get(name, (None, None))) for name in names)
        if pairs:
            found.append(PaperChange(one.at, _who(tx, one.actor_id), pairs))
    return found


def _acts(tx: Tx, code: RecordCode, row: Any) -> list[PaperChange]:
    """What was done with the issues on the paper since it was printed last."""
    if code.kind == "visit":
        on = Issue.visit_id == row.id
    elif code.kind == "issue":
        on = Issue.id == row.id
    else:
        return []
    printed = select(Audit.at).where(Audit.record_id == code.id, Audit.op == Op.PRINT)
    since = tx.session.scalars(printed.order_by(Audit.seq.desc()).limit(1)).first()
    if since is None:
        return []
    query = (
        select(IssueEvent, Issue.number)
        .join(Issue, Issue.id == IssueEvent.issue_id)
        .where(on, IssueEvent.created_at > since)
        .where(IssueEvent.event != IssueEventKind.REGISTERED)
    )
    return [
        PaperChange(event.created_at, _who(tx, event.actor_id), (), event.event, number)
        for event, number in tx.session.execute(query.order_by(IssueEvent.created_at))
    ]


def _who(tx: Tx, account_id: UUID | None) -> str:
    found = None if account_id is None else tx.session.get(Account, account_id)
    return "" if found is None else found.name
