"""Deadlines: computed from the history by the rules it began under, and told in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from db.vocabulary import Clock, Degree, IssueStatus, Stage, Turn
from station_app.domain.moments import local
from station_app.domain.rules import RuleSet, Span
from station_app.domain.standing import Standing
from station_app.domain.working_days import WorkCalendar, months_later
from station_app.i18n import tr

_S = IssueStatus
_WITH_UNIT = frozenset({_S.ASSIGNED, _S.TAKEN_UP})
_DAY = timedelta(days=1)
#: These stop while the issue waits for the resident; the others go on by the calendar.
_PAUSABLE = frozenset({Clock.DECIDE, Clock.REPLY, Clock.ADVISE})


@dataclass(frozen=True, slots=True)
class Deadline:
    """One deadline and where it comes from.

    ``due_on`` is None while the clock stands still. ``paused_days`` are the days (working days
    where those are counted) that waiting and the like took out. ``certain`` is False when it
    reaches into a year whose holidays are not known yet.
    """

    clock: Clock
    due_on: date | None
    began_on: date
    span: Span | None = None
    paused_days: int = 0
    certain: bool = True

    @property
    def words(self) -> str:
        """The rule behind it, as people say it."""
        said = _since(self)
        if self.paused_days:
            said = tr(
                "{said}, less {n} days waited for the resident", said=said, n=self.paused_days
            )
        if self.due_on is None:
            said = tr("{said}; stands still while waiting for the resident", said=said)
        if not self.certain:
            said = tr("{said} (holidays of that year are not known yet)", said=said)
        return said


def deadlines(found: Standing, rules: RuleSet, calendar: WorkCalendar) -> tuple[Deadline, ...]:
    """Every clock that runs or stands still on an issue, the one of its turn first."""
    return tuple(_deadlines(found, rules, calendar))


def next_due(found: tuple[Deadline, ...]) -> Deadline | None:
    """The deadline of whose turn it is (decide, reply, suggestion), if there is one."""
    turns = (Clock.DECIDE, Clock.REPLY, Clock.SUGGESTION)
    return next((one for one in found if one.clock in turns), None)


def in_time(due_on: date | None, done_at: datetime) -> bool:
    """Whether something done at ``done_at`` was done by ``due_on``."""
    return due_on is None or local(done_at).date() <= due_on


def _deadlines(found: Standing, rules: RuleSet, calendar: WorkCalendar) -> Iterator[Deadline]:
    def due(clock: Clock, began: datetime, span: Span) -> Deadline:
        return _deadline(clock, began, span, found, calendar)

    if found.status is _S.REGISTERED and found.began_at:
        yield due(Clock.DECIDE, found.began_at, rules.spans["decide"])
    if found.status in _WITH_UNIT and found.began_at:
        name = "reply_urgent" if found.urgent else "reply"
        yield due(Clock.REPLY, found.began_at, rules.spans[name])
        if set(found.also) - found.advised:
            yield due(Clock.ADVISE, found.began_at, rules.spans["advise"])
    if found.status is _S.RAISED and found.stage_at and found.stage is not Stage.WITHDRAWN:
        name = "suggestion_complex" if found.complex else "suggestion"
        yield due(Clock.SUGGESTION, found.stage_at, rules.spans[name])
    for promise in found.promises:
        if promise.kept is None and found.status not in (_S.VOIDED, _S.JOINED):
            yield Deadline(Clock.PROMISE, promise.due_on, promise.due_on)
    for care in _care(found, rules, due):
        if found.taken_over is None or care.due_on is None or care.due_on >= found.taken_over:
            yield care


def _care(
    found: Standing, rules: RuleSet, due: Callable[[Clock, datetime, Span], Deadline]
) -> Iterator[Deadline]:
    """When a settled issue is to be looked at again."""
    if found.status is not _S.SETTLED or not found.settled_at or not found.looked_at:
        return
    if found.degree is Degree.SOLVED and not found.revisited:
        yield due(Clock.REVISIT, found.settled_at, rules.spans["revisit"])
    span = rules.look_back.get(found.degree) if found.degree else None
    # A plan is looked at again and again until it is done; a result once, in the next year.
    if span is not None and not (found.holds and span.next_year):
        yield due(Clock.LOOK_BACK, found.looked_at, span)


def _deadline(
    clock: Clock, began: datetime, span: Span, found: Standing, calendar: WorkCalendar
) -> Deadline:
    began_on = local(began).date()
    if clock in _PAUSABLE and found.turn is Turn.RESIDENT:
        return Deadline(clock, None, began_on, span)
    paused = _paused(found, began_on) if clock in _PAUSABLE else frozenset()
    if span.working_days:
        due_on = calendar.later(began_on, span.working_days, paused)
        taken = sum(began_on < day <= due_on and calendar.is_working(day) for day in paused)
    else:
        due_on, taken = _by_calendar(began_on, span, paused)
        due_on = calendar.not_before(due_on)
    return Deadline(clock, due_on, began_on, span, taken, calendar.knows(began_on, due_on))


def _by_calendar(began_on: date, span: Span, paused: frozenset[date]) -> tuple[date, int]:
    if span.next_year:
        month, day = (int(one) for one in span.next_year.split("-"))
        return date(began_on.year + 1, month, day), 0
    plain = months_later(began_on, span.months) if span.months else began_on + _DAY * span.days
    due_on, taken = plain, 0
    while (now := sum(began_on < day <= due_on for day in paused)) > taken:
        taken, due_on = now, plain + _DAY * now
    return due_on, taken


def _paused(found: Standing, began_on: date) -> frozenset[date]:
    """The days taken out: each one after a pause began, up to the day it ended."""
    days = set()
    for began, ended in found.pauses:
        if ended is None:
            continue
        day, last = max(local(began).date(), began_on), local(ended).date()
        while day < last:
            day += _DAY
            days.add(day)
    return frozenset(days)


def _since(one: Deadline) -> str:
    date_words = f"{one.began_on:%m-%d}"
    if one.span is None:
        return tr("promised for this day")
    span = one.span.words
    if one.clock in (Clock.REPLY, Clock.ADVISE, Clock.SUGGESTION):
        return tr("{span}, from the assignment on {date}", span=span, date=date_words)
    if one.clock is Clock.DECIDE:
        return tr("{span}, since it came to the station on {date}", span=span, date=date_words)
    return tr("{span}, from the settlement on {date}", span=span, date=date_words)
