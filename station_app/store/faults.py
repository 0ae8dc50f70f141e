"""What can befall the file, as sentences that say what happened and what to do."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from station_app.errors import FaultKind, StoreFault
from station_app.i18n import tr

#: SQLite's primary result codes (https://www.sqlite.org/rescode.html).
_CODES = {
    5: FaultKind.BUSY,
    6: FaultKind.BUSY,
    8: FaultKind.READ_ONLY,
    11: FaultKind.DAMAGED,
    13: FaultKind.DISK_FULL,
    26: FaultKind.DAMAGED,
}
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EROFS, errno.EACCES, errno.EPERM}

#: SQLite says only "disk I/O error" or "unable to open" for these; the folder tells more.
_ASK_THE_FOLDER = {10, 14}
_LEAST_FREE = 1 << 20


def fault(kind: FaultKind) -> StoreFault:
    """The StoreFault of one kind, with its sentence."""
    return StoreFault(kind, _sentence(kind))


def fault_of_os(error: OSError) -> StoreFault:
    """The StoreFault behind an error of the operating system."""
    if error.errno in _FULL:
        return fault(FaultKind.DISK_FULL)
    if error.errno in _FORBIDDEN:
        return fault(FaultKind.READ_ONLY)
    if error.errno == errno.ENOENT:
        return fault(FaultKind.MISSING)
    return fault(FaultKind.OTHER)


def fault_of_sqlite(error: BaseException, folder: Path) -> StoreFault | None:
    """The StoreFault behind an error of SQLite, or None if the error is a bug of ours."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    code &= 0xFF
    if code in _ASK_THE_FOLDER:
        return fault(_ask(folder))
    kind = _CODES.get(code)
    return fault(kind) if kind else None


@contextmanager
def told(folder: Path) -> Iterator[None]:
    """Turn errors of SQLite and of the operating system within the block into StoreFaults."""
    try:
        yield
    except OSError as error:
        raise fault_of_os(error) from error
    except Exception as error:
        known = fault_of_sqlite(getattr(error, "orig", None) or error, folder)
        if known is None:
            raise
        raise known from error


def _ask(folder: Path) -> FaultKind:
    import os
    import shutil

    if not folder.is_dir():
        return FaultKind.MISSING
    if not os.access(folder, os.W_OK):
        return FaultKind.READ_ONLY
    if shutil.disk_usage(folder).free < _LEAST_FREE:
        return FaultKind.DISK_FULL
    return FaultKind.OTHER


def _sentence(kind: FaultKind) -> str:
    return {
        FaultKind.DISK_FULL: tr(
            "The disk is full, so this was not saved. Everything saved before is safe, and what "
            "you typed is still here. Free some space on the disk and save again."
        ),
        FaultKind.READ_ONLY: tr(
            "The folder with the station's records cannot be written to. Nothing is lost. Ask the "
            "administrator for permission to write there, then try again."
        ),
        FaultKind.IN_USE: tr(
            "The station is already open in another window or by another user of this computer. "
            "Use that window, or close it and try again."
        ),
        FaultKind.DAMAGED: tr(
            "The station's file is damaged. Do not go on writing: restore the newest good backup. "
            "The damaged file is kept aside, nothing is deleted."
        ),
        FaultKind.NEWER: tr(
            "These records were written by a newer version of the program. Install the newest "
            "version, then open them again. Nothing was changed."
        ),
        FaultKind.MISSING: tr(
            "The station's file is not there. If the folder is on another disk, connect it; "
            "otherwise restore a backup."
        ),
        FaultKind.NOT_ENCRYPTED: tr(
            "This file is not encrypted, so it is not a station's file. It was not opened and "
            "not changed."
        ),
        FaultKind.WRONG_PASSWORD: tr("The password is wrong. Mind capital letters and try again."),
        FaultKind.BUSY: tr(
            "The records are busy just now, so this was not saved. What you typed is still here. "
            "Wait a moment and save again."
        ),
        FaultKind.OTHER: tr(
            "The disk did not take what was written, so this was not saved. Everything saved "
            "before is safe. Check the disk, then try again."
        ),
    }[kind]
