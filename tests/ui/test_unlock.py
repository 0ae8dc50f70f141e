"""Unlocking with the real key slots and the real encrypted file; locking and coming back."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from db.models import Issue
from db.vocabulary import Role
from station_app import i18n
from station_app.config import DataDir
from station_app.domain.issues import IssueDraft
from station_app.domain.residents import ResidentDraft
from station_app.domain.visits import Party, VisitDraft
from station_app.i18n import Language
from station_app.services import issues, visits
from station_app.store import Tx, keys
from station_app.ui import preferences
from station_app.ui.app import Program
from station_app.ui.idle import IdleWatch
from station_app.ui.preferences import Preferences
from station_app.ui.station_form import StationForm
from station_app.ui.theme import Look
from station_app.ui.unlock import UnlockWindow, slot_words
from tests.ui.conftest import OTHERS_PASSWORD, PASSWORD


def front(program: Program) -> UnlockWindow:
    assert isinstance(program.front, UnlockWindow)
    return program.front


def type_password(qtbot: QtBot, program: Program, password: str) -> None:
    line = front(program).password
    line.clear()
    qtbot.keyClicks(line, password)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def unlock(qtbot: QtBot, program: Program, password: str = PASSWORD) -> None:
    type_password(qtbot, program, password)
    qtbot.waitUntil(lambda: program.window is not None and program.window.isVisible())


def test_accounts_are_listed_by_role_and_number_without_names(program: Program) -> None:
    account = front(program).account
    words = [account.itemText(at) for at in range(account.count())]
    assert words == ["负责人", "工作人员 1", "工作人员 2"]
    assert front(program).password.accessibleName() == "密码"


def test_one_account_of_a_role_needs_no_number() -> None:
    slots = [keys.Slot("a", Role.HEAD, 1), keys.Slot("b", Role.VIEWER, 1)]
    assert [words for _, words in slot_words(slots)] == ["负责人", "查看人员"]


def test_the_right_password_opens_the_main_window(qtbot: QtBot, program: Program) -> None:
    unlock(qtbot, program)
    assert program.front is None
    assert program.station is not None
    assert program.station.actor.name == "王秀英"


def test_a_wrong_password_says_so_and_keeps_the_cursor(qtbot: QtBot, program: Program) -> None:
    type_password(qtbot, program, "wrong horse")
    window = front(program)
    qtbot.waitUntil(lambda: bool(window.password_field.error))
    assert window.password.hasFocus()
    assert window.password.selectedText() != ""
    assert window.button.isEnabled()
    assert program.window is None


def test_an_empty_password_is_not_even_tried(qtbot: QtBot, program: Program) -> None:
    qtbot.keyClick(front(program).password, Qt.Key.Key_Return)
    assert front(program).password_field.error == "请输入密码。"


def test_the_recovery_key_opens_and_sets_a_new_password(
    qtbot: QtBot, program: Program, made: tuple[DataDir, str]
) -> None:
    window = front(program)
    qtbot.mouseClick(window.forgotten, Qt.MouseButton.LeftButton)
    step = window.recovery
    for line, text in (
        (step.key, made[1].lower().replace("-", " ")),
        (step.password, "a fresh password"),
        (step.again, "a fresh password"),
    ):
        qtbot.keyClicks(line, text)
    qtbot.keyClick(step.again, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.window is not None)
    assert keys.unlock(made[0], keys.list_slots(made[0])[0].id, "a fresh password")


def test_a_wrong_recovery_key_is_said_beneath_it(qtbot: QtBot, program: Program) -> None:
    window = front(program)
    window.forgotten.click()
    step = window.recovery
    step.key.setText("AAAAA-AAAAA")
    step.password.setText("a fresh password")
    step.again.setText("a fresh passwort")
    step.submit()
    assert step.fields["again"].error == "两次输入的密码不一样。"
    step.again.setText("a fresh password")
    step.submit()
    qtbot.waitUntil(lambda: bool(step.fields["key"].error))
    assert program.window is None


def test_the_other_language_is_one_button_away(qtbot: QtBot, program: Program) -> None:
    front(program).language_chosen.emit(Language.ENGLISH)
    assert front(program).button.text() == "Unlock"
    assert preferences.load(program.data).language is Language.ENGLISH
    assert i18n.language() is Language.ENGLISH


def test_the_rail_counts_the_issues_that_wait_before_their_page_is_opened(
    qtbot: QtBot, program: Program
) -> None:
    unlock(qtbot, program)
    window, jobs = program.window, program.jobs
    assert window is not None
    assert jobs is not None
    badge = window.rail.entries["issues"].accessibleName
    assert badge() == "问题"
    draft = VisitDraft(Party(ResidentDraft("周龚")), (IssueDraft("路灯不亮"),))
    jobs.write(lambda tx: visits.save_visit(tx, draft), owner=window)
    qtbot.waitUntil(lambda: badge() == "问题，1 项待办")
    jobs.write(
        lambda tx: issues.decline_issue(tx, waiting(tx), reason="court", instead="人民法院"),
        owner=window,
    )
    qtbot.waitUntil(lambda: badge() == "问题")
    jobs.write(lambda tx: issues.reopen_issue(tx, waiting(tx), reason="误填"), owner=window)
    qtbot.waitUntil(lambda: badge() == "问题，1 项待办")


def waiting(tx: Tx) -> UUID:
    return tx.session.scalars(select(Issue.id)).one()


# ------------------------------------------------------------------------------------------- lock


def test_the_lock_keeps_what_is_typed(qtbot: QtBot, program: Program) -> None:
    unlock(qtbot, program)
    window = program.window
    assert window is not None
    window.open_page("settings")
    form = window.page.findChild(StationForm)  # type: ignore[union-attr]  # it was just opened
    assert form is not None
    line = form.name
    qtbot.waitUntil(lambda: line.text() == "葵英街道")
    line.setText("half a sentence")
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert not window.isVisible()
    type_password(qtbot, program, "wrong horse")
    qtbot.waitUntil(lambda: bool(front(program).password_field.error))
    assert not window.isVisible()
    type_password(qtbot, program, PASSWORD)
    qtbot.waitUntil(window.isVisible)
    assert program.window is window
    assert line.text() == "half a sentence"


def test_dialogs_are_hidden_by_the_lock_and_come_back(qtbot: QtBot, program: Program) -> None:
    from station_app.ui.shortcuts import ShortcutsDialog

    unlock(qtbot, program)
    assert program.window is not None
    dialog = ShortcutsDialog(program.window)
    dialog.open()
    program.lock()
    assert not dialog.isVisible()
    type_password(qtbot, program, PASSWORD)
    qtbot.waitUntil(dialog.isVisible)
    dialog.accept()


def test_somebody_else_may_sit_down_at_the_locked_desk(qtbot: QtBot, program: Program) -> None:
    unlock(qtbot, program)
    program.lock()
    front(program).account.setCurrentIndex(1)
    type_password(qtbot, program, OTHERS_PASSWORD)
    qtbot.waitUntil(lambda: program.station is not None and program.station.actor.name == "李桂香")
    qtbot.waitUntil(lambda: program.window is not None and program.window.isVisible())


def test_the_lock_falls_by_itself_when_nobody_is_there(qtbot: QtBot, program: Program) -> None:
    unlock(qtbot, program)
    assert program.window is not None
    now = [0.0]
    watch = IdleWatch(program.window, clock=lambda: now[0])
    watch.minutes = 10
    watch.idle.connect(program.lock)
    now[0] = 599.0
    watch.look()
    assert program.window.isVisible()
    watch.touch()
    now[0] = 1198.0
    watch.look()
    assert program.window.isVisible()
    now[0] = 1199.5
    watch.look()
    assert not program.window.isVisible()


def test_a_lock_of_zero_minutes_never_falls(qtbot: QtBot, program: Program) -> None:
    now = [0.0]
    watch = IdleWatch(program, clock=lambda: now[0])
    now[0] = 1e9
    with qtbot.assertNotEmitted(watch.idle):
        watch.look()


# ------------------------------------------------------------------------------------ preferences


def test_preferences_are_kept_and_survive_nonsense(tmp_path: Path) -> None:
    data = DataDir(tmp_path / "s")
    assert preferences.load(data) == Preferences()
    kept = preferences.change(data, look=Look.DARK, percent=150, lock_minutes=0)
    assert preferences.load(data) == kept
    (data.root / "preferences.json").write_text('{"look": "pink"}')
    assert preferences.load(data) == Preferences()
