"""Suggestions as screens and prints show them: one whole, its steps, where these lead."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from db.models import Account, DeputySuggestion, Issue, SuggestionEvent, Unit
from db.vocabulary import IssueStatus
from station_app.domain.suggestions import (
    Course,
    Step,
    SuggestionIssue,
    SuggestionRecord,
    SuggestionStep,
    course,
    next_stage,
    step_undone,
)
from station_app.services.deputies import deputy_briefs
from station_app.services.issue_case import name_of
from station_app.store import Tx


def suggestion_record(tx: Tx, row: DeputySuggestion) -> SuggestionRecord:
    """One suggestion whole, with its steps and its issues."""
    events = steps_of(tx, row.id)
    found = course(map(as_step, events))
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
                overtaken=one.id in found.late,
                undone=one.id in found.undone,
                undoes=as_step(one).undoes,
            )
            for one in events
        ),
        due_on=min(
            (one.due_on for one in shown if one.status is IssueStatus.RAISED and one.due_on),
            default=None,
        ),
        next_stage=next_stage(row.stage),
        undoable=found.counted[-1] if found.counted else None,
    )


def course_of(tx: Tx, suggestion_id: UUID) -> Course:
    """Where the steps of a suggestion lead."""
    return course(map(as_step, steps_of(tx, suggestion_id)))


def steps_of(tx: Tx, suggestion_id: UUID) -> Sequence[SuggestionEvent]:
    """The steps of a suggestion, oldest first."""
    query = select(SuggestionEvent).where(SuggestionEvent.suggestion_id == suggestion_id)
    order = (SuggestionEvent.happened_at, SuggestionEvent.id)
    return tx.session.scalars(query.order_by(*order)).all()


def as_step(one: SuggestionEvent) -> Step:
    """One step as the fold takes it."""
    return Step(one.id, one.stage, one.expected, step_undone(one.details))
