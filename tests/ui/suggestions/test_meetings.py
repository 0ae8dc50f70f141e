"""A three-party meeting by keyboard: many issues, one record, one act, taken back whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from functools import partial

from PySide6.QtCore import Qt

from db.vocabulary import DayKind, Degree, IssueEventKind, IssueStatus, Role
from station_app.domain.days import DayDraft
from station_app.domain.issues import IssueDraft
from station_app.services import days, issues
from station_app.ui.kept_form import PAUSE_MS
from tests.ui.conftest import Clock
from tests.ui.issues.conftest import LIFT, Room, press
from tests.ui.suggestions.conftest import Together, choose, save, typed

Key = Qt.Key
Show = Callable[..., Together]
S = IssueStatus
WATER = IssueDraft("五郡社区顶层供暖不足", "室温只有十四度。", "zj-gn", "五郡社区3号楼")


def opened(screen: Together, count: int) -> None:
    """Wait for the form with so many issues."""
    form = screen.page.meetings.pane.form
    screen.wait(lambda: form.isVisible() and len(form.blocks) == count)
    screen.wait(lambda: form.topic.hasFocus() or form.deputies.input.hasFocus())


def test_three_issues_in_one_act_and_taken_back(room: Room, show: Show, clock: Clock) -> None:
    room.deputy("赵代表")
    first, second = room.issue("李建国", LIFT), room.issue("王芳", WATER)
    third = room.issue("赵强", LIFT)
    room.assign(second)
    screen = show()
    screen.page.meet_about((first, second))
    opened(screen, 2)
    form = screen.page.meetings.pane.form
    assert form.residents.text() == "李建国、王芳"
    assert form.held_on.text() == "2026-11-10"
    typed("电梯与供暖")
    screen.take("赵代表")
    form.departments.setFocus()
    typed("区住建局、街道办事处")
    screen.pick(form.search, room.read(third).number)
    screen.wait(lambda: len(form.blocks) == 3)
    blocks = list(form.blocks.values())
    blocks[0].conclusion.setFocus()
    for words, unit, outcome in (("住建局出方案", 1, 0), ("阀门已换好", 0, 2), ("已作说明", 0, 1)):
        typed(words)
        choose(unit)
        choose(outcome)
        if unit:
            typed("方案公示")
            typed("1130")
        else:
            press(Key.Key_Tab)
            press(Key.Key_Tab)
        # The link and the cross of the next issue lie between.
        following = next((b for b in blocks if not b.conclusion.text()), None)
        if following is not None:
            following.conclusion.setFocus()
    save()
    detail = screen.page.meetings.pane.detail
    screen.wait(detail.isVisible)
    assert room.read(first).status is S.ASSIGNED
    assert room.read(first).case.promises[0].due_on == date(2026, 11, 30)
    assert (room.read(second).status, room.read(second).degree) == (S.SETTLED, Degree.SOLVED)
    assert room.read(third).status is S.ANSWERED
    told = screen.window.texts()
    for words in ("电梯与供暖", "区住建局", "方案公示", "阀门已换好", "赵代表"):
        assert words in told
    screen.wait(lambda: len(screen.page.meetings.model.rows) == 1)
    clock.move(minutes=1)
    press(Key.Key_Z, control=True)
    screen.wait(lambda: not screen.page.meetings.model.rows)
    assert [room.read(one).status for one in (first, second, third)] == [
        S.REGISTERED, S.ASSIGNED, S.REGISTERED,
    ]  # fmt: skip
    assert any(one.event is IssueEventKind.MET for one in room.read(first).events)


def test_what_is_missing_is_said_where_it_is_missing(room: Room, show: Show) -> None:
    room.deputy("赵代表")
    ident = room.issue("李建国", LIFT)
    screen = show()
    screen.page.show_record("meet", ident)
    opened(screen, 1)
    form = screen.page.meetings.pane.form
    save()
    screen.wait(lambda: bool(form.fields["topic"].error))
    for name in ("deputy_ids", "departments", "items.0.conclusion"):
        assert form.fields[name].error
    (block,) = form.blocks.values()
    block.promise_on.setText("二月三十")
    save()
    screen.wait(lambda: bool(form.fields["items.0.promise_on"].error))
    block.promise_on.clear()
    form.topic.setText("供暖")
    form.departments.setText("街道")
    form.deputies.setFocus()
    screen.take("赵代表")
    block.conclusion.setPlainText("再议")
    block.promise.setText("开工")
    save()
    screen.wait(
        lambda: "items.0.promise_on" in form.fields and bool(block.fields["promise_on"].error)
    )
    assert room.read(ident).status is S.REGISTERED


def test_half_typed_it_comes_back_with_its_decisions(room: Room, show: Show) -> None:
    ident = room.issue("李建国", LIFT)
    screen = show()
    screen.page.show_record("meet", ident)
    opened(screen, 1)
    form = screen.page.meetings.pane.form
    next(iter(form.blocks.values())).conclusion.setFocus()
    typed("写了一半")
    screen.qtbot.wait(PAUSE_MS + 100)
    again = show()
    again.page.show_record("meet", ident)
    opened(again, 1)
    (block,) = again.page.meetings.pane.form.blocks.values()
    assert block.conclusion.text() == "写了一半"


def test_from_a_day_of_that_kind(room: Room, show: Show) -> None:
    deputy = room.deputy("赵代表")
    draft = DayDraft(
        date(2026, 11, 10), time(9), time(11), "二楼会议室", "老旧小区改造",
        kind=DayKind.THREE_PARTY, deputy_ids=(deputy,),
    )  # fmt: skip
    with room.station.store.write(room.station.actor) as tx:
        day = days.open_day(tx, days.save_day(tx, draft).id)
    screen = show()
    screen.page.show_record("meet_on", day.id)
    opened(screen, 0)
    form = screen.page.meetings.pane.form
    assert (form.topic.text(), form.place.text()) == ("老旧小区改造", "二楼会议室")
    assert form.deputies.taken == (deputy,)


def test_a_closed_issue_is_not_talked_about(room: Room, show: Show) -> None:
    ident = room.issue("李建国", LIFT)
    room.do(issues.decline_issue, ident, reason="court", instead="法院")
    screen = show()
    screen.page.show_record("meet", ident)
    screen.wait(lambda: "三方共议" in screen.window.toast.text)
    assert not screen.page.meetings.pane.is_editing


def test_a_viewer_writes_nothing_down(room: Room, show: Show) -> None:
    ident = room.issue("李建国", LIFT)
    screen = show(Role.VIEWER)
    press_meetings = partial(press, Key.Key_3, control=True)
    screen.page.choice.setFocus()
    press_meetings()
    screen.wait(lambda: screen.page.section == "meetings")
    screen.page.show_record("meet", ident)
    assert not screen.page.meetings.pane.is_editing
    assert not screen.page.new.isVisible()
