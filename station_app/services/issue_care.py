"""Care between the acts: waiting for the resident, promises, key supervision, publishing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import select

from db.models import Issue, Resident
from db.vocabulary import IssueEventKind, Supervisor
from station_app.domain.case_words import supervisor_word
from station_app.domain.issues import IssueRecord
from station_app.domain.redaction import leaks, redact, stand_ins
from station_app.errors import NotFound, RuleViolation
from station_app.i18n import tr
from station_app.services.issue_act import (
    act,
    attached,
    date_to_come,
    issue_row,
    ready,
    required,
    standing_of,
    unit_row,
)
from station_app.services.issue_results import concerned
from station_app.services.rules import rule_sets
from station_app.store import Tx

_E = IssueEventKind


def wait_for_resident(tx: Tx, issue_id: UUID, *, reason: str) -> IssueRecord:
    """The resident must bring something first: the clocks stand still."""
    ready(tx, issue_id, _E.WAITING)
    why = required("reason", reason, tr("Write down what the resident has to bring."))
    if standing_of(tx, issue_id).waiting:
        raise RuleViolation({"reason": tr("The issue is waiting for the resident already.")})
    return act(tx, issue_id, _E.WAITING, text=why)


def resume_issue(tx: Tx, issue_id: UUID, *, text: str = "") -> IssueRecord:
    """The resident has brought it: the clocks go on."""
    ready(tx, issue_id, _E.RESUMED)
    if not standing_of(tx, issue_id).waiting:
        raise RuleViolation({"text": tr("The issue is not waiting for the resident.")})
    return act(tx, issue_id, _E.RESUMED, text=text.strip())


def commit_on_issue(
    tx: Tx,
    issue_id: UUID,
    *,
    text: str,
    due_on: date | None,
    unit_id: UUID | None = None,
    deputy_id: UUID | None = None,
) -> IssueRecord:
    """Somebody promised something for a day. Raises RuleViolation beside the fields."""
    ready(tx, issue_id, _E.COMMITTED)
    what = required("text", text, tr("Write down what is promised."))
    due = date_to_come(tx, "due_on", due_on)
    by = None if unit_id is None else unit_row(tx, unit_id).id
    by = by or issue_row(tx, issue_id).unit_id
    details = {"due": due.isoformat()}
    return act(
        tx, issue_id, _E.COMMITTED, text=what, unit_id=by, deputy_id=deputy_id, details=details
    )


def close_promise(
    tx: Tx,
    issue_id: UUID,
    promise_id: UUID,
    *,
    kept: bool | None,
    evidence: str,
    attachments: Collection[UUID] = (),
) -> IssueRecord:
    """Say whether a promise was kept, with what shows it. Raises RuleViolation, NotFound."""
    known = {one.id: one for one in standing_of(tx, issue_id).promises}
    if promise_id not in known:
        raise NotFound(tr("This promise is no longer there."))
    if known[promise_id].kept is not None:
        raise RuleViolation({"kept": tr("This promise was looked at already.")})
    if kept is None:
        raise RuleViolation({"kept": tr("Choose whether it was kept.")})
    papers = attached(tx, issue_id, attachments)
    if not papers:
        required("evidence", evidence, tr("Write down what shows whether it was kept."))
    details: dict[str, object] = {"promise": promise_id.hex}
    if papers:
        details["attachments"] = papers
    event = _E.KEPT if kept else _E.BROKEN
    return act(tx, issue_id, event, text=evidence.strip(), details=details)


def supervise_issue(
    tx: Tx, issue_id: UUID, *, roles: Mapping[Supervisor, str], text: str = ""
) -> IssueRecord:
    """Put an issue under key supervision (重点督办); each of the four roles has a name.

    Raises RuleViolation beside ``roles.<role>``.
    """
    ready(tx, issue_id, _E.SUPERVISED)
    given = {role: roles.get(role, "").strip() for role in Supervisor}
    wrong = {
        f"roles.{role.value}": tr("Write down who: {role}.", role=supervisor_word(role))
        for role, name in given.items()
        if not name
    }
    if wrong:
        raise RuleViolation(wrong)
    details = {"roles": {role.value: name for role, name in given.items()}}
    return act(tx, issue_id, _E.SUPERVISED, text=text.strip(), details=details)


def end_supervision(tx: Tx, issue_id: UUID, *, reason: str) -> IssueRecord:
    """Take an issue out of key supervision."""
    if standing_of(tx, issue_id).roles is None:
        raise RuleViolation({"reason": tr("The issue is not under key supervision.")})
    why = required("reason", reason, tr("Write down why."))
    return act(tx, issue_id, _E.UNSUPERVISED, text=why)


def public_text(tx: Tx, issue_id: UUID) -> tuple[str, str]:
    """The title and the text of an issue with what tells who raised it taken out, to begin with."""
    row = issue_row(tx, issue_id)
    names = _private(tx, row)
    return redact(row.title, names), redact(row.text, names)


def publish_issue(tx: Tx, issue_id: UUID, *, title: str, text: str) -> IssueRecord:
    """Show the issue and its result to the public, in these words.

    Raises RuleViolation beside the words that still tell who raised it.
    """
    row = ready(tx, issue_id, _E.PUBLISHED)
    given = {
        "title": required("title", title, tr("Write a title.")),
        "text": required("text", text, tr("Write down what the public may read.")),
    }
    names = _private(tx, row)
    told = {field: found for field, words in given.items() if (found := leaks(words, names))}
    if told:
        raise RuleViolation(
            {
                field: tr("“{words}” tells who raised it. Take it out.", words=found)
                for field, found in told.items()
            }
        )
    return act(tx, issue_id, _E.PUBLISHED, text=given["text"], details={"title": given["title"]})


def unpublish_issue(tx: Tx, issue_id: UUID, *, reason: str) -> IssueRecord:
    """Take the issue back from the public."""
    if not standing_of(tx, issue_id).published:
        raise RuleViolation({"reason": tr("The issue is not published.")})
    why = required("reason", reason, tr("Write down why."))
    return act(tx, issue_id, _E.UNPUBLISHED, text=why)


def move_to_rules(tx: Tx, issue_id: UUID, *, code: str, reason: str) -> IssueRecord:
    """From now on other rules count for this issue, because somebody asked for it."""
    if code not in rule_sets(tx):
        raise RuleViolation({"code": tr("Choose a version of the rules.")})
    why = required("reason", reason, tr("Write down why."))
    return act(tx, issue_id, _E.RULED, text=why, details={"rules": code})


def _private(tx: Tx, row: Issue) -> dict[str, str]:
    """What tells who raised the issue, and what may stand for it."""
    people = select(Resident.name, Resident.address).where(Resident.id.in_(concerned(tx, row)))
    return stand_ins((name, address) for name, address in tx.session.execute(people))
