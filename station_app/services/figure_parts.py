"""By what a figure is split: how a row leads to its part, and what the part is called."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, cast, func, select

from db.models import (
    Activity,
    Assistance,
    Attendance,
    Category,
    Deputy,
    Issue,
    IssueDeputy,
    IssueFact,
    ReceptionDay,
    Unit,
    Visit,
)
from db.vocabulary import Level, Rater, RoleClass
from station_app.domain.figures import Split
from station_app.domain.issue_words import rater_word
from station_app.domain.words import level_word
from station_app.i18n import tr
from station_app.services.figure_counts import Counted, starts
from station_app.store import Tx

Query = Select[Any]
#: A query led to the part of each row, and the part's key: text, empty or null for none.
Led = tuple[Query, ColumnElement[Any]]


def led(what: Counted, split: Split, query: Query) -> Led:
    """``query`` over ``what`` joined so that it has the key of each row's part."""
    if split is Split.MONTH:
        return query, func.substr(cast(what.day, String), 1, 7)
    return _LEADS[split](what.source, query)


def of_part(tx: Tx, what: Counted, split: Split, key: str, query: Query) -> Query:
    """``query`` narrowed to the part ``key``."""
    if split is Split.AGE:
        least, _, most = key.partition("-")
        query = query.where(_younger(tx, int(least)))
        return query if not most else query.where(~_younger(tx, int(most) + 1))
    query, found = led(what, split, query)
    if split is Split.CATEGORY:
        beneath = select(Category.code).where(Category.parent == key)
        return query.where(found.in_([key, *tx.session.scalars(beneath)]) if key else found == "")
    return query.where(found == key if key else func.coalesce(found, "") == "")


def names(tx: Tx, split: Split, keys: Iterable[str]) -> dict[str, str]:
    """Key → what the part is called, of those that have a name."""
    if split in (Split.PLACE, Split.MONTH):
        return {key: key for key in keys if key}
    if split is Split.RATER:
        return {one.value: rater_word(one) for one in Rater}
    if split is Split.LEVEL:
        return {one.value: level_word(one) for one in Level}
    if split is Split.CATEGORY:
        rows = tx.session.execute(select(Category.code, Category.name)).all()
        return {row.code: row.name for row in rows}
    model: Any = {Split.DEPUTY: Deputy, Split.UNIT: Unit}[split]
    rows = tx.session.execute(select(model.id, model.name)).all()
    return {row.id.hex: row.name for row in rows}


def nameless(split: Split) -> str:
    """What the part is called to which everything belongs that has no part of its own."""
    return {
        Split.CATEGORY: tr("part|No category"),
        Split.PLACE: tr("part|No place"),
        Split.DEPUTY: tr("part|No deputy"),
        Split.UNIT: tr("part|With no unit"),
        Split.LEVEL: tr("part|No level"),
    }.get(split, "–")


def roots(tx: Tx) -> dict[str, str]:
    """Category code → the code of the category above it, if there is one."""
    rows = tx.session.execute(select(Category.code, Category.parent)).all()
    return {row.code: row.parent for row in rows if row.parent}


def hexed(value: object) -> str:
    """A part's key as text."""
    return value.hex if isinstance(value, UUID) else str(value or "")


def _younger(tx: Tx, days: int) -> ColumnElement[bool]:
    """Registered at least ``days`` days ago."""
    return Issue.registered_at < starts(tx, tx.today - timedelta(days=days - 1))


def _to_issue(source: Any, query: Query) -> Query:
    return query if source is Issue else query.join(Issue, Issue.id == IssueFact.issue_id)


def _to_day(source: Any, query: Query) -> Query:
    if source is ReceptionDay:
        return query
    day_id = Visit.day_id if source is Visit else Attendance.day_id
    return query.outerjoin(ReceptionDay, ReceptionDay.id == day_id)


def _category(source: Any, query: Query) -> Led:
    return _to_issue(source, query), Issue.category.expression


def _place(source: Any, query: Query) -> Led:
    if source in (Issue, IssueFact):
        return _to_issue(source, query), Issue.place.expression
    query = _to_day(source, query)
    if source is not Attendance:
        return query, ReceptionDay.place.expression
    query = query.outerjoin(Activity, Activity.id == Attendance.activity_id)
    return query, func.coalesce(ReceptionDay.place, Activity.place)


def _unit(source: Any, query: Query) -> Led:
    model = Issue if source is Issue else IssueFact
    return query, cast(model.unit_id, String)


def _deputy(source: Any, query: Query) -> Led:
    if source in (Issue, IssueFact):
        issue_id = Issue.id if source is Issue else IssueFact.issue_id
        query = query.outerjoin(IssueDeputy, IssueDeputy.issue_id == issue_id)
        return query, cast(IssueDeputy.deputy_id, String)
    if source is Visit:
        return _each(query, Visit.deputy_ids)
    if source is ReceptionDay:
        present = (
            select(Attendance.day_id, Attendance.deputy_id)
            .where(Attendance.role_class == RoleClass.DEPUTY, Attendance.voided_at.is_(None))
            .distinct()
            .subquery()
        )
        query = query.outerjoin(present, present.c.day_id == ReceptionDay.id)
        return query, cast(present.c.deputy_id, String)
    model = Attendance if source is Attendance else Assistance
    return query, cast(model.deputy_id, String)


def _level(source: Any, query: Query) -> Led:
    if source is Attendance:
        query = query.join(Deputy, Deputy.id == Attendance.deputy_id)
    return _each(query, Deputy.levels)


def _each(query: Query, listed: Any) -> Led:
    """A row for each value of a JSON list, and one for an empty list."""
    values = func.json_each(listed).table_valued("value", name="each_value")
    return query.outerjoin(values, values.c.value.is_not(None)), values.c.value


def _rater(source: Any, query: Query) -> Led:
    return query, IssueFact.who.expression


_LEADS: Mapping[Split, Callable[[Any, Query], Led]] = {
    Split.CATEGORY: _category,
    Split.PLACE: _place,
    Split.UNIT: _unit,
    Split.DEPUTY: _deputy,
    Split.LEVEL: _level,
    Split.RATER: _rater,
}
