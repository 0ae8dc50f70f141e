"""What a revoked PC still hands in: kept apart until an administrator has looked (sync.md §11)."""

from __future__ import annotations

from hashlib import sha256
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


def accept(database: Database, admin: Connection, device: UUID) -> list[Result]:
    """Take in what a revoked device handed in, as if it had not been revoked."""
    rows = admin.execute(
        "SELECT body_sha256, body FROM quarantine WHERE device_id = %s AND accepted_at IS NULL"
        " ORDER BY received_at",
        [device],
    ).fetchall()
    results = []
    for digest, body in rows:
        message = msgspec.json.decode(body, type=Push)
        results += push(database, device, message, revoked_too=True).results
        admin.execute(
            "UPDATE quarantine SET accepted_at = now() WHERE device_id = %s AND body_sha256 = %s",
            [device, digest],
        )
    return results
