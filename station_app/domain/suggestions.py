"""Suggestions of deputies: what is typed, the seven stages in order, where one stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from db.vocabulary import IssueStatus, Stage
from station_app.domain.deputies import DeputyBrief
from station_app.i18n import tr

#: The stages in their order; a suggestion goes from one to the next.
STAGES = (
    Stage.DRAFTED,
    Stage.REVIEWED,
    Stage.CLASSIFIED,
    Stage.ASSIGNED,
    Stage.HANDLED,
    Stage.ANSWERED,
    Stage.SUPERVISED,
    Stage.FED_BACK,
)


@dataclass(frozen=True, slots=True)
class SuggestionDraft:
    """A suggestion as typed; the first of ``deputy_ids`` leads, the others sign with them."""

    title: str
    text: str
    issue_ids: tuple[UUID, ...]
    deputy_ids: tuple[UUID, ...] = ()
    complex: bool = False


@dataclass(frozen=True, slots=True)
class SuggestionStep:
    """One step of a suggestion; ``overtaken`` came after another one had been taken."""

    id: UUID
    stage: Stage
    happened_at: datetime
    actor: str
    unit: str
    text: str
    overtaken: bool


@dataclass(frozen=True, slots=True)
class SuggestionIssue:
    """One issue that a suggestion was drawn from."""

    id: UUID
    number: str
    title: str
    status: IssueStatus


@dataclass(frozen=True, slots=True)
class SuggestionRecord:
    """One suggestion whole. ``due_on`` is when its answer is due, while that is awaited."""

    id: UUID
    edition: int
    title: str
    text: str
    official_number: str
    complex: bool
    drafted_on: date
    stage: Stage
    deputies: tuple[DeputyBrief, ...]
    issues: tuple[SuggestionIssue, ...]
    steps: tuple[SuggestionStep, ...]
    due_on: date | None
    next_stage: Stage | None


@dataclass(frozen=True, slots=True)
class SuggestionRow:
    """One suggestion in a list; ``due_on`` is when its answer is due, while that is awaited."""

    id: UUID
    title: str
    official_number: str
    stage: Stage
    drafted_on: date
    lead: str
    issue_count: int
    due_on: date | None = None


def suggestion_violations(draft: SuggestionDraft) -> list[tuple[str, str]]:
    """(field, sentence) for everything wrong with a suggestion as typed."""
    found = []
    if not draft.title.strip():
        found.append(("title", tr("Write a title.")))
    if len(draft.title) > 100:
        found.append(("title", tr("A title has at most 100 characters.")))
    if not draft.text.strip():
        found.append(("text", tr("Write down what is suggested.")))
    if not draft.issue_ids:
        found.append(("issue_ids", tr("Choose the issues it is drawn from.")))
    if not draft.deputy_ids:
        found.append(("deputy_ids", tr("Choose the deputy who makes it.")))
    return found


def next_stage(stage: Stage) -> Stage | None:
    """The stage after ``stage``; None at the end."""
    if stage not in STAGES or stage is STAGES[-1]:
        return None
    return STAGES[STAGES.index(stage) + 1]


def may_withdraw(stage: Stage) -> bool:
    """Whether a suggestion can still be withdrawn: not once it was answered."""
    return stage in STAGES and STAGES.index(stage) < STAGES.index(Stage.ANSWERED)


def stage_after(steps: Iterable[tuple[UUID, Stage, Stage | None]]) -> tuple[Stage, set[UUID]]:
    """Where steps (id, stage, expected stage), oldest first, lead, and those that came too late."""
    stage, late = Stage.DRAFTED, set()
    for ident, to, expected in steps:
        fits = to is next_stage(stage) or (to is Stage.WITHDRAWN and may_withdraw(stage))
        if to is Stage.DRAFTED or (expected is not None and expected is not stage) or not fits:
            if to is not Stage.DRAFTED:
                late.add(ident)
            continue
        stage = to
    return stage, late
