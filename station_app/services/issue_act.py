"""How every act on an issue is done: checked, appended to the history, and followed from there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from db.models import Attachment, Issue, IssueEvent, Unit
from db.vocabulary import IssueEventKind, IssueStatus
from station_app.domain.accounts import require_writer
from station_app.domain.issue_history import standing
from station_app.domain.issue_words import status_word
from station_app.domain.issues import IssueRecord
from station_app.domain.standing import Standing
from station_app.domain.transitions import TRANSITIONS, allows
from station_app.errors import Conflict, NotFound, RuleViolation
from station_app.i18n import tr
from station_app.services.issue_columns import (
    Yardstick,
    acts_of,
    deputies_in,
    fill_columns,
    note_deputies,
)
from station_app.services.issue_records import event_rows, issue_record
from station_app.store import Tx

#: The status that an act was made on; the service refuses when the issue stands elsewhere by now.
Expected = IssueStatus | None


def act(
    tx: Tx, issue_id: UUID, event: IssueEventKind, *, expected: Expected = None, **facts: Any
) -> IssueRecord:
    """Append one act to the history of an issue and return the issue as it stands then.

    Raises NotAllowed, NotFound, and Conflict when the issue is not in a state for this act.
    """
    require_writer(tx.actor)
    row = ready(tx, issue_id, event, expected=expected)
    add_event(tx, row, event, **facts)
    return issue_record(tx, row, refold(tx, row))


def ready(tx: Tx, issue_id: UUID, event: IssueEventKind, *, expected: Expected = None) -> Issue:
    """The issue's row, once it is sure that ``event`` may follow. Raises NotFound, Conflict."""
    row = issue_row(tx, issue_id)
    if expected is not None and row.status is not expected:
        text = tr(
            "This issue is at “{status}” by now. Look at its history and act again.",
            status=status_word(row.status),
        )
        raise Conflict(text)
    if not allows(row.status, event):
        text = tr("This issue has moved on meanwhile. Look at its history and act again.")
        raise Conflict(text)
    return row


def issue_row(tx: Tx, issue_id: UUID) -> Issue:
    """The row itself, for services. Raises NotFound."""
    row = tx.session.get(Issue, issue_id)
    if row is None:
        raise NotFound(tr("This issue is no longer there."))
    return row


def add_event(tx: Tx, row: Issue, event: IssueEventKind, **facts: Any) -> IssueEvent:
    """Append one event; the caller follows what comes of it (``refold``).

    An act that moves the issue says on which status it was made, so that of two made apart only
    the first one counts.
    """
    facts.setdefault("details", {})
    moves = TRANSITIONS.get(event, (None, None))[1] is not None
    made = IssueEvent(
        issue_id=row.id,
        event=event,
        expected=row.status if moves else None,
        happened_at=tx.now,
        actor_id=tx.actor.id,
        **facts,
    )
    tx.session.add(made)
    return made


def refold(tx: Tx, row: Issue, measure: Yardstick | None = None) -> Sequence[IssueEvent]:
    """Bring the derived columns of ``row`` in line with its events, and return these."""
    tx.session.flush()
    before = row.joined_to
    events = event_rows(tx, row.id)
    fill_columns(tx, row, events, measure)
    for target, by in ((before, -1), (row.joined_to, 1)):
        if target is not None and before != row.joined_to:
            issue_row(tx, target).joined_count += by
    acted = (hexed for one in events for hexed in deputies_in(one.deputy_id, one.details))
    note_deputies(tx, row.id, acted)
    tx.session.flush()
    return events


def standing_of(tx: Tx, issue_id: UUID) -> Standing:
    """What follows from the whole history of one issue."""
    return standing(acts_of(event_rows(tx, issue_id)))


def required(field: str, typed: str, sentence: str) -> str:
    """What was typed, trimmed. Raises RuleViolation with ``sentence`` when that is nothing."""
    if not typed.strip():
        raise RuleViolation({field: sentence})
    return typed.strip()


def unit_row(tx: Tx, unit_id: UUID | None, field: str = "unit_id") -> Unit:
    """A unit that may be given something to do. Raises RuleViolation beside ``field``."""
    row = None if unit_id is None else tx.session.get(Unit, unit_id)
    if row is None:
        raise RuleViolation({field: tr("Choose the unit that handles this.")})
    if row.retired_at is not None:
        text = tr("{unit} is no longer in use. Choose another unit.", unit=row.name)
        raise RuleViolation({field: text})
    return row


def attached(tx: Tx, issue_id: UUID, attachments: Iterable[UUID]) -> list[str]:
    """Papers of this issue, as an act names them. Raises RuleViolation beside ``attachments``."""
    found = []
    for one in attachments:
        row = tx.session.get(Attachment, one)
        if row is None or row.issue_id != issue_id or row.removed_reason:
            raise RuleViolation({"attachments": tr("This paper is no longer there.")})
        found.append(one.hex)
    return found


def date_to_come(tx: Tx, field: str, day: date | None) -> date:
    """A day that is not over. Raises RuleViolation beside ``field``."""
    if day is None:
        raise RuleViolation({field: tr("Say until when.")})
    if day < tx.today:
        raise RuleViolation({field: tr("This day is over already. Choose a later one.")})
    return day
