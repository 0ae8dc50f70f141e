"""Acts on issues, from the desk to the unit's reply: each appends one event to the history."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from db.models import Issue, IssueEvent, Unit
from db.vocabulary import Degree, IssueEventKind, IssueStatus, Urgency
from station_app.domain.accounts import require_writer
from station_app.domain.issues import IssueRecord
from station_app.domain.transitions import CLOSED, UNDOABLE
from station_app.errors import Conflict, NotFound, RuleViolation
from station_app.i18n import tr
from station_app.services.dictionaries import decline_details
from station_app.services.issue_act import (
    Expected,
    act,
    add_event,
    attached,
    date_to_come,
    issue_row,
    ready,
    refold,
    required,
    standing_of,
    unit_row,
)
from station_app.services.issue_records import event_rows, issue_record
from station_app.store import Tx

_E = IssueEventKind


def get_issue(tx: Tx, issue_id: UUID) -> IssueRecord:
    """One issue with its whole history. Raises NotFound."""
    return issue_record(tx, issue_row(tx, issue_id))


def answer_issue(
    tx: Tx, issue_id: UUID, *, text: str, deputy_id: UUID | None, expected: Expected = None
) -> IssueRecord:
    """A deputy answered on the spot; the resident's evaluation is still needed."""
    said = required("answer", text, tr("Write down what was answered."))
    return act(tx, issue_id, _E.ANSWERED, expected=expected, text=said, deputy_id=deputy_id)


def decline_issue(
    tx: Tx, issue_id: UUID, *, reason: str, instead: str, expected: Expected = None
) -> IssueRecord:
    """Not a matter for deputies: why, and where to go instead."""
    details = decline_details(tx, reason)
    where = required("instead", instead, tr("Say where the visitor can go instead."))
    return act(tx, issue_id, _E.DECLINED, expected=expected, text=where, details=details)


def assign_issue(
    tx: Tx,
    issue_id: UUID,
    *,
    unit_id: UUID | None,
    also: Collection[UUID] = (),
    text: str = "",
    urgent: bool | None = None,
    expected: Expected = None,
) -> IssueRecord:
    """Hand the issue to a lead unit and those that help it; again to others if need be.

    ``urgent`` shortens the unit's time; without a word it follows the issue's urgency.
    Raises RuleViolation beside ``unit_id`` and ``also``.
    """
    lead = unit_row(tx, unit_id)
    helping = list(dict.fromkeys(unit_row(tx, one, "also").id for one in also))
    if lead.id in helping:
        raise RuleViolation({"also": tr("{unit} is the lead unit already.", unit=lead.name)})
    urgent = issue_row(tx, issue_id).urgency is Urgency.URGENT if urgent is None else urgent
    details: dict[str, object] = {"also": [one.hex for one in helping]} if helping else {}
    if urgent:
        details["urgent"] = True
    facts = {"text": text.strip(), "unit_id": lead.id, "details": details}
    return act(tx, issue_id, _E.ASSIGNED, expected=expected, **facts)


def take_up_issue(
    tx: Tx, issue_id: UUID, *, text: str = "", expected: Expected = None
) -> IssueRecord:
    """The lead unit has taken the issue up (承办中)."""
    facts = {"text": text.strip(), "unit_id": issue_row(tx, issue_id).unit_id}
    return act(tx, issue_id, _E.TAKEN_UP, expected=expected, **facts)


def send_back_issue(
    tx: Tx, issue_id: UUID, *, reason: str, expected: Expected = None
) -> IssueRecord:
    """The unit sends the issue back; it must be assigned again."""
    why = required("reason", reason, tr("Write down why the unit sent it back."))
    facts = {"text": why, "unit_id": issue_row(tx, issue_id).unit_id}
    return act(tx, issue_id, _E.SENT_BACK, expected=expected, **facts)


def urge_issue(tx: Tx, issue_id: UUID, *, text: str = "") -> IssueRecord:
    """Remind the unit; the status stays."""
    unit_id = issue_row(tx, issue_id).unit_id
    return act(tx, issue_id, _E.URGED, text=text.strip(), unit_id=unit_id)


def advise_on_issue(tx: Tx, issue_id: UUID, *, unit_id: UUID | None, text: str) -> IssueRecord:
    """A co-handling unit has given its opinion to the lead unit."""
    ready(tx, issue_id, _E.ADVISED)
    unit = unit_row(tx, unit_id)
    if unit.id not in standing_of(tx, issue_id).also:
        text = tr("{unit} is not one of the co-handling units.", unit=unit.name)
        raise RuleViolation({"unit_id": text})
    said = required("text", text, tr("Write down the unit's opinion."))
    return act(tx, issue_id, _E.ADVISED, text=said, unit_id=unit.id)


def reply_issue(
    tx: Tx,
    issue_id: UUID,
    *,
    text: str,
    unit_id: UUID | None = None,
    promise: str = "",
    promise_on: date | None = None,
    expected: Expected = None,
) -> IssueRecord:
    """The lead unit replied. A reply does not settle an issue; it may bear a dated promise.

    Raises RuleViolation beside ``text``, ``unit_id``, ``promise`` and ``promise_on``.
    """
    row = ready(tx, issue_id, _E.REPLIED, expected=expected)
    said = required("text", text, tr("Write down what the unit replied."))
    if unit_id is not None and unit_id != row.unit_id:
        unit = tx.session.get(Unit, unit_id)
        name = "" if unit is None else unit.name
        text = tr("The issue is not assigned to {unit}; assign it first.", unit=name)
        raise RuleViolation({"unit_id": text})
    by = row.unit_id
    if promise.strip() or promise_on is not None:
        what = required("promise", promise, tr("Write down what is promised."))
        due = date_to_come(tx, "promise_on", promise_on)
        act(tx, issue_id, _E.COMMITTED, text=what, unit_id=by, details={"due": due.isoformat()})
    return act(tx, issue_id, _E.REPLIED, text=said, unit_id=by)


def settle_issue(
    tx: Tx,
    issue_id: UUID,
    *,
    degree: Degree | None,
    evidence: str,
    attachments: Collection[UUID] = (),
    expected: Expected = None,
) -> IssueRecord:
    """Close with a degree of solution and the evidence for it: words, photos or documents.

    Raises RuleViolation beside ``degree`` and ``evidence``.
    """
    if degree is None:
        raise RuleViolation({"degree": tr("Choose how far it was solved.")})
    papers = attached(tx, issue_id, attachments)
    if not papers:
        required("evidence", evidence, tr("Write down what shows that it is settled."))
    details: dict[str, object] = {"degree": degree.value}
    if papers:
        details["attachments"] = papers
    facts = {"text": evidence.strip(), "details": details}
    return act(tx, issue_id, _E.SETTLED, expected=expected, **facts)


def reopen_issue(tx: Tx, issue_id: UUID, *, reason: str, expected: Expected = None) -> IssueRecord:
    """A settled or declined issue is taken up again."""
    why = required("reason", reason, tr("Write down why it is taken up again."))
    return act(tx, issue_id, _E.REOPENED, expected=expected, text=why)


def note_issue(tx: Tx, issue_id: UUID, *, text: str) -> IssueRecord:
    """Add a note to the history; the status stays."""
    said = required("text", text, tr("Write the note."))
    return act(tx, issue_id, _E.NOTED, text=said)


def join_issue(tx: Tx, issue_id: UUID, *, into: UUID, expected: Expected = None) -> IssueRecord:
    """Link an issue to an earlier one about the same matter. Raises Conflict for a circle."""
    target = join_target(tx, into)
    if target.id == issue_id:
        raise Conflict(tr("An issue cannot be joined to itself."))
    return act(tx, issue_id, _E.JOINED, expected=expected, details={"into": target.id.hex})


def unjoin_issue(tx: Tx, issue_id: UUID) -> IssueRecord:
    """Take a joining back: the issue stands alone again, as it was before."""
    row = issue_row(tx, issue_id)
    if row.status is not IssueStatus.JOINED:
        raise Conflict(tr("This issue is not joined to another one."))
    return act(tx, issue_id, _E.UNJOINED)


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


def undo_act(tx: Tx, issue_id: UUID, event_id: UUID) -> IssueRecord:
    """Take the last act on an issue back: it counts nothing any more, and stays in the history.

    Raises NotFound, and Conflict once something else has happened since.
    """
    require_writer(tx.actor)
    row, event = issue_row(tx, issue_id), tx.session.get(IssueEvent, event_id)
    if event is None or event.issue_id != issue_id:
        raise NotFound(tr("This act is no longer there."))
    if event.event not in UNDOABLE:
        raise Conflict(tr("This act is taken back by an act of its own."))
    if last_act(tx, issue_id) != event_id:
        raise Conflict(tr("Something else has happened since; this act can no longer be undone."))
    add_event(tx, row, _E.UNDONE, details={"undoes": event_id.hex})
    return issue_record(tx, row, refold(tx, row))


def last_act(tx: Tx, issue_id: UUID) -> UUID | None:
    """The last act that still counts, notes aside: the one that may be undone."""
    found = standing_of(tx, issue_id)
    gone = found.undone | found.overtaken
    for one in reversed(event_rows(tx, issue_id)):
        if one.event is not _E.UNDONE and one.id not in gone:
            return one.id
    return None
