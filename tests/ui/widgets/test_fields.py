"""The inputs of forms as the operator meets them: typed into, clicked, read."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from station_app.ui.widgets import (
    ChoiceBar,
    Combo,
    EnterMovesOn,
    Field,
    PasswordInput,
    PickMany,
    SearchField,
    ShortcutButton,
    TextArea,
)
from tests.ui.widgets.conftest import put


def test_a_field_says_what_is_wrong_to_eye_and_ear(form: QWidget) -> None:
    field = Field("Phone", QLineEdit(), required=True, hint="Mobile or landline")
    put(form, field)
    assert field.input.accessibleDescription() == "Mobile or landline"
    field.set_error("This is not a phone number.")
    assert field.error == "This is not a phone number."
    assert field.input.accessibleDescription() == "This is not a phone number."
    field.set_error("")
    assert field.error == ""
    assert field.input.accessibleDescription() == "Mobile or landline"


def test_enter_moves_on_and_the_last_field_leads_to_the_button(form: QWidget, qtbot: QtBot) -> None:
    name, phone, save = QLineEdit(), QLineEdit(), ShortcutButton("Save")
    put(form, name, phone, save)
    EnterMovesOn(form)
    name.setFocus()
    qtbot.keyClick(name, Qt.Key.Key_Return)
    assert phone.hasFocus()
    qtbot.keyClick(phone, Qt.Key.Key_Return)
    assert save.hasFocus()
    with qtbot.waitSignal(save.clicked):
        qtbot.keyClick(save, Qt.Key.Key_Return)


def test_one_choice_is_taken_by_keyboard(form: QWidget, qtbot: QtBot) -> None:
    bar = ChoiceBar([(1, "Answered"), (2, "To handle"), (3, "Declined")], name="Handling")
    put(form, bar)
    assert [bar.chosen] == [None]
    bar.buttons[0].setFocus()
    with qtbot.waitSignal(bar.changed) as told:
        qtbot.keyClick(bar.buttons[0], Qt.Key.Key_Space)
    assert told.args == [1]
    qtbot.keyClick(bar.buttons[0], Qt.Key.Key_Right)
    assert bar.chosen == 2
    bar.choose(None)
    assert [bar.chosen] == [None]
    bar.choose(3)
    assert [one.isChecked() for one in bar.buttons] == [False, False, True]


def test_several_are_taken_by_typing_and_given_back(form: QWidget, qtbot: QtBot) -> None:
    pick = PickMany(name="Receiving deputies")
    put(form, pick)
    pick.offer([(1, "于桂芳"), (2, "宋贵森"), (3, "王挈")])
    pick.input.setFocus()
    qtbot.keyClicks(pick.input, "x")  # nobody has it
    pick.input.setText("宋")
    pick.input.textEdited.emit("宋")
    with qtbot.waitSignal(pick.changed):
        qtbot.keyClick(pick.input, Qt.Key.Key_Return)
    pick.take(1)
    assert list(pick.taken) == [2, 1]
    assert pick.input.text() == ""
    with qtbot.waitSignal(pick.changed):
        qtbot.keyClick(pick.input, Qt.Key.Key_Backspace)
    assert list(pick.taken) == [2]
    pick.clear()
    assert list(pick.taken) == []


def test_free_text_grows_with_its_lines_up_to_a_limit(form: QWidget, qtbot: QtBot) -> None:
    area = TextArea(lines=3, most=6)
    put(form, area)
    low = area.height()
    area.setPlainText("a\nb\nc\nd\ne")
    high = area.height()
    area.setPlainText("line\n" * 50)
    assert low < high < area.height()
    area.clear()
    assert area.height() == low


def test_caps_lock_is_noticed_by_what_it_does(form: QWidget, qtbot: QtBot) -> None:
    password = PasswordInput()
    put(form, password)
    with qtbot.waitSignal(password.caps_lock) as told:
        qtbot.keyClick(password, "A", Qt.KeyboardModifier.NoModifier)
    assert told.args == [True]
    with qtbot.waitSignal(password.caps_lock) as told:
        qtbot.keyClick(password, "a", Qt.KeyboardModifier.NoModifier)
    assert told.args == [False]


def test_the_eye_shows_the_password(form: QWidget, qtbot: QtBot) -> None:
    password = PasswordInput()
    put(form, password)
    password._eye.click()
    assert password.echoMode() is QLineEdit.EchoMode.Normal
    password._eye.click()
    assert password.echoMode() is QLineEdit.EchoMode.Password


def test_a_combo_keeps_its_value_when_filled_anew(form: QWidget) -> None:
    combo = Combo()
    put(form, combo)
    combo.fill([(1, "One"), (2, "Two")])
    combo.take(2)
    combo.fill([(3, "Three"), (2, "Two")])
    assert combo.currentData() == 2
    combo.fill([(4, "Four")])
    assert combo.currentData() == 4


def test_escape_in_a_search_field_first_empties_it(form: QWidget, qtbot: QtBot) -> None:
    field = SearchField("Find", "Ctrl+K")
    put(form, field)
    field.setText("李")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
