"""Erase a person's record: body, history, conflicts, answers and attachments (sync.md §2, §6)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

import msgspec
from psycopg.types.json import Jsonb

from central.database import Connection
from central.records import AMONG, Key, Stamped, Stream, Written, columns, load, lock_stream, write
from db.conflicts import CONFLICT
from db.merge import Present
from db.wire import DIGEST_MODULUS, Push, State, digest_part, encode

_HASH = re.compile(r"[0-9a-f]{64}")


def erase(connection: Connection, stream_id: str, key: Key) -> set[str] | None:
    """Erase one record of a stream and everything that repeats it; None if it is not there.

    The papers that are filed with it go too, and the pictures that nothing else names. What is
    left is that there was a record, so that every station purges its copy too. Returns the
    attachments whose files must be removed before the transaction is committed.
    """
    stream = lock_stream(connection, stream_id)
    known = load(connection, stream_id, [key]).get(key)
    if known is None or known.state is State.ERASED:
        return None
    papers = [key, *papers_of(connection, stream_id, [key])]
    records = [*papers, *_pictures(connection, stream_id, papers)]
    conflicts = connection.execute(
        "SELECT id FROM record WHERE stream_id = %s AND kind = %s"
        " AND body->>'record_id' = ANY (%s)",
        [stream_id, CONFLICT, [one for _, one in records]],
    ).fetchall()
    keys = [*records, *((CONFLICT, one.hex) for (one,) in conflicts)]
    table = load(connection, stream_id, keys)
    attachments = attachments_of(connection, stream_id, keys)
    written = Written()
    for one, present in table.items():
        _stamp(stream, written, one, present)
    write(connection, stream, written)
    _forget(connection, stream_id, keys)
    _blank_quarantine(connection, stream_id, keys)
    return {name for name in attachments if remove_attachment(connection, stream_id, name)}


def papers_of(connection: Connection, stream_id: str, keys: Iterable[Key]) -> list[Key]:
    """The papers that are filed with records of any kind."""
    filed_with = [one for _, one in keys]
    rows = connection.execute(
        "SELECT kind, id FROM record WHERE stream_id = %s AND state = 0 AND"
        " (kind = 'attachment' AND body->>'issue_id' = ANY (%s)"
        " OR kind = 'scanned_paper' AND body->>'record_id' = ANY (%s))",
        [stream_id, filed_with, filed_with],
    ).fetchall()
    return [(kind, one.hex) for kind, one in rows]


def _pictures(connection: Connection, stream_id: str, keys: list[Key]) -> list[Key]:
    """The pictures that the records name, now or in their history, and no other record does."""
    which = f"stream_id = %s AND {AMONG}"
    values = [stream_id, *columns(keys)]
    named = connection.execute(
        f"SELECT body->>'photo_id' FROM record WHERE {which} UNION"
        f" SELECT jsonb_path_query(diff, '$.photo_id[*]') #>> '{{}}' FROM record_history"
        f" WHERE {which}".encode(),
        values * 2,
    ).fetchall()
    pictures = {one for (one,) in named if one}
    others = connection.execute(
        "SELECT body->>'photo_id' FROM record WHERE stream_id = %s AND state = 0"
        f" AND body->>'photo_id' = ANY (%s) AND NOT ({which})".encode(),
        [stream_id, list(pictures), *values],
    ).fetchall()
    rows = connection.execute(
        "SELECT kind, id FROM record WHERE stream_id = %s AND kind = 'photo' AND state = 0"
        " AND replace(id::text, '-', '') = ANY (%s)",
        [stream_id, list(pictures - {one for (one,) in others})],
    ).fetchall()
    return [(kind, one.hex) for kind, one in rows]


def _stamp(stream: Stream, written: Written, key: Key, present: Present) -> None:
    before = digest_part(*key, present.row_version, present.state or State.ERASED)
    stream.head += 1
    stream.digest = (stream.digest - before) % DIGEST_MODULUS
    gone = Present(present.row_version + 1, State.ERASED)
    written.records[key] = Stamped(gone, stream.head, None, 0)


def _forget(connection: Connection, stream_id: str, keys: list[Key]) -> None:
    """Purge the history, and what was answered to devices: a conflict's answer repeats values."""
    connection.execute(
        f"DELETE FROM record_history WHERE stream_id = %s AND {AMONG}".encode(),
        [stream_id, *columns(keys)],
    )
    answered = connection.execute(
        "SELECT device_id, incarnation, mid, result FROM mutation_result"
        " WHERE device_id IN (SELECT device_id FROM device JOIN station USING (station_id)"
        " WHERE stream_id = %s) AND jsonb_path_exists(result, '$[*].present')",
        [stream_id],
    ).fetchall()
    for device, incarnation, mid, results in answered:
        kept = [{name: value for name, value in one.items() if name != "present"}
                for one in results]  # fmt: skip
        connection.execute(
            "UPDATE mutation_result SET result = %s WHERE device_id = %s AND incarnation = %s"
            " AND mid = %s",
            [Jsonb(kept), device, incarnation, mid],
        )


def _blank_quarantine(connection: Connection, stream_id: str, keys: list[Key]) -> None:
    """Take the values out of what revoked PCs handed in about the records; the mids stay."""
    gone = {UUID(hex=one) for _, one in keys}
    held = connection.execute(
        "SELECT device_id, body_sha256, body FROM quarantine JOIN device USING (device_id)"
        " JOIN station USING (station_id) WHERE stream_id = %s AND accepted_at IS NULL",
        [stream_id],
    ).fetchall()
    for device, digest, body in held:
        message = msgspec.json.decode(body, type=Push)
        if not any(one.id in gone for one in message.mutations):
            continue
        kept = [
            msgspec.structs.replace(one, fields={}) if one.id in gone else one
            for one in message.mutations
        ]
        connection.execute(
            "UPDATE quarantine SET body = %s WHERE device_id = %s AND body_sha256 = %s",
            [encode(Push(message.incarnation, kept)), device, digest],
        )


def attachments_of(connection: Connection, stream_id: str, keys: list[Key]) -> set[str]:
    """The attachments that the records name, now or in their history."""
    values = [stream_id, *columns(keys)]
    rows: list[tuple[Any, ...]] = connection.execute(
        f"SELECT body FROM record WHERE stream_id = %s AND {AMONG} UNION ALL"
        f" SELECT diff FROM record_history WHERE stream_id = %s AND {AMONG}".encode(),
        values * 2,
    ).fetchall()
    return set(_HASH.findall(msgspec.json.encode(rows).decode()))


def remove_attachment(connection: Connection, stream_id: str, name: str) -> bool:
    """Remove an attachment unless another record of the stream names it too."""
    used = connection.execute(
        "SELECT 1 FROM record WHERE stream_id = %s AND state = 0"
        " AND strpos(body::text, %s) > 0 LIMIT 1",
        [stream_id, name],
    ).fetchone()
    if used:
        return False
    connection.execute("DELETE FROM blob WHERE stream_id = %s AND sha256 = %s", [stream_id, name])
    return True
