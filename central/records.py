"""Records, their history and the results, read and written a whole batch at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import msgspec
from psycopg.types.json import set_json_loads

from central.database import Connection
from db.merge import Present
from db.wire import Mutation, State

set_json_loads(msgspec.json.decode)

#: A record's kind and its id as hex: dictionaries hash texts far faster than UUIDs.
Key = tuple[str, str]

#: The words of the wire as the small numbers of the table.
STATES = (State.LIVE, State.DELETED, State.EVICTED, State.ERASED)
NUMBER = {state: number for number, state in enumerate(STATES)}

_encode = msgspec.json.Encoder(uuid_format="hex").encode

#: One JSON parameter a batch: in a trial half as costly as arrays of every column.
_WRITE = """
INSERT INTO record (stream_id, kind, id, rev, row_version, state, body, field_versions,
                    origin_device, origin_mid)
SELECT %s, k, i, r, n, s, b, v, d, m
FROM jsonb_to_recordset(%s::jsonb)
    AS x(k text, i uuid, r bigint, n int, s smallint, b jsonb, v jsonb, d uuid, m bigint)
ON CONFLICT (stream_id, kind, id) DO UPDATE SET
    rev = excluded.rev, row_version = excluded.row_version, state = excluded.state,
    body = excluded.body, field_versions = excluded.field_versions,
    origin_device = excluded.origin_device, origin_mid = excluded.origin_mid, updated_at = now()
"""
_REMEMBER = """
INSERT INTO record_history (stream_id, kind, id, row_version, diff, actor, device, mid, hlc)
SELECT %s, k, i, n, f, a, d, m, h
FROM jsonb_to_recordset(%s::jsonb)
    AS x(k text, i uuid, n int, f jsonb, a uuid, d uuid, m bigint, h text)
"""
#: LIMIT 1 makes it one look into the index a record; a join would read the whole stream.
_LOAD = """
SELECT found.* FROM unnest(%s::text[], %s::text[]::uuid[]) AS wanted(kind, id) CROSS JOIN LATERAL (
    SELECT r.kind, r.id, row_version, state, body, field_versions FROM record r
    WHERE stream_id = {stream} AND r.kind = wanted.kind AND r.id = wanted.id LIMIT 1
) AS found
"""
LOAD = _LOAD.format(stream="%s")
#: The stream of the device that ``enter`` let in.
LOAD_OWN = _LOAD.format(stream="current_setting('app.own')")


@dataclass(slots=True)
class Stamped:
    """A record as a batch leaves it; ``device`` and ``mid`` say whose change stamped it last."""

    present: Present
    rev: int
    device: UUID | None
    mid: int


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a record's history. ``diff`` is None for its first version, which has no old."""

    key: Key
    row_version: int
    diff: dict[str, Any] | None
    mutation: Mutation
    device: UUID | None


@dataclass(slots=True)
class Stream:
    """Where a stream stands, locked for this transaction."""

    stream_id: str
    head: int
    digest: int


@dataclass(slots=True)
class Written:
    """Everything that a batch makes of a stream."""

    records: dict[Key, Stamped] = field(default_factory=dict)
    history: list[Step] = field(default_factory=list)


def lock_stream(connection: Connection, stream_id: str) -> Stream:
    """Lock a stream's row: from now on nobody else gives a revision in it."""
    row = connection.execute(
        "SELECT head, digest FROM stream WHERE stream_id = %s FOR UPDATE", [stream_id]
    ).fetchone()
    if row is None:
        raise LookupError(stream_id)
    return Stream(stream_id, row[0], int(row[1]))


def load(connection: Connection, stream_id: str, keys: Iterable[Key]) -> dict[Key, Present]:
    """The records among ``keys`` that the stream has."""
    return presents(connection.execute(LOAD, [*columns(keys), stream_id]))


def columns(keys: Iterable[Key]) -> list[list[str]]:
    """Keys as the parameters that the statements take."""
    pairs = list(keys)
    return [[kind for kind, _ in pairs], [one for _, one in pairs]]


def presents(rows: Iterable[tuple[Any, ...]]) -> dict[Key, Present]:
    """Records as the statement ``LOAD`` gives them."""
    return {
        (kind, one.hex): Present(
            version,
            STATES[state],
            body or {},
            {name: (at[0], at[1]) for name, at in fields.items()},
        )
        for kind, one, version, state, body, fields in rows
    }


def write(connection: Connection, stream: Stream, written: Written) -> None:
    """Store what a batch made of the stream, in three statements."""
    if not written.records:
        return
    rows = [
        {"k": kind, "i": one, "r": made.rev, "n": made.present.row_version,
         "s": NUMBER[made.present.state or State.LIVE],
         "b": made.present.body if made.present.state is State.LIVE else None,
         "v": made.present.field_versions, "d": made.device, "m": made.mid}
        for (kind, one), made in written.records.items()
    ]  # fmt: skip
    connection.execute(_WRITE, [stream.stream_id, _encode(rows).decode()])
    steps = [
        {"k": step.key[0], "i": step.key[1], "n": step.row_version, "f": step.diff,
         "a": step.mutation.actor, "d": step.device, "m": step.mutation.mid,
         "h": step.mutation.hlc}
        for step in written.history
    ]  # fmt: skip
    connection.execute(_REMEMBER, [stream.stream_id, _encode(steps).decode()])
    connection.execute(
        "UPDATE stream SET head = %s, digest = %s WHERE stream_id = %s",
        [stream.head, stream.digest, stream.stream_id],
    )
