"""What can be done with an issue, by keyboard; nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPlainTextEdit

from db.vocabulary import Degree, IssueEventKind, IssueStatus
from station_app.domain.issues import IssueDraft
from station_app.domain.residents import ResidentDraft
from station_app.domain.visits import Party, VisitDraft
from station_app.services import drafts, issues, visits
from station_app.ui.issues.join_input import JoinInput
from station_app.ui.widgets import PopupList
from tests.ui.conftest import Clock
from tests.ui.issues.conftest import LIFT, Room, Screen, focused, opened, press

_E = IssueEventKind
_S = IssueStatus
Show = Callable[..., Screen]
Key = Qt.Key


def typed(text: str) -> None:
    """Type ``text`` where the keyboard is."""
    area = focused()
    assert isinstance(area, QPlainTextEdit)
    area.insertPlainText(text)


def choose(steps: int) -> None:
    """Go down in the choice that has the keyboard."""
    assert isinstance(focused(), QComboBox)
    for _ in range(steps):
        press(Key.Key_Down)


def join_line(screen: Screen) -> tuple[JoinInput, PopupList]:
    """The input that finds an issue to join, with what it offers."""
    line = screen.page.detail.panel.inputs[0].field.input
    assert isinstance(line, JoinInput)
    screen.wait(lambda: line.popup is not None and line.popup.isVisible())
    assert line.popup is not None
    return line, line.popup


def test_each_state_offers_exactly_what_it_allows(room: Room, show: Show) -> None:
    ident = room.issue()
    screen = show()
    turn = screen.page.detail.turn
    assert list(turn.buttons) == [_E.ASSIGNED, _E.ANSWERED, _E.DECLINED, _E.JOINED]
    assert {_E.NOTED, _E.WAITING, _E.COMMITTED, _E.SUPERVISED} <= turn.possible
    assert not {_E.REPLIED, _E.SETTLED, _E.EVALUATED, _E.RESUMED} & turn.possible
    room.assign(ident)
    screen.page.mark_stale()
    screen.status(_S.ASSIGNED)
    assert list(turn.buttons) == [_E.REPLIED, _E.TAKEN_UP, _E.URGED, _E.SENT_BACK]
    room.do(issues.reply_issue, ident, text="正在施工")
    screen.page.mark_stale()
    screen.status(_S.REPLIED)
    assert list(turn.buttons) == [_E.SETTLED, _E.EVALUATED, _E.REWORKED]
    assert {_E.ASSIGNED, _E.JOINED, _E.NOTED} <= turn.possible
    assert "还没有办结" in screen.window.texts()
    assert "办结需要：落实证据、解决程度" in screen.window.texts()
    room.do(issues.settle_issue, ident, degree=Degree.SOLVED, evidence="现场照片")
    screen.page.mark_stale()
    screen.status(_S.SETTLED)
    assert list(turn.buttons) == [_E.EVALUATED, _E.REVISITED, _E.LOOKED_BACK, _E.REWORKED]
    assert {_E.REOPENED, _E.NOTED, _E.PUBLISHED} <= turn.possible
    assert "办结需要" not in screen.window.texts()


def test_from_assigning_to_settling_by_keyboard_alone(room: Room, show: Show) -> None:
    ident = room.issue()
    screen = show()
    screen.ask(Key.Key_A)
    choose(4)
    press(Key.Key_Tab)
    typed("请实地查看")
    press(Key.Key_Return, control=True)
    screen.status(_S.ASSIGNED)
    assert not screen.page.detail.panel.isVisible()
    assert screen.window.toast.text == "问题已交办。"
    assert "区住房和城乡建设局正在承办" in screen.window.texts()
    screen.wait(lambda: screen.titles() == [])
    screen.ask(Key.Key_U)
    press(Key.Key_Return, control=True)
    screen.wait(lambda: "催办 1 次" in screen.window.texts())
    screen.ask(Key.Key_R)
    typed("已进场施工")
    press(Key.Key_Return, control=True)
    screen.status(_S.REPLIED)
    screen.ask(Key.Key_S)
    choose(1)
    press(Key.Key_Tab)
    typed("电梯已验收，居民签字")
    press(Key.Key_Return, control=True)
    screen.status(_S.SETTLED)
    record = room.read(ident)
    assert record.degree is Degree.SOLVED
    assert [one.event for one in record.events] == [
        _E.REGISTERED, _E.ASSIGNED, _E.URGED, _E.REPLIED, _E.SETTLED,
    ]  # fmt: skip
    assert record.events[1].text == "请实地查看"
    titles = "\n".join(one.accessibleName() for one in screen.page.detail.timeline.entries)
    for told in ("群众来访反映", "交办区住房和城乡建设局", "催办", "答复", "办结：已解决"):
        assert told in titles


def test_what_is_missing_is_said_beside_its_field(room: Room, show: Show) -> None:
    ident = room.issue()
    room.do(issues.answer_issue, ident, text="已答复", deputy_id=None)
    screen = opened(show, ident)
    screen.ask(Key.Key_S)
    fields = screen.page.detail.panel.fields
    press(Key.Key_Return, control=True)
    screen.wait(lambda: bool(fields["degree"].error))
    assert focused() is fields["degree"].input
    choose(2)
    press(Key.Key_Return, control=True)
    screen.wait(lambda: bool(fields["evidence"].error))
    assert not fields["degree"].error
    assert screen.page.detail.panel.isVisible()
    assert room.read(ident).status is _S.ANSWERED


def test_declining_offers_the_usual_advice_and_keeps_what_was_typed(room: Room, show: Show) -> None:
    ident = room.issue()
    screen = show()
    screen.ask(Key.Key_D)
    panel = screen.page.detail.panel
    choose(1)
    assert "人民法院" in panel.values()["instead"]
    choose(1)
    assert "行政复议" in panel.values()["instead"]
    press(Key.Key_Tab)
    typed("电话 12345。")
    panel.fields["reason"].focus()
    choose(1)
    assert "电话 12345。" in panel.values()["instead"]
    press(Key.Key_Return, control=True)
    screen.status(_S.DECLINED)
    assert "电话 12345。" in room.read(ident).events[-1].text
    screen.page.pane.list.setFocus()
    screen.ask(Key.Key_O)
    typed("群众补充了材料")
    press(Key.Key_Return, control=True)
    screen.status(_S.REGISTERED)


def test_answering_on_the_spot_names_the_deputy(room: Room, show: Show) -> None:
    deputy = room.deputy("于桂芳")
    visit = room.receive("李建国", LIFT, deputy_ids=(deputy,))
    screen = show()
    assert "于桂芳" in screen.page.detail.facts.text
    screen.ask(Key.Key_W)
    typed("已联系物业，今天检修")
    press(Key.Key_Return, control=True)
    screen.status(_S.ANSWERED)
    assert room.read(visit.issues[0].id).events[-1].deputy == "于桂芳"


def test_a_unit_sends_back_and_it_is_assigned_again(room: Room, show: Show) -> None:
    ident = room.issue()
    room.assign(ident)
    screen = opened(show, ident)
    screen.ask(Key.Key_B)
    typed("不属于本单位职责")
    press(Key.Key_Return, control=True)
    screen.status(_S.REGISTERED)
    assert "已退回，请重新交办" in screen.window.texts()
    assert "不属于本单位职责" in screen.window.texts()


def test_joining_is_found_by_typing_and_can_be_undone(room: Room, show: Show) -> None:
    target = room.issue("王芳", IssueDraft("学苑小区夜间停车"))
    ident = room.issue("李建国")
    screen = opened(show, ident)
    screen.ask(Key.Key_J)
    press(Key.Key_Return, control=True)
    screen.wait(lambda: bool(screen.page.detail.panel.fields["into"].error))
    line = focused()
    assert isinstance(line, JoinInput)
    line.setText("停车")
    line.textEdited.emit("停车")
    join_line(screen)
    press(Key.Key_Return)
    press(Key.Key_Return, control=True)
    screen.status(_S.JOINED)
    assert room.read(ident).joined_to == target
    assert "已并入" in screen.window.texts()
    screen.window.toast.undo.click()
    screen.status(_S.REGISTERED)
    assert room.read(target).joined_count == 0
    screen.window.toast.undo.click()
    screen.status(_S.JOINED)
    press(Key.Key_T, alt=True)
    screen.shows(target)
    assert "2 条 2 人" in screen.window.texts()
    assert "并入的问题" in screen.window.texts()
    assert focused() is screen.page.pane.list
    # A change elsewhere must not bring back what the list showed before.
    screen.page.mark_stale()
    screen.qtbot.wait(300)
    screen.shows(target)


def test_what_the_same_resident_raised_is_offered_to_join_at_once(room: Room, show: Show) -> None:
    first = room.receive("李建国", IssueDraft("夜间停车"))
    person = first.resident.id
    with room.station.store.write(room.station.actor) as tx:
        lead = Party(ResidentDraft("李建国", "13800000231"), id=person)
        visits.save_visit(tx, VisitDraft(lead, (IssueDraft("还是停车"),)))
    screen = show()
    screen.ask(Key.Key_J)
    titles = [row.title for row in join_line(screen)[1].rows]
    assert len(titles) == 1
    assert set(titles) < {"夜间停车", "还是停车"}
    press(Key.Key_Escape)
    assert screen.page.detail.panel.isVisible()
    press(Key.Key_Escape)
    assert not screen.page.detail.panel.isVisible()


# ------------------------------------------------------------------------- nothing typed is lost


def test_esc_loses_no_word(room: Room, show: Show) -> None:
    room.issue()
    screen = show()
    screen.ask(Key.Key_N)
    typed("还要问物业")
    press(Key.Key_Escape)
    assert not screen.page.detail.panel.isVisible()
    assert "有一份“备注”没有填完" in screen.window.texts()
    press(Key.Key_G, alt=True)
    assert screen.page.detail.panel.values() == {"text": "还要问物业"}


def test_half_typed_acts_come_back_after_a_crash(room: Room, show: Show) -> None:
    ident = room.issue()
    screen = show()
    screen.ask(Key.Key_A)
    choose(3)
    press(Key.Key_Tab)
    typed("请尽快")
    screen.page.acting.kept.keep()
    name = f"issue/{ident.hex}"

    def kept() -> bool:
        with room.station.store.read(room.station.actor) as tx:
            return drafts.kept_draft(tx, name) is not None

    screen.wait(kept)
    again = show()
    again.wait(lambda: "有一份“交办”没有填完" in again.window.texts())
    press(Key.Key_G, alt=True)
    assert again.page.detail.panel.values()["text"] == "请尽快"
    assert again.page.detail.panel.values()["unit_id"]
    press(Key.Key_Return, control=True)
    again.status(_S.ASSIGNED)
    assert not kept()


def test_another_issue_may_be_looked_at_while_typing(room: Room, show: Show, clock: Clock) -> None:
    room.issue("王芳", IssueDraft("屋顶漏水"))
    clock.move(minutes=1)
    ident = room.issue()
    screen = opened(show, ident)
    screen.ask(Key.Key_N)
    typed("记到一半")
    press(Key.Key_L, alt=True)
    press(Key.Key_Up)
    screen.wait(lambda: screen.page.detail.title.text() == "屋顶漏水")
    assert not screen.page.detail.panel.isVisible()
    press(Key.Key_Down)
    screen.shows(ident)
    screen.wait(lambda: "有一份“备注”没有填完" in screen.window.texts())


def test_somebody_else_acted_meanwhile(room: Room, show: Show) -> None:
    ident = room.issue()
    screen = show()
    screen.ask(Key.Key_D)
    choose(1)
    room.do(issues.answer_issue, ident, text="已答复", deputy_id=None)
    press(Key.Key_Return, control=True)
    screen.status(_S.ANSWERED)
    assert "状态刚刚有变化" in screen.window.toast.text
    assert not screen.page.detail.panel.isVisible()
