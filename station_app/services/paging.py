"""Pages of any list by keyset: beyond a mark, never by offset, so every page costs the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    func,
    literal,
    or_,
    select,
    true,
    tuple_,
    union_all,
)

from station_app.domain.lists import PAGE_SIZE, Mark, Page
from station_app.store import Tx

Row = TypeVar("Row")


def page(
    tx: Tx,
    query: Select[Any],
    *,
    order: tuple[ColumnElement[Any], ...],
    descending: bool,
    at: Mark | None,
    backwards: bool,
    make: Callable[[Any], Row],
    branches: Sequence[ColumnElement[bool]] = (),
) -> Page[Row]:
    """One page of ``query`` in the ``order`` of one or more values and, last, the id.

    ``query`` must select the columns of ``order`` as its last ones; ``make`` turns one result row
    into what the screen shows. The index on ``order`` serves both directions. With several values
    before the id none may be null, and a Mark's value is their tuple.

    ``branches`` are conditions that exclude each other, such as one for each of several
    categories. Each is read by itself along its index, and the pages are merged: an ``IN`` would
    let SQLite read and sort every row.
    """
    down = descending != backwards
    ends = () if at is None else (_beyond(order, at, down),)

    def limited(part: Select[Any]) -> Select[Any]:
        ordered = part.where(*ends).order_by(*_directed(order, down))
        return ordered.limit(PAGE_SIZE + 1)

    statement: Select[Any] = limited(query)
    if branches:
        parts = [select(limited(query.where(one)).subquery()) for one in branches]
        statement = _merged(union_all(*parts), len(order), down)
    rows: Sequence[Any] = tx.session.execute(statement).all()
    more = len(rows) > PAGE_SIZE
    rows = rows[:PAGE_SIZE]
    if backwards:
        rows = rows[::-1]
    ends_after, ends_before = (at is None, not more) if backwards else (not more, at is None)
    return Page(
        rows=tuple(make(row) for row in rows),
        after=None if ends_after or not rows else _mark(rows[-1], len(order)),
        before=None if ends_before or not rows else _mark(rows[0], len(order)),
    )


def _mark(row: Any, columns: int) -> Mark:
    values = tuple(row[-columns:-1])
    return Mark(values[0] if len(values) == 1 else values, row[-1])


def _directed(order: Sequence[ColumnElement[Any]], down: bool) -> list[ColumnElement[Any]]:
    return [one.desc() if down else one.asc() for one in order]


def _merged(parts: CompoundSelect[Any], columns: int, down: bool) -> Select[Any]:
    found = parts.subquery()
    order = list(found.columns)[-columns:]
    return select(found).order_by(*_directed(order, down)).limit(PAGE_SIZE + 1)


def _beyond(order: tuple[ColumnElement[Any], ...], at: Mark, down: bool) -> ColumnElement[bool]:
    if len(order) > 2:
        assert isinstance(at.value, tuple)
        values = (*at.value, at.id)
        end = tuple_(
            *(literal(one, column.type) for one, column in zip(values, order, strict=True))
        )
        return tuple_(*order) < end if down else tuple_(*order) > end
    value, ident = order
    # NULL sorts first in SQLite and never compares, so it has to be said apart.
    if at.value is None:
        same = and_(value.is_(None), ident < at.id if down else ident > at.id)
        return same if down else or_(same, value.is_not(None))
    further = value < at.value if down else value > at.value
    same = and_(value == at.value, ident < at.id if down else ident > at.id)
    nulls = value.is_(None) if down else ~true()
    # The first bound repeats what the rest says, but SQLite seeks the index by it.
    return or_(and_(value <= at.value if down else value >= at.value, or_(further, same)), nulls)


def count(tx: Tx, query: Select[Any], *, at_most: int | None = None) -> int:
    """How many rows ``query`` has; ``at_most`` ends the counting, however many more there are."""
    query = query if at_most is None else query.limit(at_most)
    return tx.session.scalar(select(func.count()).select_from(query.subquery())) or 0
