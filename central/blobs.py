"""Attachments: named by their hash, handed in and given out in parts (sync.md §4)."""

from __future__ import annotations

import logging
import re
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from central.blobstore import BlobStore, Damaged
from central.config import Settings
from central.database import Connection, Database
from central.refused import Refused
from db.wire import Problem

log = logging.getLogger("central")

_NAME = re.compile(r"[0-9a-f]{64}")
#: Whether a living record names an attachment (index ``ix_record_picture``).
NAMED = (
    "SELECT 1 FROM record WHERE stream_id = %s AND kind = 'photo' AND state = 0"
    " AND body->>'sha256' = %s LIMIT 1 FOR SHARE"
)


class Stored(NamedTuple):
    """How much of an attachment the centre has, in bytes."""

    stored: int
    size: int
    complete: bool


class Attachments:
    """The acts of a device on attachments: it writes to its own stream, and reads its streams."""

    def __init__(self, database: Database, settings: Settings, store: BlobStore) -> None:
        self._database = database
        self._settings = settings
        self._store = store

    def close(self) -> None:
        """Let the store go."""
        self._store.close()

    def put(self, device: UUID, name: str, offset: int, size: int, part: bytes) -> Stored:
        """Take a part in; the last one is accepted only if the whole has the hash it is named by.

        A part at another offset than the one expected changes nothing: the answer says where to
        go on. What no record names (any more) is not kept, and the answer says that all is there:
        a PC that cannot read, or a stick that is late, does not know what was erased.
        Raises Refused (MALFORMED: begin at 0 again, TOO_LARGE, REVOKED).
        """
        self._fits(name, offset, size, part)
        with self._database.entered(device) as (connection, caller):
            _active(caller.status)
            if not _is_named(connection, caller.own, name):
                return Stored(size, size, True)
            have = self._lock(connection, caller.own, name, size)
            if have.complete or have.stored != offset or have.size != size:
                return have
            self._store.put(caller.own, name, offset, part)
            stored = offset + len(part)
            complete = stored == size
            if complete and self._hash(caller.own, name) != name:
                self._store.remove(caller.own, name)
                connection.execute(
                    "DELETE FROM blob WHERE stream_id = %s AND sha256 = %s", [caller.own, name]
                )
                connection.commit()
                raise Refused(Problem.MALFORMED, "not what its name says")
            connection.execute(
                "UPDATE blob SET stored = %s, complete = %s WHERE stream_id = %s AND sha256 = %s",
                [stored, complete, caller.own, name],
            )
            return Stored(stored, size, complete)

    def head(self, device: UUID, name: str) -> Stored:
        """How much of an attachment is there; nothing, if it is in none of the device's streams."""
        found = self._find(device, name)
        return found[1] if found else Stored(0, 0, False)

    def get(self, device: UUID, name: str, offset: int) -> tuple[Stored, bytes] | None:
        """What follows ``offset``, at most one part long; None if it is not there, or damaged."""
        found = self._find(device, name)
        if found is None or not found[1].complete:
            return None
        stream_id, stored = found
        try:
            return stored, self._from(stream_id, name, offset)
        except Damaged:
            log.error("damaged", extra={"facts": {"attachment": name}})
            return None

    def whole(self, device: UUID, name: str, most: int) -> bytes | None:
        """An attachment at once; None if it is not there or has more than ``most`` bytes."""
        if not _NAME.fullmatch(name):
            return None
        found = self._find(device, name)
        if found is None or not found[1].complete or found[1].size > most:
            return None
        try:
            return b"".join(part for _, part in self._store.parts(found[0], name))
        except Damaged:
            return None

    def _from(self, stream_id: str, name: str, offset: int) -> bytes:
        for begins, part in self._store.parts(stream_id, name, offset):
            return part[offset - begins :][: self._settings.blob_part]
        return b""

    def _find(self, device: UUID, name: str) -> tuple[str, Stored] | None:
        if not _NAME.fullmatch(name):
            raise Refused(Problem.MALFORMED, "not a SHA-256")
        with self._database.entered(device) as (connection, caller):
            _active(caller.status)
            row = connection.execute(
                "SELECT stream_id, stored, size, complete FROM blob WHERE sha256 = %s"
                " AND stream_id = ANY(%s) ORDER BY complete DESC LIMIT 1",
                [name, list(caller.streams)],
            ).fetchone()
        return (row[0], Stored(*row[1:])) if row else None

    def _fits(self, name: str, offset: int, size: int, part: bytes) -> None:
        if not _NAME.fullmatch(name):
            raise Refused(Problem.MALFORMED, "not a SHA-256")
        if size > self._settings.blob_limit or len(part) > self._settings.blob_part:
            raise Refused(Problem.TOO_LARGE)
        if not part or offset + len(part) > size:
            raise Refused(Problem.MALFORMED, "more than its size, or nothing")

    def _lock(self, connection: Connection, stream_id: str, name: str, size: int) -> Stored:
        connection.execute(
            "INSERT INTO blob (stream_id, sha256, size) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
            [stream_id, name, size],
        )
        row = connection.execute(
            "SELECT stored, size, complete FROM blob WHERE stream_id = %s AND sha256 = %s"
            " FOR UPDATE",
            [stream_id, name],
        ).fetchone()
        assert row is not None  # it was just made
        return Stored(*row)

    def _hash(self, stream_id: str, name: str) -> str:
        digest = sha256()
        try:
            for _, part in self._store.parts(stream_id, name):
                digest.update(part)
        except Damaged:
            return ""
        return digest.hexdigest()


def _active(status: str) -> None:
    if status != "active":
        raise Refused(Problem.REVOKED)


def _is_named(connection: Connection, stream_id: str, name: str) -> bool:
    """Whether a record names the attachment; an erasure now waits until this is committed."""
    return connection.execute(NAMED, [stream_id, name]).fetchone() is not None
