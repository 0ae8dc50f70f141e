"""Several issues at once: chosen by keyboard, acted on together, taken back with one Ctrl+Z."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit

from db.vocabulary import Degree, IssueEventKind, IssueStatus, Role
from station_app.domain.issue_views import View
from station_app.domain.issues import IssueDraft
from station_app.services import issues
from tests.ui.conftest import Clock
from tests.ui.issues.conftest import Room, Screen, focused, press

_E = IssueEventKind
_S = IssueStatus
Show = Callable[..., Screen]
Key = Qt.Key


def three(room: Room, clock: Clock) -> list[UUID]:
    """Three issues, the oldest first."""
    found = []
    for title in ("加装电梯", "屋顶漏水", "夜间停车"):
        found.append(room.issue("李建国", IssueDraft(title, f"{title}，电话 13800000231")))
        clock.move(minutes=5)
    return found


def settled(room: Room, ident: UUID) -> None:
    room.do(issues.answer_issue, ident, text="已答复", deputy_id=None)
    room.do(issues.settle_issue, ident, degree=Degree.SOLVED, evidence="照片")


def choose_all(show: Show) -> Screen:
    """Every issue of the station, chosen with Ctrl+A."""
    screen = show()
    screen.view(View.ALL)
    screen.page.pane.list.setFocus()
    press(Key.Key_A, control=True)
    assert screen.page.bulk.isVisible()
    return screen


def shift_alt(key: Qt.Key) -> None:
    held = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(focused(), key, held)


def statuses(room: Room, ids: list[UUID]) -> list[IssueStatus]:
    return [room.read(one).status for one in ids]


def test_those_who_cannot_are_named_before_and_one_undo_takes_all_back(
    room: Room, show: Show, clock: Clock
) -> None:
    ids = three(room, clock)
    settled(room, ids[1])
    screen = choose_all(show)
    assert "已选 3 条" in screen.window.texts()
    screen.wait(lambda: screen.page.pane.count.text() == "已选 3 / 3")
    press(Key.Key_A, alt=True)
    screen.wait(lambda: screen.page.bulk.act is not None)
    texts = screen.window.texts()
    assert "3 条中有 1 条不能交办" in texts
    assert "屋顶漏水（处于“已办结”）" in texts
    assert "交办 2 条" in texts
    press(Key.Key_Return, control=True)
    screen.wait(lambda: bool(screen.page.bulk.fields["unit_id"].error))
    unit = focused()
    assert isinstance(unit, QComboBox)
    press(Key.Key_Down)
    press(Key.Key_Return, control=True)
    screen.wait(lambda: "已交办 2 条" in screen.window.toast.text)
    assert statuses(room, ids) == [_S.ASSIGNED, _S.SETTLED, _S.ASSIGNED]
    press(Key.Key_Z, control=True)
    screen.wait(lambda: statuses(room, ids) == [_S.REGISTERED, _S.SETTLED, _S.REGISTERED])
    screen.wait(lambda: "2 条都已撤销" in screen.window.toast.text)


def test_shift_and_escape_choose_more_and_one(room: Room, show: Show, clock: Clock) -> None:
    ids = three(room, clock)
    screen = show()
    screen.shows(ids[0])
    rows = screen.page.pane.list
    QTest.keyClick(focused(), Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert [one.id for one in rows.taken] == ids[:2]
    assert screen.page.bulk.isVisible()
    assert not screen.page.bulk.buttons[_E.URGED].isEnabled()
    assert "处于“已登记”" in screen.page.bulk.buttons[_E.URGED].toolTip()
    with screen.qtbot.waitSignal(screen.page.pane.table.loaded):
        screen.page.mark_stale()
    assert [one.id for one in rows.taken] == ids[:2], "a change elsewhere keeps the choice"
    press(Key.Key_A, alt=True)
    screen.wait(lambda: bool(screen.page.bulk.inputs))
    asked = screen.page.bulk.fields["text"].input
    assert isinstance(asked, QPlainTextEdit)
    asked.setPlainText("请一并办理")
    press(Key.Key_Escape)
    assert screen.page.bulk.act is None
    press(Key.Key_A, alt=True)
    screen.wait(lambda: bool(screen.page.bulk.inputs))
    assert screen.page.bulk.values["text"] == "请一并办理"
    press(Key.Key_Escape)
    press(Key.Key_Escape)
    assert len(rows.taken) == 1
    assert screen.page.detail.isVisible()
    assert focused() is rows


def test_several_are_joined_into_one_of_them(room: Room, show: Show, clock: Clock) -> None:
    ids = three(room, clock)
    screen = choose_all(show)
    press(Key.Key_J, alt=True)
    screen.wait(lambda: bool(screen.page.bulk.inputs))
    assert "并入同一个 2 条" in screen.window.texts()
    press(Key.Key_Return, control=True)
    screen.wait(lambda: "已并入 2 条" in screen.window.toast.text)
    assert statuses(room, ids) == [_S.REGISTERED, _S.JOINED, _S.JOINED]
    screen.window.toast.undo.click()
    screen.wait(lambda: statuses(room, ids) == [_S.REGISTERED] * 3)


def test_the_public_words_are_read_before_many_are_published(
    room: Room, show: Show, clock: Clock
) -> None:
    ids = three(room, clock)
    for one in ids[:2]:
        settled(room, one)
    screen = choose_all(show)
    bulk = screen.page.bulk
    publish, back = bulk.buttons[_E.PUBLISHED], bulk.buttons[_E.UNPUBLISHED]
    assert publish.isEnabled()
    assert not back.isEnabled(), "nothing is published yet"
    assert "没有公开" in back.toolTip()
    shift_alt(Key.Key_P)
    screen.wait(lambda: bulk.act is not None)
    assert "加装电梯，电话 **" in screen.window.texts()
    assert "13800000231" not in screen.window.texts()
    press(Key.Key_Return, control=True)
    screen.wait(lambda: [room.read(one).case.published for one in ids] == [True, True, False])
    screen.wait(back.isEnabled)
    assert not publish.isEnabled(), "what may be shown is shown"
    shift_alt(Key.Key_U)
    screen.wait(lambda: bulk.act is not None)
    assert "3 条中有 1 条不能" in screen.window.texts()
    asked = bulk.fields["reason"].input
    assert isinstance(asked, QPlainTextEdit)
    asked.setPlainText("居民不同意")
    press(Key.Key_Return, control=True)
    screen.wait(lambda: not any(room.read(one).case.published for one in ids))
    screen.wait(lambda: not back.isEnabled() and publish.isEnabled())


def test_key_supervision_of_many_asks_for_four_names(room: Room, show: Show, clock: Clock) -> None:
    ids = three(room, clock)
    screen = choose_all(show)
    shift_alt(Key.Key_S)
    screen.wait(lambda: len(screen.page.bulk.inputs) == 5)
    for name in ("张主任", "李书记", "王局长", "赵委员"):
        line = focused()
        assert isinstance(line, QLineEdit)
        line.insert(name)
        press(Key.Key_Tab)
    press(Key.Key_Return, control=True)
    screen.wait(lambda: all(room.read(one).case.roles for one in ids))
    screen.wait(lambda: "重点督办 3" in [one.text() for one in screen.page.views.buttons])


def test_what_moved_on_meanwhile_changes_nothing_at_all(
    room: Room, show: Show, clock: Clock
) -> None:
    ids = three(room, clock)
    screen = choose_all(show)
    press(Key.Key_A, alt=True)
    screen.wait(lambda: bool(screen.page.bulk.inputs))
    press(Key.Key_Down)
    settled(room, ids[2])
    press(Key.Key_Return, control=True)
    screen.wait(lambda: "所有问题都没有改动" in screen.window.toast.text)
    assert statuses(room, ids) == [_S.REGISTERED, _S.REGISTERED, _S.SETTLED]


def test_what_is_stopped_on_the_way_changes_nothing(room: Room, show: Show, clock: Clock) -> None:
    ids = three(room, clock)
    screen = choose_all(show)
    press(Key.Key_A, alt=True)
    screen.wait(lambda: bool(screen.page.bulk.inputs))
    press(Key.Key_Down)
    jobs, bulk = screen.page.jobs, screen.page.bulk
    begun, stopped = Event(), Event()

    def save_for_long(_tx: object) -> None:
        begun.set()
        stopped.wait(20)

    jobs.write(save_for_long, owner=screen.page)
    screen.wait(begun.is_set)  # somebody else is saving: the act waits behind it
    press(Key.Key_Return, control=True)
    assert bulk.busy.isVisible()
    press(Key.Key_Escape)
    assert not bulk.busy.isVisible()
    stopped.set()
    with screen.qtbot.waitSignal(jobs.changed):
        jobs.write(lambda tx: issues.note_issue(tx, ids[0], text="备注"), owner=screen.page)
    assert statuses(room, ids) == [_S.REGISTERED] * 3
    assert bulk.values["unit_id"], "what was typed is still there"


def test_a_viewer_may_choose_and_is_offered_nothing(room: Room, show: Show, clock: Clock) -> None:
    three(room, clock)
    screen = show(Role.VIEWER)
    press(Key.Key_A, control=True)
    assert screen.page.bulk.isVisible()
    assert not any(one.isVisible() for one in screen.page.bulk.buttons.values())
