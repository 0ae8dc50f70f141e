"""Pages of any list by keyset: beyond a mark, never by offset, so every page costs the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true

from station_app.domain.lists import PAGE_SIZE, Mark, Page
from station_app.store import Tx

Row = TypeVar("Row")


def page(
    tx: Tx,
    query: Select[Any],
    *,
    order: tuple[ColumnElement[Any], ColumnElement[Any]],
    descending: bool,
    at: Mark | None,
    backwards: bool,
    make: Callable[[Any], Row],
) -> Page[Row]:
    """One page of ``query`` in the order of ``(value, id)``.

    ``query`` must select the sort value and the id as its last two columns; ``make`` turns one
    result row into what the screen shows. The index on (value, id) serves both directions.
    """
    value, ident = order
    down = descending != backwards
    if at is not None:
        query = query.where(_beyond(value, ident, at, down))
    query = query.order_by(*((one.desc() if down else one.asc()) for one in order))
    rows: Sequence[Any] = tx.session.execute(query.limit(PAGE_SIZE + 1)).all()
    more = len(rows) > PAGE_SIZE
    rows = rows[:PAGE_SIZE]
    if backwards:
        rows = rows[::-1]
    ends_after, ends_before = (at is None, not more) if backwards else (not more, at is None)
    return Page(
        rows=tuple(make(row) for row in rows),
        after=None if ends_after or not rows else Mark(rows[-1][-2], rows[-1][-1]),
        before=None if ends_before or not rows else Mark(rows[0][-2], rows[0][-1]),
    )


def _beyond(
    value: ColumnElement[Any], ident: ColumnElement[Any], at: Mark, down: bool
) -> ColumnElement[bool]:
    # NULL sorts first in SQLite and never compares, so it has to be said apart.
    if at.value is None:
        same = and_(value.is_(None), ident < at.id if down else ident > at.id)
        return same if down else or_(same, value.is_not(None))
    further = value < at.value if down else value > at.value
    same = and_(value == at.value, ident < at.id if down else ident > at.id)
    nulls = value.is_(None) if down else ~true()
    # The first bound repeats what the rest says, but SQLite seeks the index by it.
    return or_(and_(value <= at.value if down else value >= at.value, or_(further, same)), nulls)


def count(tx: Tx, query: Select[Any]) -> int:
    """How many rows ``query`` has."""
    return tx.session.scalar(select(func.count()).select_from(query.subquery())) or 0
