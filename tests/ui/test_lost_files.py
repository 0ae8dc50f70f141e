"""Damaged, lost and taken files of a station, met at the door: each has its way on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from station_app import wiring
from station_app.config import DataDir
from station_app.errors import FaultKind
from station_app.store import backup, keys
from station_app.ui.app import Program
from station_app.ui.faults import FaultDialog
from tests.ui.conftest import PASSWORD
from tests.ui.test_unlock import front, type_password, unlock


def test_a_second_window_on_the_same_station_is_told_so(
    qtbot: QtBot, program: Program, made: tuple[DataDir, str]
) -> None:
    data = made[0]
    first = wiring.open_station(data, keys.list_slots(data)[0].id, PASSWORD)
    type_password(qtbot, program, PASSWORD)
    qtbot.waitUntil(lambda: front(program).findChild(FaultDialog) is not None)
    dialog = front(program).findChild(FaultDialog)
    assert dialog is not None
    assert dialog.kind is FaultKind.IN_USE
    first.close()
    dialog.buttons[0].click()  # try again
    unlock(qtbot, program)


def test_a_damaged_file_offers_the_newest_good_backup_and_goes_back_to_it(
    qtbot: QtBot, program: Program, made: tuple[DataDir, str]
) -> None:
    data = made[0]
    back_up(data)
    damage(data)
    type_password(qtbot, program, PASSWORD)
    qtbot.waitUntil(lambda: front(program).findChild(FaultDialog) is not None, timeout=10_000)
    dialog = front(program).findChild(FaultDialog)
    assert dialog is not None
    assert dialog.kind is FaultKind.DAMAGED
    old = front(program)
    dialog.buttons[0].click()
    qtbot.waitUntil(lambda: program.front is not old, timeout=10_000)
    unlock(qtbot, program)
    assert list(data.root.glob("*damaged*")) or len(list(data.root.glob("station*"))) > 3


def test_without_a_good_backup_in_the_folder_one_from_elsewhere_is_taken(
    qtbot: QtBot, program: Program, made: tuple[DataDir, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = made[0]
    opened = wiring.open_station(data, keys.list_slots(data)[0].id, PASSWORD)
    elsewhere = backup.backup_now(opened.store)
    opened.close()
    data.backups.rename(data.root / "stick")
    damage(data)
    chosen = str(data.root / "stick" / elsewhere.name)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (chosen, ""))
    type_password(qtbot, program, PASSWORD)
    old = front(program)
    qtbot.waitUntil(lambda: old.findChild(FaultDialog) is not None, timeout=10_000)
    old.findChildren(FaultDialog)[0].buttons[0].click()
    qtbot.waitUntil(lambda: program.front is not old, timeout=10_000)
    unlock(qtbot, program)


def back_up(data: DataDir) -> None:
    opened = wiring.open_station(data, keys.list_slots(data)[0].id, PASSWORD)
    backup.backup_now(opened.store)
    opened.close()


@pytest.fixture
def keyless(
    app: QApplication, made: tuple[DataDir, str], request: pytest.FixtureRequest
) -> Iterator[Program]:
    """The program over a station whose key file is half gone since its last backup."""
    data = made[0]
    back_up(data)
    data.keys.write_bytes(data.keys.read_bytes()[:200])
    if getattr(request, "param", "") == "elsewhere":
        data.backups.rename(data.root / "stick")
    started = Program(app, data)
    started.start()
    yield started
    started.close()


def alone(program: Program) -> FaultDialog:
    assert isinstance(program.alone, FaultDialog)
    assert program.alone.isVisible()
    return program.alone


def test_a_damaged_key_file_is_taken_from_the_newest_backup_and_no_record_is_touched(
    qtbot: QtBot, keyless: Program
) -> None:
    before = keyless.data.database.read_bytes()
    dialog = alone(keyless)
    assert dialog.kind is FaultKind.DAMAGED
    assert "登记的内容没有受影响" in dialog.accessibleDescription()
    assert dialog.buttons[0].text().endswith("备份的密码")
    dialog.buttons[0].click()
    assert keyless.alone is None
    assert keyless.data.database.read_bytes() == before
    assert len((keyless.data.root / "station-replaced-1.keys").read_bytes()) == 200
    unlock(qtbot, keyless)


@pytest.mark.parametrize("keyless", ["elsewhere"], indirect=True)
def test_a_key_file_from_elsewhere_is_chosen(
    qtbot: QtBot, keyless: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = keyless.data.root / "stick"
    chosen = [str(stick / "nothing.keys"), "", *(str(one) for one in stick.glob("*.keys"))]
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (chosen.pop(0), ""))
    for _ in range(3):  # a wrong file, none, the right one
        alone(keyless).buttons[0].click()
    unlock(qtbot, keyless)


def test_a_desk_whose_keys_were_damaged_is_not_locked_away(
    qtbot: QtBot, program: Program, made: tuple[DataDir, str]
) -> None:
    back_up(made[0])
    unlock(qtbot, program)
    window = program.window
    assert window is not None
    made[0].keys.write_bytes(b"{}")
    program.lock()
    dialog = window.findChild(FaultDialog)
    assert dialog is not None
    assert window.isVisible()
    dialog.buttons[-1].click()  # back to what I typed
    program.lock()
    window.findChildren(FaultDialog)[-1].buttons[0].click()
    qtbot.waitUntil(lambda: program.front is not None)


def damage(data: DataDir) -> None:
    """Overwrite the first half of the file."""
    whole = bytearray(data.database.read_bytes())
    whole[: len(whole) // 2] = b"\x55" * (len(whole) // 2)
    data.database.write_bytes(whole)
