"""Acts on issues: each appends one event to the history, and the status follows from it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast
from uuid import UUID

from db.models import Issue, IssueEvent, Unit
from db.vocabulary import Degree, IssueEventKind, IssueStatus
from station_app.domain.accounts import require_writer
from station_app.domain.issue_history import Act, standing
from station_app.domain.issues import CLOSED, TRANSITIONS, IssueRecord, after
from station_app.errors import Conflict, NotFound, RuleViolation
from station_app.i18n import tr
from station_app.services.dictionaries import decline_details
from station_app.services.issue_records import event_rows, issue_record
from station_app.store import Tx

_E = IssueEventKind


def get_issue(tx: Tx, issue_id: UUID) -> IssueRecord:
    """One issue with its whole history. Raises NotFound."""
    return issue_record(tx, issue_row(tx, issue_id))


def answer_issue(tx: Tx, issue_id: UUID, *, text: str, deputy_id: UUID | None) -> IssueRecord:
    """A deputy answered on the spot; the resident's evaluation is still needed."""
    said = _required("answer", text, tr("Write down what was answered."))
    return _act(tx, issue_id, _E.ANSWERED, text=said, deputy_id=deputy_id)


def decline_issue(tx: Tx, issue_id: UUID, *, reason: str, instead: str) -> IssueRecord:
    """Not a matter for deputies: why, and where to go instead."""
    details = decline_details(reason)
    where = _required("instead", instead, tr("Say where the visitor can go instead."))
    return _act(tx, issue_id, _E.DECLINED, text=where, details=details)


def assign_issue(tx: Tx, issue_id: UUID, *, unit_id: UUID | None, text: str = "") -> IssueRecord:
    """Hand the issue to a unit; again to another one if need be."""
    if unit_id is None or tx.session.get(Unit, unit_id) is None:
        raise RuleViolation({"unit_id": tr("Choose the unit that handles this.")})
    return _act(tx, issue_id, _E.ASSIGNED, text=text, unit_id=unit_id)


def send_back_issue(tx: Tx, issue_id: UUID, *, reason: str) -> IssueRecord:
    """The unit sends the issue back; it must be assigned again."""
    why = _required("reason", reason, tr("Write down why the unit sent it back."))
    row = issue_row(tx, issue_id)
    return _act(tx, issue_id, _E.SENT_BACK, text=why, unit_id=row.unit_id)


def urge_issue(tx: Tx, issue_id: UUID, *, text: str = "") -> IssueRecord:
    """Remind the unit; the status stays."""
    row = issue_row(tx, issue_id)
    return _act(tx, issue_id, _E.URGED, text=text, unit_id=row.unit_id)


def reply_issue(tx: Tx, issue_id: UUID, *, text: str) -> IssueRecord:
    """The unit replied. A reply does not settle an issue."""
    said = _required("text", text, tr("Write down what the unit replied."))
    row = issue_row(tx, issue_id)
    return _act(tx, issue_id, _E.REPLIED, text=said, unit_id=row.unit_id)


def settle_issue(tx: Tx, issue_id: UUID, *, degree: Degree | None, evidence: str) -> IssueRecord:
    """Close with a degree of solution and the evidence for it."""
    if degree is None:
        raise RuleViolation({"degree": tr("Choose how far it was solved.")})
    shown = _required("evidence", evidence, tr("Write down what shows that it is settled."))
    return _act(tx, issue_id, _E.SETTLED, text=shown, details={"degree": degree.value})


def reopen_issue(tx: Tx, issue_id: UUID, *, reason: str) -> IssueRecord:
    """A settled or declined issue is taken up again."""
    why = _required("reason", reason, tr("Write down why it is taken up again."))
    return _act(tx, issue_id, _E.REOPENED, text=why)


def note_issue(tx: Tx, issue_id: UUID, *, text: str) -> IssueRecord:
    """Add a note to the history; the status stays."""
    said = _required("text", text, tr("Write the note."))
    return _act(tx, issue_id, _E.NOTED, text=said)


def join_issue(tx: Tx, issue_id: UUID, *, into: UUID) -> IssueRecord:
    """Link an issue to an earlier one about the same matter. Raises Conflict for a circle."""
    target = join_target(tx, into)
    if target.id == issue_id:
        raise Conflict(tr("An issue cannot be joined to itself."))
    return _act(tx, issue_id, _E.JOINED, details={"into": target.id.hex})


def unjoin_issue(tx: Tx, issue_id: UUID) -> IssueRecord:
    """Take a joining back: the issue stands alone again, as it was before."""
    row = issue_row(tx, issue_id)
    if row.status is not IssueStatus.JOINED:
        raise Conflict(tr("This issue is not joined to another one."))
    return _act(tx, issue_id, _E.UNJOINED)


def join_target(tx: Tx, issue_id: UUID) -> Issue:
    """The issue that joining to ``issue_id`` ends at: a joined one leads on to its target."""
    row = issue_row(tx, issue_id)
    met = {row.id}
    # Two PCs may have joined two issues to each other while apart: any of them is the end.
    while row.joined_to is not None and row.joined_to not in met:
        row = issue_row(tx, row.joined_to)
        met.add(row.id)
    if row.status in CLOSED:
        text = tr(
            "{number} is closed. Reopen it, or register this as a new issue.", number=row.number
        )
        raise Conflict(text)
    return row


def issue_row(tx: Tx, issue_id: UUID) -> Issue:
    """The row itself, for services. Raises NotFound."""
    row = tx.session.get(Issue, issue_id)
    if row is None:
        raise NotFound(tr("This issue is no longer there."))
    return row


def add_event(tx: Tx, row: Issue, event: IssueEventKind, **facts: Any) -> IssueEvent:
    """Append one event; the caller refreshes what is folded from the history (``refold``)."""
    made = IssueEvent(
        issue_id=row.id, event=event, happened_at=tx.now, actor_id=tx.actor.id, **facts
    )
    tx.session.add(made)
    return made


def refold(tx: Tx, row: Issue) -> None:
    """Bring the folded columns of ``row`` in line with its events."""
    before = row.joined_to
    found = standing(
        Act(one.event, one.happened_at, one.unit_id, one.details.get("into"))
        for one in event_rows(tx, row.id)
    )
    row.status = found.status
    row.joined_to = UUID(str(found.joined_to)) if found.joined_to else None
    row.unit_id = cast("UUID | None", found.unit_id)
    row.settled_at = cast("datetime | None", found.settled_at)
    for target, by in ((before, -1), (row.joined_to, 1)):
        if target is not None and before != row.joined_to:
            issue_row(tx, target).joined_count += by


def _act(tx: Tx, issue_id: UUID, event: IssueEventKind, **facts: Any) -> IssueRecord:
    require_writer(tx.actor)
    row = issue_row(tx, issue_id)
    if event in TRANSITIONS:
        after(row.status, event)  # raises Conflict for an act that is not possible from there
    add_event(tx, row, event, **facts)
    tx.session.flush()
    refold(tx, row)
    tx.session.flush()
    return issue_record(tx, row)


def _required(field: str, typed: str, sentence: str) -> str:
    if not typed.strip():
        raise RuleViolation({field: sentence})
    return typed.strip()
