"""A suggestion by keyboard: drafted out of issues, led through seven stages, withdrawn, kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt

from db.vocabulary import Clock as Due
from db.vocabulary import Degree, Finding, IssueEventKind, IssueStatus, Rater, Rating, Role, Stage
from station_app.domain.lists import Listing
from station_app.services import suggestions
from station_app.services.suggestion_lists import list_suggestions
from station_app.ui.kept_form import PAUSE_MS
from tests.ui.conftest import Clock
from tests.ui.issues.conftest import Room, Screen, press
from tests.ui.suggestions.conftest import LIGHTS, Together, choose, save, typed

Key = Qt.Key
Show = Callable[..., Together]
E, S = IssueEventKind, IssueStatus


def stage_is(screen: Together, stage: Stage) -> None:
    """Wait until the suggestion shown stands at ``stage`` and its form is closed."""
    detail = screen.page.suggestions.pane.detail
    screen.wait(
        lambda: (
            detail.record is not None
            and detail.record.stage is stage
            and detail.panel.stage is None
            and detail.isVisible()
        )
    )


def step(screen: Together, stage: Stage, *keys: Callable[[], None]) -> None:
    """The next act by its key, what is typed for it, and Ctrl+Enter."""
    press(Key.Key_A, alt=True)
    panel = screen.page.suggestions.pane.detail.panel
    assert panel.stage is stage
    for one in keys:
        one()
    save()
    stage_is(screen, stage)


def drafted(screen: Together, *ids: UUID) -> None:
    """A suggestion drawn from issues, made by the deputy 赵代表."""
    screen.page.raise_from(ids)
    form = screen.page.suggestions.pane.form
    screen.wait(lambda: form.isVisible() and len(form.issues.ids) == len(ids))
    screen.wait(lambda: form.deputies.input.hasFocus())
    screen.take("赵代表")
    save()
    stage_is(screen, Stage.DRAFTED)


def test_a_traffic_light_through_all_seven_stages_planned_and_looked_at_across_new_year(
    room: Room, show: Show, show_issue: Callable[[UUID], Screen], clock: Clock
) -> None:
    room.deputy("赵代表")
    clock.at -= timedelta(days=8)
    first, second = room.issue("李建国", LIGHTS), room.issue("王芳", LIGHTS)
    screen = show()
    screen.page.new.setFocus()
    press(Key.Key_N, control=True)
    form = screen.page.suggestions.pane.form
    screen.wait(lambda: form.issues.search.hasFocus())
    for one in (first, second):
        screen.pick(form.issues.search, room.read(one).number)
        screen.wait(partial(lambda ident: ident in form.issues.ids, one))
    screen.wait(lambda: "王**" in form.text.text())
    assert "李**" in form.text.text()
    assert "李建国" not in form.text.text()
    form.deputies.setFocus()
    screen.take("赵代表")
    form.title.setFocus()
    form.title.selectAll()
    typed("关于在学苑路口设置红绿灯的建议")
    form.text.insertPlainText("设置红绿灯。")
    save()
    stage_is(screen, Stage.DRAFTED)
    detail = screen.page.suggestions.pane.detail
    assert room.read(first).status is S.RAISED
    step(screen, Stage.REVIEWED, lambda: typed("符合要求"))
    step(screen, Stage.CLASSIFIED, lambda: typed("交通类"))
    step(
        screen, Stage.ASSIGNED, lambda: choose(1), lambda: typed("2026-105"),
        lambda: typed("请三个月内答复"),
    )  # fmt: skip
    assert detail.track.passed == 3
    assert "2026-105" in screen.window.texts()
    (due,) = [one for one in room.read(first).case.deadlines if one.clock is Due.SUGGESTION]
    assert detail.record is not None
    assert detail.record.due_on == due.due_on
    step(screen, Stage.HANDLED, lambda: typed("交警大队现场踏勘"))
    step(screen, Stage.ANSWERED, lambda: typed("列入明年上半年建设计划"))
    assert {room.read(one).status for one in (first, second)} == {S.REPLIED}
    step(screen, Stage.SUPERVISED, lambda: typed("已现场督办"))
    step(screen, Stage.FED_BACK, lambda: choose(2), lambda: typed("希望按期完成"))
    assert detail.track.passed == 7
    assert not detail.next.isVisible()
    ratings = room.read(second).case.evaluations
    assert [(one.rater, one.rating) for one in ratings] == [(Rater.DEPUTY, Rating.FAIRLY_SATISFIED)]
    settle_and_look_back(room, show_issue, clock, first)


def settle_and_look_back(
    room: Room, show_issue: Callable[[UUID], Screen], clock: Clock, ident: UUID
) -> None:
    """The answer was a plan: looked at after 90 days, built, looked at again in the next year."""
    screen = show_issue(ident)
    screen.page.pane.list.setFocus()
    screen.ask(Key.Key_S)
    choose(3)
    typed("部门答复和建设计划")
    save()
    screen.status(S.SETTLED)
    assert room.read(ident).degree is Degree.PLANNED
    looks = [one for one in room.read(ident).case.deadlines if one.clock is Due.LOOK_BACK]
    due = looks[0].due_on
    assert due is not None
    assert due.year == 2027  # across New Year
    assert due - date(2026, 11, 2) >= timedelta(days=90)
    clock.move(days=(due - date(2026, 11, 2)).days)
    for found, degree in ((2, 0), (1, 1)):
        screen.page.pane.list.setFocus()
        screen.ask(Key.Key_Z)
        choose(found)
        typed("现场看过")
        choose(degree)
        before = len(room.read(ident).events)
        save()
        screen.wait(partial(lambda n: len(room.read(ident).events) == n + 1, before))
        screen.wait(lambda: screen.page.detail.panel.doing is None)
        clock.move(days=90)
    done = room.read(ident)
    seen = [one.details["found"] for one in done.counted if one.event is E.LOOKED_BACK]
    assert seen == [Finding.NOT_YET, Finding.HOLDS]
    assert done.degree is Degree.SOLVED
    (again,) = [one.due_on for one in done.case.deadlines if one.clock is Due.LOOK_BACK]
    assert again == date(2028, 1, 31)  # a result is looked at once more, in the next year


def test_what_is_missing_is_said_beside_the_field(room: Room, show: Show) -> None:
    room.deputy("赵代表")
    ident = room.issue("李建国", LIGHTS)
    screen = show()
    screen.page.new.setFocus()
    press(Key.Key_N, control=True)
    form = screen.page.suggestions.pane.form
    screen.wait(lambda: form.issues.search.hasFocus())
    save()
    screen.wait(lambda: bool(form.fields["issue_ids"].error))
    assert form.fields["deputy_ids"].error
    assert form.fields["title"].error
    press(Key.Key_Escape)
    screen.wait(lambda: not form.isVisible())
    drafted(screen, ident)
    for stage in (Stage.REVIEWED, Stage.CLASSIFIED):
        step(screen, stage)
    press(Key.Key_A, alt=True)
    save()
    panel = screen.page.suggestions.pane.detail.panel
    screen.wait(lambda: bool(panel.fields["unit_id"].error))


def test_half_typed_words_come_back(room: Room, show: Show) -> None:
    room.deputy("赵代表")
    ident = room.issue("李建国", LIGHTS)
    screen = show()
    screen.page.show_record("raise", ident)
    form = screen.page.suggestions.pane.form
    screen.wait(lambda: form.deputies.input.hasFocus())
    form.title.setText("写了一半")
    form.title.textEdited.emit("写了一半")
    press(Key.Key_Escape)
    screen.wait(lambda: "没有保存" in screen.window.toast.text and not form.isVisible())
    form.title.clear()
    screen.page.show_record("raise", ident)
    screen.wait(lambda: form.title.text() == "写了一半" and form.deputies.input.hasFocus())
    screen.take("赵代表")
    save()
    stage_is(screen, Stage.DRAFTED)
    press(Key.Key_A, alt=True)
    typed("审到一半")
    screen.qtbot.wait(PAUSE_MS + 100)
    press(Key.Key_Escape)
    press(Key.Key_A, alt=True)
    panel = screen.page.suggestions.pane.detail.panel
    assert panel.values()["text"] == "审到一半"


def test_an_edit_and_a_withdrawal_free_the_issues(room: Room, show: Show) -> None:
    room.deputy("赵代表")
    ident = room.issue("李建国", LIGHTS)
    room.assign(ident)
    screen = show()
    drafted(screen, ident)
    press(Key.Key_E, alt=True)
    form = screen.page.suggestions.pane.form
    screen.wait(form.isVisible)
    assert not form.issues.search.isVisible()
    form.title.setText("新的标题")
    form.title.textEdited.emit("新的标题")
    save()
    detail = screen.page.suggestions.pane.detail
    screen.wait(lambda: detail.isVisible() and detail.record and detail.record.title == "新的标题")
    press(Key.Key_W, alt=True)
    typed("并入另一件建议")
    save()
    stage_is(screen, Stage.WITHDRAWN)
    assert room.read(ident).status is S.ASSIGNED
    assert not detail.withdraw.isVisible()


def test_a_step_is_taken_back_right_after(room: Room, show: Show) -> None:
    room.deputy("赵代表")
    ident = room.issue("李建国", LIGHTS)
    screen = show()
    drafted(screen, ident)
    step(screen, Stage.REVIEWED)
    press(Key.Key_Z, control=True)
    stage_is(screen, Stage.DRAFTED)
    assert all(one in screen.window.texts() for one in ("审核（已撤销）", "撤销：审核"))
    assert screen.page.suggestions.pane.detail.track.passed == 0
    press(Key.Key_W, alt=True)
    typed("写错了")
    save()
    stage_is(screen, Stage.WITHDRAWN)
    press(Key.Key_Z, control=True)
    stage_is(screen, Stage.DRAFTED)
    assert room.read(ident).status is S.RAISED


def test_moved_on_elsewhere_meanwhile(room: Room, show: Show) -> None:
    room.deputy("赵代表")
    ident = room.issue("李建国", LIGHTS)
    screen = show()
    drafted(screen, ident)
    press(Key.Key_A, alt=True)
    typed("通过")
    made = screen.page.suggestions.pane.shown
    room.do(suggestions.advance_suggestion, made, stage=Stage.REVIEWED)
    save()
    screen.wait(lambda: "审核" in screen.window.toast.text)
    stage_is(screen, Stage.REVIEWED)
    shown = screen.page.suggestions.pane.detail.record
    assert shown is not None
    assert len(shown.steps) == 2


def test_an_issue_leads_to_its_suggestion_and_back(
    room: Room, show: Show, show_issue: Callable[[UUID], Screen]
) -> None:
    room.deputy("赵代表")
    ident = room.issue("李建国", LIGHTS)
    issue = show_issue(ident)
    issue.page.pane.list.setFocus()
    issue.page.detail.asked.emit(E.RAISED)
    assert issue.window.opened == [("raise", ident)]
    screen = show()
    drafted(screen, ident)
    with room.station.store.read(room.station.actor) as tx:
        (row,) = list_suggestions(tx, Listing("drafted_on")).rows
    issue.page.reload()
    issue.status(S.RAISED)
    issue.page.detail.turn.open_target.click()
    assert issue.window.opened[-1] == ("deputy_suggestion", row.id)
    screen.page.suggestions.pane.detail.issue_opened.emit(ident)
    assert screen.window.opened == [("issue", ident)]


def test_a_cluster_becomes_a_suggestion(room: Room, show: Show) -> None:
    room.deputy("赵代表")
    for name in ("李建国", "王芳", "赵强"):
        room.issue(name, LIGHTS)
    screen = show()
    press(Key.Key_2, control=True)
    screen.wait(lambda: bool(screen.page.clusters.cards))
    (card,) = screen.page.clusters.cards
    assert "学苑路" in card.accessibleName()
    assert "3 条" in card.accessibleName()
    card.draft.setFocus()
    press(Key.Key_Space)
    form = screen.page.suggestions.pane.form
    screen.wait(lambda: form.isVisible() and len(form.issues.ids) == 3)
    assert "学苑路" in form.title.text()


def test_a_viewer_reads_only(room: Room, show: Show) -> None:
    room.issue("李建国", LIGHTS)
    screen = show(Role.VIEWER)
    assert not screen.page.new.isVisible()
    screen.page.show_record("raise", room.issue("王芳", LIGHTS))
    assert not screen.page.suggestions.pane.is_editing
