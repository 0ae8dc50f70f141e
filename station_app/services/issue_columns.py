"""Keeps what follows from an issue's history beside it, for lists: after each act, or all anew."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from db.models import Issue, IssueEvent, Setting, Visit
from station_app.domain.issue_columns import IssueColumns, issue_columns
from station_app.domain.issue_facts import COUNTED, Fact, issue_facts
from station_app.domain.issue_history import standing
from station_app.domain.rules import RuleSet
from station_app.domain.standing import Act, Standing
from station_app.domain.working_days import WorkCalendar
from station_app.services.rules import rule_sets, rules_of, work_calendar
from station_app.store import Tx, facts, tally
from station_app.store.transaction import driver_of

_STALE = "issue_columns"
_BATCH = 500


class Yardstick:
    """The rules and the calendar of one transaction: read once, for many issues."""

    def __init__(self, tx: Tx) -> None:
        self.rules: Mapping[str, RuleSet] = rule_sets(tx)
        self.calendar: WorkCalendar = work_calendar(tx)

    def rules_for(self, found: Standing) -> RuleSet:
        """The rules that an issue began under."""
        return rules_of(self.rules, found.rules)

    def columns(self, found: Standing) -> IssueColumns:
        """The columns that follow from a standing."""
        return issue_columns(found, self.rules_for(found), self.calendar)

    def facts(self, acts: Sequence[Act], found: Standing) -> tuple[Fact, ...]:
        """What counts of a history that leads to ``found``."""
        return issue_facts(acts, self.rules_for(found), self.calendar)


def acts_of(rows: Iterable[IssueEvent]) -> Iterator[Act]:
    """The acts of stored events."""
    for row in rows:
        yield Act(row.event, row.happened_at, row.unit_id, row.details or {}, row.expected, row.id)


def fill_columns(
    tx: Tx, row: Issue, events: Sequence[IssueEvent], measure: Yardstick | None = None
) -> Standing:
    """Bring the derived columns of ``row``, and what counts of it, in line with its history."""
    measure, acts = measure or Yardstick(tx), list(acts_of(events))
    found = standing(acts)
    for name, value in measure.columns(found)._asdict().items():
        if getattr(row, name) != value:
            setattr(row, name, value)
    if any(one.event in COUNTED for one in acts):
        counted, hexed = measure.facts(acts, found), row.id.hex
        facts.keep(driver_of(tx.session), [hexed], [(hexed, one) for one in counted])
    return found


#: The acts that name deputies beside the one who acted.
DEPUTIES_NAMED = "SELECT deputy_id, details, issue_id FROM issue_event WHERE (deputy_id IS NOT NULL"
DEPUTIES_NAMED += " OR event IN ('met', 'raised'))"


def deputies_in(deputy_id: UUID | str | None, details: Mapping[str, Any] | None) -> set[str]:
    """The deputies (hex ids) whom one act names."""
    named = set((details or {}).get("deputies", ()))
    if deputy_id is not None:
        named.add(deputy_id if isinstance(deputy_id, str) else deputy_id.hex)
    return named


def note_deputies(tx: Tx, issue_id: UUID, deputies: Iterable[UUID | str]) -> None:
    """Remember that ``deputies`` (ids, or these in hex) have to do with an issue."""
    named = {one if isinstance(one, str) else one.hex for one in deputies}
    wanted = [(one, issue_id.hex) for one in named]
    if wanted:  # below the ORM: this is on the path of every save
        sql = "INSERT OR IGNORE INTO issue_deputy (deputy_id, issue_id) VALUES (?, ?)"
        driver_of(tx.session).executemany(sql, wanted)


def measure_again(tx: Tx) -> int:
    """Work out the days of every issue on which a clock runs: holidays or rules have changed.

    Returns how many issues were looked at.
    """
    tx.session.flush()
    running = (
        Issue.due_on.is_not(None) | Issue.look_back_on.is_not(None) | Issue.revisit_on.is_not(None)
    )
    ids = tx.session.scalars(select(Issue.id).where(running)).all()
    return _fill(tx, ids)


def catch_up(tx: Tx) -> int:
    """After an upgrade of the file: fill the columns that are new, once. Returns how many issues.

    Raises nothing; a file that needs nothing costs one look.
    """
    if tx.session.get(Setting, _STALE) is None:
        return 0
    done = rebuild(tx)
    tx.session.execute(delete(Setting).where(Setting.name == _STALE))
    return done


def is_stale(tx: Tx) -> bool:
    """Whether the file waits for ``catch_up``."""
    return tx.session.get(Setting, _STALE) is not None


def rebuild(tx: Tx) -> int:
    """Work out everything that is kept beside issues anew. Returns how many issues there are."""
    driver = driver_of(tx.session)
    driver.execute("DELETE FROM issue_deputy")
    driver.execute("DELETE FROM issue_fact")
    rows = tx.session.execute(
        select(Issue.id, Visit.deputy_ids).join(Visit, Visit.id == Issue.visit_id)
    )
    pairs = [(one, issue_id.hex) for issue_id, deputies in rows for one in deputies]
    for deputy_id, details, issue_hex in driver.execute(DEPUTIES_NAMED).fetchall():
        pairs += [(one, issue_hex) for one in deputies_in(deputy_id, json.loads(details))]
    driver.executemany("INSERT OR IGNORE INTO issue_deputy VALUES (?, ?)", pairs)
    done = _fill(tx, tx.session.scalars(select(Issue.id)).all())
    tally.rebuild(driver)
    return done


def _fill(tx: Tx, ids: Sequence[UUID]) -> int:
    measure, waiting = Yardstick(tx), iter(ids)
    while batch := list(islice(waiting, _BATCH)):
        written = histories(tx, batch)
        for row in tx.session.scalars(select(Issue).where(Issue.id.in_(batch))):
            fill_columns(tx, row, written.get(row.id, []), measure)
        tx.session.flush()
        tx.session.expunge_all()
    return len(ids)


def histories(tx: Tx, ids: Sequence[UUID]) -> dict[UUID, list[IssueEvent]]:
    """The histories of some issues, each oldest first."""
    query = select(IssueEvent).where(IssueEvent.issue_id.in_(ids))
    found: dict[UUID, list[IssueEvent]] = {}
    for row in tx.session.scalars(query.order_by(IssueEvent.happened_at, IssueEvent.id)):
        found.setdefault(row.issue_id, []).append(row)
    return found
