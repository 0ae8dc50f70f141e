"""What narrows the issues list: the saved views and every filter, as conditions along indexes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, literal_column, select
from sqlalchemy.orm import aliased

from db.models import Category, Issue, IssueDeputy, ReceptionDay, Visit
from db.vocabulary import IssueStatus, Turn
from station_app.domain.issue_possible import possible_statuses
from station_app.domain.issue_views import View
from station_app.domain.lists import Listing
from station_app.domain.search import Found
from station_app.services.rules import rules_today
from station_app.store import Tx, search_index, tally
from station_app.store.transaction import driver_of

#: The orders by a day that not every issue has: such a list holds only those that have it.
DAY_SORTS: dict[str, ColumnElement[Any]] = {
    "due_on": Issue.due_on.expression,
    "promise_on": Issue.promise_on.expression,
    "look_back_on": Issue.look_back_on.expression,
    "revisit_on": Issue.revisit_on.expression,
}
_EQUAL = {
    "status": Issue.status,
    "resident_id": Issue.resident_id,
    "joined_to": Issue.joined_to,
    "unit_id": Issue.unit_id,
    "degree": Issue.degree,
    "rating": Issue.rating,
    "suggestion_id": Issue.suggestion_id,
}
#: Filters by what an index holds beside the id.
_WITHIN = ("urgent", "first_on", "last_on")
#: Filters and views with an index that holds the time of registering too.
_BESIDE = ("unit_id", "degree", "rating")
_BESIDE_VIEWS = {
    View.TO_DO: "beside.turn = 'station'",
    View.TO_RATE: "beside.to_rate",
    View.SUPERVISED: "beside.supervised",
}


def listed(tx: Tx, listing: Listing) -> tuple[Select[Any], ColumnElement[int] | None]:
    """The filtered issues without their columns, and the order of a text's finds if there is one.

    The category is left to the caller: a page reads each code by itself.
    """
    query: Select[Any] = select()
    met = None
    if listing.text.strip():
        query, met = search_index.found_in(query, Found.ISSUE, listing.text, Issue.id.expression)
    if listing.sort in DAY_SORTS:
        query = query.where(DAY_SORTS[listing.sort].is_not(None))
    if not possible_statuses(listing.filters):
        # Not "false()", which would take the conditions that join the search index with it.
        query = query.where(literal_column("0 = 1"))
    beside = _beside_urgent(listing)
    query = query.where(*beside.values())
    query = query.where(*_by_day(tx, listing))
    led = listing.sort in DAY_SORTS or _leaves_few(listing)
    for name, column in _EQUAL.items():
        wanted = listing.filters.get(name)
        if wanted is not None and name not in beside:
            # The plus keeps SQLite to the index that leaves fewer.
            plain = literal_column(f"+issue.{name}", column.type) if led else column
            query = query.where(plain == wanted)
    for name, made in _OTHERS.items():
        wanted = listing.filters.get(name)
        if wanted and name not in beside and not (name in _WITHIN and listing.sort in DAY_SORTS):
            query = query.where(made(tx, Issue, wanted))
    return query, met


def _by_day(tx: Tx, listing: Listing) -> list[ColumnElement[bool]]:
    """Of a list in the order of a day the conditions that have an index with the ids in it.

    The ids are read first, then the index of the day: no row is read to see that it does not fit.
    """
    if listing.sort not in DAY_SORTS:
        return []
    other = aliased(Issue, name="within")
    given = {name: listing.filters.get(name) for name in _WITHIN}
    said = [_OTHERS[name](tx, other, wanted) for name, wanted in given.items() if wanted]
    asked = codes(tx, listing)
    sets = [select(other.id).where(other.category.in_(asked))] if asked else []
    if said:
        sets.append(select(other.id).where(*said))
    stands = possible_statuses(listing.filters)
    if stands < _possible_in_view(listing) and IssueStatus.SETTLED not in stands:  # else too many
        sets.append(select(other.id).where(other.status.in_(sorted(stands))))
    return [literal_column("+issue.id", Issue.id.type).in_(one) for one in sets]


def _leaves_few(listing: Listing) -> bool:
    filters = listing.filters
    return filters.get("view") == View.SUPERVISED or filters.get("turn") == Turn.RESIDENT


def _possible_in_view(listing: Listing) -> frozenset[IssueStatus]:
    return possible_statuses({"view": listing.filters.get("view")})


def _beside_urgent(listing: Listing) -> dict[str, ColumnElement[bool]]:
    """Of a list of urgent issues the conditions that are looked up row by row in their own index.

    Urgent issues are few: their index leads, and no other row is read to see that it is not one.
    """
    if not listing.filters.get("urgent"):
        return {}
    other = aliased(Issue, name="beside")
    given = {name: listing.filters.get(name) for name in _BESIDE}
    said = {name: getattr(other, name) == one for name, one in given.items() if one is not None}
    view = _BESIDE_VIEWS.get(View(str(listing.filters.get("view") or View.ALL)))
    if view is not None:
        said["view"] = literal_column(view)
    # The plus keeps SQLite from finding the row by its id alone.
    same = and_(
        other.registered_at == Issue.registered_at, literal_column("+beside.id") == Issue.id
    )
    # Not "SELECT *", which would have the whole row read after all.
    row: Select[Any] = select(literal_column("1")).select_from(other)
    return {name: row.where(same, one).exists() for name, one in said.items()}


def branches(tx: Tx, listing: Listing) -> list[ColumnElement[bool]]:
    """A condition for each code of the category asked for, and each status it can have.

    There is no index of whose turn it is; it follows from the status, which has one.
    """
    if listing.sort in DAY_SORTS:
        return []
    asked = [Issue.category == code for code in codes(tx, listing)]
    if asked or not _told_by_status(listing):
        return asked
    return [Issue.status == one for one in sorted(possible_statuses(listing.filters))]


def _told_by_status(listing: Listing) -> bool:
    turn, status = listing.filters.get("turn"), listing.filters.get("status")
    few = listing.filters.get("view") == View.SUPERVISED
    return not (few or listing.text.strip() or status) and turn not in (None, Turn.STATION)


def codes(tx: Tx, listing: Listing) -> tuple[str, ...]:
    """The category asked for and those beneath it."""
    asked = listing.filters.get("category")
    if not asked:
        return ()
    beneath = select(Category.code).where(Category.parent == asked)
    return (str(asked), *tx.session.scalars(beneath))


def counted(tx: Tx, listing: Listing) -> int | None:
    """How many issues a listing has, where that is known without counting them."""
    return None if listing.text.strip() else _of_view(tx, listing)


def count_views(tx: Tx) -> dict[View, int]:
    """How many issues each view has."""
    driver, rules = driver_of(tx.session), rules_today(tx)
    soon = tx.today + timedelta(days=rules.soon_days)
    before, long_ago = tx.today - timedelta(days=1), _long_ago(tx)

    def days(name: str, first: date | None = None, last: date | None = None) -> int:
        return tally.count(driver, name, first=first, last=last)

    return {
        View.TO_DO: days("to_do"),
        View.DUE_SOON: days("due", tx.today, soon),
        View.OVERDUE: days("due", last=before),
        View.TO_RATE: days("to_rate"),
        View.TO_REVISIT: days("revisit", last=tx.today),
        View.LOOK_BACKS: days("look_back", last=tx.today),
        View.PROMISES: days("promise", last=soon),
        View.SUPERVISED: days("supervised"),
        View.LONG_OPEN: days("open", last=long_ago),
        View.ALL: tally.total(driver),
    }


def _of_view(tx: Tx, listing: Listing) -> int | None:
    given = {name for name, value in listing.filters.items() if value}
    if not given and listing.sort not in DAY_SORTS:
        return tally.total(driver_of(tx.session))
    view = listing.filters.get("view")
    return count_views(tx)[View(str(view))] if given == {"view"} else None


def _long_ago(tx: Tx) -> date:
    """The last day on which an issue must have been registered to be one that drags on."""
    return tx.today - timedelta(days=rules_today(tx).long_open_days)


def _starts(tx: Tx, day: date) -> datetime:
    return datetime.combine(day, time(), tx.zone)


def _in_view(tx: Tx, of: type[Issue], view: object) -> ColumnElement[bool]:
    # Said literally where the index of the view is one of few rows only.
    soon = tx.today + timedelta(days=rules_today(tx).soon_days)
    open_now = Issue.turn != literal_column("'nobody'")
    conditions: dict[View, Callable[[], ColumnElement[bool]]] = {
        View.TO_DO: lambda: Issue.turn == literal_column("'station'"),
        View.DUE_SOON: lambda: Issue.due_on.between(tx.today, soon),
        View.OVERDUE: lambda: Issue.due_on < tx.today,
        View.TO_RATE: lambda: literal_column("issue.to_rate"),
        View.TO_REVISIT: lambda: Issue.revisit_on <= tx.today,
        View.LOOK_BACKS: lambda: Issue.look_back_on <= tx.today,
        View.PROMISES: lambda: Issue.promise_on <= soon,
        View.SUPERVISED: lambda: literal_column("issue.supervised"),
        View.LONG_OPEN: lambda: and_(
            open_now, Issue.registered_at < _starts(tx, _long_ago(tx) + timedelta(days=1))
        ),
    }
    made = conditions.get(View(str(view)))
    return Issue.id.is_not(None) if made is None else made()


def _of_deputy(tx: Tx, of: type[Issue], deputy_id: Any) -> ColumnElement[bool]:
    return Issue.id.in_(select(IssueDeputy.issue_id).where(IssueDeputy.deputy_id == deputy_id))


def _of_campaign(tx: Tx, of: type[Issue], campaign: Any) -> ColumnElement[bool]:
    days = select(ReceptionDay.id).where(ReceptionDay.campaign == campaign)
    return Issue.visit_id.in_(select(Visit.id).where(Visit.day_id.in_(days)))


def _at_place(tx: Tx, of: type[Issue], place: Any) -> ColumnElement[bool]:
    found = search_index.matching(Found.ISSUE, str(place))
    return and_(Issue.id.in_(found), Issue.place.contains(str(place).strip(), autoescape=True))


def _from(tx: Tx, of: type[Issue], day: Any) -> ColumnElement[bool]:
    return of.registered_at >= _starts(tx, day)


def _until(tx: Tx, of: type[Issue], day: Any) -> ColumnElement[bool]:
    return of.registered_at < _starts(tx, day + timedelta(days=1))


def _urgent(tx: Tx, of: type[Issue], _: Any) -> ColumnElement[bool]:
    # Said literally, because an index of urgent issues only serves no bound value.
    return of.urgency == literal_column("'urgent'")


def _of_turn(tx: Tx, of: type[Issue], turn: Any) -> ColumnElement[bool]:
    # Said literally: the index of what the station has to do serves no bound value.
    said = Issue.turn == literal_column(f"'{Turn(turn).value}'")
    if turn != Turn.RESIDENT:
        return said
    # While the resident is waited for the clock stands still: what has a day is passed over by
    # its index, and few rows are left to look at.
    other = aliased(Issue, name="dated")
    dated = select(other.id).where(other.due_on.is_not(None))
    return and_(said, literal_column("+issue.id", Issue.id.type).not_in(dated))


_OTHERS: dict[str, Callable[[Tx, type[Issue], Any], ColumnElement[bool]]] = {
    "view": _in_view,
    "turn": _of_turn,
    "urgent": _urgent,
    "deputy_id": _of_deputy,
    "campaign": _of_campaign,
    "place": _at_place,
    "first_on": _from,
    "last_on": _until,
}
