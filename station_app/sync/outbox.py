"""The queue of changes: read as mutations, marked by what the centre said of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any, NamedTuple

import msgspec
import sqlcipher3

from db.wire import Body, Mutation, Outcome, Result
from station_app.sync.moments import stored

PENDING, SENT, REJECTED, CONFLICT, DISMISSED = (
    "pending", "sent", "rejected", "conflict", "dismissed",
)  # fmt: skip

_COLUMNS = (
    "mid, uuid, group_id, fields, args, kind, record_id, op, base_version, schema_version, hlc,"
    " actor_id"
)
#: Named, because after a day without a network SQLite believes that nearly all changes wait, and
#: would walk through the answered ones each time.
_WAITING = "FROM outbox INDEXED BY ix_outbox_state_mid WHERE state = ?"
_decode = msgspec.json.Decoder(list[Mutation]).decode
_encode = msgspec.json.Encoder(uuid_format="hex").encode

#: How long answered changes are kept, for the case that the centre is restored. The centre keeps
#: its answers for longer than that.
KEPT = timedelta(days=35)
#: What makes a change one of nothing.
_EMPTY = "op = 'edit', fields = '{}', args = NULL, result = NULL"

#: A group is sent whole, however large, unless the centre says that it is too large.
Key = tuple[str, str]


class Queue(NamedTuple):
    """Where the queue stands: how many wait, and the mid the next change will get."""

    pending: int
    next_mid: int
    kept_mid: int


def queue(driver: sqlcipher3.Connection) -> Queue:
    """Where the queue stands."""
    pending = driver.execute("SELECT count(*) FROM outbox WHERE state = ?", (PENDING,)).fetchone()
    last = driver.execute("SELECT seq FROM sqlite_sequence WHERE name = 'outbox'").fetchone()
    oldest = driver.execute("SELECT min(mid) FROM outbox").fetchone()
    following = (last[0] if last else 0) + 1
    return Queue(pending[0], following, following if oldest[0] is None else oldest[0])


def batch(
    driver: sqlcipher3.Connection, limit: int, *, whole: bool = True, after: int = 0
) -> list[Mutation]:
    """The next pending mutations in mid order, about ``limit``; the last group ``whole``.

    ``after``: beyond this mid, because all up to it are on their way.
    """
    sql = f"SELECT {_COLUMNS} {_WAITING} AND mid > ? ORDER BY mid LIMIT ?"
    found = driver.execute(sql, (PENDING, after, limit)).fetchall()
    if whole and len(found) == limit:
        last_mid, _, group, *_ = found[-1]
        sql = f"SELECT {_COLUMNS} {_WAITING} AND mid > ? ORDER BY mid"
        following = driver.execute(sql, (PENDING, last_mid))
        found += takewhile(lambda row: row[2] == group, following)
    return _mutations(found)


def answered(driver: sqlcipher3.Connection, since: str, until: int) -> list[Mutation]:
    """The changes from the first on that was answered since a moment, up to a mid."""
    sql = (
        f"SELECT {_COLUMNS} FROM outbox WHERE state <> ? AND mid <= ?"
        " AND mid >= (SELECT min(mid) FROM outbox WHERE acked_at >= ?) ORDER BY mid"
    )
    return _mutations(driver.execute(sql, (PENDING, until, since)).fetchall())


def parts(mutations: list[Mutation], limit: int) -> list[list[Mutation]]:
    """``mutations`` in batches of about ``limit``, no group torn."""
    made: list[list[Mutation]] = []
    for one in mutations:
        full = made and len(made[-1]) >= limit and made[-1][-1].group != one.group
        if not made or full:
            made.append([])
        made[-1].append(one)
    return made


def pending_keys(driver: sqlcipher3.Connection) -> set[Key]:
    """(kind, record id in hex) of everything that has a change waiting."""
    sql = f"SELECT DISTINCT kind, record_id {_WAITING}"
    return set(driver.execute(sql, (PENDING,)).fetchall())


def pending_of(driver: sqlcipher3.Connection, keys: Iterable[Key]) -> dict[Key, list[Mutation]]:
    """The waiting mutations of each of some records, in mid order."""
    wanted = set(keys)
    found: dict[Key, list[Mutation]] = {key: [] for key in wanted}
    if not wanted:
        return found
    listed = _encode(sorted({record_id for _, record_id in wanted})).decode()
    sql = (
        f"SELECT {_COLUMNS} {_WAITING}"
        " AND record_id IN (SELECT value FROM json_each(?)) ORDER BY mid"
    )
    for one in _mutations(driver.execute(sql, (PENDING, listed)).fetchall()):
        key = (one.kind, one.id.hex)
        if key in wanted:
            found[key].append(one)
    return found


def acknowledge(driver: sqlcipher3.Connection, results: list[Result], now: str) -> None:
    """Mark what was answered; only what was more than applied keeps its result."""
    driver.execute(
        "UPDATE outbox SET state = ?, acked_at = ?, result = NULL WHERE mid BETWEEN ? AND ?",
        (SENT, now, results[0].mid, results[-1].mid),
    )
    states = {Outcome.REJECTED: REJECTED, Outcome.CONFLICT: CONFLICT}
    driver.executemany(
        "UPDATE outbox SET state = ?, result = ? WHERE mid = ?",
        [
            (states[one.outcome], _encode(one).decode(), one.mid)
            for one in results
            if one.outcome in states
        ],
    )
    driver.execute("UPDATE identity SET acked_mid = max(acked_mid, ?)", (results[-1].mid,))


def conflicts_arrived(driver: sqlcipher3.Connection) -> None:
    """The conflict records of what was answered so far have been pulled: they tell the rest."""
    driver.execute("UPDATE outbox SET state = ? WHERE state = ?", (SENT, CONFLICT))


def send_again(driver: sqlcipher3.Connection, after: int) -> int:
    """The centre was restored: whatever it forgot waits again. Returns how many changes."""
    done = driver.execute(
        "UPDATE outbox SET state = ?, result = NULL, acked_at = NULL WHERE mid > ? AND state <> ?",
        (PENDING, after, PENDING),
    )
    driver.execute("UPDATE identity SET acked_mid = min(acked_mid, ?)", (after,))
    return int(done.rowcount)


def empty(driver: sqlcipher3.Connection, keys: Iterable[Key]) -> None:
    """Erase what answered changes of some records said; they stay as changes of nothing."""
    driver.executemany(
        f"UPDATE outbox SET {_EMPTY} WHERE kind = ? AND record_id = ? AND state <> 'pending'",
        list(keys),
    )


def prune(driver: sqlcipher3.Connection, now: datetime) -> None:
    """Drop changes answered long before ``now``, from the oldest up to the first to keep.

    Mids have no holes: what cannot go, since a refusal before it waits to be read, is emptied.
    """
    before = stored(now - KEPT)
    driver.execute(
        "DELETE FROM outbox WHERE mid < coalesce((SELECT min(mid) FROM outbox"
        " WHERE state NOT IN (?, ?) OR acked_at >= ?),"
        " (SELECT max(mid) + 1 FROM outbox))",
        (SENT, DISMISSED, before),
    )
    oldest = driver.execute("SELECT acked_at < ? FROM outbox ORDER BY mid LIMIT 1", (before,))
    if (oldest.fetchone() or (0,))[0]:
        driver.execute(
            f"UPDATE outbox SET {_EMPTY}"
            " WHERE state IN (?, ?) AND acked_at < ? AND fields <> '{}'",
            (SENT, DISMISSED, before),
        )


def fold(base: Body | None, pending: Iterable[Mutation]) -> Body | None:
    """What a record is with waiting changes on top of the centre's copy; None: not there."""
    for one in pending:
        if one.op == "delete":
            base = None
        elif one.op == "add" or base is not None:
            base = (base or {}) | {name: new for name, (_, new) in one.fields.items()}
    return base


def roll_back(body: Body | None, changes: list[Mutation]) -> Body | None:
    """What a record was before some changes (in mid order)."""
    for one in reversed(changes):
        if one.op == "add":
            body = None
        elif one.op == "delete" or body is not None:
            body = (body or {}) | {name: old for name, (old, _) in one.fields.items()}
    return body


class _Kept(msgspec.Struct):
    """A row of the queue in the order of its columns, named as in a ``Mutation``."""

    mid: int
    uuid: str
    group: str
    fields: msgspec.Raw
    args: msgspec.Raw | None
    kind: str
    id: str
    op: str
    base: int
    schema: int
    hlc: str
    actor: str | None


def _mutations(rows: list[tuple[Any, ...]]) -> list[Mutation]:
    """Rows of the queue, all read at once: what they say lies there as JSON."""
    return _decode(_encode([_kept(*row) for row in rows]))


def _kept(mid: int, uuid: str, group: str, fields: str, args: str | None, *rest: Any) -> _Kept:
    said = msgspec.Raw(args) if args else None
    return _Kept(mid, uuid, group, msgspec.Raw(fields), said, *rest)
