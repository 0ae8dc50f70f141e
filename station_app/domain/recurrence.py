"""When reception days recur: every 10th, odd months' 15th, each Monday; holidays shift them."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import UUID

from db.vocabulary import DayKind, DayStatus, Pattern, Shift
from station_app.domain.working_days import WorkCalendar
from station_app.errors import violations
from station_app.i18n import tr

ALL_MONTHS = frozenset(range(1, 13))
ODD_MONTHS = frozenset(range(1, 13, 2))
EVEN_MONTHS = frozenset(range(2, 13, 2))

#: The ordinal that means the month's last such weekday.
LAST = -1

_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class RecurrenceDraft:
    """One rule of the station: which days it means, and what a reception on them is like.

    ``numbers``: days of the month (a number past the month's end means its last day) or, for
    weekdays of a month, which of them (1–5, -1 the last). ``weekdays``: 0 is Monday. ``every``:
    each so many weeks, counted from ``begins_on``. ``ends_on`` None: until it is ended.
    """

    pattern: Pattern
    begins_on: date
    starts: time
    ends: time
    numbers: frozenset[int] = frozenset()
    weekdays: frozenset[int] = frozenset()
    every: int = 1
    months: frozenset[int] = ALL_MONTHS
    ends_on: date | None = None
    shift: Shift = Shift.LATER
    place: str = ""
    theme: str = ""
    kind: DayKind = DayKind.REGULAR


@dataclass(frozen=True, slots=True)
class RecurrenceRecord:
    """A kept rule, and the same in words."""

    id: UUID
    edition: int
    draft: RecurrenceDraft
    words: str


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One day that a rule means. ``held_on`` is None where a holiday makes it fall out.

    ``holiday`` names the holiday (or the weekend) that moved it or made it fall out.
    """

    meant_on: date
    held_on: date | None
    holiday: str = ""


def check_recurrence(draft: RecurrenceDraft) -> None:
    """Raise RuleViolation where the rule can never mean a day."""
    found = []
    if draft.ends <= draft.starts:
        found.append(("ends", tr("The end must be after the beginning.")))
    if draft.pattern is not Pattern.WEEKDAY and not draft.numbers:
        found.append(("numbers", tr("Choose at least one day of the month.")))
    if draft.pattern is not Pattern.MONTH_DAY and not draft.weekdays:
        found.append(("weekdays", tr("Choose at least one weekday.")))
    if draft.pattern is not Pattern.WEEKDAY and not draft.months:
        found.append(("months", tr("Choose at least one month.")))
    if not 1 <= draft.every <= 12:
        found.append(("every", tr("Type a number of weeks from 1 to 12.")))
    if draft.ends_on is not None and draft.ends_on < draft.begins_on:
        found.append(("ends_on", tr("The last day must not be before the first.")))
    violations(found)


def occurrences(
    rule: RecurrenceDraft, first: date, last: date, work: WorkCalendar
) -> list[Occurrence]:
    """The days from ``first`` to ``last`` that ``rule`` means, in order, holidays heeded.

    A day belongs to the period in which it was meant, wherever a holiday moves it to. Two days
    that a holiday moves to one are held once; the second falls out.
    """
    first = max(first, rule.begins_on)
    last = last if rule.ends_on is None else min(last, rule.ends_on)
    found: list[Occurrence] = []
    held: set[date] = set()
    for meant in sorted(set(_meant(rule, first, last))):
        one = _shifted(meant, rule.shift, work)
        if one.held_on in held:
            one = Occurrence(meant, None, one.holiday)
        elif one.held_on is not None:
            held.add(one.held_on)
        found.append(one)
    return found


def _meant(rule: RecurrenceDraft, first: date, last: date) -> Iterator[date]:
    if first > last:
        return
    if rule.pattern is Pattern.WEEKDAY:
        yield from _weekly(rule, first, last)
        return
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        if month in rule.months:
            yield from (on for on in _in_month(rule, year, month) if first <= on <= last)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def _weekly(rule: RecurrenceDraft, first: date, last: date) -> Iterator[date]:
    monday = rule.begins_on - timedelta(days=rule.begins_on.weekday())
    on = first
    while on <= last:
        weeks = (on - monday) // _WEEK
        if on.weekday() in rule.weekdays and weeks % rule.every == 0:
            yield on
        on += _DAY


def _in_month(rule: RecurrenceDraft, year: int, month: int) -> Iterator[date]:
    length = calendar.monthrange(year, month)[1]
    if rule.pattern is Pattern.MONTH_DAY:
        yield from (date(year, month, min(number, length)) for number in rule.numbers)
        return
    for weekday in rule.weekdays:
        those = [on for on in range(1, length + 1) if date(year, month, on).weekday() == weekday]
        for number in rule.numbers:
            place = number - 1 if number > 0 else number
            if -len(those) <= place < len(those):
                yield date(year, month, those[place])


def _shifted(meant: date, shift: Shift, work: WorkCalendar) -> Occurrence:
    if work.is_working(meant) or shift is Shift.NONE:
        return Occurrence(meant, meant)
    why = work.off.get(meant) or tr("weekend")
    if shift is Shift.SKIP:
        return Occurrence(meant, None, why)
    step = _DAY if shift is Shift.LATER else -_DAY
    on = meant
    while not work.is_working(on):
        on += step
    return Occurrence(meant, on, why)


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """One day of a year's preview: meant by a rule, and what is in the file of it.

    ``day_id`` is the day that was planned for it, wherever it was moved since. ``taken``: other
    receptions stand at these hours, so that this one cannot be planned.
    """

    rule: RecurrenceRecord
    meant: Occurrence
    day_id: UUID | None
    status: DayStatus | None
    held_on: date | None
    taken: bool

    @property
    def is_new(self) -> bool:
        """Whether planning would add it."""
        return self.day_id is None and self.held_on is not None and not self.taken


@dataclass(frozen=True, slots=True)
class YearPlan:
    """What the rules mean in a year. ``holidays_known``: else only weekends are heeded."""

    year: int
    days: tuple[PlannedDay, ...]
    holidays_known: bool
