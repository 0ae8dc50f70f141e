"""A visit entered by keys alone, as an operator with a queue does it; every key is counted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from db.vocabulary import IssueStatus
from station_app.domain.issues import IssueDraft
from tests.ui.desk.conftest import Keyboard, Room, Window

RETURN = Qt.Key.Key_Return


def in_text() -> bool:
    """Whether the cursor stands in the issue's text."""
    return isinstance(QApplication.focusWidget(), QPlainTextEdit)


def test_returning_resident_takes_at_most_20_keys(
    qtbot: QtBot, room: Room, show: Callable[..., Window]
) -> None:
    day = room.open()
    room.receive("张三", IssueDraft("加装电梯"), day=day, phone="13800000231", address="桃源街")
    window, keys = show(), Keyboard()
    keys.press(Qt.Key.Key_N, control=True)
    keys.letters("zs")
    keys.press(RETURN)
    qtbot.waitUntil(in_text)
    keys.free_text("三楼的邻居不同意加装电梯，想请代表再开一次协调会。")
    keys.press(Qt.Key.Key_Tab)
    keys.letters("jzdt")
    keys.press(RETURN)
    keys.press(RETURN, control=True)
    qtbot.waitUntil(lambda: "002" in window.toast.text)
    visit = room.latest(day)
    assert (visit.resident.name, visit.resident.phone) == ("张三", "13800000231")
    assert visit.resident.visit_count == 2
    assert visit.issues[0].category_name == "住建 · 加装电梯"
    assert visit.issues[0].title == "三楼的邻居不同意加装电梯"
    assert visit.issues[0].status is IssueStatus.REGISTERED
    assert len(visit.deputies) == 3
    assert keys.count == 11  # the promise is 20 (design.md §4)


def test_new_resident_takes_at_most_35_keys(
    qtbot: QtBot, room: Room, show: Callable[..., Window]
) -> None:
    day = room.open()
    window, keys = show(), Keyboard()
    keys.press(Qt.Key.Key_N, control=True)
    keys.chinese("周龚", "zhougong")
    for digits in ("13912345678", "", "", ""):
        keys.press(RETURN)
        keys.letters(digits)
    keys.press(RETURN)
    qtbot.waitUntil(in_text)
    keys.free_text("异地就医的医保报销材料怎么交？")
    keys.press(Qt.Key.Key_Tab)
    keys.letters("ybbx")
    keys.press(RETURN)
    keys.press(RETURN, control=True)
    qtbot.waitUntil(lambda: "001" in window.toast.text)
    visit = room.latest(day)
    assert (visit.resident.name, visit.resident.phone) == ("周龚", "13912345678")
    assert visit.issues[0].category_name == "医疗 · 医保报销"
    assert keys.count == 33  # the promise is 35 (design.md §4)


def test_twenty_hurried_keys_lose_none_while_the_visit_is_saved(
    qtbot: QtBot, room: Room, show: Callable[..., Window]
) -> None:
    day = room.open()
    window, keys = show(), Keyboard()
    keys.chinese("周龚", "zhougong")
    keys.press(RETURN)
    qtbot.waitUntil(window.page.entry.form.visitor.phone.hasFocus)
    window.page.entry.form.issues.shown.text.setPlainText("路灯不亮")
    keys.press(RETURN, control=True)
    keys.press(RETURN, control=True)
    keys.letters("lisi")
    qtbot.waitUntil(lambda: "001" in window.toast.text)
    form = window.page.entry.form
    qtbot.waitUntil(lambda: form.visitor.name.text() == "lisi")
    assert len(room.visits(day)) == 1


def test_somebody_new_is_not_taken_for_a_longer_name(
    qtbot: QtBot, room: Room, show: Callable[..., Window]
) -> None:
    day = room.open()
    room.receive("李丽华", day=day, phone="13800000231")
    window, keys = show(), Keyboard()
    form = window.page.entry.form
    keys.chinese("李丽", "lili")
    qtbot.waitUntil(form.visitor.recognition.popup.isVisible)
    keys.press(RETURN)
    qtbot.waitUntil(form.visitor.phone.hasFocus)
    assert form.visitor.name.text() == "李丽"
    assert form.visitor.known is None


def test_initials_show_phone_masked_and_history(
    qtbot: QtBot, room: Room, show: Callable[..., Window]
) -> None:
    day = room.open()
    room.receive("李建国", IssueDraft("加装电梯"), day=day, phone="13800000231")
    window, keys = show(), Keyboard()
    popup = window.page.entry.form.visitor.recognition.popup
    keys.letters("0231")
    qtbot.waitUntil(popup.isVisible)
    first, new = popup.rows
    assert (first.title, first.extra) == ("李建国", "138****0231")
    assert "加装电梯" in first.detail
    assert new.title == "登记为新来访群众"


def test_another_name_is_another_person(
    qtbot: QtBot, room: Room, show: Callable[..., Window]
) -> None:
    day = room.open()
    room.receive("张三", day=day, phone="13800000231", address="桃源街")
    window, keys = show(), Keyboard()
    form = window.page.entry.form
    keys.letters("zs")
    keys.press(RETURN)
    qtbot.waitUntil(in_text)
    assert form.visitor.phone.text() == "138****0231"
    form.visitor.name.setFocus()
    form.visitor.name.clear()
    keys.chinese("赵六", "zhaoliu")
    assert form.visitor.known is None
    assert (form.visitor.phone.value, form.visitor.address.text()) == ("", "")
    form.issues.shown.text.setPlainText("停车难")
    keys.press(RETURN, control=True)
    qtbot.waitUntil(lambda: "002" in window.toast.text)
    assert room.latest(day).resident.name == "赵六"
    assert room.visits(day)[1].name == "张三"
