"""One program at a time on one data folder, by a lock that dies with its process."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO

from station_app.errors import FaultKind
from station_app.store.faults import fault, fault_of_os

if sys.platform == "win32":
    import msvcrt

    def _seize(file: BinaryIO) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _seize(file: BinaryIO) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


class FolderLock:
    """Held from construction until ``release``; a killed process releases it by dying."""

    def __init__(self, path: Path) -> None:
        """Take the lock at ``path``. Raises StoreFault(IN_USE), or READ_ONLY and the like."""
        try:
            self._file = path.open("ab+")
        except OSError as error:
            raise fault_of_os(error) from error
        try:
            _seize(self._file)
        except OSError as error:
            self._file.close()
            raise fault(FaultKind.IN_USE) from error

    def release(self) -> None:
        """Let the next program in; a second call does nothing."""
        self._file.close()
