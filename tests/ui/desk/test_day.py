"""The day on the desk: from none to locked, who is here, and what a viewer sees."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from db.vocabulary import DayStatus, Role, RoleClass
from station_app.domain.deputies import DeputyDraft
from station_app.domain.issues import IssueDraft
from station_app.domain.record_codes import record_code
from station_app.services import deputies
from tests.ui.conftest import Clock
from tests.ui.desk.conftest import Keyboard, Room, Window, focused


def buttons(window: Window) -> set[str]:
    """The words on every visible button that can be pressed."""
    found = window.findChildren(QAbstractButton)
    return {one.text() for one in found if one.isVisible() and one.isEnabled() and one.text()}


def press(qtbot: QtBot, window: Window, text: str) -> None:
    """Click the visible button with ``text`` as soon as it can be clicked."""
    qtbot.waitUntil(lambda: text in buttons(window))
    found = window.findChildren(QAbstractButton)
    next(one for one in found if one.isVisible() and one.text() == text).click()


def button(window: Window, text: str) -> QAbstractButton:
    """The last of the visible buttons with ``text``: the one that confirms."""
    found = window.findChildren(QAbstractButton)
    return [one for one in found if one.isVisible() and one.text() == text][-1]


def test_a_station_without_a_roster_says_to_import_it_first(
    qtbot: QtBot, room: Room, show: Callable[..., Window]
) -> None:
    window = show()
    qtbot.waitUntil(lambda: "请先导入代表名册" in window.texts())
    press(qtbot, window, "导入名册")
    assert window.opened == [("deputy", None)]
    assert {"安排接待日", "登记一次来访"} <= buttons(window)
    with qtbot.waitSignal(window.jobs.changed):
        window.jobs.write(lambda tx: deputies.save_deputy(tx, DeputyDraft("于桂芳")), owner=window)
    qtbot.waitUntil(lambda: "今天没有接待" in window.texts().split("\n"))
    assert "导入名册" not in buttons(window)


def test_without_a_day_one_can_plan_or_record_a_visit(
    qtbot: QtBot, room: Room, show: Callable[..., Window]
) -> None:
    room.hire()
    window = show()
    qtbot.waitUntil(lambda: {"安排接待日", "登记一次来访"} <= buttons(window))
    assert not {"结束接待", "扫码签到", "新来访"} & buttons(window)
    press(qtbot, window, "安排接待日")
    assert window.opened == [("day", None)]
    press(qtbot, window, "登记一次来访")
    form = window.page.entry.form
    qtbot.waitUntil(form.visitor.name.hasFocus)
    form.visitor.name.setText("周龚")
    form.issues.shown.text.setPlainText("医保")
    Keyboard().press(Qt.Key.Key_Return, control=True)
    qtbot.waitUntil(lambda: "已保存" in window.toast.text)
    assert room.latest(None).day_id is None
    qtbot.waitUntil(lambda: len(window.page.arrivals.table.lines) >= 1)
    assert window.page.arrivals.table.lines[-1].name == "周龚"


def test_a_whole_day(qtbot: QtBot, room: Room, show: Callable[..., Window]) -> None:
    day = room.plan()
    window, keys = show(), Keyboard()
    qtbot.waitUntil(lambda: "今天 9:00 开始接待" in window.texts())
    press(qtbot, window, "开始接待")
    form = window.page.entry.form
    qtbot.waitUntil(form.visitor.name.hasFocus)
    assert room.day(day).status is DayStatus.OPEN
    qtbot.waitUntil(lambda: "结束接待" in buttons(window))
    keys.press(Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: len(window.page.entry.form.receiving.taken) == 1)
    form.visitor.name.setText("周龚")
    keys.press(Qt.Key.Key_F10)
    assert "还有一次来访没有保存：周龚" in window.texts()
    keys.press(Qt.Key.Key_Escape)
    qtbot.waitUntil(window.page.entry.isVisible)
    form.issues.shown.text.setPlainText("医保")
    keys.press(Qt.Key.Key_Return, control=True)
    qtbot.waitUntil(lambda: "001" in window.toast.text)
    keys.press(Qt.Key.Key_F10)
    qtbot.waitUntil(lambda: "来访 1 批 1 人次" in window.texts())
    keys.press(Qt.Key.Key_Return, control=True)
    qtbot.waitUntil(lambda: "今天的接待已结束" in window.texts())
    assert room.day(day).status is DayStatus.CLOSED
    window.toast.undo.click()
    qtbot.waitUntil(lambda: room.day(day).status is DayStatus.OPEN)
    qtbot.waitUntil(lambda: form.visitor.name.hasFocus() and "结束接待" in buttons(window))
    keys.press(Qt.Key.Key_F10)
    keys.press(Qt.Key.Key_Return, control=True)
    qtbot.waitUntil(lambda: "打印台账" in buttons(window))
    press(qtbot, window, "打印台账")
    qtbot.waitUntil(lambda: bool(window.printed))
    assert window.printed[0][1]().startswith(b"%PDF")
    press(qtbot, window, "归档锁定")
    assert "签字的台账存档了吗？" in window.texts()
    confirm = button(window, "归档锁定")
    confirm.setFocus()
    confirm.click()
    qtbot.waitUntil(lambda: "以后的更正，请在问题里以备注补记。" in window.texts())
    assert room.day(day).status is DayStatus.LOCKED
    assert not {"继续接待", "结束接待", "新来访"} & buttons(window)
    assert focused() is button(window, "打印台账")


@pytest.mark.parametrize(("later", "said"), [(0, False), (1, True)])
def test_a_day_that_nobody_ended_says_that_it_still_takes_visits_in(
    qtbot: QtBot, room: Room, clock: Clock, show: Callable[..., Window], later: int, said: bool
) -> None:
    room.open()
    clock.move(days=later)
    window = show()
    qtbot.waitUntil(window.page.entry.isVisible)
    assert ("11月10日的接待还没有结束" in window.texts()) is said


def test_checking_in_by_typing_and_taking_it_back(
    qtbot: QtBot, room: Room, show: Callable[..., Window]
) -> None:
    day = room.open(here=0)
    window, keys = show(), Keyboard()
    keys.press(Qt.Key.Key_F2)
    assert focused() is window.page.present.search
    keys.letters("sgs")
    popup = window.page.present.search._popup
    qtbot.waitUntil(lambda: [one.title for one in popup.rows] == ["宋贵森"])
    keys.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "宋贵森 已签到" in window.toast.text)
    assert [one.name for one in room.day(day).deputies if one.attendance_id] == ["宋贵森"]
    window.toast.undo.click()
    qtbot.waitUntil(lambda: not any(one.attendance_id for one in room.day(day).deputies))
    qtbot.waitUntil(lambda: window.texts().count("未到") == 4)


def test_a_scanned_form_opens_the_visit_and_an_unsigned_code_checks_nobody_in(
    qtbot: QtBot, room: Room, show: Callable[..., Window]
) -> None:
    day = room.open(here=0)
    visit = room.receive("周龚", IssueDraft("医保异地报销"), day=day)
    window = show()
    assert window.page.on_scanned(record_code("deputy", room.deputies[1], 1))
    assert window.opened == [("deputy", room.deputies[1])]
    assert window.page.on_scanned(record_code("visit", visit.id, 1))
    qtbot.waitUntil(lambda: visit.number in window.texts())
    assert not window.page.on_scanned("6901234567892")
    assert not any(one.attendance_id for one in room.day(day).deputies)


def test_guests_are_written_by_role_class(
    qtbot: QtBot, room: Room, show: Callable[..., Window]
) -> None:
    day = room.open()
    window, keys = show(), Keyboard()
    keys.press(Qt.Key.Key_G, control=True)
    guest = window.page.present.guest
    guest.role_class.take(RoleClass.DEPARTMENT)
    keys.chinese("陈志远", "chenzhiyuan")
    keys.press(Qt.Key.Key_Return)
    keys.chinese("住建局副局长", "zhujianju")
    keys.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(room.day(day).guests) == 1)
    came = room.day(day).guests[0]
    assert (came.role_class, came.name, came.title) == (
        RoleClass.DEPARTMENT,
        "陈志远",
        "住建局副局长",
    )


def test_a_viewer_looks_and_finds_no_dead_button(
    qtbot: QtBot, room: Room, show: Callable[..., Window]
) -> None:
    day = room.open()
    visit = room.receive("周龚", IssueDraft("医保异地报销"), day=day, phone="13800000231")
    window = show(Role.VIEWER)
    assert buttons(window) == set()
    window.page.arrivals.opened.emit(visit.id)
    qtbot.waitUntil(lambda: visit.number in window.texts())
    assert "138****0231" in window.texts()
    assert buttons(window) == {"返回", "查看问题"}


def test_arrivals_show_what_became_of_each_visit(
    qtbot: QtBot, room: Room, show: Callable[..., Window]
) -> None:
    day = room.open()
    first = room.receive("张三", IssueDraft("加装电梯"), day=day)
    room.receive("李四", IssueDraft("加装电梯", join_to=first.issues[0].id), day=day)
    room.receive("赵六", IssueDraft("屋顶漏水"), IssueDraft("路灯"), day=day, size=7)
    window = show()
    lines = window.page.arrivals.table.lines[1:]
    assert [one.number for one in lines] == ["003", "002", "001"]
    assert lines[0].detail == "7 人 · 集体 · 屋顶漏水 · 另 1 条"
    assert [one.state for one in lines] == ["待办理", "并入", "待办理"]
    assert window.page.counters.cards["people"].accessibleName() == "接待人次 9"
