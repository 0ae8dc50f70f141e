"""Where attachments lie: sealed parts in order, in a folder or in an S3-compatible store."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from central.config import Settings

_NONCE, _TAG, _LENGTH = 12, 16, 4
#: What sealing adds to a part, in bytes.
OVERHEAD = _NONCE + _TAG


class Damaged(Exception):
    """An attachment that is not there or was altered where it lies."""


class BlobStore(Protocol):
    """Keeps the parts of attachments, each sealed before it is written anywhere."""

    def put(self, stream_id: str, name: str, offset: int, part: bytes) -> None:
        """Keep the part that begins at ``offset``; what lay beyond it unfinished is dropped."""

    def parts(self, stream_id: str, name: str, start: int = 0) -> Iterator[tuple[int, bytes]]:
        """(offset, opened part) in order, from the part that holds ``start``. Raises Damaged."""

    def remove(self, stream_id: str, name: str) -> None:
        """Remove an attachment, if it is there."""

    def close(self) -> None:
        """Let go of whatever is open."""


class Seal:
    """Encrypts parts. Each is bound to its attachment and offset: none can stand for another."""

    def __init__(self, key: bytes) -> None:
        self._cipher = ChaCha20Poly1305(key)

    def close(self, stream_id: str, name: str, offset: int, part: bytes) -> bytes:
        """``part`` as it may lie anywhere."""
        nonce = secrets.token_bytes(_NONCE)
        return nonce + self._cipher.encrypt(nonce, part, _about(stream_id, name, offset))

    def open(self, stream_id: str, name: str, offset: int, sealed: bytes) -> bytes:
        """The part again. Raises Damaged."""
        try:
            about = _about(stream_id, name, offset)
            return self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], about)
        except (InvalidTag, ValueError):
            raise Damaged(name) from None


class FolderStore:
    """A folder of files, one an attachment and stream; each holds its parts one after another."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder = folder
        self._seal = Seal(key)

    def put(self, stream_id: str, name: str, offset: int, part: bytes) -> None:
        """Append the part, on disk before this returns."""
        path = self._folder / place(stream_id, name)
        fresh = not path.exists()
        path.parent.mkdir(parents=True, exist_ok=True)
        sealed = self._seal.close(stream_id, name, offset, part)
        with open(path, "w+b" if fresh else "r+b") as file:
            keep = _end_of(path, offset)
            file.truncate(keep)
            file.seek(keep)
            file.write(len(sealed).to_bytes(_LENGTH, "big") + sealed)
            file.flush()
            os.fsync(file.fileno())
        if fresh:
            _settle(path.parent)

    def parts(self, stream_id: str, name: str, start: int = 0) -> Iterator[tuple[int, bytes]]:
        """The parts from the one that holds ``start``; those before it are not read."""
        offset = 0
        try:
            with open(self._folder / place(stream_id, name), "rb") as file:
                while head := file.read(_LENGTH):
                    length = int.from_bytes(head, "big")
                    end = offset + length - OVERHEAD
                    if end <= start:
                        file.seek(length, os.SEEK_CUR)
                    else:
                        sealed = file.read(length)
                        yield offset, self._seal.open(stream_id, name, offset, sealed)
                    offset = end
        except OSError:
            raise Damaged(name) from None

    def remove(self, stream_id: str, name: str) -> None:
        """Remove the file."""
        (self._folder / place(stream_id, name)).unlink(missing_ok=True)

    def close(self) -> None:
        """Nothing stays open."""


def place(stream_id: str, name: str) -> str:
    """Where in a store an attachment lies; a stream's name would tell the station."""
    return f"{sha256(stream_id.encode()).hexdigest()[:32]}/{name[:2]}/{name}"


def store_of(settings: Settings, key: bytes) -> BlobStore:
    """The store that the settings name; ``key`` encrypts what lies there."""
    if not settings.bucket.url:
        return FolderStore(settings.blobs, key)
    from central.s3 import S3Store

    return S3Store(settings.bucket, key)


def _end_of(path: Path, offset: int) -> int:
    """Where in the file the part that begins at ``offset`` belongs."""
    at = plain = 0
    with open(path, "rb") as file:
        while plain < offset and (head := file.read(_LENGTH)):
            length = int.from_bytes(head, "big")
            at += _LENGTH + length
            plain += length - OVERHEAD
            file.seek(at)
    return at


def _settle(folder: Path) -> None:
    """Make a new file's name as durable as its content, where folders can be synced."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _about(stream_id: str, name: str, offset: int) -> bytes:
    return f"{stream_id}/{name}/{offset}".encode()
