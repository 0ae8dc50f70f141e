"""A visit entered by keys alone, as an operator with a queue does it; every key is counted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from db.vocabulary import IssueStatus
from station_app.domain.issues import IssueDraft
from tests.ui.desk.conftest import Room, Window, commit


class Keyboard:
    """Sends keys to whatever has the focus, and counts them."""

    def __init__(self) -> None:
        self.count = 0

    def press(self, key: Qt.Key, control: bool = False) -> None:
        self.count += 1
        how = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(QApplication.focusWidget(), key, how)

    def letters(self, text: str) -> None:
        for letter in text:
            self.count += 1
            QTest.keyClick(QApplication.focusWidget(), letter)

    def chinese(self, text: str, pinyin: str) -> None:
        """A word as an input method commits it: its letters and the space that takes it."""
        self.count += len(pinyin) + 1
        commit(text)

    def free_text(self, text: str) -> None:
        """The story itself is not counted."""
        assert isinstance(QApplication.focusWidget(), QPlainTextEdit)
        commit(text)


def test_returning_resident_takes_at_most_20_keys(
    qtbot: QtBot, room: Room, show: Callable[..., Window]
) -> None:
    day = room.open()
    room.receive(
        "张三", IssueDraft("加装电梯"), day=day, phone="13800000231", address="桃源街12号楼"
    )
    window, keys = show(), Keyboard()
    keys.press(Qt.Key.Key_N, control=True)
    keys.letters("zs")
    keys.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QPlainTextEdit))
    keys.free_text("三楼的邻居不同意加装电梯，想请代表再开一次协调会。")
    keys.press(Qt.Key.Key_Tab)
    keys.letters("jzdt")
    keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_Return, control=True)
    qtbot.waitUntil(lambda: window.toast.isVisible())
    assert "002" in window.toast.text
    with room.station.store.read(room.station.actor) as tx:
        from station_app.services.visit_lists import list_day_visits

        latest = list_day_visits(tx, day)[0]
    visit = room.visit(latest.id)
    assert visit.resident.name == "张三"
    assert visit.resident.phone == "13800000231"
    assert visit.resident.visit_count == 2
    assert visit.issues[0].category_name == "住建 · 加装电梯"
    assert visit.issues[0].status is IssueStatus.REGISTERED
    assert len(visit.deputies) == 3
    print("returning", keys.count)
    assert keys.count <= 20


def test_new_resident_takes_at_most_35_keys(
    qtbot: QtBot, room: Room, show: Callable[..., Window]
) -> None:
    day = room.open()
    window, keys = show(), Keyboard()
    keys.press(Qt.Key.Key_N, control=True)
    keys.chinese("周龚", "zhougong")
    for digits in ("13912345678", "", "", ""):
        keys.press(Qt.Key.Key_Return)
        keys.letters(digits)
    keys.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QPlainTextEdit))
    keys.free_text("异地就医的医保报销材料怎么交？")
    keys.press(Qt.Key.Key_Tab)
    keys.letters("ybbx")
    keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_Return, control=True)
    qtbot.waitUntil(lambda: window.toast.isVisible())
    with room.station.store.read(room.station.actor) as tx:
        from station_app.services.visit_lists import list_day_visits

        latest = list_day_visits(tx, day)[0]
    visit = room.visit(latest.id)
    assert (visit.resident.name, visit.resident.phone) == ("周龚", "13912345678")
    assert visit.issues[0].category_name == "医疗 · 医保报销"
    print("new", keys.count)
    assert keys.count <= 35
