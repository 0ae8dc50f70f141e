"""While an issue is typed, earlier ones like it are offered beneath the text; Alt+J joins."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from db.vocabulary import IssueStatus
from station_app.domain.issues import IssueDraft
from station_app.services import dictionary_edits, issues
from tests.ui.conftest import Clock
from tests.ui.desk.conftest import Keyboard, Room, Window

LIFT = IssueDraft("加装电梯", "桃源街十二号楼没有电梯，老人上下楼困难", place="桃源街12号楼")
Show = Callable[..., Window]
Key = Qt.Key


def typing(qtbot: QtBot, window: Window, name: str, text: str) -> None:
    """A new visitor, and the beginning of what they raise."""
    form = window.page.entry.form
    qtbot.waitUntil(form.isVisible)
    form.visitor.name.setText(name)
    form.issues.shown.text.setFocus()
    Keyboard().free_text(text)


def test_like_issues_of_others_are_offered_and_one_is_joined(
    qtbot: QtBot, room: Room, show: Show
) -> None:
    day = room.open()
    first = room.receive("李建国", LIFT, day=day).issues[0]
    room.receive("孙梅", IssueDraft("夜间停车难", "小区门口车位被占", place="葵英街3号"), day=day)
    window = show()
    typing(qtbot, window, "王芳", "我们楼没有电梯，老人上下楼很困难")
    block = window.page.entry.form.issues.shown
    qtbot.waitUntil(block.same.isVisible)
    assert first.number in window.texts()
    assert "李建国 反映" in window.texts()
    keys = Keyboard()
    keys.press(Key.Key_J, alt=True)
    assert block.same.joined == first.id
    keys.press(Key.Key_Return, control=True)
    qtbot.waitUntil(lambda: "003" in window.toast.text)
    issue = room.latest(day).issues[0]
    assert (issue.status, issue.joined_to) == (IssueStatus.JOINED, first.id)
    qtbot.waitUntil(lambda: not window.page.entry.form.issues.shown.same.isVisible())


def test_what_is_closed_or_unlike_is_not_offered(qtbot: QtBot, room: Room, show: Show) -> None:
    day = room.open()
    closed = room.receive("李建国", LIFT, day=day).issues[0]
    room.receive("孙梅", IssueDraft("夜间停车难", "小区门口车位被占", place="葵英街3号"), day=day)
    with room.station.store.write(room.station.actor) as tx:
        issues.decline_issue(tx, closed.id, reason="court", instead="请到法院")
    window = show()
    typing(qtbot, window, "王芳", "我们楼没有电梯，老人上下楼很困难")
    block = window.page.entry.form.issues.shown
    block.text.setPlainText("小区门口车位总是被占，夜间停车难")
    qtbot.waitUntil(block.same.isVisible)
    assert "夜间停车难" in window.texts()
    assert closed.number not in window.texts()
    block.text.clear()
    qtbot.waitUntil(lambda: not block.same.isVisible())


def test_the_station_declines_for_its_own_reasons(qtbot: QtBot, room: Room, show: Show) -> None:
    day = room.open()
    with room.station.store.write(room.station.actor) as tx:
        dictionary_edits.save_decline_reason(
            tx, code="police", name="治安案件", instead="请到派出所", new=True
        )
        dictionary_edits.retire_decline_reason(tx, "scope")
    window = show()
    typing(qtbot, window, "王芳", "邻居打架")
    Keyboard().press(Key.Key_N, alt=True)
    outcome = window.page.entry.form.issues.shown.outcome
    qtbot.waitUntil(lambda: outcome.reason.place_of("police") >= 0)
    assert outcome.reason.place_of("scope") < 0
    outcome.reason.take("police")
    assert outcome.instead.text() == "请到派出所"
    kept = window.page.entry.form.state()
    window.page.entry.form.clear()
    window.page.entry.form.restore(kept)
    assert outcome.reason.currentData() == "police"
    Keyboard().press(Key.Key_Return, control=True)
    qtbot.waitUntil(lambda: "001" in window.toast.text)
    assert room.latest(day).issues[0].events[-1].details["why"] == "治安案件"


def test_the_desk_says_how_much_is_due_and_leads_there(
    qtbot: QtBot, room: Room, show: Show, clock: Clock
) -> None:
    room.receive("李建国", LIFT)
    clock.move(days=30)
    window = show()
    due = window.page._due
    qtbot.waitUntil(due.isVisible)
    assert due.text() == "今日 1 项"
    due.click()
    assert window.opened == [("today", None)]
