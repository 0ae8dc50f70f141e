"""What a revoked PC still hands in: kept apart until an administrator has looked (sync.md §11)."""

from __future__ import annotations

from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

import msgspec

from central.database import Connection, Database
from central.push import push
from central.refused import Refused
from db.wire import Problem, Push, Result


def keep(database: Database, device: UUID, body: bytes, limit: int) -> None:
    """Keep a push message of a revoked device; ``limit`` is all that it may hand in, in bytes.

    Raises Refused(SCOPE) for a device that is not revoked, Refused(TOO_LARGE).
    """
    with database.entered(device) as (connection, caller):
        if caller.status == "active":
            raise Refused(Problem.SCOPE)
        held = connection.execute("SELECT coalesce(sum(length(body)), 0) FROM quarantine")
        row = held.fetchone()
        if row is not None and row[0] + len(body) > limit:
            raise Refused(Problem.TOO_LARGE)
        connection.execute(
            "INSERT INTO quarantine (device_id, body_sha256, body) VALUES (%s, %s, %s)"
            " ON CONFLICT DO NOTHING",
            [device, sha256(body).digest(), body],
        )


class Accepted(NamedTuple):
    """What became of a quarantine; ``refused`` are problems of messages that stay there."""

    results: list[Result]
    refused: list[Problem]


def accept(database: Database, admin: Connection, device: UUID) -> Accepted:
    """Take in what a revoked device handed in, as if it had not been revoked.

    What was taken in is no longer kept here. A message that is refused stays and stops no other.
    """
    rows = admin.execute(
        "SELECT body_sha256, body FROM quarantine WHERE device_id = %s AND accepted_at IS NULL"
        " ORDER BY received_at",
        [device],
    ).fetchall()
    done = Accepted([], [])
    for digest, body in rows:
        message = msgspec.json.decode(body, type=Push)
        try:
            done.results.extend(push(database, device, message, revoked_too=True).results)
        except Refused as refused:
            done.refused.append(refused.refusal.problem)
            continue
        admin.execute(
            "UPDATE quarantine SET accepted_at = now(), body = ''"
            " WHERE device_id = %s AND body_sha256 = %s",
            [device, digest],
        )
    return done
