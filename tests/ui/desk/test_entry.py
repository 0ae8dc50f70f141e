"""The entry form: several issues, parties, joining, handling, errors, undo."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from db.vocabulary import Channel, Handling, IssueStatus, Urgency
from station_app.domain.issues import IssueDraft
from station_app.ui.desk.form import VisitForm
from tests.ui.desk.conftest import Keyboard, Room, Window

RETURN = Qt.Key.Key_Return
LONG = "欧阳阿依古丽·吐尔逊买买提·阿不都热合曼江·玉素甫·艾合买提江·阿卜杜拉·库尔班"


def typed(window: Window, name: str, text: str) -> VisitForm:
    """A form with the least that can be saved."""
    form = window.page.entry.form
    form.visitor.name.setText(name)
    form.issues.shown.text.setPlainText(text)
    return form


def saved(qtbot: QtBot, window: Window, number: str) -> None:
    """Press Ctrl+Enter and wait until the toast names the visit."""
    Keyboard().press(RETURN, control=True)
    qtbot.waitUntil(lambda: number in window.toast.text)


def test_several_issues_and_a_party(qtbot: QtBot, room: Room, show: Callable[..., Window]) -> None:
    day = room.open()
    window, keys = show(), Keyboard()
    form = typed(window, LONG[:50], "屋顶漏水")
    form.visitor.party.setValue(6)
    assert form.companions.isVisible()
    form.companions.lines[0].name.setText("𠮷野𡒁")
    form.companions.lines[0].phone.setText("13912345678")
    assert form.companions.lines[1].isVisible()
    form.visitor.channel.take(Channel.CALLED_ON)
    keys.press(Qt.Key.Key_U, alt=True)
    keys.press(Qt.Key.Key_I, control=True)
    form.issues.shown.text.setPlainText("路灯不亮")
    keys.press(Qt.Key.Key_2, control=True)
    saved(qtbot, window, "001")
    visit = room.latest(day)
    assert visit.resident.name == LONG[:50]
    assert [one.name for one in visit.companions] == ["𠮷野𡒁"]
    assert visit.party_size == 6
    assert visit.channel is Channel.CALLED_ON
    assert [one.title for one in visit.issues] == ["屋顶漏水", "路灯不亮"]
    assert visit.issues[0].urgency is Urgency.URGENT
    assert [one.name for one in visit.deputies] == ["于桂芳", "阿依古丽·买买提"]
    assert form.is_empty
    assert len(form.issues.blocks) == 1
    assert not form.companions.isVisible()


def test_joining_an_earlier_issue(qtbot: QtBot, room: Room, show: Callable[..., Window]) -> None:
    day = room.open()
    first = room.receive("张三", IssueDraft("加装电梯"), day=day)
    window, keys = show(), Keyboard()
    block = window.page.entry.form.issues.shown
    keys.letters("zs")
    keys.press(RETURN)
    qtbot.waitUntil(block.same.isVisible)
    assert first.issues[0].number in window.texts()
    block.text.setPlainText("电梯还没有动静")
    keys.press(Qt.Key.Key_J, alt=True)
    assert not block.outcome.isVisible()
    saved(qtbot, window, "002")
    issue = room.latest(day).issues[0]
    assert issue.status is IssueStatus.JOINED
    assert issue.joined_to == first.issues[0].id
    qtbot.waitUntil(lambda: window.page.desk is not None and window.page.desk.counters.joined == 1)


def test_answered_and_declined(qtbot: QtBot, room: Room, show: Callable[..., Window]) -> None:
    day = room.open()
    window, keys = show(), Keyboard()
    form = typed(window, "周龚", "医保异地报销")
    keys.press(Qt.Key.Key_D, alt=True)
    keys.chinese("可在线上提交", "kezaixianshangtijiao")
    keys.press(Qt.Key.Key_I, control=True)
    form.issues.shown.text.setPlainText("对判决不服")
    keys.press(Qt.Key.Key_N, alt=True)
    reason = form.issues.shown.outcome.reason
    qtbot.waitUntil(lambda: reason.place_of("court") >= 0)
    reason.take("court")
    assert "人民法院" in form.issues.shown.outcome.instead.text()
    saved(qtbot, window, "001")
    answered, declined = room.latest(day).issues
    assert answered.status is IssueStatus.ANSWERED
    assert (answered.events[-1].deputy, answered.events[-1].text) == ("于桂芳", "可在线上提交")
    assert declined.status is IssueStatus.DECLINED


def test_errors_stand_beside_their_fields(
    qtbot: QtBot, room: Room, show: Callable[..., Window]
) -> None:
    day = room.open()
    window, keys = show(), Keyboard()
    form = typed(window, "周龚", "医保")
    form.visitor.phone.setText("123")
    keys.press(Qt.Key.Key_I, control=True)
    form.issues.shown.text.setPlainText("对判决不服")
    keys.press(Qt.Key.Key_N, alt=True)
    keys.press(RETURN, control=True)
    qtbot.waitUntil(form.visitor.phone.hasFocus)
    assert form.visitor.fields["resident.phone"].error == "这不像电话号码，请核对。"
    assert form.issues.blocks[1].fields["reason"].error == "请选择不予受理的原因。"
    assert room.visits(day) == ()
    assert form.issues.blocks[1].text.text() == "对判决不服"


def test_a_category_that_is_none_is_not_dropped_silently(
    qtbot: QtBot, room: Room, show: Callable[..., Window]
) -> None:
    day = room.open()
    window, keys = show(), Keyboard()
    form = typed(window, "周龚", "医保")
    form.issues.shown.category.setFocus()
    keys.letters("xyz")
    keys.press(RETURN, control=True)
    qtbot.waitUntil(lambda: bool(form.issues.shown.fields["category"].error))
    assert room.visits(day) == ()
    form.issues.shown.category.clear()
    keys.letters("ybbx")
    saved(qtbot, window, "001")
    assert room.latest(day).issues[0].category_name == "医疗 · 医保报销"


def test_a_day_closed_meanwhile_keeps_the_text(
    qtbot: QtBot, room: Room, show: Callable[..., Window]
) -> None:
    day = room.open()
    window, keys = show(), Keyboard()
    form = typed(window, "周龚", "医保")
    room.close(day)
    keys.press(RETURN, control=True)
    qtbot.waitUntil(lambda: "还没有保存" in window.texts())
    assert "没有在接待中" in window.texts()
    assert form.issues.shown.text.text() == "医保"
    qtbot.waitUntil(lambda: room.kept() is not None)


def test_undo_after_saving_brings_the_text_back(
    qtbot: QtBot, room: Room, show: Callable[..., Window]
) -> None:
    day = room.open()
    window = show()
    form = typed(window, "周龚", "医保异地报销")
    saved(qtbot, window, "001")
    assert form.is_empty
    window.toast.undo.click()
    qtbot.waitUntil(lambda: form.visitor.name.text() == "周龚")
    assert form.issues.shown.text.text() == "医保异地报销"
    assert room.latest(day).voided


def test_clearing_can_be_taken_back(qtbot: QtBot, room: Room, show: Callable[..., Window]) -> None:
    room.open()
    window = show()
    form = typed(window, "周龚", "医保异地报销")
    window.page.entry.clear()
    assert form.is_empty
    window.toast.undo.click()
    assert form.visitor.name.text() == "周龚"
    assert form.issues.shown.text.text() == "医保异地报销"


def test_a_removed_issue_can_be_had_back(
    qtbot: QtBot, room: Room, show: Callable[..., Window]
) -> None:
    room.open()
    window, keys = show(), Keyboard()
    form = typed(window, "周龚", "医保")
    keys.press(Qt.Key.Key_I, control=True)
    form.issues.shown.text.setPlainText("路灯")
    form.issues.remove_shown()
    assert [one.text.text() for one in form.issues.blocks] == ["医保"]
    window.toast.undo.click()
    assert [one.text.text() for one in form.issues.blocks] == ["医保", "路灯"]


def test_an_empty_form_is_not_scolded(room: Room, show: Callable[..., Window]) -> None:
    room.open()
    window, keys = show(), Keyboard()
    keys.press(RETURN, control=True)
    form = window.page.entry.form
    assert form.visitor.fields["resident.name"].error == ""
    assert form.visitor.name.hasFocus()


def test_every_choice_survives_its_state(room: Room, show: Callable[..., Window]) -> None:
    room.open()
    form = typed(show(), "周龚", "医保")
    form.visitor.party.setValue(3)
    form.companions.lines[0].name.setText("李四")
    form.issues.shown.outcome.bar.take(Handling.ANSWERED)
    form.issues.shown.outcome.answer.setPlainText("已说明")
    form.issues.shown.place.setText("桃源街")
    form.issues.add().text.setPlainText("路灯")
    before = form.state()
    form.clear()
    assert form.is_empty
    form.restore(before)
    assert form.state()["issues"] == before["issues"]
    assert form.state() == before
