"""What is due today and this week, the longest overdue first: nobody has to remember it."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import literal_column, select

from db.models import Issue
from db.vocabulary import Clock, Turn
from station_app.domain.issue_views import DueCount, DueItem, Today
from station_app.services.issue_filters import DAY_SORTS
from station_app.services.issue_records import issue_rows
from station_app.store import Tx, tally
from station_app.store.transaction import driver_of

#: column → what is due; where the unit's and the station's clock differ the issue tells.
_CLOCKS = {
    "due_on": Clock.REPLY,
    "promise_on": Clock.PROMISE,
    "look_back_on": Clock.LOOK_BACK,
    "revisit_on": Clock.REVISIT,
}
_TALLIES = ("due", "promise", "look_back", "revisit")
_TURNS = {Turn.STATION: Clock.DECIDE, Turn.CONGRESS: Clock.SUGGESTION}


def due_now(tx: Tx, *, limit: int = 100) -> Today:
    """Everything that is due up to the end of this week; at most ``limit`` of each kind."""
    until = tx.today + timedelta(days=6 - tx.today.weekday())
    found = [(name, *one) for name in _CLOCKS for one in _due(tx, name, until, limit)]
    waiting = _to_rate(tx, limit)
    rows = {row.id: row for row in issue_rows(tx, list({one[2] for one in found} | {*waiting}))}
    items = sorted(
        (
            DueItem(_clock(name, rows[one].turn), day, (day - tx.today).days, rows[one])
            for name, day, one in found
        ),
        key=lambda one: (one.due_on, one.issue.registered_at),
    )
    driver = driver_of(tx.session)
    whole = sum(tally.count(driver, name, last=until) for name in _TALLIES)
    return Today(
        overdue=tuple(one for one in items if one.days < 0),
        today=tuple(one for one in items if one.days == 0),
        this_week=tuple(one for one in items if one.days > 0),
        more=whole - len(items) + max(0, tally.count(driver, "to_rate") - len(waiting)),
        to_rate=tuple(rows[one] for one in waiting),
    )


def count_due(tx: Tx) -> DueCount:
    """How much is overdue and due today; it costs nothing, however much there is."""
    driver, before = driver_of(tx.session), tx.today - timedelta(days=1)
    overdue = sum(tally.count(driver, name, last=before) for name in _TALLIES)
    due = sum(tally.count(driver, name, first=tx.today, last=tx.today) for name in _TALLIES)
    return DueCount(overdue, due)


def _due(tx: Tx, name: str, until: date, limit: int) -> list[tuple[date, UUID]]:
    column = DAY_SORTS[name]
    query = select(column, Issue.id).where(column <= until).order_by(column, Issue.id)
    return [(row[0], row[1]) for row in tx.session.execute(query.limit(limit))]


def _to_rate(tx: Tx, limit: int) -> list[UUID]:
    # Said literally, as the index of the view says it.
    query = select(Issue.id).where(literal_column("issue.to_rate"))
    return list(tx.session.scalars(query.order_by(Issue.registered_at, Issue.id).limit(limit)))


def _clock(name: str, turn: Turn) -> Clock:
    return _TURNS.get(turn, Clock.REPLY) if name == "due_on" else _CLOCKS[name]
