"""Backups: checked copies of the encrypted file with its key slots; restoring one of them."""

from __future__ import annotations

import os
import shutil
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import sqlcipher3

from station_app.config import DataDir
from station_app.errors import FaultKind, StoreFault
from station_app.store.connection import connect
from station_app.store.faults import fault, told
from station_app.store.files import replace_file, sync_file, sync_folder
from station_app.store.keys import is_sound as are_sound_keys
from station_app.store.keys import merge_slots
from station_app.store.locks import FolderLock

if TYPE_CHECKING:
    from station_app.store.store import Store

#: Days with a backup that are kept; of each day the newest.
DAYS_KEPT = 7
#: Backups from before an upgrade that are kept besides.
UPGRADES_KEPT = 2
_STAMP = "%Y%m%d-%H%M%S"


class Reason(StrEnum):
    """Why a backup was made."""

    DAILY = "daily"
    UPGRADE = "upgrade"


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup. ``made_at`` is the station's wall-clock time (naive), ``size`` in bytes."""

    path: Path
    made_at: datetime
    reason: Reason
    size: int

    @property
    def keys(self) -> Path:
        """The key slots as they were then."""
        return self.path.with_suffix(".keys")


def backup_now(store: Store) -> Path:
    """Copy the open file while others go on reading and writing; check the copy; keep seven days.

    Raises StoreFault; a copy that is not good is never kept.
    """
    with told(store.data.root):
        return copy_to_backups(store.data, store.key, store.local_now(), Reason.DAILY)


def due_today(store: Store) -> bool:
    """Whether there is no backup of today yet."""
    today = store.local_now().date()
    return all(one.made_at.date() != today for one in list_backups(store.data))


def list_backups(data: DataDir) -> tuple[Backup, ...]:
    """Every backup, the newest first."""
    found = [_backup(path) for path in data.backups.glob("station-*.db")]
    known = [one for one in found if one is not None]
    return tuple(sorted(known, key=lambda one: one.path.name, reverse=True))


def newest_good(data: DataDir, key: bytes) -> Backup | None:
    """The newest backup that opens with ``key`` and is sound, to be offered for a damaged file."""
    for one in list_backups(data):
        if is_sound(one.path, key):
            return one
    return None


def newest_keys(data: DataDir) -> Backup | None:
    """The newest backup with whole key slots, to be offered for a damaged or lost key file."""
    return next((one for one in list_backups(data) if are_sound_keys(one.keys)), None)


def is_sound(path: Path, key: bytes) -> bool:
    """Whether the file at ``path`` opens with ``key`` and every page of it is in order."""
    try:
        with told(path.parent), closing(connect(path, key, read_only=True)) as driver:
            return not page_faults(driver)
    except StoreFault:
        return False


def page_faults(driver: sqlcipher3.Connection) -> list[str]:
    """What SQLCipher and SQLite find wrong with the pages of a file; empty if nothing."""
    forged = [row[0] for row in driver.execute("PRAGMA cipher_integrity_check")]
    if forged:
        return forged  # SQLite would stop at the first of these pages
    return [row[0] for row in driver.execute("PRAGMA integrity_check") if row[0] != "ok"]


def restore(data: DataDir, backup: Path, key: bytes) -> Path:
    """Put ``backup`` in the place of the station's file; return where the replaced file lies now.

    The store must be closed. The accounts become those of the backup, each with its password of
    today. Raises StoreFault: IN_USE while the store is open, DAMAGED for a backup that is not
    sound; then nothing was changed.
    """
    lock = FolderLock(data.lock)
    try:
        with told(data.root):
            if not is_sound(backup, key):
                raise fault(FaultKind.DAMAGED)
            aside = _free_name(data.database)
            fresh = data.database.with_suffix(".restoring")
            _copy(backup, fresh)
            _set_aside(data, key, aside)
            os.replace(fresh, data.database)
            sync_folder(data.root)
            merge_slots(data, backup.with_suffix(".keys").read_bytes())
            return aside
    finally:
        lock.release()


def restore_keys(data: DataDir, found: Path) -> None:
    """Let the passwords of the key file ``found`` open the station; no record is touched.

    The key file in its place is kept aside. Raises StoreFault: DAMAGED if ``found`` is not whole.
    """
    with told(data.root):
        if not are_sound_keys(found):
            raise fault(FaultKind.DAMAGED)
        if data.keys.exists():
            _copy(data.keys, _free_name(data.keys))
        replace_file(data.keys, found.read_bytes())


def copy_to_backups(data: DataDir, key: bytes, now: datetime, reason: Reason) -> Path:
    """Make one checked backup of the file in ``data`` and drop the ones too many."""
    data.backups.mkdir(parents=True, exist_ok=True)
    target = data.backups / f"station-{now:{_STAMP}}-{reason.value}.db"
    part = target.with_suffix(".part")
    part.unlink(missing_ok=True)
    try:
        _copy_pages(data.database, part, key)
        if not is_sound(part, key):
            raise fault(FaultKind.DAMAGED)
        _copy(data.keys, target.with_suffix(".keys"))
        sync_file(part)
        os.replace(part, target)
        sync_folder(data.backups)
    finally:
        part.unlink(missing_ok=True)
    _prune(data)
    return target


def _copy_pages(source: Path, target: Path, key: bytes) -> None:
    """SQLite's backup API: one consistent moment, while writers go on."""
    with closing(connect(source, key, read_only=True)) as old, closing(connect(target, key)) as new:
        old.backup(new)
        # A backup is one file: nothing of it may wait in a log.
        new.execute("PRAGMA journal_mode=DELETE").fetchone()


def _set_aside(data: DataDir, key: bytes, aside: Path) -> None:
    """Keep the present file under another name, with what its log still holds."""
    if not data.database.exists():
        return
    log = data.database.with_name(data.database.name + "-wal")
    try:
        with told(data.root), closing(connect(data.database, key)) as driver:
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except StoreFault:
        pass  # a damaged file is kept as it is, with its log beside it
    if log.exists() and log.stat().st_size:
        _copy(log, aside.with_name(aside.name + "-wal"))
    _copy(data.database, aside)
    # The log belongs to the replaced file: SQLite would play it into the new one.
    log.unlink(missing_ok=True)
    data.database.with_name(data.database.name + "-shm").unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
    sync_file(target)


def _free_name(file: Path) -> Path:
    number = 1
    while (found := file.with_name(f"station-replaced-{number}{file.suffix}")).exists():
        number += 1
    return found


def _backup(path: Path) -> Backup | None:
    try:
        _, day, time, reason = path.stem.split("-")
        made_at = datetime.strptime(f"{day}-{time}", _STAMP)  # noqa: DTZ007 - wall-clock by intent
        return Backup(path, made_at, Reason(reason), path.stat().st_size)
    except (ValueError, OSError):
        return None


def _prune(data: DataDir) -> None:
    kept: set[object] = set()
    upgrades = 0
    for one in list_backups(data):
        if one.reason is Reason.UPGRADE:
            upgrades += 1
            keep = upgrades <= UPGRADES_KEPT
        else:
            day = one.made_at.date()
            keep = day not in kept and len(kept) < DAYS_KEPT
            kept.add(day)
        if not keep:
            one.path.unlink(missing_ok=True)
            one.keys.unlink(missing_ok=True)
