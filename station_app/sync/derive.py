"""What is kept beside pulled records for speed: folds, counts, the search index (never sent)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from enum import Enum
from itertools import groupby
from typing import Any
from uuid import UUID

import msgspec
import sqlcipher3

from db.vocabulary import IssueEventKind, IssueStatus, Op, Stage
from db.wire import Body
from station_app.domain.issue_columns import IssueColumns
from station_app.domain.issue_history import standing
from station_app.domain.standing import Act
from station_app.domain.suggestions import Step, course, step_undone
from station_app.services.issue_columns import DEPUTIES_NAMED, Yardstick, deputies_in
from station_app.store import Change, Tx, search_index
from station_app.sync import rows
from station_app.sync.counting import keep_facts
from station_app.sync.kinds import kinds
from station_app.sync.moments import stored
from station_app.sync.rows import GONE

#: Records that others follow from, before somebody else may ask for the file.
_SETTLED_AT_ONCE = 500
#: Records that are indexed before somebody else may ask for the file.
_INDEXED_AT_ONCE = 500
_IN = "IN (SELECT value FROM json_each(?))"
_COUNT = f"""
UPDATE resident SET (visit_count, last_visit_at) = (
    SELECT count(*), max(arrived_at) FROM visit WHERE voided_at IS NULL AND id IN (
        SELECT id FROM visit WHERE resident_id = resident.id
        UNION SELECT visit_id FROM visit_companion WHERE resident_id = resident.id))
WHERE id {_IN} AND stream <> '{GONE}'
"""
_LEAD = f"""
UPDATE issue SET resident_id = (SELECT resident_id FROM visit WHERE id = issue.visit_id)
WHERE visit_id {_IN}
    AND resident_id <> (SELECT resident_id FROM visit WHERE id = issue.visit_id)
"""
_HISTORY = f"""
SELECT issue_id, event, happened_at, unit_id, details, expected, id FROM issue_event
WHERE issue_id {_IN} ORDER BY issue_id, happened_at, id
"""
_FOLD = f"""
UPDATE issue SET {", ".join(f"{name} = ?" for name in IssueColumns._fields)}
WHERE id = ? AND stream <> '{GONE}'
"""
_RECEIVED = f"SELECT id, deputy_ids FROM visit WHERE id {_IN}"
_OF_VISITS = f"SELECT id, visit_id FROM issue WHERE visit_id {_IN}"
_OF_ISSUES = f"SELECT id, visit_id FROM issue WHERE id {_IN}"
_JOINED = f"""
UPDATE issue SET joined_count = (SELECT count(*) FROM issue j WHERE j.joined_to = issue.id)
WHERE id {_IN}
"""
_STEPS = f"""
SELECT suggestion_id, id, stage, expected, details FROM suggestion_event
WHERE suggestion_id {_IN} ORDER BY suggestion_id, happened_at, id
"""
#: The columns that lead from a record to others whose derived columns follow from it.
_LINKS = {
    "visit": {"id": "visits", "resident_id": "residents"},
    "companion": {"resident_id": "residents", "visit_id": "visits"},
    "issue": {"id": "issues"},
    "issue_event": {"issue_id": "issues"},
    "deputy_suggestion": {"id": "suggestions"},
    "suggestion_event": {"suggestion_id": "suggestions"},
    "resident": {"id": "residents"},
}


class Touched:
    """Collects which records were written or taken away, and settles what follows from them."""

    def __init__(self, driver: sqlcipher3.Connection) -> None:
        self._driver = driver
        self._indexed: dict[str, dict[str, None]] = defaultdict(dict)
        self._follow: dict[str, set[str]] = defaultdict(set)
        self._renamed: set[str] = set()
        self._folded: dict[str, tuple[Any, ...]] = {}

    def written(self, kind: str, record_ids: Iterable[str], bodies: Iterable[Body]) -> None:
        """These records were written anew or changed."""
        self._indexed[kind].update(dict.fromkeys(record_ids))
        for name, to in _LINKS.get(kind, {}).items():
            if name == "id":
                self._follow[to].update(self._indexed[kind])
            else:
                self._led_to(to, {body[name] for body in bodies if body.get(name)})
        if kind in _MEASURES:
            self._folded.clear()

    def changing(self, kind: str, record_ids: Iterable[str]) -> None:
        """These known records will be written or taken away: note what leads away from them."""
        wanted = set(record_ids)
        if not wanted:
            return
        for name, to in _LINKS.get(kind, {}).items():
            if name != "id":
                sql = f"SELECT {name} FROM {kinds()[kind].table} WHERE id {_IN}"
                self._led_to(to, {row[0] for row in self._ask(sql, wanted)})
        if kind == "visit":
            sql = f"SELECT resident_id FROM visit_companion WHERE visit_id {_IN}"
            self._follow["residents"] |= {row[0] for row in self._ask(sql, wanted)}
            self._follow["moved"] |= wanted
        if kind == "resident":
            self._renamed |= wanted

    def removed(self, kind: str, record_ids: Iterable[str]) -> None:
        """These records were taken away."""
        self._indexed[kind].update(dict.fromkeys(record_ids))
        if kind in _MEASURES:
            self._folded.clear()

    def fold_new(self, tx: Tx, issue_ids: Iterable[str]) -> dict[str, tuple[Any, ...]]:
        """The columns of those of these issues that are not in the file yet, but their acts are.

        Written along with the issue they cost nothing; ``settle`` folds the others, and those
        that more has become known of since.
        """
        wanted = set(issue_ids)
        new = wanted - rows.existing(self._driver, kinds()["issue"], wanted)
        found = self._fold(Yardstick(tx), new) if new else {}
        self._folded |= found
        return found

    def settle(self, tx: Tx, pause: Callable[[], object] = lambda: None) -> None:
        """Bring everything that follows in line, and the search index; ``pause`` may raise."""
        self._companions()
        for visits in self._parts("visits", pause):
            self._ask(_LEAD, visits)
            self._name_deputies(self._receiving(_OF_VISITS, visits))
        for residents in self._parts("residents", pause):
            self._ask(_COUNT, residents)
        measure = Yardstick(tx) if self._follow["issues"] else None
        for issues in self._parts("issues", pause):
            assert measure is not None
            self._refold(tx, measure, issues)
        self._stages(tx)
        for resident_id in self._follow["residents"] - self._indexed["resident"].keys():
            tx.changes.add(Change("resident", UUID(resident_id), Op.EDIT))
        self._named()
        for kind, record_ids in self._indexed.items():
            listed = sorted(record_ids)  # in the order in which they were made
            for at in range(0, len(listed), _INDEXED_AT_ONCE):
                pause()
                search_index.catch_up(self._driver, kind, listed[at : at + _INDEXED_AT_ONCE])

    def _companions(self) -> None:
        sql = f"SELECT resident_id FROM visit_companion WHERE visit_id {_IN}"
        self._follow["residents"] |= {row[0] for row in self._ask(sql, self._follow["visits"])}

    def _parts(self, name: str, pause: Callable[[], object]) -> Iterator[set[str]]:
        """What follows under ``name``, so much at a time that whoever waits is seen in between."""
        listed = sorted(self._follow[name])
        for at in range(0, len(listed), _SETTLED_AT_ONCE):
            pause()
            yield set(listed[at : at + _SETTLED_AT_ONCE])

    def _refold(self, tx: Tx, measure: Yardstick, issues: set[str]) -> None:
        targets = self._targets(issues)
        folded = self._fold(measure, issues - self._folded.keys())
        known = (self._folded[one] for one in issues & self._folded.keys())
        joined = {columns[_JOINED_TO] for columns in (*folded.values(), *known)} - {None}
        missing = joined - rows.existing(self._driver, kinds()["issue"], joined)
        rows.placeholders(self._driver, kinds()["issue"], missing, now=_NEVER)
        self._driver.executemany(_FOLD, [(*columns, one) for one, columns in folded.items()])
        targets |= self._targets(issues)
        self._ask(_JOINED, targets)
        keep_facts(self._driver, measure, issues, _act)
        self._name_deputies(self._receiving(_OF_ISSUES, issues))
        named = self._ask(f"{DEPUTIES_NAMED} AND issue_id {_IN}", issues)
        self._name_deputies(
            (one, issue_id)
            for deputy_id, details, issue_id in named
            for one in deputies_in(deputy_id, msgspec.json.decode(details))
        )
        for issue_id in (issues | targets) - self._indexed["issue"].keys():
            tx.changes.add(Change("issue", UUID(issue_id), Op.EDIT))

    def _fold(self, measure: Yardstick, issue_ids: set[str]) -> dict[str, tuple[Any, ...]]:
        """The derived columns of each issue that has a history, as the file holds them."""
        histories = groupby(self._ask(_HISTORY, issue_ids), key=lambda row: row[0])
        return {
            one: tuple(map(_stored, measure.columns(standing([_act(*row[1:7]) for row in acts]))))
            for one, acts in histories
        }

    def _stages(self, tx: Tx) -> None:
        wanted = self._follow["suggestions"]
        steps = groupby(self._ask(_STEPS, wanted), key=lambda row: row[0])
        folded = [(course(map(_step, taken)).stage.value, one) for one, taken in steps]
        sql = f"UPDATE deputy_suggestion SET stage = ? WHERE id = ? AND stream <> '{GONE}'"
        self._driver.executemany(sql, folded)
        for one in wanted - self._indexed["deputy_suggestion"].keys():
            tx.changes.add(Change("deputy_suggestion", UUID(one), Op.EDIT))

    def _receiving(self, which: str, wanted: set[str]) -> list[tuple[Any, str]]:
        """Who received the visits that issues came from: (deputy, issue)."""
        of_visit = self._ask(which, wanted)
        received = dict(self._ask(_RECEIVED, {row[1] for row in of_visit}))
        return [
            (one, issue_id)
            for issue_id, visit_id in of_visit
            for one in msgspec.json.decode(received.get(visit_id, "[]"))
        ]

    def _name_deputies(self, pairs: Iterable[tuple[Any, str]]) -> None:
        self._driver.executemany("INSERT OR IGNORE INTO issue_deputy VALUES (?, ?)", pairs)

    def _targets(self, issues: set[str]) -> set[str]:
        sql = f"SELECT joined_to FROM issue WHERE id {_IN} AND joined_to IS NOT NULL"
        return {row[0] for row in self._ask(sql, issues)}

    def _led_to(self, to: str, record_ids: set[str]) -> None:
        self._follow[to] |= record_ids
        if to == "issues":
            for one in record_ids & self._folded.keys():
                del self._folded[one]

    def _named(self) -> None:
        """Visits and issues are found by their resident's name."""
        for kind in ("visit", "issue"):
            sql = f"SELECT id FROM {kind} WHERE resident_id {_IN}"
            found = self._ask(sql, self._renamed)
            self._indexed[kind].update(dict.fromkeys(row[0] for row in found))
        sql = f"SELECT id FROM issue WHERE visit_id {_IN}"
        moved = self._ask(sql, self._follow["moved"])
        self._indexed["issue"].update(dict.fromkeys(row[0] for row in moved))

    def _ask(self, sql: str, wanted: set[str]) -> list[tuple[Any, ...]]:
        if not wanted:
            return []
        found: list[tuple[Any, ...]] = self._driver.execute(
            sql, (json.dumps(list(wanted)),)
        ).fetchall()
        return found


_JOINED_TO = IssueColumns._fields.index("joined_to")
#: What an issue's days are measured by.
_MEASURES = frozenset({"rule_set", "calendar_day"})
_NEVER = "1970-01-01 00:00:00.000000"


def _act(
    event: str,
    happened_at: str,
    unit_id: str | None,
    details: str,
    expected: str | None,
    ident: str,
) -> Act:
    said = {} if details == "{}" else msgspec.json.decode(details)
    return Act(
        IssueEventKind(event),
        datetime.fromisoformat(happened_at).replace(tzinfo=UTC),
        UUID(unit_id) if unit_id else None,
        said if isinstance(said, dict) else {},
        IssueStatus(expected) if expected else None,
        UUID(ident),
    )


def _step(row: tuple[str, str, str, str | None, str]) -> Step:
    _, ident, stage, expected, details = row
    said = {} if details == "{}" else msgspec.json.decode(details)
    undone = step_undone(said) if isinstance(said, dict) else None
    return Step(UUID(ident), Stage(stage), Stage(expected) if expected else None, undone)


def _stored(value: Any) -> Any:
    """A derived value as its column holds it."""
    if isinstance(value, datetime):
        return stored(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return value.hex
    return value.value if isinstance(value, Enum) else value
