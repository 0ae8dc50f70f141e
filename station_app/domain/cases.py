"""What an issue carries beside its texts: promises, evaluations, the units that share it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from db.vocabulary import (
    AskedHow,
    IssueEventKind,
    IssueStatus,
    Rater,
    Rating,
    Supervisor,
    Turn,
)
from station_app.domain.deadlines import Deadline
from station_app.domain.transitions import allows


@dataclass(frozen=True, slots=True)
class PromiseRecord:
    """A dated promise. ``kept`` is None while nobody has looked; ``late``: kept after its day."""

    id: UUID
    text: str
    due_on: date
    unit: str
    deputy: str
    kept: bool | None
    late: bool
    closed_at: datetime | None
    evidence: str


class PromiseLine(NamedTuple):
    """One promise in a list of them, with its issue."""

    number: str
    title: str
    made_on: date
    promise: PromiseRecord


@dataclass(frozen=True, slots=True)
class EvaluationRecord:
    """What somebody felt. ``who`` is their name; ``self_asked``: asked by who handled it (自访).

    ``current`` is the one that counts now: later answers and ratings leave earlier ones behind.
    """

    id: UUID
    rater: Rater
    rating: Rating
    who: str
    how: AskedHow | None
    asked_by: str
    self_asked: bool
    rated_at: datetime
    text: str
    current: bool


@dataclass(frozen=True, slots=True)
class UnitShare:
    """One unit that an issue is assigned to; ``advised``: its opinion has been given."""

    id: UUID
    name: str
    leads: bool
    advised: bool


@dataclass(frozen=True, slots=True)
class Case:
    """Everything of an issue that casework adds; ``undoable`` is the act that may be undone."""

    turn: Turn = Turn.STATION
    waiting: bool = False
    deadlines: tuple[Deadline, ...] = ()
    units: tuple[UnitShare, ...] = ()
    promises: tuple[PromiseRecord, ...] = ()
    evaluations: tuple[EvaluationRecord, ...] = ()
    to_rate: bool = False
    roles: Mapping[Supervisor, str] | None = None
    published: bool = False
    suggestion_id: UUID | None = None
    rules: str = ""
    rules_name: str = ""
    undoable: UUID | None = None


def may(status: IssueStatus, case: Case, event: IssueEventKind) -> bool:
    """Whether an act is possible now: its status allows it and what it speaks of is there."""
    there = {
        IssueEventKind.WAITING: not case.waiting,
        IssueEventKind.RESUMED: case.waiting,
        IssueEventKind.ADVISED: any(not (one.leads or one.advised) for one in case.units),
        IssueEventKind.KEPT: any(one.kept is None for one in case.promises),
        IssueEventKind.SUPERVISED: case.roles is None,
        IssueEventKind.UNSUPERVISED: case.roles is not None,
        IssueEventKind.PUBLISHED: not case.published,
        IssueEventKind.UNPUBLISHED: case.published,
    }
    return there.get(event, True) and allows(status, event)
