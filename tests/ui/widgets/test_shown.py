"""What is shown and pressed: buttons and their keys, messages, states, figures, long words."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from station_app.ui.theme import px
from station_app.ui.widgets import (
    Avatar,
    ElidedLabel,
    Flow,
    MessageBar,
    Pill,
    ShortcutButton,
    StatCard,
    Toast,
    keys_in_words,
    label,
)
from tests.ui.widgets.conftest import put


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
