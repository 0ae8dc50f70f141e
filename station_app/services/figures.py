"""Figures of a period: totals, comparisons, parts, trend, ratings, ages, who has not come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import starmap
from typing import Any

from sqlalchemy import case, func, select

from db.models import Attendance, Deputy, IssueFact
from db.vocabulary import Rater, Rating
from station_app.domain.figures import (
    AGES,
    RATES,
    TOLD,
    Age,
    Asked,
    Compared,
    Figure,
    Part,
    Rated,
    Split,
    Value,
)
from station_app.domain.periods import (
    Period,
    PeriodKind,
    months_of,
    period_around,
    period_before,
    year_before,
    year_of,
)
from station_app.domain.reports import Absent, HeatDay, MonthPoint
from station_app.i18n import tr
from station_app.services.figure_counts import Counted, came, came_on, counted, hits
from station_app.services.figure_parts import hexed, led, nameless, names, of_part, roots
from station_app.store import Tx

#: More parts than these are told together.
_MOST = 30
_ALWAYS = date(1, 1, 1)


def total(tx: Tx, figure: Figure, period: Period) -> Value:
    """The value of ``figure`` in ``period``."""
    return totals(tx, (figure,), period)[0]


def totals(tx: Tx, wanted: Sequence[Figure], period: Period) -> tuple[Value, ...]:
    """The values of several figures; what they have in common is counted once."""
    found: dict[Figure, Value] = {}
    if {Figure.PEOPLE, Figure.VISITS} <= set(wanted):
        what = counted(tx, Figure.PEOPLE, period)
        query = select(func.sum(what.weight), func.count()).where(*what.where)
        people, parties = (int(one or 0) for one in tx.session.execute(query).one())
        found |= {Figure.PEOPLE: Value(people), Figure.VISITS: Value(parties)}
    for figure in wanted:
        found[figure] = (
            found.get(figure) or _known(tx, figure, period, found) or _total(tx, figure, period)
        )
    return tuple(found[one] for one in wanted)


def _known(tx: Tx, figure: Figure, period: Period, found: dict[Figure, Value]) -> Value | None:
    """The value of a figure whose whole, or whose rows, another one has counted already."""
    cohort = found.get(Figure.ISSUES)
    if figure in (Figure.SETTLED_RATE, Figure.SOLVED_RATE) and cohort is not None:
        what = counted(tx, figure, period)
        assert what.hit is not None
        query = select(func.count()).select_from(what.source).where(*what.hits_where, what.hit)
        return Value(tx.session.scalar(query) or 0, cohort.part)
    return None


def _total(tx: Tx, figure: Figure, period: Period) -> Value:
    what = counted(tx, figure, period)
    if what.source is IssueFact and what.hit is not None:
        return _both(tx, what)
    return asked_sum(tx, Asked(figure, period))


def compared(tx: Tx, period: Period, figures: Sequence[Figure] = TOLD) -> tuple[Compared, ...]:
    """``figures`` of ``period``, of the period before and of the same period a year before.

    A campaign is compared with nothing: there is none just like it.
    """
    if period.campaign:
        values = totals(tx, figures, period)
        none = Value(0, 0)
        return tuple(Compared(*pair, none, none) for pair in zip(figures, values, strict=True))
    before, year = period_before(period), year_before(period)
    now, then = totals(tx, figures, period), totals(tx, figures, before)
    ago = then if year == before else totals(tx, figures, year)
    return tuple(starmap(Compared, zip(figures, now, then, ago, strict=True)))


def parts(tx: Tx, figure: Figure, period: Period, split: Split) -> tuple[Part, ...]:
    """A figure split, the largest part first; months and levels in their own order."""
    found: dict[str, Value] = defaultdict(lambda: Value(0, 0 if figure in RATES else None))
    above = roots(tx) if split is Split.CATEGORY else {}
    for key, value in _grouped(tx, figure, period, split):
        key = above.get(key, key)
        found[key] = _added(found[key], value)
    called = names(tx, split, found)
    listed = [
        Part(key, called.get(key) or (key or nameless(split)), value)
        for key, value in found.items()
    ]
    if split is Split.MONTH:
        return tuple(sorted(listed, key=lambda one: one.key))
    if split in (Split.LEVEL, Split.RATER):
        order = list(called)
        return tuple(
            sorted(listed, key=lambda one: (not one.key, order.index(one.key or order[0])))
        )
    listed.sort(key=lambda one: (-(one.value.whole or one.value.part), one.name, one.key))
    return _shortened(tuple(listed))


def trend(tx: Tx, period: Period) -> tuple[MonthPoint, ...]:
    """Month by month up to the end of ``period``: the year it ends in, or all of it if longer."""
    year = period_around(PeriodKind.MONTH, period.last)
    first = min(period.first, _months_earlier(year.first, 11))
    whole = replace(period, first=first.replace(day=1), last=year.last, kind=PeriodKind.ANY)
    by_month = {
        figure: {key: value.part for key, value in _grouped(tx, figure, whole, Split.MONTH)}
        for figure in (Figure.PEOPLE, Figure.ISSUES, Figure.SOLVED)
    }
    return tuple(
        MonthPoint(at, month, *(of.get(f"{at:04}-{month:02}", 0) for of in by_month.values()))
        for at, month in months_of(whole)
    )


def ratings(tx: Tx, period: Period) -> tuple[Rated, ...]:
    """What each kind of rater felt, asked for by others and by the handler; the latter apart."""
    found: dict[tuple[str, bool], dict[str, int]] = defaultdict(dict)
    for apart, figure in ((False, Figure.SATISFACTION), (True, Figure.SELF_ASKED)):
        what = counted(tx, figure, period)
        columns = (IssueFact.who, IssueFact.word)
        query = select(*columns, func.count()).where(*what.where).group_by(*columns)
        for who, word, n in tx.session.execute(query):
            found[who, apart][word] = n
    return tuple(
        Rated(rater, apart, *(found[rater.value, apart].get(one.value, 0) for one in Rating))
        for apart in (False, True)
        for rater in Rater
        if found.get((rater.value, apart))
    )


def ages(tx: Tx) -> tuple[Age, ...]:
    """The issues that are open today, by how long they are."""
    today = Period(_ALWAYS, tx.today)
    return tuple(
        replace(one, count=asked_sum(tx, Asked(Figure.OPEN, today, Split.AGE, one.key)).part)
        for one in AGES
    )


def heat(tx: Tx, period: Period) -> tuple[HeatDay, ...]:
    """The days of the year in which ``period`` ends that had visits."""
    what = counted(tx, Figure.VISITS, replace(year_of(period), campaign=period.campaign))
    query = select(what.day, func.count()).where(*what.where).group_by(what.day)
    return tuple(HeatDay(date.fromisoformat(day), n) for day, n in tx.session.execute(query))


def absent(tx: Tx, period: Period) -> tuple[Absent, ...]:
    """Who is registered and has not come in the year in which ``period`` ends, by name."""
    what = counted(tx, Figure.ATTENDANCE_RATE, year_of(period))
    ever = came(Period(_ALWAYS, tx.today))
    last_on = select(func.max(came_on())).where(Attendance.deputy_id == Deputy.id, *ever)
    query = select(Deputy.id, Deputy.name, Deputy.levels, last_on.scalar_subquery()).where(
        *what.where, ~hits(what), Deputy.retired_at.is_(None)
    )
    rows = tx.session.execute(query.order_by(Deputy.sort_key, Deputy.id))
    return tuple(Absent(ident, name, tuple(levels), last) for ident, name, levels, last in rows)


def asked_sum(tx: Tx, asked: Asked) -> Value:
    """The value of what is asked for: a figure, or one part of it."""
    what = counted(tx, asked.figure, asked.period)
    adds = func.count() if what.weight is None else func.coalesce(func.sum(what.weight), 0)
    query = select(adds).select_from(what.source).where(*what.where)
    if asked.split is not None:
        query = of_part(tx, what, asked.split, asked.key, query)
    whole = tx.session.scalar(query) or 0
    if what.hit is None:
        return Value(whole)
    # Two counts rather than one sum: each is read along the index that suits it.
    return Value(tx.session.scalar(query.where(what.hit)) or 0, whole)


def _both(tx: Tx, what: Counted) -> Value:
    """A share whose rows are read once: their key has everything."""
    assert what.hit is not None
    query = select(func.count(), func.sum(case((what.hit, 1), else_=0))).where(*what.where)
    whole, part = tx.session.execute(query).one()
    return Value(part or 0, whole)


def _grouped(tx: Tx, figure: Figure, period: Period, split: Split) -> list[tuple[str, Value]]:
    what = counted(tx, figure, period)
    query, key = led(what, split, select().select_from(what.source))
    query = query.add_columns(key.label("part"), *_sums(what)).where(*what.where).group_by("part")
    rows: Sequence[Any] = tx.session.execute(query).all()
    shares = what.hit is not None
    return [(hexed(row[0]), Value(row[1] or 0, row[-1] if shares else None)) for row in rows]


def _sums(what: Counted) -> tuple[Any, ...]:
    if what.hit is not None:
        return func.sum(case((what.hit, 1), else_=0)), func.count()
    adds = func.count() if what.weight is None else func.sum(what.weight)
    return (adds,)


def _added(one: Value, other: Value) -> Value:
    whole = None if other.whole is None else (one.whole or 0) + other.whole
    return Value(one.part + other.part, whole)


def _shortened(listed: tuple[Part, ...]) -> tuple[Part, ...]:
    if len(listed) <= _MOST:
        return listed
    rest = Value(0, None if listed[0].value.whole is None else 0)
    for one in listed[_MOST:]:
        rest = _added(rest, one.value)
    name = tr("part|{n} more", n=len(listed) - _MOST)
    return (*listed[:_MOST], Part("", name, rest, others=True))


def _months_earlier(first: date, months: int) -> date:
    at = first.year * 12 + first.month - 1 - months
    return date(at // 12, at % 12 + 1, 1)
