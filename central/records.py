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
from db.wire import Mutation, Result, State, body_hash

set_json_loads(msgspec.json.decode)

Key = tuple[str, UUID]

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
_LOAD = """
SELECT kind, id, row_version, state, body, field_versions FROM record
WHERE stream_id = %s AND (kind, id) IN (SELECT * FROM unnest(%s::text[], %s::uuid[]))
"""


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
    wanted = list(keys)
    rows = connection.execute(
        _LOAD, [stream_id, [kind for kind, _ in wanted], [one for _, one in wanted]]
    )
    return {
        (kind, one): Present(version, STATES[state], body or {}, open_versions(versions, body))
        for kind, one, version, state, body, versions in rows
    }


def write(connection: Connection, stream: Stream, written: Written) -> None:
    """Store what a batch made of the stream, in three statements."""
    if not written.records:
        return
    rows = [
        {"k": kind, "i": one, "r": made.rev, "n": made.present.row_version,
         "s": NUMBER[made.present.state or State.LIVE],
         "b": made.present.body if made.present.state is State.LIVE else None,
         "v": close_versions(made.present.field_versions), "d": made.device, "m": made.mid}
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


def keep_results(
    connection: Connection,
    device: UUID,
    incarnation: int,
    mutations: list[Mutation],
    results: list[Result],
) -> None:
    """Store what became of a batch, and how far the device's queue is done."""
    connection.execute(
        "INSERT INTO mutation_result VALUES (%s, %s, %s, %s, %s, %s, %s)",
        [device, incarnation, mutations[0].mid, mutations[-1].mid,
         b"".join(one.uuid.bytes for one in mutations),
         b"".join(body_hash(one) for one in mutations),
         _encode(results).decode()],
    )  # fmt: skip
    connection.execute(
        "UPDATE incarnation SET last_mid = %s WHERE device_id = %s AND incarnation = %s",
        [mutations[-1].mid, device, incarnation],
    )


def close_versions(versions: dict[str, tuple[int, str]]) -> dict[str, tuple[int, str]]:
    """Field versions as they are stored: what most fields share stands once, under ""."""
    if not versions:
        return {}
    shared = min(versions.values())
    return {"": shared} | {name: one for name, one in versions.items() if one != shared}


def open_versions(
    stored: dict[str, list[Any]], body: dict[str, Any] | None
) -> dict[str, tuple[int, str]]:
    """The field versions of every field, from their stored form."""
    named = {name: (one[0], one[1]) for name, one in stored.items()}
    shared = named.pop("", None)
    if shared is None:
        return named
    return dict.fromkeys(body or {}, shared) | named
