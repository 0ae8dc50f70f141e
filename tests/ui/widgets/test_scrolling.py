"""The room that parts take: scrolled pages, free text, tags, cards, key caps."""

from __future__ import annotations

from itertools import combinations

from PySide6.QtCore import QPoint, QSize
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from station_app.ui.cards import CardWindow
from station_app.ui.theme import lay, px
from station_app.ui.widgets import (
    EmptyState,
    Field,
    Icon,
    PickMany,
    ShortcutButton,
    TextArea,
    label,
    scrolling,
    show_keys_if_room,
)
from station_app.ui.widgets.buttons import show_words_if_room
from station_app.ui.widgets.layout import open_at
from tests.ui.widgets.conftest import put


def test_the_scroll_bar_stands_in_the_margin_and_moves_nothing(form: QWidget, qtbot: QtBot) -> None:
    lines = lay(QVBoxLayout(), margins=(0, 0, 20, 0))
    line, tall = QLabel("018 号来访"), QLabel("")
    lines.addWidget(line)
    lines.addWidget(tall)
    area = scrolling(lines, "Visit form", gutter=20)
    put(form, area)
    qtbot.waitUntil(lambda: line.width() == area.width() - px(20))
    assert not area.verticalScrollBar().isVisible()
    tall.setFixedHeight(px(2000))
    qtbot.waitUntil(area.verticalScrollBar().isVisible)
    qtbot.waitUntil(lambda: line.width() == area.width() - px(20))
    tall.setFixedHeight(px(10))
    qtbot.waitUntil(lambda: not area.verticalScrollBar().isVisible())
    qtbot.waitUntil(lambda: line.width() == area.width() - px(20))


def test_free_text_takes_the_room_that_is_left(form: QWidget, qtbot: QtBot) -> None:
    area, other = TextArea(lines=3, fill=True), TextArea(lines=3)
    put(form, Field("What is raised", area), Field("Note", other))
    qtbot.waitUntil(lambda: area.height() > px(180))
    assert other.height() < px(120)
    assert area.minimumHeight() == other.height()


def test_tags_are_as_tall_as_their_lines_and_not_as_the_narrowest_box_would_be(
    form: QWidget, qtbot: QtBot
) -> None:
    pick = PickMany(name="Deputies due")
    put(form, Field("Deputies due", pick), QWidget())
    pick.offer([(n, f"代表{n}") for n in range(12)])
    one_line = pick.height()
    pick.take(*range(12))
    qtbot.waitUntil(lambda: pick.height() > one_line)
    assert pick.height() == pick.sizeHint().height()
    assert pick.minimumSizeHint().height() < 4 * one_line
    for _ in range(12):
        pick._drop_last()
    qtbot.waitUntil(lambda: pick.height() == one_line)


def test_a_card_in_its_window_is_as_tall_as_its_wrapped_words(
    app: QApplication, qtbot: QtBot
) -> None:
    window = CardWindow(width=420)
    window.card.content.addWidget(label("这些内容会显示在屏幕上，也会印在表格上。" * 8, wrap=True))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    assert window.card.height() == window.card.heightForWidth(window.card.width())


def test_key_caps_are_shown_only_where_all_of_them_find_room(form: QWidget) -> None:
    buttons = [ShortcutButton("Answered on the spot", "Alt+D"), ShortcutButton("Save", "Alt+S")]
    put(form, *buttons)
    show_keys_if_room(buttons, px(600))
    wide = sum(one.sizeHint().width() for one in buttons)
    show_keys_if_room(buttons, wide)
    assert [one.shows_keys for one in buttons] == [False, False]
    show_keys_if_room(buttons, wide + px(8))
    assert [one.shows_keys for one in buttons] == [True, True]


def test_icons_stand_alone_where_their_words_find_no_room(form: QWidget) -> None:
    export = ShortcutButton("Export", "Ctrl+E", icon="download")
    plan = ShortcutButton("Plan a day", icon="plus", kind="primary")
    put(form, export, plan)
    whole = export.sizeHint().width()
    show_words_if_room([export, plan], px(600))
    assert (export.sizeHint().width(), export.toolTip()) == (whole, "")
    export.show_keys(False)
    show_words_if_room([export, plan], px(100))
    assert export.sizeHint().width() == px(48)
    assert (export.toolTip(), export.accessibleName()) == ("Export Ctrl E", "Export")
    assert plan.sizeHint().width() > px(60)
    show_words_if_room([export, plan], px(600))
    assert export.toolTip() == ""


def test_a_field_that_is_gone_to_is_shown_with_its_label_and_its_error(
    form: QWidget, qtbot: QtBot
) -> None:
    lines = lay(QVBoxLayout())
    tall, field = QLabel(""), Field("Unit", QLineEdit(), required=True)
    tall.setFixedHeight(px(2000))
    for part in (tall, field):
        lines.addWidget(part)
    area = scrolling(lines, "An act")
    put(form, area)
    field.hide()
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0)
    assert area.verticalScrollBar().value() == 0
    field.show()  # as a form unfolds: it has no place yet when the cursor is put into it
    field.set_error("Choose the unit that handles this.")
    field.focus()

    def whole() -> bool:
        top = field.mapTo(area.viewport(), QPoint(0, 0)).y()
        return top >= 0 and top + field.height() <= area.viewport().height()

    qtbot.waitUntil(whole)


def test_a_dialog_is_no_larger_than_the_window_below_it(form: QWidget) -> None:
    dialog = QDialog(form)
    open_at(dialog, 300, 200)
    assert dialog.size() == QSize(px(300), px(200))
    open_at(dialog, 880, 820)  # as at 200 %
    assert dialog.width() < form.width()
    assert dialog.height() < form.height()


def test_what_an_empty_list_says_stays_readable_where_there_is_little_room(form: QWidget) -> None:
    empty = EmptyState("users", "Nobody fits", "Try other words.", ShortcutButton("Clear"))
    empty.setParent(form)
    empty.setGeometry(0, 0, px(300), px(240))
    empty.show()
    (icon,) = empty.findChildren(Icon)
    assert icon.isVisible()
    empty.resize(px(300), px(140))
    assert not icon.isVisible()
    words = [one.geometry() for one in empty.findChildren(QLabel) if one.isVisible()]
    assert not any(a.intersects(b) for a, b in combinations(words, 2))
