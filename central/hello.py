"""The first words of every sync: who stands where, and who has been restored (sync.md §8)."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from central.config import Settings
from central.database import Caller, Connection, Database
from central.pull import heads
from central.refused import Refused
from db.wire import (
    PROTOCOL,
    DigestAnswer,
    DigestRequest,
    Hello,
    HelloAnswer,
    Problem,
)


def hello(database: Database, settings: Settings, device: UUID, message: Hello) -> HelloAnswer:
    """Compare notes with a device.

    A PC whose highest mid is below what it once handed in was restored from an old image: it is
    given a new incarnation. A centre that knows less than was acknowledged was itself restored: the
    device sees that from ``last_mid`` and hands in again. Raises Refused (REVOKED, UNKNOWN).
    """
    with database.entered(device) as (connection, caller):
        if caller.status != "active":
            raise Refused(Problem.REVOKED)
        incarnation, last_mid, letter = _life(connection, caller, message)
        connection.execute(
            "UPDATE device SET last_seen = now(), app_version = %s, schema_version = %s"
            " WHERE device_id = %s",
            [message.app_version[:40], message.schema_version, device],
        )
        return HelloAnswer(
            protocol=PROTOCOL,
            last_mid=last_mid,
            incarnation=incarnation,
            streams=heads(connection, caller),
            server_time=datetime.now(UTC).isoformat(),
            policy=settings.policy,
            pull_allowed=message.schema_version >= settings.oldest_schema,
            letter=letter,
        )


def compare(database: Database, device: UUID, message: DigestRequest) -> DigestAnswer:
    """The centre's revision and digest of each stream that was asked for and may be read."""
    with database.entered(device) as (connection, caller):
        if caller.status != "active":
            raise Refused(Problem.REVOKED)
        rows = connection.execute(
            "SELECT stream_id, head, digest FROM stream WHERE stream_id = ANY(%s)",
            [[name for name in message.streams if name in caller.streams]],
        )
        return DigestAnswer({name: (head, f"{int(digest):016x}") for name, head, digest in rows})


def last_mid(connection: Connection, device: UUID, incarnation: int) -> int:
    """Up to where a life of a PC was taken in; 0 if that life is not known."""
    row = connection.execute(
        "SELECT last_mid FROM incarnation WHERE device_id = %s AND incarnation = %s",
        [device, incarnation],
    ).fetchone()
    return 0 if row is None else int(row[0])


def _life(connection: Connection, caller: Caller, message: Hello) -> tuple[int, int, str]:
    row = connection.execute(
        "SELECT last_mid, letter, born_mid FROM incarnation"
        " WHERE device_id = %s AND incarnation = %s FOR UPDATE",
        [caller.device, message.incarnation],
    ).fetchone()
    if row is None:
        # This centre was restored to a time before that life of the PC began.
        after = max(message.kept_mid - 1, 0)
        return _new_life(connection, caller, after, at_least=message.incarnation)
    last_mid, letter = int(row[0]), str(row[1])
    if message.renew:
        return _new_life(connection, caller, message.acked_mid)
    if last_mid >= message.next_mid:
        return _new_life(connection, caller, _stays_told(connection, caller, message))
    if row[2] is None:
        # Said by the PC in this life itself: what it changes from here on was told by no other.
        connection.execute(
            "UPDATE incarnation SET born_mid = %s WHERE device_id = %s AND incarnation = %s",
            [message.next_mid, caller.device, message.incarnation],
        )
    if last_mid + 1 < message.kept_mid:
        # Restored to a time from which the device no longer has its changes: what it still has
        # goes on, the rest is found by comparing digests.
        last_mid = message.kept_mid - 1
        connection.execute(
            "UPDATE incarnation SET last_mid = %s WHERE device_id = %s AND incarnation = %s",
            [last_mid, caller.device, message.incarnation],
        )
    return message.incarnation, last_mid, letter


def _stays_told(connection: Connection, caller: Caller, message: Hello) -> int:
    """Up to which mid a new life need not hand in again: what was acknowledged in this epoch.

    Of what was acknowledged before a restore this centre may know nothing. How far the old life
    has come does not tell: the disk that this one is a copy of may have gone on in it.
    """
    cursor = message.cursors.get(caller.own)
    epoch = heads(connection, caller)[caller.own].epoch
    if cursor is not None and cursor.epoch == epoch:
        return message.acked_mid
    return max(message.kept_mid - 1, 0)


def _new_life(
    connection: Connection, caller: Caller, after: int, *, at_least: int = 1
) -> tuple[int, int, str]:
    row = connection.execute(
        "SELECT its_incarnation, its_letter FROM renew(%s, %s, %s)",
        [caller.device, after, at_least],
    ).fetchone()
    assert row is not None  # a function always answers
    return int(row[0]), after, str(row[1])
