"""The issues page as an operator meets it: keyboard, real widgets, the real encrypted file."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit

from db.vocabulary import Handling, IssueEventKind, IssueStatus, Role, Urgency
from station_app.domain.issue_views import View
from station_app.domain.issues import IssueDraft
from station_app.services import visits
from station_app.ui.issues import looks, turn_words
from station_app.ui.issues.links import LinkButton
from station_app.ui.widgets import IconButton
from tests.ui.conftest import Clock
from tests.ui.issues.conftest import LIFT, Room, Screen, focused, press

_E = IssueEventKind
_S = IssueStatus
Show = Callable[..., Screen]
Key = Qt.Key


def eyes(screen: Screen) -> list[IconButton]:
    """The buttons that show a whole number."""
    return screen.page.detail.side.findChildren(IconButton)


# ------------------------------------------------------------------------------- list and views


def test_an_empty_station_says_what_to_do(show: Show) -> None:
    screen = show()
    screen.view(View.ALL)
    assert "还没有问题" in screen.window.texts()
    assert screen.page.detail.view is None
    assert "请选择一个问题" in screen.window.texts()


def test_views_count_and_narrow_and_the_first_issue_is_shown(room: Room, show: Show) -> None:
    waiting = room.issue("李建国")
    assigned = room.issue("王芳", IssueDraft("屋顶漏水"))
    room.assign(assigned)
    screen = show()
    screen.wait(lambda: "待处理 1" in [one.text() for one in screen.page.views.buttons])
    assert len(screen.page.views.buttons) == len(View)
    assert "全部 2" in [one.text() for one in screen.page.views.buttons]
    assert screen.window.badges[-1] == (1, True)
    assert screen.titles() == ["桃源街12号楼加装电梯"]
    screen.shows(waiting)
    screen.view(View.ALL)
    assert screen.titles() == ["屋顶漏水", "桃源街12号楼加装电梯"]
    screen.shows(waiting)  # still there, so it stays
    screen.page.show_record("issue", assigned)
    screen.shows(assigned)
    screen.view(View.OVERDUE)
    assert screen.titles() == []
    assert "这里没有问题" in screen.window.texts()
    assert screen.page.detail.view is None


def test_each_view_has_its_key_and_its_order(room: Room, show: Show, clock: Clock) -> None:
    late = room.issue("李建国", IssueDraft("早的"))
    clock.move(days=9)
    soon = room.issue("王芳", IssueDraft("晚的"))
    screen = show()
    pane = screen.page.pane
    with screen.qtbot.waitSignal(pane.table.loaded):
        press(Key.Key_3, control=True)
    assert screen.page.views.chosen is View.OVERDUE
    assert [row.id for row in pane.table.rows] == [late]
    assert [pane.order.itemText(at) for at in range(pane.order.count())] == ["最早到期的在前"]
    screen.wait(lambda: "超期" in pane.list.told(pane.table.rows[0])[0])
    assert pane.list.told(pane.table.rows[0])[1] == "red"
    with screen.qtbot.waitSignal(pane.table.loaded):
        press(Key.Key_0, control=True)
    assert [row.id for row in pane.table.rows] == [soon, late]
    assert pane.order.count() == 5


def test_an_act_changes_the_counts_at_once(room: Room, show: Show) -> None:
    room.issue("李建国")
    screen = show()
    screen.wait(lambda: "待处理 1" in chips(screen))
    screen.ask(Key.Key_W)
    answer = focused()
    assert isinstance(answer, QPlainTextEdit)
    answer.insertPlainText("已当场说明")
    press(Key.Key_Return, control=True)
    screen.wait(lambda: "待处理 0" in chips(screen))
    assert "待评价 1" in chips(screen)


def chips(screen: Screen) -> list[str]:
    return [one.text() for one in screen.page.views.buttons]


def test_a_fragment_narrows_the_list(room: Room, show: Show) -> None:
    room.issue("李建国")
    room.issue("王芳", IssueDraft("屋顶漏水", category="zj-ws", urgency=Urgency.URGENT))
    screen = show()
    pane = screen.page.pane
    press(Key.Key_F, control=True)
    assert focused() is pane.search
    pane.search.setText("漏")
    screen.wait(lambda: screen.titles() == ["屋顶漏水"])
    screen.wait(lambda: pane.count.text() == "1 条")  # counted after the first page
    pane.search.setText("没有这样的词")
    screen.wait(lambda: screen.titles() == [])
    assert "没有符合条件的问题" in screen.window.texts()
    press(Key.Key_C, alt=True)
    screen.wait(lambda: len(screen.titles()) == 2)
    assert pane.search.text() == ""


def test_the_order_changes_the_whole_list(room: Room, show: Show, clock: Clock) -> None:
    for name in "一二三":
        room.issue(f"居民{name}", IssueDraft(f"问题{name}"))
        clock.move(minutes=5)
    screen = show()
    assert screen.titles() == ["问题一", "问题二", "问题三"]
    screen.page.pane.order.setCurrentIndex(1)
    screen.wait(lambda: screen.titles() == ["问题三", "问题二", "问题一"])


def test_end_jumps_to_the_last_row_and_the_choice_survives_changes(
    room: Room, show: Show, clock: Clock
) -> None:
    for at in range(60):
        clock.move(minutes=1)
        room.receive(f"居民{at}", *(IssueDraft(f"问题{at}-{n}") for n in range(4)))
    screen = show()
    screen.view(View.ALL)
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


# --------------------------------------------------------------------------- people and privacy


def test_a_phone_is_masked_until_asked_for_and_asking_is_logged(room: Room, show: Show) -> None:
    room.issue()
    screen = show()
    assert "138****0231" in screen.window.texts()
    before = room.audited("resident")
    shown = [one for one in eyes(screen) if one.isVisible()]
    (eye,) = [one for one in shown if "李建国" in one.accessibleName()]
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
    screen.view(View.ALL)
    screen.shows(visit.issues[0].id)
    assert screen.page.detail.turn.buttons == {}
    assert "已作废" in screen.window.texts()
    assert "重复登记" in screen.window.texts()


def test_every_event_has_an_icon_and_every_state_a_turn() -> None:
    assert set(looks.EVENT_LOOKS) == set(IssueEventKind)
    assert set(looks.STATUS_TONES) == set(IssueStatus) == set(turn_words._TURNS)


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
    screen.view(View.ALL)
    screen.wait(lambda: screen.page.detail.view is not None)
    wanted = "已报修" if handling is Handling.ANSWERED else "去处：请到人民法院"
    assert wanted in screen.window.texts()
