"""Records, their history and the results, read and written a whole batch at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterable
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

#: What a stream has not had yet: nothing is looked for twice, and what is the same in all of a
#: batch is said once. Short words lie in one text with blanks between them, bodies in one list:
#: half as costly for PostgreSQL as a JSON object a record.
_ADD = """
INSERT INTO record (stream_id, kind, id, rev, row_version, state, body, field_versions,
                    origin_device, origin_mid)
SELECT %s, k, i, r, 1, 0, b, %s::jsonb, %s, m
FROM ROWS FROM (
    unnest(string_to_array(%s, ' '), string_to_array(%s, ' ')::uuid[],
           string_to_array(%s, ' ')::bigint[], string_to_array(%s, ' ')::bigint[]),
    jsonb_array_elements(%s::jsonb)
) AS x(k, i, r, m, b)
"""
_OVERWRITE = """
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
SELECT %s, k, i, n, nullif(f, 'null'), a, d, m, h
FROM ROWS FROM (
    unnest(string_to_array(%s, ' '), string_to_array(%s, ' ')::uuid[],
           string_to_array(%s, ' ')::int[], string_to_array(%s, ' ', '-')::uuid[],
           string_to_array(%s, ' ', '-')::uuid[], string_to_array(%s, ' ')::bigint[]),
    jsonb_array_elements(%s::jsonb), jsonb_array_elements_text(%s::jsonb)
) AS x(k, i, n, a, d, m, f, h)
"""
#: Whether a row is one of the keys that are given as ``columns``.
AMONG = "(kind, id) IN (SELECT * FROM unnest(%s::text[], %s::text[]::uuid[]))"
#: LIMIT 1 makes it one look into the index a record; a join would read the whole stream.
_LOAD = """
SELECT found.* FROM unnest(string_to_array(%s, ' '), string_to_array(%s, ' ')::uuid[])
AS wanted(kind, id) CROSS JOIN LATERAL (
    SELECT r.kind, r.id, row_version, state, body, field_versions FROM record r
    WHERE stream_id = {stream} AND r.kind = wanted.kind AND r.id = wanted.id LIMIT 1
) AS found
"""
LOAD = _LOAD.format(stream="%s")
#: The stream of the device that ``enter`` let in.
LOAD_OWN = _LOAD.format(stream="current_setting('app.own')")


class Stamped(msgspec.Struct):
    """A record as a batch leaves it; ``device`` and ``mid`` say whose change stamped it last.

    ``new``: the device added it and the stream has never had it, so that all its fields are of
    version 1 and by one writer.
    """

    present: Present
    rev: int
    device: UUID | None
    mid: int
    new: bool = False


class Step(msgspec.Struct, frozen=True):
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
    return presents(connection.execute(LOAD, [*words(wanted), stream_id]))


def columns(keys: Iterable[Key]) -> list[list[str]]:
    """Keys as two arrays."""
    pairs = list(keys)
    return [[kind for kind, _ in pairs], [one for _, one in pairs]]


def words(keys: Collection[Key]) -> list[str]:
    """Keys as the parameters that ``LOAD`` takes: arrays would cost the driver much more."""
    return [_joined([kind for kind, _ in keys]), _joined([one for _, one in keys])]


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
    """Store what a batch made of the stream, in a handful of statements."""
    if not written.records:
        return
    new = {key: made for key, made in written.records.items() if made.new}
    if new:
        _add(connection, stream.stream_id, new)
    if len(new) < len(written.records):
        known = {key: made for key, made in written.records.items() if not made.new}
        _overwrite(connection, stream.stream_id, known)
    _remember(connection, stream.stream_id, written.history)
    connection.execute(
        "UPDATE stream SET head = %s, digest = %s WHERE stream_id = %s",
        [stream.head, stream.digest, stream.stream_id],
    )


def _add(connection: Connection, stream_id: str, records: dict[Key, Stamped]) -> None:
    made = list(records.values())
    connection.execute(
        _ADD,
        [stream_id, _json(made[0].present.field_versions), made[0].device, *words(records),
         _joined([one.rev for one in made]), _joined([one.mid for one in made]),
         _json([one.present.body for one in made])],
    )  # fmt: skip


def _overwrite(connection: Connection, stream_id: str, records: dict[Key, Stamped]) -> None:
    rows = [
        {"k": kind, "i": one, "r": made.rev, "n": made.present.row_version,
         "s": NUMBER[made.present.state or State.LIVE],
         "b": made.present.body if made.present.state is State.LIVE else None,
         "v": made.present.field_versions, "d": made.device, "m": made.mid}
        for (kind, one), made in records.items()
    ]  # fmt: skip
    connection.execute(_OVERWRITE, [stream_id, _json(rows)])


def _remember(connection: Connection, stream_id: str, steps: list[Step]) -> None:
    changes = [step.mutation for step in steps]
    connection.execute(
        _REMEMBER,
        [stream_id, *words([step.key for step in steps]),
         _joined([step.row_version for step in steps]),
         _joined([one.actor.hex if one.actor else "-" for one in changes]),
         _joined([step.device.hex if step.device else "-" for step in steps]),
         _joined([one.mid for one in changes]),
         _json([step.diff for step in steps]), _json([one.hlc for one in changes])],
    )  # fmt: skip


def _joined(values: list[Any]) -> str:
    return " ".join(map(str, values))


def _json(value: object) -> str:
    return _encode(value).decode()
