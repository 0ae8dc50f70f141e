"""What a deputy did in a year, as the records know it: for the duty file and the duty points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from db.vocabulary import ActivityKind, Channel, Degree, IssueStatus, Stage
from station_app.domain.deputies import DeputyRecord


class ReceptionDone(NamedTuple):
    """A reception day: ``due`` on it or not, and when they checked in. ``over``: it was held."""

    held_on: date
    place: str
    theme: str
    due: bool
    came_at: datetime | None
    over: bool


class VisitsDone(NamedTuple):
    """The visits received on one day in one way: nobody's name, only how many."""

    on: date
    channel: Channel
    visits: int
    people: int
    issues: int


class IssueDone(NamedTuple):
    """An issue they received or acted on, and how it stands; ``settled_on`` while it is settled."""

    registered_on: date
    number: str
    title: str
    received: bool
    status: IssueStatus
    degree: Degree | None
    settled_on: date | None


class PromiseDone(NamedTuple):
    """A promise they made; ``kept`` is None while that is open."""

    made_on: date
    number: str
    text: str
    due_on: date
    kept: bool | None
    closed_on: date | None


class SuggestionDone(NamedTuple):
    """A suggestion they made, alone, first or with others."""

    drafted_on: date
    title: str
    official_number: str
    leads: bool
    stage: Stage


class ActivityDone(NamedTuple):
    """An activity in which they took part."""

    held_on: date
    kind: ActivityKind
    title: str
    place: str


class HelpDone(NamedTuple):
    """Help they gave or brought; ``amount`` in fen."""

    held_on: date
    people: int
    amount: int
    what: str


@dataclass(frozen=True, slots=True)
class DutyFile:
    """One deputy's year, each list in the order of its days. No resident is named."""

    deputy: DeputyRecord
    year: int
    receptions: tuple[ReceptionDone, ...] = ()
    visits: tuple[VisitsDone, ...] = ()
    issues: tuple[IssueDone, ...] = ()
    promises: tuple[PromiseDone, ...] = ()
    suggestions: tuple[SuggestionDone, ...] = ()
    activities: tuple[ActivityDone, ...] = ()
    help: tuple[HelpDone, ...] = ()

    @property
    def came(self) -> tuple[date, ...]:
        """The reception days to which they came."""
        return tuple(one.held_on for one in self.receptions if one.came_at is not None)

    @property
    def due(self) -> int:
        """On how many reception days that are over they were due."""
        return sum(one.due and one.over for one in self.receptions)

    def took_part(self, *kinds: ActivityKind) -> tuple[ActivityDone, ...]:
        """The activities of these kinds."""
        return tuple(one for one in self.activities if one.kind in kinds)


class Aspect(StrEnum):
    """The twelve sides of a deputy's work that points are given for, in their order."""

    CONGRESS = "congress"
    MEETINGS = "meetings"
    SUGGESTIONS = "suggestions"
    RECEPTIONS = "receptions"
    VISITS = "visits"
    ISSUES = "issues"
    CONTACT = "contact"
    INSPECTION = "inspection"
    TRAINING = "training"
    REPORT = "report"
    HELP = "help"
    AWARDS = "awards"


_K = ActivityKind
#: The activities that count for an aspect.
_KINDS: Mapping[Aspect, tuple[ActivityKind, ...]] = {
    Aspect.MEETINGS: (_K.MEETING, _K.HEARING),
    Aspect.CONTACT: (_K.VISIT, _K.TALK, _K.LIVESTREAM),
    Aspect.INSPECTION: (_K.INSPECTION, _K.SURVEY, _K.LAW_CHECK),
    Aspect.TRAINING: (_K.TRAINING,),
    Aspect.REPORT: (_K.REPORT,),
    Aspect.HELP: (_K.VOLUNTEER,),
}


def counted_days(file: DutyFile, aspect: Aspect) -> tuple[date, ...] | None:
    """A day for each time that counts for ``aspect``; None where the records know nothing of it.

    Issues count once they are settled, promises once they were kept; what was withdrawn does not.
    """
    if aspect in (Aspect.CONGRESS, Aspect.AWARDS):
        return None
    days = [one.held_on for one in file.took_part(*_KINDS.get(aspect, ()))]
    if aspect is Aspect.SUGGESTIONS:
        standing = (one for one in file.suggestions if one.stage is not Stage.WITHDRAWN)
        days += [one.drafted_on for one in standing]
    elif aspect is Aspect.RECEPTIONS:
        days += file.came
    elif aspect is Aspect.VISITS:
        days += [one.on for one in file.visits for _ in range(one.visits)]
    elif aspect is Aspect.ISSUES:
        days += _settled(file)
    elif aspect is Aspect.HELP:
        days += [one.held_on for one in file.help]
    return tuple(sorted(days))


def _settled(file: DutyFile) -> list[date]:
    """When issues were settled and promises kept, within the year."""
    kept = [one.closed_on for one in file.promises if one.kept]
    done = [*(one.settled_on for one in file.issues), *kept]
    return [on for on in done if on is not None and on.year == file.year]
