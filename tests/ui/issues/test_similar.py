"""Beside an issue stand others that are likely the same matter; one click joins, one undoes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt

from db.vocabulary import IssueStatus, Role
from station_app.domain.issues import IssueDraft
from station_app.services import issues
from station_app.ui.issues.links import LinkButton
from station_app.ui.widgets import ShortcutButton
from tests.ui.issues.conftest import LIFT, Room, Screen, opened, press

_S = IssueStatus
Show = Callable[..., Screen]
LIKE = IssueDraft("电梯", "我们楼没有电梯，老人上下楼困难，希望加装电梯。", place="桃源街14号楼")


def joins(screen: Screen) -> list[ShortcutButton]:
    found = screen.page.detail.side.findChildren(ShortcutButton)
    return [one for one in found if one.isVisible() and one.text() == "并入"]


def test_a_like_issue_is_joined_from_its_card(room: Room, show: Show) -> None:
    first = room.issue("李建国", LIFT)
    room.issue("孙梅", IssueDraft("夜间停车难", place="学苑小区"))
    ident = room.issue("王芳", LIKE)
    screen = opened(show, ident)
    screen.wait(lambda: "相似问题" in screen.window.texts())
    assert "李建国 · 桃源街12号楼" in screen.window.texts()
    (button,) = joins(screen)
    assert room.read(first).number in button.accessibleName()
    button.click()
    screen.status(_S.JOINED)
    assert room.read(ident).joined_to == first
    screen.wait(lambda: joins(screen) == [])
    screen.window.toast.undo.click()
    screen.status(_S.REGISTERED)
    screen.wait(lambda: len(joins(screen)) == 1)
    links = screen.page.detail.side.findChildren(LinkButton)
    link = next(one for one in links if one.accessibleName() == f"打开问题 {LIFT.title}")
    link.setFocus()
    press(Qt.Key.Key_Return)
    screen.shows(first)


def test_what_is_closed_is_shown_and_cannot_be_joined(room: Room, show: Show) -> None:
    first = room.issue("李建国", LIFT)
    room.do(issues.decline_issue, first, reason="court", instead="请到法院")
    ident = room.issue("王芳", LIKE)
    screen = opened(show, ident)
    screen.wait(lambda: "不予受理 · 李建国" in screen.window.texts())
    assert joins(screen) == []


def test_a_viewer_sees_what_is_like_it_and_no_button(room: Room, show: Show) -> None:
    room.issue("李建国", LIFT)
    ident = room.issue("王芳", LIKE)
    screen = show(Role.VIEWER)
    screen.page.show_record("issue", ident)
    screen.wait(lambda: "相似问题" in screen.window.texts())
    assert joins(screen) == []
