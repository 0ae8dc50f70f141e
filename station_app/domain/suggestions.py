"""Suggestions of deputies: what is typed, the seven stages in order, where one stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
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
    """One step of a suggestion; ``overtaken`` came after another one had been taken.

    ``undone`` was taken back. ``undoes`` is set in what takes a step back, its ``stage`` is then
    the one that was taken back.
    """

    id: UUID
    stage: Stage
    happened_at: datetime
    actor: str
    unit: str
    text: str
    overtaken: bool
    undone: bool = False
    undoes: UUID | None = None

    @property
    def counts(self) -> bool:
        """Whether it is a step that the suggestion stands on."""
        return not (self.overtaken or self.undone or self.undoes)


@dataclass(frozen=True, slots=True)
class SuggestionIssue:
    """One issue that a suggestion was drawn from."""

    id: UUID
    number: str
    title: str
    status: IssueStatus


@dataclass(frozen=True, slots=True)
class SuggestionRecord:
    """One suggestion whole. ``due_on`` is when its answer is due, while that is awaited.

    ``undoable`` is the step that may be taken back: the last one that counts.
    """

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
    undoable: UUID | None = None


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


class Step(NamedTuple):
    """One step as the fold sees it; ``expected`` is the stage it was taken on."""

    id: UUID
    stage: Stage
    expected: Stage | None
    undoes: UUID | None = None


def step_undone(details: Mapping[str, Any]) -> UUID | None:
    """The step that one with these details takes back, if it is such a one."""
    try:
        return UUID(str(details["undoes"]))
    except (KeyError, ValueError):
        return None


class Course(NamedTuple):
    """Where steps lead: the stage, those that count, those that came too late, those undone."""

    stage: Stage
    counted: tuple[UUID, ...]
    late: frozenset[UUID]
    undone: frozenset[UUID]


def course(steps: Iterable[Step]) -> Course:
    """Where ``steps``, oldest first, lead. What was taken back, and its taking back, lead nowhere.

    The beginning as a draft can not be taken back.
    """
    taken = list(steps)
    undone = {one.undoes for one in taken if one.undoes is not None}
    undone -= {one.id for one in taken if one.stage is Stage.DRAFTED}
    stage, counted, late = Stage.DRAFTED, list[UUID](), set[UUID]()
    for one in taken:
        if one.stage is Stage.DRAFTED or one.undoes is not None or one.id in undone:
            continue
        fits = one.stage is next_stage(stage) or (
            one.stage is Stage.WITHDRAWN and may_withdraw(stage)
        )
        if not fits or (one.expected is not None and one.expected is not stage):
            late.add(one.id)
            continue
        stage = one.stage
        counted.append(one.id)
    return Course(stage, tuple(counted), frozenset(late), frozenset(undone))
