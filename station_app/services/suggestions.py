"""Suggestions of deputies: drawn from issues, taken through seven stages; the issues follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from db.models import DeputySuggestion, Issue, SuggestionEvent
from db.vocabulary import AskedHow, IssueEventKind, IssueStatus, Rater, Rating, Stage
from station_app.domain.accounts import require_writer
from station_app.domain.case_words import stage_word
from station_app.domain.suggestions import (
    SuggestionDraft,
    SuggestionRecord,
    may_withdraw,
    next_stage,
    suggestion_violations,
)
from station_app.errors import Conflict, NotFound, RuleViolation, violations
from station_app.i18n import tr
from station_app.services.issue_act import (
    act,
    add_event,
    issue_row,
    ready,
    refold,
    required,
    unit_row,
)
from station_app.services.issue_records import event_rows
from station_app.services.issue_results import evaluate_issue
from station_app.services.issues import last_act
from station_app.services.suggestion_records import course_of, steps_of, suggestion_record
from station_app.store import Tx

_E = IssueEventKind
_NOTHING: Mapping[str, str] = {}
#: What a step does to where an issue stands.
_MOVING = frozenset({_E.REPLIED, _E.WITHDRAWN})


def raise_suggestion(tx: Tx, draft: SuggestionDraft) -> SuggestionRecord:
    """A deputy makes a suggestion out of issues; they wait for its outcome from now on.

    Raises RuleViolation beside the fields, Conflict for an issue that is closed or lies elsewhere.
    """
    require_writer(tx.actor)
    violations(suggestion_violations(draft))
    issue_ids = list(dict.fromkeys(draft.issue_ids))
    for one in issue_ids:
        ready(tx, one, _E.RAISED)
    row = DeputySuggestion(
        title=draft.title.strip(),
        text=draft.text.strip(),
        deputy_ids=[one.hex for one in draft.deputy_ids],
        issue_ids=[one.hex for one in issue_ids],
        complex=draft.complex,
        drafted_on=tx.today,
        stage=Stage.DRAFTED,
    )
    tx.session.add(row)
    _step(tx, row, Stage.DRAFTED, "", None)
    for one in issue_ids:
        lead = draft.deputy_ids[0]
        details = {"suggestion": row.id.hex, "deputies": row.deputy_ids}
        act(tx, one, _E.RAISED, text=row.title, deputy_id=lead, details=details)
    return suggestion_record(tx, row)


def edit_suggestion(tx: Tx, suggestion_id: UUID, draft: SuggestionDraft) -> SuggestionRecord:
    """Change the words and the signatories while it is a draft. Raises Conflict later on."""
    require_writer(tx.actor)
    row = _row(tx, suggestion_id)
    if row.stage is not Stage.DRAFTED:
        raise Conflict(tr("The suggestion has been handed in; its words are fixed."))
    violations(suggestion_violations(draft))
    row.title, row.text = draft.title.strip(), draft.text.strip()
    row.deputy_ids = [one.hex for one in draft.deputy_ids]
    row.complex = draft.complex
    tx.session.flush()
    return suggestion_record(tx, row)


def advance_suggestion(
    tx: Tx,
    suggestion_id: UUID,
    *,
    stage: Stage,
    text: str = "",
    unit_id: UUID | None = None,
    official_number: str = "",
    rating: Rating | None = None,
    expected: Stage | None = None,
) -> SuggestionRecord:
    """Take a suggestion to its next stage; its issues follow.

    ``unit_id`` is needed to assign it, ``text`` for the answer, ``rating`` (what the deputy feels
    about the answer) for the feedback. Raises RuleViolation beside these, Conflict when the
    suggestion stands elsewhere.
    """
    require_writer(tx.actor)
    row = _row(tx, suggestion_id)
    _expect(row, expected)
    if stage is not next_stage(row.stage):
        text = tr("The suggestion is at the stage “{stage}”.", stage=stage_word(row.stage))
        raise Conflict(text)
    unit = unit_row(tx, unit_id).id if stage is Stage.ASSIGNED else _unit_of(tx, row)
    if stage is Stage.ANSWERED:
        required("text", text, tr("Write down what was answered."))
    if stage is Stage.FED_BACK and rating is None:
        raise RuleViolation({"rating": tr("Choose what they felt.")})
    details: dict[str, str] = {} if rating is None else {"rating": rating.value}
    if official_number.strip():
        details["number_before"] = row.official_number
        row.official_number = official_number.strip()
    step = _step(tx, row, stage, text.strip(), unit, details)
    for one in _issues_of(tx, row):
        _follow(tx, row, one, step)
        if stage is Stage.FED_BACK:
            _rate(tx, row, one, rating, step)
    return suggestion_record(tx, row)


def withdraw_suggestion(
    tx: Tx, suggestion_id: UUID, *, reason: str, expected: Stage | None = None
) -> SuggestionRecord:
    """Take a suggestion back before it is answered: its issues are again where they were."""
    require_writer(tx.actor)
    row = _row(tx, suggestion_id)
    _expect(row, expected)
    if not may_withdraw(row.stage):
        raise Conflict(tr("The suggestion can no longer be withdrawn."))
    why = required("reason", reason, tr("Write down why."))
    step = _step(tx, row, Stage.WITHDRAWN, why, None)
    for one in _issues_of(tx, row):
        if one.status is IssueStatus.RAISED:
            act(tx, one.id, _E.WITHDRAWN, text=why, details=_about(step))
    return suggestion_record(tx, row)


def undo_step(tx: Tx, suggestion_id: UUID, step_id: UUID) -> SuggestionRecord:
    """Take the last step of a suggestion back, and what it did to its issues.

    The histories keep both. Raises NotFound, and Conflict once another step was taken or an
    issue has moved on since: then nothing is taken back.
    """
    require_writer(tx.actor)
    row, step = _row(tx, suggestion_id), tx.session.get(SuggestionEvent, step_id)
    if step is None or step.suggestion_id != suggestion_id:
        raise NotFound(tr("This act is no longer there."))
    if course_of(tx, row.id).counted[-1:] != (step_id,):
        raise Conflict(tr("Something else has happened since; this act can no longer be undone."))
    for issue_id in map(UUID, row.issue_ids):
        _unfollow(tx, issue_id, step)
    if step.details.get("number_before") is not None:
        row.official_number = str(step.details["number_before"])
    _step(tx, row, step.stage, "", None, {"undoes": step.id.hex})
    return suggestion_record(tx, row)


def get_suggestion(tx: Tx, suggestion_id: UUID) -> SuggestionRecord:
    """One suggestion whole. Raises NotFound."""
    return suggestion_record(tx, _row(tx, suggestion_id))


def _follow(tx: Tx, row: DeputySuggestion, issue: Issue, step: SuggestionEvent) -> None:
    facts: dict[str, Any] = {"text": step.text, "unit_id": step.unit_id}
    if step.stage is Stage.ANSWERED and issue.status is IssueStatus.RAISED:
        act(tx, issue.id, _E.REPLIED, details=_about(step), **facts)
    elif issue.status is not IssueStatus.VOIDED:
        details = _about(step) | {"stage": step.stage.value, "complex": row.complex}
        act(tx, issue.id, _E.STAGED, details=details, **facts)


def _rate(
    tx: Tx, row: DeputySuggestion, issue: Issue, rating: Rating | None, step: SuggestionEvent
) -> None:
    """The deputy's feedback is the deputy's evaluation of each issue that has its answer."""
    if issue.status in (IssueStatus.REPLIED, IssueStatus.SETTLED):
        lead = UUID(row.deputy_ids[0]) if row.deputy_ids else None
        evaluate_issue(
            tx, issue.id, rater=Rater.DEPUTY, rating=rating, how=AskedHow.FORM, deputy_id=lead,
            text=step.text, step=step.id,
        )  # fmt: skip


def _about(step: SuggestionEvent) -> dict[str, Any]:
    """What an act on an issue says about the step it comes with."""
    return {"suggestion": step.suggestion_id.hex, "step": step.id.hex}


def _unfollow(tx: Tx, issue_id: UUID, step: SuggestionEvent) -> None:
    """Take back what a step did to an issue; what moved it must be the last act on it."""
    made = [one for one in event_rows(tx, issue_id) if one.details.get("step") == step.id.hex]
    for one in reversed(made):
        row = issue_row(tx, issue_id)
        if one.event in _MOVING and last_act(tx, issue_id) != one.id:
            raise Conflict(tr("Something else has happened on {number} since.", number=row.number))
        add_event(tx, row, _E.UNDONE, details={"undoes": one.id.hex})
        refold(tx, row)


def _issues_of(tx: Tx, row: DeputySuggestion) -> Sequence[Issue]:
    """The issues that still follow this suggestion."""
    query = select(Issue).where(Issue.suggestion_id == row.id).order_by(Issue.registered_at)
    return tx.session.scalars(query).all()


def _step(
    tx: Tx,
    row: DeputySuggestion,
    stage: Stage,
    text: str,
    unit: UUID | None,
    details: Mapping[str, str] = _NOTHING,
) -> SuggestionEvent:
    made = SuggestionEvent(
        suggestion_id=row.id,
        stage=stage,
        expected=None if stage is Stage.DRAFTED else row.stage,
        happened_at=tx.now,
        actor_id=tx.actor.id,
        unit_id=unit,
        text=text,
        details=dict(details),
    )
    tx.session.add(made)
    tx.session.flush()
    row.stage = course_of(tx, row.id).stage
    tx.session.flush()
    return made


def _unit_of(tx: Tx, row: DeputySuggestion) -> UUID | None:
    """The unit that was given the suggestion."""
    counted = set(course_of(tx, row.id).counted)
    given = (one for one in steps_of(tx, row.id) if one.id in counted)
    return next((one.unit_id for one in given if one.stage is Stage.ASSIGNED), None)


def _expect(row: DeputySuggestion, expected: Stage | None) -> None:
    if expected is not None and row.stage is not expected:
        text = tr("The suggestion is at the stage “{stage}”.", stage=stage_word(row.stage))
        raise Conflict(text)


def _row(tx: Tx, suggestion_id: UUID) -> DeputySuggestion:
    row = tx.session.get(DeputySuggestion, suggestion_id)
    if row is None:
        raise NotFound(tr("This suggestion is no longer there."))
    return row
