"""Setting up with the keyboard only: from an empty folder to the main window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from db.vocabulary import Role
from station_app import wiring
from station_app.config import DataDir
from station_app.domain.accounts import AccountDraft
from station_app.services.station import get_station
from station_app.store import backup, keys
from station_app.ui.app import Program
from station_app.ui.printing.preview_dialog import PreviewDialog
from station_app.ui.wizard import HEAD, KEY, RESTORE, STATION, WELCOME, Wizard
from station_app.ui.wizard_key import ASKED
from tests.ui.conftest import PASSWORD
from tests.ui.conftest import STATION as DRAFT

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def program(app: QApplication, data: DataDir, qtbot: QtBot) -> Iterator[Program]:
    started = Program(app, data)
    started.start()
    front = started.front
    assert front is not None
    front.activateWindow()
    qtbot.waitExposed(front)
    yield started
    started.close()


def wizard(program: Program) -> Wizard:
    assert isinstance(program.front, Wizard)
    return program.front


def focused(program: Program) -> QWidget:
    found = wizard(program).focusWidget()
    assert found is not None
    return found


def write(qtbot: QtBot, program: Program, text: str) -> None:
    """Type into whatever has the focus, then Enter; Chinese comes from an input method."""
    place = focused(program)
    if text.isascii():
        qtbot.keyClicks(place, text)
    else:
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(place, event)
    qtbot.keyClick(place, Qt.Key.Key_Return)


def press(qtbot: QtBot, program: Program, key: Qt.Key, how: Qt.KeyboardModifier) -> None:
    qtbot.keyClick(focused(program), key, how)


def test_a_station_is_set_up_by_keyboard_alone(
    qtbot: QtBot, program: Program, data: DataDir
) -> None:
    press(qtbot, program, Qt.Key.Key_1, ALT)
    assert wizard(program).steps.at == STATION
    write(qtbot, program, "葵英街道")
    code = wizard(program).station.code
    assert code.hasFocus()
    qtbot.waitUntil(lambda: code.text() == "KY", timeout=10_000)  # suggested from the name
    press(qtbot, program, Qt.Key.Key_Return, CTRL)
    assert wizard(program).steps.at == HEAD
    for text in ("王秀英", PASSWORD, PASSWORD):
        write(qtbot, program, text)
    press(qtbot, program, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: wizard(program).steps.at == KEY, timeout=10_000)

    shown = [group.text() for group in wizard(program).key.sheet._groups]
    assert keys.unlock_recovery(data, "-".join(shown))
    step = wizard(program).key
    step.typed.setFocus()
    write(qtbot, program, "WRONG")
    assert step.field.error
    assert program.window is None
    step.typed.clear()
    write(qtbot, program, shown[ASKED - 1].lower())
    qtbot.waitUntil(lambda: program.window is not None, timeout=10_000)

    assert program.station is not None
    with program.station.store.read(program.station.actor) as tx:
        made = get_station(tx)
    assert (made.name, made.code, made.term) == ("葵英街道", "KY", "人大代表联络站")
    assert program.station.actor.name == "王秀英"


def test_what_is_missing_is_said_beneath_its_field(qtbot: QtBot, program: Program) -> None:
    window = wizard(program)
    window.go(STATION)
    press(qtbot, program, Qt.Key.Key_Return, CTRL)
    assert window.steps.at == STATION
    assert window.station.fields["name"].error
    assert window.station.fields["code"].error
    window.go(HEAD)
    window.head.password.setText("12345678")
    press(qtbot, program, Qt.Key.Key_Return, CTRL)
    assert window.head.fields["name"].error


def test_small_letters_in_the_code_become_capitals(qtbot: QtBot, program: Program) -> None:
    window = wizard(program)
    window.go(STATION)
    qtbot.keyClicks(window.station.code, "ky2")
    assert window.station.code.text() == "KY2"


def test_escape_leads_back_and_keeps_what_was_typed(qtbot: QtBot, program: Program) -> None:
    window = wizard(program)
    window.go(STATION)
    window.station.name.setText("葵英街道")
    press(qtbot, program, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert window.steps.at == WELCOME
    window.go(STATION)
    assert window.station.name.text() == "葵英街道"


def test_the_recovery_sheet_can_be_looked_at_before_printing(
    qtbot: QtBot, program: Program
) -> None:
    window = wizard(program)
    window.key.set("葵英街道人大代表联络站", keys.new_recovery_key())
    window.go(KEY)
    press(qtbot, program, Qt.Key.Key_P, CTRL)
    dialog = window.findChild(PreviewDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.page_count == 1, timeout=15_000)
    qtbot.waitUntil(lambda: not dialog._sheet.pixmap().isNull(), timeout=15_000)
    dialog.reject()


def test_a_backup_from_another_computer_is_restored(
    qtbot: QtBot, program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = DataDir(tmp_path / "other")
    wiring.set_up(other, DRAFT, AccountDraft("王秀英", Role.HEAD), PASSWORD)
    opened = wiring.open_station(other, keys.list_slots(other)[0].id, PASSWORD)
    path = backup.backup_now(opened.store)
    opened.close()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args: (str(path), ""))
    window = wizard(program)
    window.go(RESTORE)
    window.backup.path_button.click()
    qtbot.waitUntil(lambda: window.backup.account.count() == 1, timeout=10_000)
    qtbot.keyClicks(window.backup.password, PASSWORD)
    press(qtbot, program, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: program.window is not None, timeout=15_000)
    assert program.station is not None
    assert program.station.actor.name == "王秀英"


def test_a_backup_without_its_keys_is_explained(
    qtbot: QtBot, program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = tmp_path / "alone.db"
    alone.write_bytes(b"")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args: (str(alone), ""))
    window = wizard(program)
    window.go(RESTORE)
    window.backup.path_button.click()
    qtbot.waitUntil(window.trouble.isVisible)
    assert ".keys" in window.trouble.accessibleName()
    assert not program.data.exists()
