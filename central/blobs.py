"""Attachments: named by their hash, handed in and given out in parts, encrypted where they lie."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from central.config import Settings
from central.database import Connection, Database
from central.refused import Refused
from db.wire import Problem

_NAME = re.compile(r"[0-9a-f]{64}")
_NONCE, _TAG, _LENGTH = 12, 16, 4


class Stored(NamedTuple):
    """How much of an attachment the centre has, in bytes."""

    stored: int
    size: int
    complete: bool


class BlobStore:
    """A folder of encrypted files, one an attachment and stream; each holds sealed parts in order.

    A part is bound to its attachment and its offset, so that parts cannot be exchanged.
    """

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder = folder
        self._cipher = ChaCha20Poly1305(key)

    def put(self, stream_id: str, name: str, offset: int, part: bytes) -> None:
        """Write the part that begins at ``offset``; what lay beyond it unfinished is dropped."""
        path = self._path(stream_id, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        keep = self._end_of(path, offset)
        with open(path, "r+b" if path.exists() else "w+b") as file:
            file.truncate(keep)
            file.seek(keep)
            file.write(self._seal(stream_id, name, offset, part))
            file.flush()
            os.fsync(file.fileno())

    def parts(self, stream_id: str, name: str) -> Iterator[bytes]:
        """The parts in order, opened. Raises OSError or InvalidTag if the file is damaged."""
        offset = 0
        with open(self._path(stream_id, name), "rb") as file:
            while head := file.read(_LENGTH):
                sealed = file.read(int.from_bytes(head, "big"))
                about = _about(stream_id, name, offset)
                part = self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], about)
                offset += len(part)
                yield part

    def remove(self, stream_id: str, name: str) -> None:
        """Remove an attachment, if it is there."""
        self._path(stream_id, name).unlink(missing_ok=True)

    def _seal(self, stream_id: str, name: str, offset: int, part: bytes) -> bytes:
        nonce = secrets.token_bytes(_NONCE)
        sealed = nonce + self._cipher.encrypt(nonce, part, _about(stream_id, name, offset))
        return len(sealed).to_bytes(_LENGTH, "big") + sealed

    def _end_of(self, path: Path, offset: int) -> int:
        """Where in the file the part that begins at ``offset`` belongs."""
        at = plain = 0
        if not path.exists():
            return 0
        with open(path, "rb") as file:
            while plain < offset and (head := file.read(_LENGTH)):
                length = int.from_bytes(head, "big")
                at += _LENGTH + length
                plain += length - _NONCE - _TAG
                file.seek(at)
        return at

    def _path(self, stream_id: str, name: str) -> Path:
        folder = sha256(stream_id.encode()).hexdigest()[:32]
        return self._folder / folder / name[:2] / name


class Attachments:
    """The acts of a device on attachments: it writes to its own stream, and reads its streams."""

    def __init__(self, database: Database, settings: Settings, store: BlobStore) -> None:
        self._database = database
        self._settings = settings
        self._store = store

    def put(self, device: UUID, name: str, offset: int, size: int, part: bytes) -> Stored:
        """Take a part in; the last one is accepted only if the whole has the hash it is named by.

        A part at another offset than the one expected changes nothing: the answer says where to
        go on. Raises Refused (MALFORMED: begin at 0 again, TOO_LARGE, REVOKED).
        """
        self._fits(name, offset, size, part)
        with self._database.entered(device) as (connection, caller):
            _active(caller.status)
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
        """The part from ``offset`` on, at most one part long; None if it is not there."""
        found = self._find(device, name)
        if found is None or not found[1].complete:
            return None
        stream_id, stored = found
        most, wanted, at = self._settings.blob_part, bytearray(), 0
        for part in self._store.parts(stream_id, name):
            wanted += part[max(offset - at, 0) :]
            at += len(part)
            if len(wanted) >= most:
                break
        return stored, bytes(wanted[:most])

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
            for part in self._store.parts(stream_id, name):
                digest.update(part)
        except (InvalidTag, OSError):
            return ""
        return digest.hexdigest()


def _active(status: str) -> None:
    if status != "active":
        raise Refused(Problem.REVOKED)


def _about(stream_id: str, name: str, offset: int) -> bytes:
    return f"{stream_id}/{name}/{offset}".encode()
