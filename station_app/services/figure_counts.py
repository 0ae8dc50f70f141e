"""What each figure counts: one place says it, and totals, parts and rows are read from there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal_column, or_, select

from db.models import (
    Activity,
    Assistance,
    Attendance,
    Deputy,
    Issue,
    IssueFact,
    ReceptionDay,
    Visit,
)
from db.vocabulary import DayStatus, Degree, FactKind, IssueStatus, Rating, RoleClass
from station_app.domain.figures import Figure
from station_app.domain.periods import Period
from station_app.store import Tx

Where = tuple[ColumnElement[bool], ...]

_DAY = timedelta(days=1)

#: Joined ones are counted at the issue they joined, void ones nowhere. Said as a list, because
#: the index by status serves no “is not”.
_STANDING = [one for one in IssueStatus if one not in (IssueStatus.JOINED, IssueStatus.VOIDED)]
#: The states of a day that was held.
HELD = (DayStatus.CLOSED, DayStatus.LOCKED)
_CONTENT = (Rating.SATISFIED.value, Rating.FAIRLY_SATISFIED.value)


@dataclass(frozen=True, slots=True)
class Counted:
    """The rows of ``source`` that a figure counts.

    ``hit``: those that count, where the figure is a share of all of them. ``weight``: what a row
    adds, one without it. ``order``: a value and the id, along an index. ``day``: the local day.
    """

    source: Any
    where: Where
    order: tuple[ColumnElement[Any], ColumnElement[Any]]
    day: ColumnElement[Any]
    hit: ColumnElement[bool] | None = None
    weight: ColumnElement[int] | None = None

    @property
    def hits_where(self) -> Where:
        """What is asked beside ``hit``: a settled issue is neither joined nor void."""
        return self.where[:2] + self.where[3:] if self.source is Issue else self.where


def counted(tx: Tx, figure: Figure, period: Period) -> Counted:
    """What ``figure`` counts in ``period``."""
    return _MAKERS[figure](tx, period)


def hits(what: Counted) -> ColumnElement[bool]:
    """Whether a row counts, never null."""
    return literal_column("1") == 1 if what.hit is None else func.coalesce(what.hit, 0) == 1


def starts(tx: Tx, day: date) -> datetime:
    """The first moment of a day."""
    return datetime.combine(day, time(), tx.zone)


def local_day(moment: Any) -> ColumnElement[str]:
    """The day of a moment on the station's clock; the zone is fixed (domain/moments)."""
    return func.date(moment, "+8 hours")


def _within(tx: Tx, moment: Any, period: Period) -> Where:
    ends = starts(tx, period.last + _DAY)
    return (moment >= starts(tx, period.first), moment < ends)


def _days_of(period: Period) -> Select[Any]:
    return select(ReceptionDay.id).where(ReceptionDay.campaign == period.campaign)


def _issues_of(period: Period) -> Select[Any]:
    visits = select(Visit.id).where(Visit.day_id.in_(_days_of(period)))
    return select(Issue.id).where(Issue.visit_id.in_(visits))


def _receptions(tx: Tx, period: Period) -> Counted:
    where: Where = (
        ReceptionDay.held_on.between(period.first, period.last),
        ReceptionDay.status.in_(HELD),
    )
    if period.campaign:
        where += (ReceptionDay.campaign == period.campaign,)
    held_on = ReceptionDay.held_on.expression
    return Counted(ReceptionDay, where, (held_on, ReceptionDay.id.expression), held_on)


def came(period: Period) -> Where:
    """The check-ins of deputies at days and activities of a period that stand."""
    days = select(ReceptionDay.id).where(
        ReceptionDay.held_on.between(period.first, period.last),
        ReceptionDay.status != DayStatus.CANCELLED,
    )
    activities = select(Activity.id).where(
        Activity.held_on.between(period.first, period.last), ~Activity.cancelled
    )
    if period.campaign:
        days = days.where(ReceptionDay.campaign == period.campaign)
        activities = activities.where(Activity.campaign == period.campaign)
    return (
        or_(Attendance.day_id.in_(days), Attendance.activity_id.in_(activities)),
        Attendance.role_class == RoleClass.DEPUTY,
        Attendance.deputy_id.is_not(None),
        Attendance.voided_at.is_(None),
    )


def came_on() -> ColumnElement[Any]:
    """The day of a check-in: that of its reception or of its activity."""
    day = select(ReceptionDay.held_on).where(ReceptionDay.id == Attendance.day_id)
    activity = select(Activity.held_on).where(Activity.id == Attendance.activity_id)
    return func.coalesce(day.scalar_subquery(), activity.scalar_subquery())


def _attendances(tx: Tx, period: Period) -> Counted:
    at = Attendance.checked_in_at.expression
    order = (at, Attendance.id.expression)
    return Counted(Attendance, came(period), order, came_on())


def _deputies(tx: Tx, period: Period) -> Counted:
    where = (Deputy.id.in_(select(Attendance.deputy_id).where(*came(period))),)
    order = (Deputy.sort_key.expression, Deputy.id.expression)
    return Counted(Deputy, where, order, literal_column("''"))


def _attendance_rate(tx: Tx, period: Period) -> Counted:
    there = or_(Deputy.retired_at.is_(None), Deputy.retired_at >= starts(tx, period.first))
    hit = Deputy.id.in_(select(Attendance.deputy_id).where(*came(period)))
    order = (Deputy.sort_key.expression, Deputy.id.expression)
    return Counted(Deputy, (there,), order, literal_column("''"), hit)


def _visits(tx: Tx, period: Period) -> Counted:
    where = (*_within(tx, Visit.arrived_at, period), literal_column("visit.voided_at IS NULL"))
    if period.campaign:
        where += (Visit.day_id.in_(_days_of(period)),)
    order = (Visit.arrived_at.expression, Visit.id.expression)
    return Counted(Visit, where, order, local_day(Visit.arrived_at))


def _people(tx: Tx, period: Period) -> Counted:
    what = _visits(tx, period)
    return Counted(
        what.source, what.where, what.order, what.day, weight=Visit.party_size.expression
    )


def _issues(tx: Tx, period: Period, hit: ColumnElement[bool] | None = None) -> Counted:
    where = (*_within(tx, Issue.registered_at, period), Issue.status.in_(_STANDING))
    if period.campaign:
        where += (Issue.id.in_(_issues_of(period)),)
    order = (Issue.registered_at.expression, Issue.id.expression)
    return Counted(Issue, where, order, local_day(Issue.registered_at), hit)


def _open(tx: Tx, period: Period) -> Counted:
    where: Where = (
        Issue.registered_at < starts(tx, period.last + _DAY),
        Issue.turn != literal_column("'nobody'"),  # literally, for the index of open issues
    )
    order = (Issue.registered_at.expression, Issue.id.expression)
    return Counted(Issue, where, order, local_day(Issue.registered_at))


def _facts(kind: FactKind, period: Period, *more: ColumnElement[bool], hit: Any = None) -> Counted:
    where: Where = (
        IssueFact.kind == kind,
        IssueFact.day.between(period.first, period.last),
        *more,
    )
    if period.campaign:
        where += (IssueFact.issue_id.in_(_issues_of(period)),)
    order = (IssueFact.day.expression, IssueFact.event_id.expression)
    return Counted(IssueFact, where, order, IssueFact.day.expression, hit)


def _due(kind: FactKind, last: date, period: Period) -> Counted:
    """What was due: up to ``last``, or done already."""
    due = or_(IssueFact.day <= last, IssueFact.done.is_not(None))
    return _facts(kind, period, due, hit=IssueFact.done.is_(True))


def _rated(period: Period, *, apart: bool) -> Counted:
    asked = IssueFact.apart.is_(apart)
    return _facts(FactKind.RATED, period, asked, hit=IssueFact.word.in_(_CONTENT))


def _help(tx: Tx, period: Period, weight: Any) -> Counted:
    where: Where = (
        Assistance.held_on.between(period.first, period.last),
        Assistance.voided_at.is_(None),
    )
    if period.campaign:
        tagged = Assistance.campaign == period.campaign
        where += (or_(tagged, Assistance.day_id.in_(_days_of(period))),)
    held_on = Assistance.held_on.expression
    order = (held_on, Assistance.id.expression)
    return Counted(Assistance, where, order, held_on, weight=weight.expression)


def _solved(period: Period) -> Counted:
    return _facts(FactKind.SETTLED, period, IssueFact.word == Degree.SOLVED.value)


_SETTLED_HIT = Issue.status == IssueStatus.SETTLED
#: Only settled issues have a degree.
_SOLVED_HIT = Issue.degree == Degree.SOLVED

_MAKERS: Mapping[Figure, Callable[[Tx, Period], Counted]] = {
    Figure.RECEPTIONS: _receptions,
    Figure.ATTENDANCES: _attendances,
    Figure.DEPUTIES: _deputies,
    Figure.ATTENDANCE_RATE: _attendance_rate,
    Figure.PEOPLE: _people,
    Figure.VISITS: _visits,
    Figure.ISSUES: _issues,
    Figure.SOLVED: lambda tx, period: _solved(period),
    Figure.SETTLED_RATE: lambda tx, period: _issues(tx, period, _SETTLED_HIT),
    Figure.SOLVED_RATE: lambda tx, period: _issues(tx, period, _SOLVED_HIT),
    Figure.KEPT_RATE: lambda tx, period: _due(FactKind.PROMISE, tx.today, period),
    Figure.SATISFACTION: lambda tx, period: _rated(period, apart=False),
    Figure.SELF_ASKED: lambda tx, period: _rated(period, apart=True),
    Figure.IN_TIME: lambda tx, period: _due(FactKind.REPLY, tx.today - _DAY, period),
    Figure.HELPED: lambda tx, period: _help(tx, period, Assistance.people),
    Figure.AMOUNT: lambda tx, period: _help(tx, period, Assistance.amount),
    Figure.OPEN: _open,
}
