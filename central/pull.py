"""Give a device a stream's rows beyond its cursor, or all as a snapshot (sync.md §7)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec

from central.database import Caller, Connection, Database
from central.records import STATES
from central.refused import Refused
from db.wire import Head, Problem, State

#: Most rows in one page, whatever a device asks for.
MOST_ROWS = 5000

_ROWS = """
SELECT kind, id, rev, row_version, state, body::text, origin_device, origin_mid FROM record
WHERE stream_id = %s AND rev > %s AND rev > 0 ORDER BY rev LIMIT %s
"""


class RawRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """``db.wire.Row`` with its body as PostgreSQL gives it: it is passed on unread."""

    kind: str
    id: UUID
    rev: int
    row_version: int
    state: State
    body: msgspec.Raw | None = None
    device: UUID | None = None
    mid: int = 0


class RawPage(msgspec.Struct, frozen=True):
    """``db.wire.PullAnswer`` with rows passed on unread."""

    stream: str
    epoch: UUID
    rows: list[RawRow]
    next: int
    head: int
    more: bool


def pull(
    database: Database,
    device: UUID,
    stream_id: str,
    epoch: UUID,
    since: int,
    limit: int,
    *,
    oldest_schema: int = 0,
) -> RawPage:
    """The next page of a stream. Raises Refused (SCOPE, REVOKED, UPGRADE, EPOCH, RESYNC).

    A program older than ``oldest_schema`` is refused: it would not understand what it reads.
    """
    with database.entered(device) as (connection, caller):
        head = _head(connection, caller, stream_id, oldest_schema)
        if epoch != head.epoch or since > head.head:
            raise Refused(Problem.EPOCH)
        if since < head.floor:
            raise Refused(Problem.RESYNC)
        limit = _within(limit)
        return _page(connection, stream_id, head, _ROWS, [stream_id, since, limit + 1], limit)


def snapshot(
    database: Database,
    device: UUID,
    stream_id: str,
    epoch: UUID | None,
    since: int,
    at: int,
    limit: int,
    *,
    oldest_schema: int = 0,
) -> RawPage:
    """A page of everything that is kept, in the order of revisions, to be resumed at any page.

    What is gone is told as long as it is kept: a PC restored from an old image, or one that
    outlived a restore of the centre, may still have it. ``at`` is the head of the first page (0
    for the first itself). Raises Refused as ``pull`` does; RESYNC: start anew.
    """
    with database.entered(device) as (connection, caller):
        head = _head(connection, caller, stream_id, oldest_schema)
        if epoch not in (None, head.epoch) or max(since, at) > head.head:
            raise Refused(Problem.EPOCH)
        if since and at < head.floor:
            raise Refused(Problem.RESYNC)
        limit = _within(limit)
        return _page(connection, stream_id, head, _ROWS, [stream_id, since, limit + 1], limit)


def heads(connection: Connection, caller: Caller) -> dict[str, Head]:
    """Where each stream stands that the device may read."""
    return {
        name: Head(epoch, head, floor)
        for name, epoch, head, floor in connection.execute(
            "SELECT stream_id, epoch, head, floor_rev FROM stream WHERE stream_id = ANY(%s)",
            [list(caller.streams)],
        )
    }


def may_read(caller: Caller, stream_id: str) -> bool:
    """The gateway's own check; row-level security stands behind it."""
    return stream_id in caller.streams


def _head(connection: Connection, caller: Caller, stream_id: str, oldest_schema: int) -> Head:
    if caller.status != "active":
        raise Refused(Problem.REVOKED)
    if not may_read(caller, stream_id):
        raise Refused(Problem.SCOPE)
    row = connection.execute(
        "SELECT epoch, head, floor_rev, (SELECT schema_version FROM device WHERE device_id = %s)"
        " FROM stream WHERE stream_id = %s",
        [caller.device, stream_id],
    ).fetchone()
    if row is None:
        raise Refused(Problem.SCOPE)
    if row[3] < oldest_schema:
        # It said at its last hello which version it is; handing in is never refused.
        raise Refused(Problem.UPGRADE)
    return Head(*row[:3])


def _page(
    connection: Connection, stream_id: str, head: Head, query: Any, values: list[Any], limit: int
) -> RawPage:
    found = connection.execute(query, values).fetchall()
    rows = [_row(*one) for one in found[:limit]]
    more = len(found) > limit
    # Whatever is committed up to the head was seen: it was read before the rows.
    last = rows[-1].rev if more else max([head.head] + [row.rev for row in rows[-1:]])
    return RawPage(stream_id, head.epoch, rows, last, head.head, more)


def _row(
    kind: str,
    one: UUID,
    rev: int,
    version: int,
    state: int,
    body: str | None,
    device: UUID | None,
    mid: int,
) -> RawRow:
    raw = None if body is None else msgspec.Raw(body.encode())
    return RawRow(kind, one, rev, version, STATES[state], raw, device, mid)


def _within(limit: int) -> int:
    return max(1, min(limit, MOST_ROWS))
