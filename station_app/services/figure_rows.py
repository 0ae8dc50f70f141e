"""The rows behind a figure, page by page: of the very query that the figure is counted by."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import case, func, literal_column, select

from db.models import (
    Activity,
    Assistance,
    Attendance,
    Deputy,
    Issue,
    IssueFact,
    ReceptionDay,
    Resident,
    Visit,
)
from db.vocabulary import Degree, FactKind, Level, Rater, Rating
from station_app.domain.figure_words import rated_word
from station_app.domain.figures import Asked, FigureRow
from station_app.domain.issue_words import degree_word, rating_word, status_word
from station_app.domain.issues import IssueRow
from station_app.domain.lists import Listing, Mark, Page
from station_app.domain.moments import local
from station_app.domain.periods import Period
from station_app.domain.words import day_status_word, levels_words
from station_app.i18n import tr
from station_app.services import paging
from station_app.services.figure_counts import Counted, came, came_on, counted, hits
from station_app.services.figure_parts import of_part
from station_app.services.issue_records import issue_rows
from station_app.store import Tx


@dataclass(frozen=True, slots=True)
class _Key:
    """A row before it is shown: its id, what it adds, and its value in the order."""

    id: UUID
    counts: int
    at: Any


def rows_listing(asked: Asked) -> Listing:
    """The listing of the rows behind what is ``asked``, the latest first."""
    return Listing("on", descending=True, filters={"asked": asked})


def list_rows(
    tx: Tx, listing: Listing, *, at: Mark | None = None, backwards: bool = False
) -> Page[FigureRow]:
    """A page of the rows behind a figure. Filter: ``asked`` (Asked)."""
    what, query = _asked(tx, listing)
    value, ident = what.order
    found = paging.page(
        tx,
        query.add_columns(_adds(what), value.label("sort"), ident.label("ident")),
        order=what.order,
        descending=listing.descending,
        at=at,
        backwards=backwards,
        make=lambda row: _Key(row[-1], row[-3] or 0, row[-2]),
    )
    shown = _SHOWN[what.source](tx, found.rows)
    return Page(tuple(shown), found.after, found.before)


def count_rows(tx: Tx, listing: Listing) -> int:
    """How many rows there are in all."""
    _what, query = _asked(tx, listing)
    return tx.session.scalar(query.add_columns(func.count())) or 0


def _asked(tx: Tx, listing: Listing) -> tuple[Counted, Any]:
    asked = listing.filters["asked"]
    assert isinstance(asked, Asked)
    what = counted(tx, asked.figure, asked.period)
    query = select().select_from(what.source).where(*what.where)
    if asked.split is not None:
        query = of_part(tx, what, asked.split, asked.key, query)
    if asked.counting is not None:
        query = query.where(hits(what) if asked.counting else ~hits(what))
    return what, query


def _adds(what: Counted) -> Any:
    if what.weight is not None:
        return what.weight
    return literal_column("1") if what.hit is None else case((what.hit, 1), else_=0)


def _issues(tx: Tx, keys: Sequence[_Key]) -> list[FigureRow]:
    shown = {one.id: one for one in issue_rows(tx, [key.id for key in keys])}
    return [
        _of_issue(key, shown[key.id], local(shown[key.id].registered_at).date(), "") for key in keys
    ]


def _facts(tx: Tx, keys: Sequence[_Key]) -> list[FigureRow]:
    query = select(IssueFact).where(  # all three, for these are its key
        IssueFact.kind.in_(list(FactKind)),
        IssueFact.day.in_({key.at for key in keys}),
        IssueFact.event_id.in_([key.id for key in keys]),
    )
    kinds = {(one.event_id, one.day): one for one in tx.session.scalars(query)}
    found = {one.event_id: one for one in kinds.values()}
    shown = {one.id: one for one in issue_rows(tx, list({f.issue_id for f in found.values()}))}
    made = []
    for key in keys:
        fact = found[key.id]
        made.append(_of_issue(key, shown[fact.issue_id], fact.day, _fact_words(fact)))
    return made


def _of_issue(key: _Key, issue: IssueRow, on: date, said: str) -> FigureRow:
    beside = said or status_word(issue.status)
    about = tr("list|, ").join(one for one in (issue.resident, issue.category_name, beside) if one)
    return FigureRow(key.id, "issue", issue.id, on, issue.number, issue.title, about, key.counts)


def _fact_words(fact: IssueFact) -> str:
    if fact.kind is FactKind.RATED:
        who = rated_word(Rater(fact.who), fact.apart)
        return tr("{who}: {rating}", who=who, rating=rating_word(Rating(fact.word)))
    if fact.kind is FactKind.SETTLED:
        return degree_word(Degree(fact.word))
    if fact.kind is FactKind.PROMISE:
        words = (tr("promise|Not looked at yet"), tr("promise|Broken"), tr("promise|Kept"))
    else:
        words = (tr("reply|Overdue, no reply yet"), tr("reply|Late"), tr("reply|In time"))
    return words[0 if fact.done is None else 1 + fact.done]


def _visits(tx: Tx, keys: Sequence[_Key]) -> list[FigureRow]:
    titles = (
        select(func.group_concat(Issue.title, "；"))
        .where(Issue.visit_id == Visit.id)
        .scalar_subquery()
    )
    query = select(Visit, Resident.name, titles).join(Resident, Resident.id == Visit.resident_id)
    found = {
        row[0].id: row
        for row in tx.session.execute(query.where(Visit.id.in_([key.id for key in keys])))
    }
    made = []
    for key in keys:
        visit, name, raised = found[key.id]
        beside = tr("{n} people", n=visit.party_size)
        if raised:
            beside = f"{beside}{tr('list|, ')}{raised}"
        on = local(visit.arrived_at).date()
        made.append(
            FigureRow(key.id, "visit", visit.id, on, visit.number, name, beside, key.counts)
        )
    return made


def _days(tx: Tx, keys: Sequence[_Key]) -> list[FigureRow]:
    query = select(ReceptionDay).where(ReceptionDay.id.in_([key.id for key in keys]))
    found = {one.id: one for one in tx.session.scalars(query)}
    days = [(key, found[key.id]) for key in keys]
    return [
        FigureRow(
            key.id, "day", key.id, day.held_on, "", day.theme or tr("No theme"),
            tr("list|, ").join(one for one in (day.place, day_status_word(day.status)) if one),
            key.counts,
        )
        for key, day in days
    ]  # fmt: skip


def _attendances(tx: Tx, keys: Sequence[_Key]) -> list[FigureRow]:
    query = (
        select(Attendance.id, Deputy.name, Deputy.levels, ReceptionDay, Activity)
        .join(Deputy, Deputy.id == Attendance.deputy_id)
        .outerjoin(ReceptionDay, ReceptionDay.id == Attendance.day_id)
        .outerjoin(Activity, Activity.id == Attendance.activity_id)
        .where(Attendance.id.in_([key.id for key in keys]))
    )
    found: dict[UUID, Any] = {row[0]: row for row in tx.session.execute(query)}
    made = []
    for key in keys:
        _, name, levels, day, activity = found[key.id]
        at = day or activity
        said = (_levels(levels), activity.title if day is None else day.theme, at.place)
        kind = "activity" if day is None else "day"
        beside = tr("list|, ").join(one for one in said if one)
        made.append(FigureRow(key.id, kind, at.id, at.held_on, "", name, beside, key.counts))
    return made


def _deputies(tx: Tx, keys: Sequence[_Key]) -> list[FigureRow]:
    ever = came(Period(date.min, tx.today))
    last_on = select(func.max(came_on())).where(Attendance.deputy_id == Deputy.id, *ever)
    query = select(Deputy, last_on.scalar_subquery()).where(Deputy.id.in_([key.id for key in keys]))
    found: dict[UUID, tuple[Deputy, date | None]] = {
        row[0].id: (row[0], row[1]) for row in tx.session.execute(query)
    }
    made = []
    for key in keys:
        deputy, last = found[key.id]
        said = tr("last came on {date}", date=last) if last is not None else tr("has never come")
        beside = tr("list|, ").join(one for one in (_levels(deputy.levels), said) if one)
        on = last or date.min
        made.append(FigureRow(key.id, "deputy", key.id, on, "", deputy.name, beside, key.counts))
    return made


def _help(tx: Tx, keys: Sequence[_Key]) -> list[FigureRow]:
    query = (
        select(Assistance, Deputy.name)
        .outerjoin(Deputy, Deputy.id == Assistance.deputy_id)
        .where(Assistance.id.in_([key.id for key in keys]))
    )
    found = {row[0].id: row for row in tx.session.execute(query)}
    made = []
    for key in keys:
        given, name = found[key.id]
        people = tr("{n} people", n=given.people)
        money = tr("{yuan} yuan", yuan=f"{given.amount / 100:,.2f}")
        beside = tr("list|, ").join(one for one in (people, money, name) if one)
        made.append(
            FigureRow(
                key.id, "assistance", key.id, given.held_on, "", given.what or tr("Help given"),
                beside, key.counts,
            )
        )  # fmt: skip
    return made


def _levels(levels: Sequence[str]) -> str:
    return levels_words([Level(one) for one in levels])


_SHOWN: Mapping[Any, Callable[[Tx, Sequence[_Key]], list[FigureRow]]] = {
    Issue: _issues,
    IssueFact: _facts,
    Visit: _visits,
    ReceptionDay: _days,
    Attendance: _attendances,
    Deputy: _deputies,
    Assistance: _help,
}
