"""Pulled bodies into the typed tables and out again, a whole batch at a time, below the ORM."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Set
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

import sqlcipher3

from db.wire import Body
from station_app.domain.issue_columns import IssueColumns
from station_app.domain.pinyin import sort_key
from station_app.domain.words import paper
from station_app.store import search_index
from station_app.sync.kinds import Kind, kinds, references

#: The stream of a placeholder: a record that others refer to, and that is not there (any more).
GONE = "gone"
#: What a placeholder bears instead of a number.
_NUMBERLESS = "—"
_SOME_DAY = "1970-01-01T00:00:00Z"
#: A picture comes later and on its own way; a second copy of its record must not empty it.
_KEPT = frozenset({("photo", "body")})
#: What is kept beside an issue until its acts are known.
_UNFOLDED = tuple(
    {"status": "registered", "turn": "nobody", "to_rate": 0, "supervised": 0}.get(name)
    for name in IssueColumns._fields
)


class Pulled(NamedTuple):
    """One record to be written: its id in hex, the centre's version, its body."""

    id: str
    row_version: int
    body: Body


def put(
    driver: sqlcipher3.Connection,
    kind: Kind,
    rows: list[Pulled],
    *,
    stream: str,
    now: str,
    coming: Set[str] = frozenset(),
    folded: Mapping[str, tuple[Any, ...]] = MappingProxyType({}),
) -> None:
    """Write rows of one kind, new or known; what they refer to gets a placeholder if need be.

    ``now`` is the moment as the file holds it. ``coming``: issues that are written next, and need
    no placeholder. ``folded``: the derived columns of new issues. The caller sees to other derived
    columns and the index.
    """
    if not rows:
        return
    values = [kind.values(row.body) for row in rows]
    _hold_places(driver, kind, values, now, coming)
    sorted_by_name = "sort_key" in _own(kind)
    lines = []
    for row, line in zip(rows, values, strict=True):
        derived: list[object] = [row.id, row.row_version, max(row.row_version, 1), stream, now]
        if sorted_by_name:
            derived.append(sort_key(str(row.body.get("name") or "")))
        if kind.name == "issue":
            # As the column has it: a held place stands in a visit that is itself but one.
            derived.append(line[kind.names.index("visit_id")])
            derived += folded.get(row.id, _UNFOLDED)
        lines.append(line + derived)
    driver.executemany(_upsert(kind.name), lines)


def bodies(driver: sqlcipher3.Connection, kind: Kind, record_ids: Iterable[str]) -> dict[str, Body]:
    """The bodies of the records among ``record_ids`` (hex) that are there."""
    columns = ", ".join(f'"{name}"' for name in kind.names)
    found = driver.execute(
        f"SELECT id, {columns} FROM {kind.table} WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(record_ids)),),
    )
    return {row[0]: kind.body(row[1:]) for row in found}


def versions(
    driver: sqlcipher3.Connection, kind: Kind, record_ids: Iterable[str]
) -> dict[str, int]:
    """The centre's version of each of the records that are there; placeholders are not."""
    found = driver.execute(
        f"SELECT id, row_version FROM {kind.table}"
        " WHERE id IN (SELECT value FROM json_each(?)) AND stream <> ?",
        (json.dumps(list(record_ids)), GONE),
    )
    return dict(found.fetchall())


def stamp(
    driver: sqlcipher3.Connection, kind: Kind, versions_of: Iterable[tuple[str, int]]
) -> None:
    """Note the centre's versions of records that are otherwise right already."""
    driver.executemany(
        f"UPDATE {kind.table} SET row_version = ? WHERE id = ?",
        [(version, record_id) for record_id, version in versions_of],
    )


def remove(
    driver: sqlcipher3.Connection, kind: Kind, record_ids: Iterable[str], *, now: str
) -> None:
    """Take records away; one that others still refer to becomes an empty placeholder."""
    wanted = set(record_ids)
    if not wanted:
        return
    listed = json.dumps(sorted(wanted))
    kept: set[str] = set()
    for by, column in references(kind.name):
        found = driver.execute(
            f"SELECT DISTINCT {column} FROM {by.table}"
            f" WHERE {column} IN (SELECT value FROM json_each(?))",
            (listed,),
        )
        kept |= {row[0] for row in found}
    if kind.name == "photo":
        empty = [(record_id,) for record_id in kept]
        driver.executemany("UPDATE photo SET body = x'', sha256 = '' WHERE id = ?", empty)
    placeholders(driver, kind, kept, now=now)
    driver.executemany(f"DELETE FROM {kind.table} WHERE id = ?", [(one,) for one in wanted - kept])
    if kind.name == "photo":
        # Nobody waits for what is gone: not even its name is left of an erased picture.
        driver.execute(
            "DELETE FROM blob_task WHERE NOT EXISTS (SELECT 1 FROM photo"
            " WHERE photo.sha256 = blob_task.sha256 AND (length(body) = 0) = (way = 'in'))"
        )


def placeholders(
    driver: sqlcipher3.Connection, kind: Kind, record_ids: Iterable[str], *, now: str
) -> None:
    """Make records empty placeholders: nothing of what they said is left."""
    nameless = paper("record|(not kept here)")
    named = {"name": nameless, "title": nameless, "number": _NUMBERLESS, "voided_at": _SOME_DAY}
    body = {name: said for name, said in named.items() if name in kind.known}
    known = bodies(driver, kind, record_ids)
    rows = []
    for one in record_ids:
        # What a placeholder itself refers to stays, so that lists still join.
        links = {
            field.name: known[one][field.name]
            for field in kind.fields
            if one in known and field.target and not field.nullable
        }
        rows.append(Pulled(one, 0, body | links))
    put(driver, kind, rows, stream=GONE, now=now)
    search_index.catch_up(driver, kind.name, [row.id for row in rows])


def _hold_places(
    driver: sqlcipher3.Connection,
    kind: Kind,
    values: list[list[object]],
    now: str,
    coming: Set[str],
) -> None:
    for place, field in enumerate(kind.fields):
        if not field.target:
            continue
        wanted = {str(line[place]) for line in values if line[place] is not None}
        missing = wanted - existing(driver, kinds()[field.target], wanted)
        if field.target == "issue":
            missing -= coming
        if missing:
            placeholders(driver, kinds()[field.target], missing, now=now)


def existing(driver: sqlcipher3.Connection, kind: Kind, record_ids: Iterable[str]) -> set[str]:
    """Which of ``record_ids`` have a row, if only a placeholder."""
    found = driver.execute(
        f"SELECT id FROM {kind.table} WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(record_ids)),),
    )
    return {row[0] for row in found}


@cache
def _own(kind: Kind) -> dict[str, str]:
    """Derived columns that an insert must give, and the SQL of each."""
    resident = "coalesce((SELECT resident_id FROM visit WHERE id = ?), '')"
    return {
        "deputy": {"sort_key": "?"},
        "resident": {"sort_key": "?", "visit_count": "0"},
        "issue": {
            "resident_id": resident,
            **dict.fromkeys(IssueColumns._fields, "?"),
            "joined_count": "0",
        },
        "deputy_suggestion": {"stage": "'drafted'"},
        "station": {"letter": "coalesce((SELECT letter FROM identity), 'A')"},
    }.get(kind.name, {})


@cache
def _upsert(name: str) -> str:
    kind = kinds()[name]
    own = _own(kind)
    base = ("id", "row_version", "edition", "stream", "updated_at")
    columns = [*kind.names, *base, *own]
    places = ["?"] * (len(kind.names) + len(base)) + list(own.values())
    replaced = [one for one in (*kind.names, "row_version", "stream", "updated_at")
                if (name, one) not in _KEPT]  # fmt: skip
    replaced += [one for one in own if one in ("sort_key", "resident_id")]
    sets = ", ".join(f'"{one}" = excluded."{one}"' for one in replaced)
    listed = ", ".join(f'"{one}"' for one in columns)
    return (
        f"INSERT INTO {kind.table} ({listed}) VALUES ({', '.join(places)})"
        f" ON CONFLICT (id) DO UPDATE SET {sets},"
        # As the centre counts, so that paper of one PC is no newer or older on another.
        " edition = max(edition + 1, excluded.edition)"
    )
