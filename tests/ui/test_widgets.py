"""The parts of forms as the operator meets them: typed into, clicked, read."""

from __future__ import annotations

from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from station_app.ui.theme import px
from station_app.ui.widgets import (
    Avatar,
    ChoiceBar,
    Combo,
    DateField,
    ElidedLabel,
    EnterMovesOn,
    Field,
    Flow,
    MessageBar,
    PasswordInput,
    PickMany,
    Pill,
    PopupList,
    SearchField,
    ShortcutButton,
    StatCard,
    Suggestion,
    TextArea,
    TimeField,
    Toast,
    keys_in_words,
    label,
    parse_date,
    parse_time,
)

TODAY = date(2026, 11, 10)


@pytest.fixture
def form(app: QApplication, qtbot: QtBot) -> QWidget:
    """A shown window to put parts into."""
    made = QWidget()
    QVBoxLayout(made)
    made.resize(700, 500)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    return made


def put(form: QWidget, *parts: QWidget) -> None:
    layout = form.layout()
    assert layout is not None
    for part in parts:
        layout.addWidget(part)
        part.show()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1110", date(2026, 11, 10)),
        ("11-10", date(2026, 11, 10)),
        ("11月8日", date(2026, 11, 8)),
        ("8", date(2026, 11, 8)),
        ("308", date(2026, 3, 8)),
        ("261231", date(2026, 12, 31)),
        ("20270102", date(2027, 1, 2)),
        ("2027/1/2", date(2027, 1, 2)),
        ("27.1.2", date(2027, 1, 2)),
        ("+3", date(2026, 11, 13)),
        ("-10", date(2026, 10, 31)),
        ("1332", None),
        ("0230", None),
        ("soon", None),
        ("12345", None),
    ],
)
def test_dates_take_quick_typing(typed: str, meant: date | None) -> None:
    assert parse_date(typed, TODAY) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("930", time(9, 30)),
        ("0930", time(9, 30)),
        ("9", time(9)),
        ("14", time(14)),
        ("9:05", time(9, 5)),
        ("9：30", time(9, 30)),
        ("9点30", time(9, 30)),
        ("1110", time(11, 10)),
        ("24", None),
        ("960", None),
        ("noon", None),
    ],
)
def test_times_take_quick_typing(typed: str, meant: time | None) -> None:
    assert parse_time(typed) == meant


def test_a_date_field_shows_what_it_understood(form: QWidget, qtbot: QtBot) -> None:
    field, beside = DateField(today=lambda: TODAY), QLineEdit()
    put(form, field, beside)
    field.setFocus()
    with qtbot.waitSignal(field.changed) as told:
        qtbot.keyClicks(field, "1108")
        beside.setFocus()
    assert told.args == [date(2026, 11, 8)]
    assert field.text() == "2026-11-08"
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert field.value == date(2026, 11, 9)
    for unclear in ("soon", ""):
        field.setText(unclear)
        assert [field.value] == [None]


def test_a_time_field_steps_by_five_minutes(form: QWidget, qtbot: QtBot) -> None:
    field = TimeField(time(9, 0))
    put(form, field)
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert field.text() == "9:05"
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert field.value == time(8, 55)


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


def test_a_button_obeys_its_keys_while_it_is_visible(form: QWidget, qtbot: QtBot) -> None:
    pressed: list[int] = []
    button = ShortcutButton("New", "Ctrl+N", act=lambda: pressed.append(1))
    put(form, button)
    qtbot.keyClick(form, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert pressed == [1]
    button.hide()
    qtbot.keyClick(form, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert pressed == [1]
    assert "Ctrl N" in button.accessibleDescription()


def test_keys_are_named_as_on_the_keyboard() -> None:
    assert keys_in_words("Ctrl+Return") == "Ctrl Enter"
    assert keys_in_words("Ctrl++") == "Ctrl +"
    assert keys_in_words("F2") == "F2"


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


def test_a_toast_takes_back_what_was_done(form: QWidget, qtbot: QtBot) -> None:
    undone: list[int] = []
    toast = Toast(form)
    toast.show_message("Saved.", lambda: undone.append(1))
    assert toast.text == "Saved."
    qtbot.keyClick(form, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == [1]
    assert toast.text == ""
    toast.show_message("Closed.")
    assert not toast.undo.isVisible()
    qtbot.keyClick(form, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == [1]


def test_words_that_do_not_fit_end_in_dots_and_stay_readable(form: QWidget, qtbot: QtBot) -> None:
    long = "桃源街12号楼加装电梯的问题" * 12
    made = ElidedLabel(long)
    put(form, made)
    qtbot.waitUntil(lambda: made.text().endswith("…"))
    assert made.toolTip() == long
    assert made.accessibleName() == long


def test_a_flow_wraps_and_is_as_tall_as_its_lines(form: QWidget) -> None:
    holder = QWidget()
    flow = Flow(holder)
    for n in range(12):
        part = label(f"part {n}")
        part.setFixedSize(px(100), px(20))
        flow.addWidget(part)
    assert flow.heightForWidth(px(2000)) == px(20)
    assert flow.heightForWidth(px(220)) == 6 * px(20) + 5 * px(8)


def test_states_and_figures_are_read_out(form: QWidget) -> None:
    pill, card, bar = Pill("待办理", "amber"), StatCard("来访批次"), MessageBar("amber")
    put(form, pill, card, bar, Avatar("李建国"))
    pill.set("已解决", "green")
    assert (pill.text(), pill.property("tone")) == ("已解决", "green")
    card.set(17)
    assert card.accessibleName() == "来访批次 17"
    bar.set("可能是同一问题", "已有 6 条并入")
    assert bar.accessibleName() == "可能是同一问题 已有 6 条并入"
    bar.set("")
    assert not bar.isVisible()
