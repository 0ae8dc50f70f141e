"""Half-typed visits outlive a crash, and saved ones do not come back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from station_app.domain.issues import IssueDraft
from tests.ui.desk.conftest import Keyboard, Room, Window, focused


def test_a_half_typed_visit_comes_back_after_a_crash(
    qtbot: QtBot, room: Room, show: Callable[..., Window]
) -> None:
    day = room.open()
    room.receive("张三", IssueDraft("加装电梯"), day=day, phone="13800000231")
    window, keys = show(), Keyboard()
    keys.letters("zs")
    keys.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(focused(), QPlainTextEdit))
    keys.free_text("三楼不同意")
    keys.press(Qt.Key.Key_Tab)
    keys.letters("jzdt")
    keys.press(Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: "草稿已保存 9:00:00" in window.texts().replace("09:", "9:"), timeout=3000
    )
    # No closing, no tidying up: the power is gone, and a new program opens the same file.
    again = show()
    form = again.page.entry.form
    qtbot.waitUntil(lambda: form.visitor.name.text() == "张三")
    assert form.visitor.known is not None
    assert form.visitor.phone.text() == "138****0231"
    assert form.issues.shown.text.text() == "三楼不同意"
    qtbot.waitUntil(lambda: form.issues.shown.category.text() == "住建 · 加装电梯")
    assert "上次没写完的内容还在" in again.texts()
    Keyboard().press(Qt.Key.Key_Return, control=True)
    qtbot.waitUntil(lambda: "002" in again.toast.text)
    assert room.latest(day).resident.visit_count == 2


def test_what_is_typed_is_kept_within_two_seconds(
    qtbot: QtBot, room: Room, show: Callable[..., Window]
) -> None:
    room.open()
    window = show()
    Keyboard().chinese("周龚", "zhougong")
    qtbot.waitUntil(lambda: room.kept() is not None, timeout=2000)
    kept = room.kept()
    assert kept is not None
    assert kept["visitor"]["name"] == "周龚"
    assert window.page.entry.form.visitor.name.text() == "周龚"


def test_leaving_the_page_keeps_at_once(
    qtbot: QtBot, room: Room, show: Callable[..., Window]
) -> None:
    room.open()
    window = show()
    Keyboard().chinese("周龚", "zhougong")
    window.hide()
    qtbot.waitUntil(lambda: room.kept() is not None, timeout=900)


@pytest.mark.parametrize("how", ["saved", "cleared"])
def test_what_is_done_does_not_come_back(
    qtbot: QtBot, room: Room, show: Callable[..., Window], how: str
) -> None:
    room.open()
    window = show()
    form = window.page.entry.form
    Keyboard().chinese("周龚", "zhougong")
    form.issues.shown.text.setPlainText("医保")
    qtbot.waitUntil(lambda: room.kept() is not None)
    if how == "saved":
        Keyboard().press(Qt.Key.Key_Return, control=True)
    else:
        window.page.entry.clear()
    qtbot.waitUntil(lambda: room.kept() is None)
    qtbot.wait(1500)
    assert room.kept() is None
    assert show().page.entry.form.is_empty
