"""The issues page as an operator meets it: keyboard, real widgets, the real encrypted file."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPlainTextEdit

from db.vocabulary import Degree, Handling, IssueEventKind, IssueStatus, Role, Urgency
from station_app.domain.issues import IssueDraft
from station_app.domain.residents import ResidentDraft
from station_app.domain.visits import Party, VisitDraft
from station_app.services import drafts, issues, visits
from station_app.ui.issues import table, words
from station_app.ui.issues.inputs import JoinInput
from station_app.ui.issues.links import LinkButton
from station_app.ui.widgets import IconButton, PopupList
from tests.ui.conftest import Clock
from tests.ui.issues.conftest import LIFT, Room, Screen, focused, press

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


def eyes(screen: Screen) -> list[IconButton]:
    """The buttons that show a whole number."""
    return screen.page.detail.side.findChildren(IconButton)


def join_line(screen: Screen) -> tuple[JoinInput, PopupList]:
    """The input that finds an issue to join, with what it offers."""
    line = screen.page.detail.panel.inputs[0].field.input
    assert isinstance(line, JoinInput)
    screen.wait(lambda: line.popup is not None and line.popup.isVisible())
    assert line.popup is not None
    return line, line.popup


# ------------------------------------------------------------------------------- list and views


def test_an_empty_station_says_what_to_do(show: Show) -> None:
    screen = show()
    screen.view(table.ALL)
    assert "还没有问题" in screen.window.texts()
    assert screen.page.detail.view is None
    assert "请选择一个问题" in screen.window.texts()


def test_views_count_and_narrow_and_the_first_issue_is_shown(room: Room, show: Show) -> None:
    waiting = room.issue("李建国")
    assigned = room.issue("王芳", IssueDraft("屋顶漏水"))
    room.assign(assigned)
    screen = show()
    texts = [button.text() for button in screen.page.views.buttons]
    screen.wait(lambda: "待处理 1" in [one.text() for one in screen.page.views.buttons])
    assert len(texts) == 8
    assert "全部 2" in [one.text() for one in screen.page.views.buttons]
    assert screen.window.badges[-1] == (1, True)
    assert screen.titles() == ["桃源街12号楼加装电梯"]
    screen.shows(waiting)
    screen.view(_S.ASSIGNED)
    assert screen.titles() == ["屋顶漏水"]
    screen.shows(assigned)
    screen.view(_S.SETTLED)
    assert screen.titles() == []
    assert "这里没有问题" in screen.window.texts()
    assert screen.page.detail.view is None


def test_a_fragment_a_category_and_urgency_narrow_the_list(room: Room, show: Show) -> None:
    room.issue("李建国")
    room.issue("王芳", IssueDraft("屋顶漏水", category="zj-ws", urgency=Urgency.URGENT))
    room.issue("孙翀", IssueDraft("夜间停车", category="jt-tc"))
    screen = show()
    pane = screen.page.pane
    screen.wait(lambda: pane.category.count() > 1)
    press(Key.Key_F, control=True)
    assert focused() is pane.search
    pane.search.setText("漏")
    screen.wait(lambda: screen.titles() == ["屋顶漏水"])
    assert pane.count.text() == "1 条"
    pane.search.setText("没有这样的词")
    screen.wait(lambda: screen.titles() == [])
    assert "没有符合条件的问题" in screen.window.texts()
    press(Key.Key_C, alt=True)
    screen.wait(lambda: len(screen.titles()) == 3)
    press(Key.Key_F, alt=True)
    assert pane.category.isVisible()
    pane.category.take("zj")
    screen.wait(lambda: set(screen.titles()) == {"屋顶漏水", "桃源街12号楼加装电梯"})
    assert pane.order.count() == 3
    press(Key.Key_E, alt=True)
    screen.wait(lambda: screen.titles() == ["屋顶漏水"])


def test_the_order_changes_the_whole_list(room: Room, show: Show, clock: Clock) -> None:
    for name in "一二三":
        room.issue(f"居民{name}", IssueDraft(f"问题{name}"))
        clock.move(minutes=5)
    screen = show()
    assert screen.titles() == ["问题三", "问题二", "问题一"]
    screen.page.pane.order.setCurrentIndex(1)
    screen.wait(lambda: screen.titles() == ["问题一", "问题二", "问题三"])


def test_end_jumps_to_the_last_row_and_the_choice_survives_changes(
    room: Room, show: Show, clock: Clock
) -> None:
    for at in range(60):
        clock.move(minutes=1)
        room.receive(f"居民{at}", *(IssueDraft(f"问题{at}-{n}") for n in range(4)))
    screen = show()
    rows = screen.page.pane.list
    assert len(screen.titles()) == 100
    press(Key.Key_End)
    screen.wait(lambda: screen.page.pane.table.rows[-1].title.startswith("问题0-"))
    last = screen.page.pane.table.rows[-1]
    assert rows.current == last
    screen.shows(last.id)
    room.issue("后来的人", IssueDraft("新问题"))
    with screen.qtbot.waitSignal(screen.page.pane.table.loaded):
        screen.page.mark_stale()
    assert rows.current.id == last.id
    press(Key.Key_Home)
    screen.wait(lambda: screen.titles()[0] == "新问题")
    screen.wait(lambda: rows.current.title == "新问题")


# ------------------------------------------------------------------------------------- the acts


def test_each_state_offers_exactly_what_it_allows(room: Room, show: Show) -> None:
    ident = room.issue()
    screen = show()
    turn = screen.page.detail.turn
    assert set(turn.buttons) == {_E.ASSIGNED, _E.ANSWERED, _E.DECLINED, _E.JOINED, _E.NOTED}
    assert next(iter(turn.buttons)) is _E.ASSIGNED
    room.assign(ident)
    screen.page.mark_stale()
    screen.status(_S.ASSIGNED)
    wanted = {_E.REPLIED, _E.ASSIGNED, _E.URGED, _E.SENT_BACK, _E.JOINED, _E.NOTED}
    assert set(turn.buttons) == wanted
    room.do(issues.reply_issue, ident, text="正在施工")
    screen.page.mark_stale()
    screen.status(_S.REPLIED)
    assert set(turn.buttons) == {_E.SETTLED, _E.ASSIGNED, _E.JOINED, _E.NOTED}
    assert "还没有办结" in screen.window.texts()
    assert "办结需要：落实证据、解决程度" in screen.window.texts()
    room.do(issues.settle_issue, ident, degree=Degree.SOLVED, evidence="现场照片")
    screen.page.mark_stale()
    screen.status(_S.SETTLED)
    assert set(turn.buttons) == {_E.REOPENED, _E.NOTED}
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
    screen = show()
    screen.view(_S.ANSWERED)
    screen.shows(ident)
    screen.page.pane.list.setFocus()
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
    screen = show()
    screen.view(_S.ASSIGNED)
    screen.shows(ident)
    screen.page.pane.list.setFocus()
    screen.ask(Key.Key_B)
    typed("不属于本单位职责")
    press(Key.Key_Return, control=True)
    screen.status(_S.REGISTERED)
    assert "已退回，请重新交办" in screen.window.texts()
    assert "不属于本单位职责" in screen.window.texts()


def test_joining_is_found_by_typing_and_can_be_undone(room: Room, show: Show) -> None:
    target = room.issue("王芳", IssueDraft("学苑小区夜间停车"))
    ident = room.issue("李建国")
    screen = show()
    screen.shows(ident)
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
    screen.page.kept.keep()
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
    screen = show()
    screen.shows(ident)
    screen.ask(Key.Key_N)
    typed("记到一半")
    press(Key.Key_L, alt=True)
    press(Key.Key_Down)
    screen.wait(lambda: screen.page.detail.title.text() == "屋顶漏水")
    assert not screen.page.detail.panel.isVisible()
    press(Key.Key_Up)
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


# --------------------------------------------------------------------------- people and privacy


def test_a_phone_is_masked_until_asked_for_and_asking_is_logged(room: Room, show: Show) -> None:
    room.issue()
    screen = show()
    assert "138****0231" in screen.window.texts()
    before = room.audited("resident")
    (eye,) = [one for one in eyes(screen) if one.isVisible()]
    assert "李建国" in eye.accessibleName()
    eye.click()
    screen.wait(lambda: "13800000231" in screen.window.texts())
    assert room.audited("resident") == before + 1


def test_links_lead_to_the_resident_and_the_visit(room: Room, show: Show) -> None:
    visit = room.receive("李建国", LIFT, IssueDraft("还有路灯"))
    screen = show()
    side = screen.page.detail.side
    links = {one.accessibleName(): one for one in side.findChildren(LinkButton) if one.isVisible()}
    links["打开居民 李建国"].setFocus()
    press(Key.Key_Return)
    links[f"打开来访 {visit.number}"].click()
    assert screen.window.opened == [("resident", visit.resident.id), ("visit", visit.id)]
    other = next(name for name in links if name.startswith("打开问题"))
    shown = screen.page.detail.view
    links[other].click()
    screen.wait(lambda: screen.page.detail.view is not shown)
    assert screen.window.opened[2:] == []


def test_a_viewer_sees_everything_and_no_dead_button(room: Room, show: Show) -> None:
    ident = room.issue()
    screen = show(Role.VIEWER)
    screen.shows(ident)
    assert screen.page.detail.turn.buttons == {}
    assert "等待处理" in screen.window.texts()
    assert "138****0231" in screen.window.texts()
    assert [one for one in eyes(screen) if one.isVisible()] == []
    press(Key.Key_A, alt=True)
    assert not screen.page.detail.panel.isVisible()


# -------------------------------------------------------------------------------- hard contents


def test_long_and_rare_texts_stay_readable(room: Room, show: Show) -> None:
    name = "玛依努尔·吐尔逊江𫖯"
    draft = IssueDraft("𠮷" * 100, "字" * 5000, "zj-dt", "桃源街" * 20, Urgency.URGENT)
    visit = room.receive(name, draft, size=23)
    screen = show()
    screen.shows(visit.issues[0].id)
    detail = screen.page.detail
    assert len(detail.text.words.text()) < 300
    detail.text.more.click()
    assert detail.text.words.text() == "字" * 5000
    for width in (1250, 640):
        screen.window.resize(width, 700)
        screen.qtbot.wait(50)
        inner = detail._scroll.widget()
        assert inner is not None
        assert inner.minimumSizeHint().width() <= detail._scroll.viewport().width()
    assert f"{name}等 23 人" in screen.window.texts()


def test_a_narrow_window_puts_the_cards_below(room: Room, show: Show) -> None:
    room.issue()
    screen = show()
    detail = screen.page.detail
    assert detail._beside.widget() is detail.side
    screen.window.resize(760, 640)
    screen.wait(lambda: detail._beside.widget() is None)
    assert detail.side.isVisible()
    screen.window.resize(1250, 820)
    screen.wait(lambda: detail._beside.widget() is detail.side)


def test_a_voided_issue_is_told_and_offers_nothing(room: Room, show: Show) -> None:
    visit = room.receive("李建国")
    room.do(visits.void_visit, visit.id, reason="重复登记")
    screen = show()
    screen.view(table.ALL)
    screen.shows(visit.issues[0].id)
    assert screen.page.detail.turn.buttons == {}
    assert "已作废" in screen.window.texts()
    assert "重复登记" in screen.window.texts()


def test_every_event_has_an_icon_and_every_state_a_turn() -> None:
    assert set(words.EVENT_LOOKS) == set(IssueEventKind)
    assert set(words.STATUS_TONES) == set(IssueStatus) == set(words._TURNS)


@pytest.mark.parametrize("handling", [Handling.ANSWERED, Handling.DECLINED])
def test_what_the_desk_decided_is_told(room: Room, show: Show, handling: Handling) -> None:
    draft = IssueDraft(
        "路灯不亮",
        handling=handling,
        answer="已报修" if handling is Handling.ANSWERED else "",
        reason="court" if handling is Handling.DECLINED else "",
        instead="请到人民法院" if handling is Handling.DECLINED else "",
    )
    room.issue("李建国", draft)
    screen = show()
    screen.view(table.ALL)
    screen.wait(lambda: screen.page.detail.view is not None)
    wanted = "已报修" if handling is Handling.ANSWERED else "去处：请到人民法院"
    assert wanted in screen.window.texts()
