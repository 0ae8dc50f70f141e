"""Where an issue stands: what follows from the acts of its history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from db.vocabulary import Degree, IssueEventKind, IssueStatus, Rater, Rating, Stage, Turn

_S = IssueStatus
OF_TURN = frozenset({_S.REGISTERED, _S.ASSIGNED, _S.TAKEN_UP})
_SAID = frozenset({_S.ANSWERED, _S.REPLIED})
_NOTHING: Mapping[str, Any] = {}


class Act(NamedTuple):
    """One act of the history.

    ``details`` holds what only this kind of act needs: ``into`` (joined: hex id), ``also``
    (assigned: co-handling units), ``urgent`` (assigned), ``degree`` (settled, looked back),
    ``taken_over`` (settled: the ISO date on which an earlier ledger told of it),
    ``rater``, ``rating``, ``how``, ``self_asked`` (evaluated), ``due`` (committed: ISO date),
    ``promise`` (kept, broken: the id of the promise), ``roles`` (supervised), ``found``
    (revisited, looked back), ``suggestion`` (raised), ``stage`` (staged), ``meeting`` (met),
    ``deputies`` (met, raised: hex ids), ``rules`` (registered, ruled), ``undoes`` (undone: the
    id of the act), ``attachments``.
    ``expected`` is the status the act was made on, where that matters.
    """

    event: IssueEventKind
    happened_at: datetime
    unit_id: UUID | None = None
    details: Mapping[str, Any] = _NOTHING
    expected: IssueStatus | None = None
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """A dated promise; ``kept`` is None while nobody has looked."""

    id: UUID | None
    due_on: date
    kept: bool | None = None
    closed_at: datetime | None = None


@dataclass(slots=True)
class Standing:
    """What follows from a history.

    ``began_at`` is when the clock of the present status began; ``pauses`` (from, to) stop it, and
    a pause without an end is still going on. ``looked_at`` is when the result was last looked at,
    ``holds`` that it was found as it was. ``taken_over`` is when an earlier ledger that tells of
    the settling was imported: what was to be looked at before then lay with that ledger.
    ``stage`` is how far the suggestion is, since ``stage_at``. ``overtaken`` are acts that came
    too late: they stay written, counting nothing.
    """

    status: IssueStatus = _S.REGISTERED
    began_at: datetime | None = None
    pauses: list[tuple[datetime, datetime | None]] = field(default_factory=list)
    waiting: bool = False
    joined_to: UUID | None = None
    unit_id: UUID | None = None
    also: tuple[UUID, ...] = ()
    advised: set[UUID] = field(default_factory=set)
    urgent: bool = False
    settled_at: datetime | None = None
    degree: Degree | None = None
    ratings: dict[Rater, Rating] = field(default_factory=dict)
    promises: list[Promise] = field(default_factory=list)
    roles: Mapping[str, str] | None = None
    looked_at: datetime | None = None
    holds: bool = False
    taken_over: date | None = None
    revisited: bool = False
    published: bool = False
    suggestion_id: UUID | None = None
    stage: Stage | None = None
    stage_at: datetime | None = None
    complex: bool = False
    rules: str = ""
    overtaken: set[UUID | None] = field(default_factory=set)
    undone: set[UUID | None] = field(default_factory=set)

    @property
    def turn(self) -> Turn:
        """What the issue waits for."""
        if self.status in OF_TURN:
            if self.waiting:
                return Turn.RESIDENT
            return Turn.STATION if self.status is _S.REGISTERED else Turn.UNIT
        if self.status in _SAID:
            return Turn.STATION if Rater.RESIDENT in self.ratings else Turn.RATING
        return Turn.CONGRESS if self.status is _S.RAISED else Turn.NOBODY

    @property
    def to_rate(self) -> bool:
        """Whether the resident has not yet said what they feel about the answer."""
        told = self.status in _SAID or (
            self.status is _S.SETTLED and self.degree is not Degree.NOTED
        )
        return told and Rater.RESIDENT not in self.ratings
