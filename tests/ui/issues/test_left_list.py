"""An issue that the list holds no longer: after an act it stays and says so; asked anew it goes."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit

from station_app.domain.issue_views import View
from station_app.domain.issues import IssueDraft
from station_app.services import issues
from tests.ui.conftest import Clock
from tests.ui.issues.conftest import Room, Screen, focused, press

Key = Qt.Key
Show = Callable[..., Screen]


def four(room: Room, clock: Clock) -> list[UUID]:
    """Four issues to be done, in the order of the list."""
    made = []
    for title in ("加装电梯", "屋顶漏水", "夜间停车", "路灯不亮"):
        made.append(room.issue("李建国", IssueDraft(title)))
        clock.move(minutes=5)
    return made


def answered(screen: Screen) -> None:
    """Answer the issue shown on the spot: it leaves what is to be done."""
    screen.ask(Key.Key_W)
    answer = focused()
    assert isinstance(answer, QPlainTextEdit)
    answer.insertPlainText("已当场说明")
    press(Key.Key_Return, control=True)
    screen.wait(screen.page.leaving.bar.isVisible)


def test_after_an_act_it_stays_and_the_next_one_is_one_key_away(
    room: Room, show: Show, clock: Clock
) -> None:
    first, second, third, fourth = four(room, clock)
    screen = show()
    screen.shows(first)
    screen.page.pane.list.setFocus()
    press(Key.Key_Down)
    screen.shows(second)
    answered(screen)
    screen.shows(second)
    assert "这一条已不在左边的列表里" in screen.window.texts()
    assert focused() is screen.page.pane.list
    press(Key.Key_Down)
    screen.shows(third)
    assert not screen.page.leaving.bar.isVisible()
    answered(screen)
    press(Key.Key_Up)
    screen.shows(first)
    press(Key.Key_Down)
    screen.shows(fourth)
    answered(screen)
    press(Key.Key_Down, alt=True)
    screen.shows(first)
    answered(screen)
    assert not screen.page.leaving.next.isVisible(), "nothing is left"
    assert "这里没有问题" in screen.window.texts()
    press(Key.Key_Z, control=True)
    screen.wait(lambda: not screen.page.leaving.bar.isVisible())
    screen.shows(first)


def test_what_somebody_else_moves_stays_too(room: Room, show: Show, clock: Clock) -> None:
    first, second, *_others = four(room, clock)
    screen = show()
    screen.shows(first)
    room.do(issues.answer_issue, first, text="已答复", deputy_id=None)
    screen.page.mark_stale()
    screen.wait(screen.page.leaving.bar.isVisible)
    assert screen.page.detail.view is not None
    assert screen.page.detail.view.record.id == first
    screen.page.leaving.next.click()
    screen.shows(second)


def test_who_asks_for_others_sees_these(room: Room, show: Show, clock: Clock) -> None:
    first, second, third, _fourth = four(room, clock)
    screen = show()
    screen.shows(first)
    pane = screen.page.pane
    pane.search.setText("停车")
    screen.shows(third)
    pane.search.setText("")
    screen.wait(lambda: len(pane.table.rows) == 4)
    screen.shows(third)
    pane.narrow({"urgent": True})
    screen.wait(lambda: screen.page.detail.view is None)
    assert not screen.page.leaving.bar.isVisible()
    pane.narrow({})
    screen.shows(third)  # where the operator was
    screen.page.show_record("issue", second)
    screen.shows(second)
    screen.view(View.OVERDUE)
    screen.wait(lambda: screen.page.detail.view is None)
