"""For each fault of the file the ways on that are open at that moment."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from station_app.errors import FaultKind, StationError, StoreFault
from station_app.i18n import tr
from station_app.ui.faults import FaultDialog, Way

if TYPE_CHECKING:
    from station_app.store.backup import Backup
    from station_app.ui.app import Program

#: What can pass by itself or be mended outside: trying again is the way on.
_PASSING = frozenset(
    {
        FaultKind.DISK_FULL,
        FaultKind.READ_ONLY,
        FaultKind.BUSY,
        FaultKind.OTHER,
        FaultKind.IN_USE,
        FaultKind.MISSING,
    }
)


def show_fault(program: Program, error: StationError) -> None:
    """Open the fault's window; only one at a time."""
    over = program.window or program.front
    shown = over.findChild(FaultDialog) if over is not None else program.alone
    if shown is not None:
        return
    fault = error if isinstance(error, StoreFault) else StoreFault(FaultKind.OTHER, error.text)
    ways, more = ways_on(program, fault)
    dialog = FaultDialog(fault, ways, over, more=more)
    if over is None:
        program.alone = dialog  # or nobody would hold it
        dialog.finished.connect(lambda _: setattr(program, "alone", None))
    dialog.open()


def ways_on(program: Program, fault: StoreFault) -> tuple[list[Way], str]:
    """The buttons of the fault's window, the best first, and a sentence more."""
    restore, more = _restore(program, fault)
    ways = [restore] if restore else []
    working = program.station is not None
    if working:
        again = program.jobs.again if program.jobs is not None else None
        if again is not None and fault.kind in _PASSING:
            ways.append((tr("Try again"), again))
        ways.append((tr("Back to what I typed"), lambda: None))
        return ways, more
    if fault.kind in _PASSING:
        ways.append((tr("Try again"), program.show_front))
    ways.append((tr("Close the program"), program.app.quit))
    return ways, more


def _restore(program: Program, fault: StoreFault) -> tuple[Way | None, str]:
    from station_app.ui.restoring import DamagedFile, lost_keys

    if fault.kind not in (FaultKind.DAMAGED, FaultKind.MISSING):
        return None, ""
    lost, safe = lost_keys(program.data)
    if lost:
        return _restore_keys(program, safe)
    if isinstance(fault, DamagedFile):
        found, key = fault.backup, fault.key
    elif program.station is not None:
        from station_app.store import backup

        key = program.station.key
        found = backup.newest_good(program.data, key)
    else:
        return None, ""
    data = program.data

    def put_back(path: Path) -> None:
        if program.station is not None:
            program.restore(path)
        else:
            program.put_back(data, path, key)

    def choose() -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            program.window or program.front, tr("Choose the backup file"), "", tr("Backups (*.db)")
        )
        if chosen:
            put_back(Path(chosen))

    if found is None:
        return (tr("Choose the backup file"), choose), tr(
            "There is no good backup in the station's folder. Ask for the copy that is kept "
            "elsewhere."
        )
    from station_app.ui.session import when_words

    when, newest = when_words(found.made_at), found.path
    return (tr("Restore the backup made {when}", when=when), lambda: put_back(newest)), tr(
        "What was entered after that has to be entered again; the present file is kept aside."
    )


def _restore_keys(program: Program, found: Backup | None) -> tuple[Way, str]:
    """The records are whole, but nothing is left that a password opens."""
    from station_app.ui.restoring import put_back_keys

    def put_back(path: Path) -> None:
        try:
            put_back_keys(program.data, path)
        except StoreFault as fault:
            program.show_fault(fault)
            return
        program.show_front()

    def choose() -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            program.window or program.front,
            tr("Choose the key file beside a backup"),
            "",
            tr("Key files (*.keys)"),
        )
        if chosen:
            put_back(Path(chosen))
        else:
            program.show_front()

    if found is None:
        return (tr("Choose the key file beside a backup"), choose), tr(
            "There is no copy of it in the station's folder: take the one ending in “.keys” that "
            "lies beside a backup kept elsewhere."
        )
    from station_app.ui.session import when_words

    when, newest = when_words(found.made_at), found.keys
    return (tr("Take the passwords kept {when}", when=when), lambda: put_back(newest)), tr(
        "The passwords of that time are valid again; accounts added since then are opened anew by "
        "the head."
    )
