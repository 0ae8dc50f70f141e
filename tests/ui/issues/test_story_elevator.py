"""An elevator, on real windows.

Four visits joined, a meeting, a promise kept late, a resident who is not satisfied, done again,
settled, looked at in the next year.
"""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from db.vocabulary import Degree, Finding, IssueEventKind, IssueStatus, Rating
from station_app.domain.issues import IssueDraft
from station_app.services import issue_records
from station_app.ui.desk.page import DeskPage
from station_app.ui.suggestions.page import SuggestionsPage
from station_app.ui.today.page import TodayPage
from tests.ui.issues.conftest import LIFT, press
from tests.ui.issues.story import Story, story, type_in

__all__ = ["story"]

E = IssueEventKind
S = IssueStatus
Key = Qt.Key


def test_an_elevator(story: Story) -> None:
    deputy = story.room.deputy("于桂芳")
    first = story.room.receive("李建国", LIFT, deputy_ids=(deputy,)).issues[0].id
    others = []
    for name in ("王芳", "孙翀"):
        story.clock.move(hours=1)
        draft = IssueDraft("要装电梯", "腿脚不好，盼着装。", place="桃源街12号楼")
        others.append(story.room.receive(name, draft, size=3).issues[0].id)
    fourth = typed_at_the_desk(story, first)
    joined_together(story, first, [*others, fourth])
    met(story, first)
    kept_late(story, first)
    not_satisfied(story, first)
    looked_at_next_year(story, first)
    record = story.room.read(first)
    assert record.joined_count == 3
    assert record.people == 8
    wanted = [
        E.REGISTERED, E.ASSIGNED, E.MET, E.COMMITTED, E.KEPT, E.REPLIED, E.EVALUATED, E.REWORKED,
        E.REPLIED, E.SETTLED, E.EVALUATED, E.REVISITED, E.LOOKED_BACK,
    ]  # fmt: skip
    assert [one.event for one in record.events if one.event is not E.TAKEN_UP] == wanted


def typed_at_the_desk(story: Story, first: UUID) -> UUID:
    """The fourth visitor: while the text is typed the earlier issue is offered, Alt+J joins."""
    story.window.open_page("desk")
    desk = story.window.page
    assert isinstance(desk, DeskPage)
    story.wait(lambda: desk.desk is not None)
    desk.start_entry()
    form = desk.entry.form
    form.visitor.name.setText("周龚")
    form.issues.shown.text.setFocus()
    type_in("桃源街12号楼老人上下楼困难，希望加装电梯")
    same = form.issues.shown.same
    story.wait(same.isVisible)
    story.says(story.room.read(first).number)
    press(Key.Key_J, alt=True)
    assert same.joined == first
    press(Key.Key_Return, control=True)
    story.wait(lambda: story.room.read(first).joined_count == 1)
    with story.room.station.store.read(story.room.station.actor) as tx:
        (row,) = issue_records.joined_issues(tx, first)
    return row.id


def joined_together(story: Story, first: UUID, all_of_them: list[UUID]) -> None:
    """All four are chosen with Ctrl+A; the one that is joined already is named before."""
    story.open(first)
    page = story.issues
    press(Key.Key_0, control=True)
    story.wait(lambda: len(page.pane.table.rows) == 4)
    page.pane.list.setFocus()
    press(Key.Key_A, control=True)
    press(Key.Key_J, alt=True)
    story.says("4 条中有 1 条不能并入同一个")
    press(Key.Key_Return, control=True)
    story.says("已并入 2 条")
    assert {story.room.read(one).joined_to for one in all_of_them} == {first}
    story.open(first)
    story.says("4 条 8 人")
    story.act(E.ASSIGNED, 1, "请拿出方案", then=S.ASSIGNED)


def met(story: Story, first: UUID) -> None:
    """Deputies, residents and departments meet; the department promises a date."""
    story.issues.detail.asked.emit(E.MET)
    page = story.window.page
    assert isinstance(page, SuggestionsPage)
    form = page.meetings.pane.form
    story.wait(lambda: form.isVisible() and len(form.blocks) == 1)
    form.topic.setFocus()
    type_in("加装电梯采光补偿")
    line = form.deputies.input
    line.setText("于桂芳")
    line.textEdited.emit("于桂芳")
    line.setFocus()
    press(Key.Key_Return)
    form.departments.setText("区住建局")
    (block,) = form.blocks.values()
    block.conclusion.setPlainText("住建局出方案")
    block.promise.setText("公示方案")
    assert isinstance(block.promise_on, QLineEdit)
    block.promise_on.setText("1120")
    press(Key.Key_Return, control=True)
    story.wait(lambda: story.room.read(first).case.promises)


def kept_late(story: Story, first: UUID) -> None:
    """The day passed; Today leads to the promise, which was kept after it."""
    story.clock.move(days=16)
    today(story, "承诺")
    panel = story.issues.detail.panel
    story.wait(lambda: panel.doing is E.KEPT)
    for given in (0, 1, "公示照片"):
        type_in(given)
    press(Key.Key_Return, control=True)
    story.says("逾期兑现")
    (promise,) = story.room.read(first).case.promises
    assert promise.late


def not_satisfied(story: Story, first: UUID) -> None:
    """A reply, a resident who saw nothing of it, and all of it once more."""
    story.act(E.REPLIED, "方案已公示", then=S.REPLIED)
    story.act(E.EVALUATED, 0, 3, 3, "公示没有看到", then=S.REPLIED)
    story.says("不满意")
    story.act(E.REWORKED, "群众不满意", then=S.ASSIGNED)
    story.clock.move(days=5)
    story.act(E.REPLIED, "电梯已安装", then=S.REPLIED)
    story.act(E.SETTLED, 1, "验收单、居民签字", then=S.SETTLED)
    story.act(E.EVALUATED, 0, 1, 3, "这回真的装上了", then=S.SETTLED)
    current = [one for one in story.room.read(first).case.evaluations if one.current]
    assert [one.rating for one in current] == [Rating.SATISFIED]


def looked_at_next_year(story: Story, first: UUID) -> None:
    """Nobody had to remember: the revisit and the look-back come up by themselves."""
    story.clock.move(days=40)
    today(story, "回访")
    panel = story.issues.detail.panel
    story.wait(lambda: panel.doing is E.REVISITED)
    for given in (1, "电话回访，电梯正常"):
        type_in(given)
    press(Key.Key_Return, control=True)
    story.wait(lambda: panel.doing is None)
    story.clock.move(days=60)
    today(story, "回头看")
    story.wait(lambda: panel.doing is E.LOOKED_BACK)
    for given in (1, "跨年再看，运行正常"):
        type_in(given)
    press(Key.Key_Return, control=True)
    story.wait(lambda: panel.doing is None)
    record = story.room.read(first)
    last = record.events[-1]
    assert record.degree is Degree.SOLVED
    assert (last.event, last.details["found"]) == (E.LOOKED_BACK, Finding.HOLDS.value)
    assert last.happened_at.year == 2027


def today(story: Story, kind: str) -> None:
    """Open the first thing of a kind that is due."""
    press(Key.Key_0, alt=True)
    page = story.window.page
    assert isinstance(page, TodayPage)
    page.mark_stale()
    story.wait(lambda: f"{kind} 1" in [one.text() for one in page.chips.buttons])
    next(one for one in page.chips.buttons if one.text() == f"{kind} 1").click()
    story.wait(lambda: len(page.table.rows) == 1)
    page.list.setCurrentIndex(page.table.index(0, 0))
    page.list.setFocus()
    press(Key.Key_Return)
