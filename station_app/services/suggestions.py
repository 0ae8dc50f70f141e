"""Suggestions of deputies: drawn from issues, taken through seven stages; the issues follow."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from db.models import Account, DeputySuggestion, Issue, SuggestionEvent, Unit
from db.vocabulary import AskedHow, IssueEventKind, IssueStatus, Rater, Rating, Stage
from station_app.domain.accounts import require_writer
from station_app.domain.case_words import stage_word
from station_app.domain.suggestions import (
    SuggestionDraft,
    SuggestionIssue,
    SuggestionRecord,
    SuggestionStep,
    may_withdraw,
    next_stage,
    stage_after,
    suggestion_violations,
)
from station_app.errors import Conflict, NotFound, RuleViolation, violations
from station_app.i18n import tr
from station_app.services.deputies import deputy_briefs
from station_app.services.issue_act import act, ready, required, unit_row
from station_app.services.issue_case import name_of
from station_app.services.issue_results import evaluate_issue
from station_app.store import Tx

_E = IssueEventKind


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
    if official_number.strip():
        row.official_number = official_number.strip()
    _step(tx, row, stage, text.strip(), unit, rating)
    for one in _issues_of(tx, row):
        _follow(tx, row, one, stage, text.strip(), unit)
        if stage is Stage.FED_BACK:
            _rate(tx, row, one, rating, text.strip())
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
    _step(tx, row, Stage.WITHDRAWN, why, None)
    for one in _issues_of(tx, row):
        if one.status is IssueStatus.RAISED:
            act(tx, one.id, _E.WITHDRAWN, text=why, details={"suggestion": row.id.hex})
    return suggestion_record(tx, row)


def get_suggestion(tx: Tx, suggestion_id: UUID) -> SuggestionRecord:
    """One suggestion whole. Raises NotFound."""
    return suggestion_record(tx, _row(tx, suggestion_id))


def suggestion_record(tx: Tx, row: DeputySuggestion) -> SuggestionRecord:
    """One suggestion whole, with its steps and its issues."""
    events = _events(tx, row.id)
    _, late = stage_after((one.id, one.stage, one.expected) for one in events)
    issues = [tx.session.get(Issue, UUID(one)) for one in row.issue_ids]
    shown = [one for one in issues if one is not None]
    return SuggestionRecord(
        id=row.id,
        edition=row.edition,
        title=row.title,
        text=row.text,
        official_number=row.official_number,
        complex=row.complex,
        drafted_on=row.drafted_on,
        stage=row.stage,
        deputies=deputy_briefs(tx, [UUID(one) for one in row.deputy_ids]),
        issues=tuple(SuggestionIssue(one.id, one.number, one.title, one.status) for one in shown),
        steps=tuple(
            SuggestionStep(
                id=one.id,
                stage=one.stage,
                happened_at=one.happened_at,
                actor=name_of(tx, Account, one.actor_id),
                unit=name_of(tx, Unit, one.unit_id),
                text=one.text,
                overtaken=one.id in late,
            )
            for one in events
        ),
        due_on=min(
            (one.due_on for one in shown if one.status is IssueStatus.RAISED and one.due_on),
            default=None,
        ),
        next_stage=next_stage(row.stage),
    )


def _follow(
    tx: Tx, row: DeputySuggestion, issue: Issue, stage: Stage, text: str, unit: UUID | None
) -> None:
    if stage is Stage.ANSWERED and issue.status is IssueStatus.RAISED:
        act(tx, issue.id, _E.REPLIED, text=text, unit_id=unit, details={"suggestion": row.id.hex})
        return
    details = {"stage": stage.value, "complex": row.complex, "suggestion": row.id.hex}
    if issue.status is not IssueStatus.VOIDED:
        act(tx, issue.id, _E.STAGED, text=text, unit_id=unit, details=details)


def _rate(tx: Tx, row: DeputySuggestion, issue: Issue, rating: Rating | None, text: str) -> None:
    """The deputy's feedback is the deputy's evaluation of each issue that has its answer."""
    if issue.status in (IssueStatus.REPLIED, IssueStatus.SETTLED):
        lead = UUID(row.deputy_ids[0]) if row.deputy_ids else None
        evaluate_issue(
            tx, issue.id, rater=Rater.DEPUTY, rating=rating, how=AskedHow.FORM, deputy_id=lead,
            text=text,
        )  # fmt: skip


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
    rating: Rating | None = None,
) -> None:
    tx.session.add(
        SuggestionEvent(
            suggestion_id=row.id,
            stage=stage,
            expected=None if stage is Stage.DRAFTED else row.stage,
            happened_at=tx.now,
            actor_id=tx.actor.id,
            unit_id=unit,
            text=text,
            details={} if rating is None else {"rating": rating.value},
        )
    )
    tx.session.flush()
    steps = ((one.id, one.stage, one.expected) for one in _events(tx, row.id))
    row.stage = stage_after(steps)[0]
    tx.session.flush()


def _events(tx: Tx, suggestion_id: UUID) -> Sequence[SuggestionEvent]:
    query = select(SuggestionEvent).where(SuggestionEvent.suggestion_id == suggestion_id)
    order = (SuggestionEvent.happened_at, SuggestionEvent.id)
    return tx.session.scalars(query.order_by(*order)).all()


def _unit_of(tx: Tx, row: DeputySuggestion) -> UUID | None:
    """The unit that was given the suggestion."""
    units = [one.unit_id for one in _events(tx, row.id) if one.stage is Stage.ASSIGNED]
    return units[-1] if units else None


def _expect(row: DeputySuggestion, expected: Stage | None) -> None:
    if expected is not None and row.stage is not expected:
        text = tr("The suggestion is at the stage “{stage}”.", stage=stage_word(row.stage))
        raise Conflict(text)


def _row(tx: Tx, suggestion_id: UUID) -> DeputySuggestion:
    row = tx.session.get(DeputySuggestion, suggestion_id)
    if row is None:
        raise NotFound(tr("This suggestion is no longer there."))
    return row
