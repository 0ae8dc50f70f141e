"""Ways back to a sound file: the newest good backup, or a backup brought from elsewhere; no Qt."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from station_app import wiring
from station_app.config import DataDir
from station_app.errors import FaultKind, StoreFault
from station_app.i18n import tr

if TYPE_CHECKING:
    from station_app.store.backup import Backup


class DamagedFile(StoreFault):
    """The file is damaged; ``backup`` is the newest good one that ``key`` opens, if any."""

    def __init__(self, fault: StoreFault, key: bytes, backup: Backup | None) -> None:
        super().__init__(fault.kind, fault.text)
        self.key = key
        self.backup = backup


def open_or_offer(data: DataDir, slot: str, password: str) -> wiring.OpenStation:
    """Open the station; for a damaged or lost file say which backup could take its place.

    Raises DamagedFile, and StoreFault as ``wiring.open_station``.
    """
    try:
        return wiring.open_station(data, slot, password)
    except StoreFault as fault:
        if fault.kind not in (FaultKind.DAMAGED, FaultKind.MISSING):
            raise
        from station_app.store import backup, keys

        key = keys.unlock(data, slot, password)
        raise DamagedFile(fault, key, backup.newest_good(data, key)) from fault


def put_back(data: DataDir, backup: Path, key: bytes) -> None:
    """Put ``backup`` in the place of the station's file, which is kept aside."""
    from station_app.store import backup as backups

    backups.restore(data, backup, key)


def lost_keys(data: DataDir) -> tuple[bool, Backup | None]:
    """Whether the key file is damaged or gone, and the backup whose keys could take its place."""
    from station_app.store import backup, keys

    if keys.is_sound(data.keys) or not data.database.exists():
        return False, None
    return True, backup.newest_keys(data)


def put_back_keys(data: DataDir, found: Path) -> None:
    """Let the passwords in the key file ``found`` open the station, whose records stay."""
    from station_app.store import backup

    backup.restore_keys(data, found)


def adopt_keys(data: DataDir, backup: Path) -> None:
    """Take over the key slots that lie beside a backup from elsewhere, so that it can be unlocked.

    Raises StoreFault if they are not there or a station is here already.
    """
    if data.exists():
        raise StoreFault(FaultKind.OTHER, tr("There is a station in this folder already."))
    keys = backup.with_suffix(".keys")
    if not keys.exists():
        text = tr("Beside the backup there must be the file of the same name ending in “.keys”.")
        raise StoreFault(FaultKind.MISSING, text)
    data.root.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(keys, data.keys)


def take_over(data: DataDir, backup: Path, slot: str, password: str) -> wiring.OpenStation:
    """Restore the backup whose keys were adopted, and open it."""
    from station_app.store import keys

    put_back(data, backup, keys.unlock(data, slot, password))
    return wiring.open_station(data, slot, password)
