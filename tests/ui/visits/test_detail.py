"""One visit beside the arrivals: print it, void it, restore it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from db.vocabulary import IssueStatus
from station_app.domain.issues import IssueDraft
from tests.ui.desk.conftest import Keyboard, Room, Window, room, show

__all__ = ["room", "show"]


def test_voiding_asks_why_and_can_be_taken_back(
    qtbot: QtBot,
    room: Room,
    show: Callable[..., Window],
) -> None:
    day = room.open()
    visit = room.receive("误登记", IssueDraft("测试"), day=day)
    window, keys = show(), Keyboard()
    detail = window.page.detail
    window.page.arrivals.opened.emit(visit.id)
    qtbot.waitUntil(lambda: detail.visit is not None)
    detail._void.click()
    qtbot.waitUntil(detail.reason.hasFocus)
    keys.press(Qt.Key.Key_Return)
    assert "请写明作废的原因。" in window.texts()
    keys.chinese("重复登记", "chongfudengji")
    keys.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "已作废" in window.toast.text)
    gone = room.visit(visit.id)
    assert (gone.voided, gone.void_reason) == (True, "重复登记")
    assert gone.issues[0].status is IssueStatus.VOIDED
    qtbot.waitUntil(lambda: window.page.arrivals.table.lines[-1].voided)
    window.toast.undo.click()
    qtbot.waitUntil(lambda: not room.visit(visit.id).voided)
    qtbot.waitUntil(detail._void.isVisible)


def test_receipt_and_form_are_made_as_pdf(
    qtbot: QtBot,
    room: Room,
    show: Callable[..., Window],
) -> None:
    day = room.open()
    visit = room.receive("周龚", IssueDraft("医保异地报销"), day=day)
    window = show()
    window.page.arrivals.opened.emit(visit.id)
    qtbot.waitUntil(lambda: window.page.detail.visit is not None)
    for button in window.page.detail._prints:
        button.click()
    qtbot.waitUntil(lambda: len(window.printed) == 2)
    assert all(make().startswith(b"%PDF") for _title, make in window.printed)
    assert window.printed[0][0] == f"群众来访回执 {visit.number}"


def test_escape_leads_back_to_what_was_being_typed(
    qtbot: QtBot,
    room: Room,
    show: Callable[..., Window],
) -> None:
    day = room.open()
    visit = room.receive("周龚", IssueDraft("医保异地报销"), day=day)
    window, keys = show(), Keyboard()
    window.page.entry.form.visitor.name.setText("李四")
    window.page.arrivals.opened.emit(visit.id)
    qtbot.waitUntil(lambda: window.page.detail.visit is not None)
    keys.press(Qt.Key.Key_Escape)
    qtbot.waitUntil(window.page.entry.isVisible)
    assert window.page.entry.form.visitor.name.text() == "李四"


def test_looking_at_a_phone_is_asked_for(
    qtbot: QtBot,
    room: Room,
    show: Callable[..., Window],
) -> None:
    day = room.open()
    visit = room.receive("周龚", IssueDraft("医保"), day=day, phone="13912345678")
    window = show()
    window.page.arrivals.opened.emit(visit.id)
    qtbot.waitUntil(lambda: "139****5678" in window.texts())
    from PySide6.QtWidgets import QToolButton

    [eye] = [one for one in window.page.detail.findChildren(QToolButton) if one.isVisible()]
    eye.click()
    qtbot.waitUntil(lambda: "13912345678" in window.texts())
