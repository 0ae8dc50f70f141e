"""Small files that are either old or new, never half: written aside, forced to disk, moved over."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

#: Only Windows knows O_BINARY, and would change line ends without it.
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


def replace_file(path: Path, body: bytes) -> None:
    """Put ``body`` at ``path`` so that a power cut leaves the old or the new file, whole.

    Raises OSError when the disk is full or the folder cannot be written.
    """
    aside = path.with_name(f".{path.name}.new")
    try:
        with open(os.open(aside, _NEW_FILE, 0o600), "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, path)
    except OSError:
        discard(aside)
        raise
    sync_folder(path.parent)


def discard(*paths: Path) -> None:
    """Remove what a failed act left; on a read-only disk even removing nothing is refused."""
    for path in paths:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Force the names in ``folder`` to disk; Windows does that with the file itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_file(path: Path) -> None:
    """Force what was written to ``path`` to disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
