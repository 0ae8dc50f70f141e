"""Printing from an issue: the forms that make sense now, and the prints made beside it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt

from db.vocabulary import IssueEventKind, IssueStatus
from station_app.printing.catalogue import Batch, Form
from station_app.services import issues
from tests.ui.conftest import Clock
from tests.ui.issues.conftest import Room, Screen, press
from tests.ui.issues.test_bulk import choose_all, three
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


def test_the_chosen_issues_are_printed_as_one_batch(room: Room, show: Show, clock: Clock) -> None:
    ids = three(room, clock)
    screen = choose_all(show)
    button = screen.page.bulk.print
    assert not button.isVisible(), "nothing can be printed of what was only registered"
    for one in ids[:2]:
        room.do(issues.decline_issue, one, reason="court", instead="法院")
    screen.page.reload()
    screen.wait(button.isVisible)
    assert button.offered == ["不予受理告知书"]
    printed = prints(screen)
    press(Qt.Key.Key_P, control=True)
    screen.wait(lambda: bool(printed))
    title, batch = printed[0]
    assert title == "不予受理告知书（已选 3 条，可印 2 份，1 条目前不适用）"
    assert isinstance(batch, Batch)
    numbers = {room.read(one).number for one in ids[:2]}
    assert {one.title.split()[-1] for one in batch.prints} == numbers
    assert {one.form for one in batch.prints} == {Form.DECLINE_NOTICE}
    assert all(one().startswith(b"%PDF") for one in batch.prints)
    room.assign(ids[2])
    screen.page.reload()
    screen.wait(lambda: button.offered == ["交办单", "催办单", "不予受理告知书"])
    screen.page.bulk.buttons[IssueEventKind.URGED].click()
    screen.wait(lambda: screen.page.bulk.act is not None)
    assert not button.isVisible(), "while an act is being typed, nothing else is offered"
