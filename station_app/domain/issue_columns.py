"""What is kept beside an issue for its lists: its standing and the days that follow from it."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from db.vocabulary import Clock, Degree, IssueStatus, Rater, Rating, Turn
from station_app.domain.deadlines import Deadline, deadlines, next_due
from station_app.domain.rules import RuleSet
from station_app.domain.standing import Standing
from station_app.domain.working_days import WorkCalendar


class IssueColumns(NamedTuple):
    """The derived columns of an issue, by their names in the file."""

    status: IssueStatus
    joined_to: UUID | None
    unit_id: UUID | None
    settled_at: datetime | None
    turn: Turn
    due_on: date | None
    promise_on: date | None
    look_back_on: date | None
    revisit_on: date | None
    to_rate: bool
    supervised: bool
    degree: Degree | None
    rating: Rating | None
    suggestion_id: UUID | None


def issue_columns(found: Standing, rules: RuleSet, calendar: WorkCalendar) -> IssueColumns:
    """The columns that follow from a standing, by the rules it began under."""
    running = deadlines(found, rules, calendar)
    due = next_due(running)
    return IssueColumns(
        status=found.status,
        joined_to=found.joined_to,
        unit_id=found.unit_id,
        settled_at=found.settled_at,
        turn=found.turn,
        due_on=None if due is None else due.due_on,
        promise_on=_first(running, Clock.PROMISE),
        look_back_on=_first(running, Clock.LOOK_BACK),
        revisit_on=_first(running, Clock.REVISIT),
        to_rate=found.to_rate,
        supervised=found.roles is not None and found.turn is not Turn.NOBODY,
        degree=found.degree,
        rating=found.ratings.get(Rater.RESIDENT),
        suggestion_id=found.suggestion_id,
    )


def _first(running: tuple[Deadline, ...], clock: Clock) -> date | None:
    return min((one.due_on for one in running if one.clock is clock and one.due_on), default=None)
