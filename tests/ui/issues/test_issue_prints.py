"""Printing from an issue: the forms that make sense now, and the prints made beside it."""

from __future__ import annotations

from typing import Any

from db.vocabulary import IssueStatus
from station_app.printing.catalogue import Batch, Form
from tests.ui.issues.conftest import Room, Screen
from tests.ui.issues.test_casework import Show, opened


def prints(screen: Screen) -> list[tuple[str, Any]]:
    """What the page asks to print from now on."""
    found: list[tuple[str, Any]] = []
    screen.page.print_requested.connect(lambda title, made: found.append((title, made)))
    return found


def test_forms_are_offered_as_the_issue_goes_on_and_prints_are_told(room: Room, show: Show) -> None:
    ident = room.issue()
    screen = opened(room, show, ident)
    printed = prints(screen)
    button = screen.page.detail.turn.print
    assert button.offered == []
    room.assign(ident)
    screen.page.reload()
    screen.wait(lambda: "催办单" in button.offered)
    assert button.offered == ["交办单", "催办单"]
    assert not screen.page.detail.prints.isVisible()
    button.menu_of_forms.actions()[1].trigger()
    screen.wait(lambda: bool(printed))
    title, made = printed[0]
    assert title == f"催办单 {room.read(ident).number}"
    assert made().startswith(b"%PDF")
    screen.wait(lambda: screen.page.detail.prints.isVisible())
    assert "催办单 · 2026-11-10" in screen.window.texts()


def test_the_list_is_printed_as_ledger_and_as_batch(room: Room, show: Show) -> None:
    ident = room.issue()
    room.assign(ident)
    screen = opened(room, show, ident)
    printed = prints(screen)
    assert room.read(ident).status is IssueStatus.ASSIGNED
    button = screen.page.print
    button.refill()
    actions = {one.text(): one for one in button.menu_of_forms.actions() if one.text()}
    actions["列表中的全部：交办单"].trigger()
    screen.wait(lambda: bool(printed))
    _, batch = printed[0]
    assert isinstance(batch, Batch)
    assert {one.form for one in batch.prints} <= {Form.ASSIGNMENT_SLIP}
    actions["群众意见台账"].trigger()
    screen.wait(lambda: len(printed) == 2)
    assert printed[1][1].form is Form.ISSUE_LEDGER
