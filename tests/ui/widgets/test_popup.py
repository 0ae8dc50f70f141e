"""The list below an input, moved through while typing goes on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from station_app.ui.widgets import (
    PopupList,
    Suggestion,
)
from tests.ui.widgets.conftest import put


def test_a_popup_is_moved_through_while_typing_goes_on(form: QWidget, qtbot: QtBot) -> None:
    name = QLineEdit()
    put(form, name)
    popup = PopupList(name, name="Earlier visitors")
    name.setFocus()
    popup.show_rows([Suggestion("李建国", value=1), Suggestion("梁建刚", detail="…", value=2)])
    assert popup.isVisible()
    assert name.hasFocus()
    qtbot.keyClick(name, Qt.Key.Key_Down)
    with qtbot.waitSignal(popup.chosen) as told:
        qtbot.keyClick(name, Qt.Key.Key_Return)
    assert told.args == [2]
    assert not popup.isVisible()
    popup.show_rows([Suggestion("李建国", value=1)])
    qtbot.keyClick(name, Qt.Key.Key_Escape)
    assert not popup.isVisible()


def test_nothing_to_suggest_hides_the_popup_and_enter_is_left_alone(
    form: QWidget, qtbot: QtBot
) -> None:
    name = QLineEdit()
    put(form, name)
    popup = PopupList(name, name="Earlier visitors")
    name.setFocus()
    popup.show_rows([Suggestion("李建国")])
    popup.show_rows([])
    assert not popup.isVisible()
    with qtbot.waitSignal(name.returnPressed):
        qtbot.keyClick(name, Qt.Key.Key_Return)
