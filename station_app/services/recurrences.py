"""Rules of recurring reception days: kept, seen as a year, and made into planned days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, time
from uuid import UUID

from sqlalchemy import select

from db.models import Duty, ReceptionDay, Recurrence
from db.vocabulary import DayStatus
from station_app.domain.accounts import require_writer
from station_app.domain.recurrence import (
    Occurrence,
    PlannedDay,
    RecurrenceDraft,
    RecurrenceRecord,
    YearPlan,
    check_recurrence,
    occurrences,
)
from station_app.domain.recurrence_words import recurrence_words
from station_app.errors import Conflict, NotFound
from station_app.i18n import tr
from station_app.services.rules import work_calendar
from station_app.store import Tx

Hours = tuple[time, time]


def save_recurrence(
    tx: Tx, draft: RecurrenceDraft, *, recurrence_id: UUID | None = None
) -> RecurrenceRecord:
    """Keep a rule, or change one; days that were planned by it stay as they are."""
    require_writer(tx.actor)
    check_recurrence(draft)
    row = Recurrence() if recurrence_id is None else _row(tx, recurrence_id)
    row.pattern, row.begins_on, row.ends_on = draft.pattern, draft.begins_on, draft.ends_on
    row.numbers, row.weekdays = _told(draft.numbers), _told(draft.weekdays)
    row.months, row.every, row.shift = _told(draft.months), draft.every, draft.shift
    row.starts, row.ends, row.day_kind = draft.starts, draft.ends, draft.kind
    row.place, row.theme = draft.place.strip(), draft.theme.strip()
    tx.session.add(row)
    tx.session.flush()
    return recurrence_of(row)


def list_recurrences(tx: Tx) -> tuple[RecurrenceRecord, ...]:
    """The rules in force, in the order in which they were written down."""
    query = select(Recurrence).where(Recurrence.retired.is_(False))
    rows = tx.session.scalars(query.order_by(Recurrence.created_at, Recurrence.id))
    return tuple(recurrence_of(row) for row in rows)


def retire_recurrence(tx: Tx, recurrence_id: UUID, *, retired: bool = True) -> RecurrenceRecord:
    """Use a rule no longer (or again); days that were planned by it stay."""
    require_writer(tx.actor)
    row = _row(tx, recurrence_id)
    row.retired = retired
    tx.session.flush()
    return recurrence_of(row)


def preview_year(tx: Tx, year: int, *, more: RecurrenceDraft | None = None) -> YearPlan:
    """What the rules mean in ``year``, beside what is planned of it already.

    ``more``: a rule that is just being written, seen before it is kept.
    """
    work = work_calendar(tx)
    first, last = date(year, 1, 1), date(year, 12, 31)
    rules = list(list_recurrences(tx))
    if more is not None:
        rules.append(RecurrenceRecord(UUID(int=0), 0, more, recurrence_words(more)))
    made = _made(tx, rules)
    taken = _taken(tx, first, last)
    found = []
    for rule in rules:
        for one in occurrences(rule.draft, first, last, work):
            day = made.get((rule.id, one.meant_on))
            clash = day is None and one.held_on is not None and _meets(
                rule.draft, taken.get(one.held_on, ())
            )  # fmt: skip
            if day is None and one.held_on is not None and not clash:
                hours = (rule.draft.starts, rule.draft.ends)
                taken.setdefault(one.held_on, []).append(hours)
            found.append(_planned(rule, one, day, clash))
    found.sort(key=lambda one: (one.held_on or one.meant.meant_on, one.rule.draft.starts))
    return YearPlan(year, tuple(found), work.knows(first, last))


def plan_days(tx: Tx, wanted: Sequence[tuple[UUID, date]]) -> tuple[UUID, ...]:
    """Plan the days that rules mean, named by (rule, date that it means); the ids made.

    Those that are planned already, fall out, or have other receptions at their hours are left.
    """
    require_writer(tx.actor)
    made: list[UUID] = []
    for year in sorted({meant.year for _, meant in wanted}):
        made.extend(
            _plan(tx, one)
            for one in preview_year(tx, year).days
            if one.is_new and (one.rule.id, one.meant.meant_on) in wanted
        )
        tx.session.flush()
    return tuple(made)


def unplan_days(tx: Tx, day_ids: Iterable[UUID]) -> None:
    """Take back days that were just planned. Raises Conflict where one has begun since."""
    require_writer(tx.actor)
    for day_id in day_ids:
        row = tx.session.get(ReceptionDay, day_id)
        if row is None:
            continue
        if row.status is not DayStatus.PLANNED:
            raise Conflict(tr("This reception day can no longer be changed."))
        for duty in tx.session.scalars(select(Duty).where(Duty.day_id == day_id)):
            tx.session.delete(duty)
        tx.session.flush()
        tx.session.delete(row)
    tx.session.flush()


def _plan(tx: Tx, one: PlannedDay) -> UUID:
    rule = one.rule.draft
    assert one.held_on is not None
    row = ReceptionDay(
        held_on=one.held_on,
        starts=rule.starts,
        ends=rule.ends,
        place=rule.place,
        theme=rule.theme,
        day_kind=rule.kind,
        recurrence_id=one.rule.id,
        meant_on=one.meant.meant_on,
    )
    tx.session.add(row)
    return row.id


def _made(
    tx: Tx, rules: Iterable[RecurrenceRecord]
) -> dict[tuple[UUID | None, date | None], ReceptionDay]:
    ids = [one.id for one in rules]
    query = select(ReceptionDay).where(ReceptionDay.recurrence_id.in_(ids))
    return {(row.recurrence_id, row.meant_on): row for row in tx.session.scalars(query)}


def _taken(tx: Tx, first: date, last: date) -> dict[date, list[Hours]]:
    query = select(ReceptionDay.held_on, ReceptionDay.starts, ReceptionDay.ends).where(
        # A holiday may move a day out of the year.
        ReceptionDay.held_on.between(date(first.year - 1, 12, 1), date(last.year + 1, 1, 31)),
        ReceptionDay.status != DayStatus.CANCELLED,
    )
    found: dict[date, list[Hours]] = {}
    for row in tx.session.execute(query):
        found.setdefault(row.held_on, []).append((row.starts, row.ends))
    return found


def _meets(rule: RecurrenceDraft, taken: Iterable[Hours]) -> bool:
    return any(rule.starts < ends and starts < rule.ends for starts, ends in taken)


def _planned(
    rule: RecurrenceRecord, one: Occurrence, day: ReceptionDay | None, taken: bool
) -> PlannedDay:
    if day is None:
        return PlannedDay(rule, one, None, None, one.held_on, taken)
    return PlannedDay(rule, one, day.id, day.status, day.held_on, False)


def _row(tx: Tx, recurrence_id: UUID) -> Recurrence:
    row = tx.session.get(Recurrence, recurrence_id)
    if row is None:
        raise NotFound(tr("This rule is no longer there."))
    return row


def recurrence_of(row: Recurrence) -> RecurrenceRecord:
    """A rule as screens show it."""
    draft = RecurrenceDraft(
        pattern=row.pattern,
        begins_on=row.begins_on,
        starts=row.starts,
        ends=row.ends,
        numbers=_read(row.numbers),
        weekdays=_read(row.weekdays),
        every=row.every,
        months=_read(row.months),
        ends_on=row.ends_on,
        shift=row.shift,
        place=row.place,
        theme=row.theme,
        kind=row.day_kind,
    )
    return RecurrenceRecord(row.id, row.edition, draft, recurrence_words(draft))


def _told(numbers: frozenset[int]) -> list[str]:
    return [str(one) for one in sorted(numbers)]


def _read(told: list[str]) -> frozenset[int]:
    return frozenset(int(one) for one in told if one.lstrip("-").isdigit())
