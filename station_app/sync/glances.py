"""What pulled pages would take away, seen before any of it is done (sync.md §6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from uuid import UUID

import msgspec
import sqlcipher3

from db.wire import State
from station_app.sync import rows
from station_app.sync.kinds import kinds


class Glance(msgspec.Struct):
    """A row of a page as far as the guard has to look."""

    state: State
    kind: str
    id: UUID


class _Page(msgspec.Struct):
    rows: list[Glance]


_decode = msgspec.json.Decoder(_Page).decode


def seen(pages: Iterable[bytes]) -> Iterator[Glance]:
    """Every row of ``pages``."""
    for page in pages:
        yield from _decode(page).rows


def keys_of(pages: Iterable[bytes]) -> set[tuple[str, str]]:
    """(kind, id in hex) of every row of ``pages``."""
    return {(row.kind, row.id.hex) for row in seen(pages)}


def missing(
    driver: sqlcipher3.Connection, column: str, pages: Iterable[bytes]
) -> dict[str, set[str]]:
    """Records that are known here as the centre's, and not in its snapshot; children first."""
    there = keys_of(pages)
    found = {}
    for name in reversed(kinds()):
        sql = f"SELECT id FROM {kinds()[name].table} WHERE stream = ? AND row_version > 0"
        listed = driver.execute(sql, (column,))
        lacking = {row[0] for row in listed if (name, row[0]) not in there}
        if lacking:
            found[name] = lacking
    return found


def going(driver: sqlcipher3.Connection, pages: Iterable[bytes]) -> int:
    """How many known records the pages take away."""
    gone: dict[str, set[str]] = defaultdict(set)
    for row in seen(pages):
        if row.state is not State.LIVE and row.kind in kinds():
            gone[row.kind].add(row.id.hex)
    return sum(len(rows.versions(driver, kinds()[name], ids)) for name, ids in gone.items())


def size(driver: sqlcipher3.Connection, column: str) -> int:
    """How many records of a stream are here."""
    return sum(
        driver.execute(f"SELECT count(*) FROM {kind.table} WHERE stream = ?", (column,)).fetchone()[
            0
        ]
        for kind in kinds().values()
    )
