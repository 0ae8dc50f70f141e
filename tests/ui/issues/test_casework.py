"""Care for an issue by keyboard: ratings, promises, waiting, later looks, supervision, undo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit

from db.vocabulary import AskedHow, Degree, IssueEventKind, IssueStatus, Rater, Rating, Supervisor
from station_app import i18n
from station_app.domain.moments import local
from station_app.services import issue_care, issue_results, issues
from station_app.ui.issues.links import LinkButton
from station_app.ui.widgets.layout import Scroller
from tests.ui.conftest import Clock
from tests.ui.issues.conftest import LIFT, Room, Screen, focused, press

_E = IssueEventKind
_S = IssueStatus
Show = Callable[..., Screen]
Key = Qt.Key


def typed(text: str) -> None:
    """Type ``text`` where the keyboard is, and go on to the next field."""
    part = focused()
    assert isinstance(part, QPlainTextEdit | QLineEdit)
    if isinstance(part, QPlainTextEdit):
        part.insertPlainText(text)
    else:
        part.insert(text)
    press(Key.Key_Tab)


def choose(steps: int) -> None:
    """Go down in the choice that has the keyboard, and on to the next field."""
    assert isinstance(focused(), QComboBox)
    for _ in range(steps):
        press(Key.Key_Down)
    press(Key.Key_Tab)


def save() -> None:
    press(Key.Key_Return, control=True)


def settled(room: Room, degree: Degree = Degree.SOLVED) -> UUID:
    """An issue that a unit replied to and that was settled."""
    ident = room.issue()
    room.assign(ident)
    room.do(issues.reply_issue, ident, text="已完工")
    room.do(issues.settle_issue, ident, degree=degree, evidence="现场照片")
    return ident


def opened(room: Room, show: Show, ident: UUID) -> Screen:
    screen = show()
    screen.page.show_record("issue", ident)
    screen.shows(ident)
    return screen


def test_a_resident_is_asked_and_their_rating_stands_apart(room: Room, show: Show) -> None:
    ident = settled(room)
    screen = opened(room, show, ident)
    screen.ask(Key.Key_V)
    choose(0)
    choose(1)
    choose(3)
    typed("电梯好用，就是慢一点")
    save()
    screen.wait(lambda: bool(room.read(ident).case.evaluations))
    [one] = room.read(ident).case.evaluations
    assert (one.rater, one.rating, one.self_asked) == (Rater.RESIDENT, Rating.SATISFIED, True)
    screen.wait(lambda: "满意\n自访" in screen.window.texts())
    assert "群众评价：满意（自访）" in screen.window.texts()


@pytest.mark.parametrize("language", i18n.Language)
def test_nothing_beside_the_history_is_cut(room: Room, show: Show, language: i18n.Language) -> None:
    i18n.use(language)
    room.issue("阿依古丽·买买提", LIFT)
    ident = room.issue()
    room.assign(ident)
    roles = dict.fromkeys(Supervisor, "市住房和城乡建设委员会的古丽娜尔·买买提主任")
    room.do(issue_care.supervise_issue, ident, roles=roles)
    room.do(
        issues.reply_issue,
        ident,
        text="已完工",
        promise="年底前装好",
        promise_on=date(2030, 12, 31),
    )
    asked = {"rater": Rater.RESIDENT, "how": AskedHow.PHONE}
    room.do(issue_results.evaluate_issue, ident, rating=Rating.FAIRLY_SATISFIED, **asked)
    screen = opened(room, show, ident)
    side = screen.page.detail.side
    screen.wait(lambda: len(side.findChildren(LinkButton)) >= 3)  # the like issue too
    place = side.parentWidget()
    assert place is not None
    assert isinstance(place.parentWidget(), Scroller)  # beside, not below
    assert side.minimumSizeHint().width() <= place.width()


def test_what_an_evaluation_lacks_is_said_beside_its_field(room: Room, show: Show) -> None:
    ident = settled(room)
    screen = opened(room, show, ident)
    screen.ask(Key.Key_V)
    fields = screen.page.detail.panel.fields
    assert not fields["third_party"].isVisible()
    focused_combo = focused()
    assert isinstance(focused_combo, QComboBox)
    focused_combo.setCurrentIndex(focused_combo.count() - 1)
    assert fields["third_party"].isVisible()
    save()
    screen.wait(lambda: bool(fields["rating"].error))
    assert fields["how"].error
    assert fields["third_party"].error
    assert room.read(ident).case.evaluations == ()


def test_waiting_stops_the_clock_and_going_on_starts_it(room: Room, show: Show) -> None:
    ident = room.issue()
    room.assign(ident)
    screen = opened(room, show, ident)
    assert "承办单位答复：" in screen.window.texts()
    assert "15 个工作日" in screen.window.texts()
    screen.ask(Key.Key_P)
    typed("房产证复印件")
    save()
    screen.wait(lambda: "等待群众补充：房产证复印件" in screen.window.texts())
    turn = screen.page.detail.turn
    assert _E.RESUMED in turn.buttons
    assert _E.WAITING not in turn.possible
    screen.ask(Key.Key_P)
    save()
    screen.wait(lambda: "承办单位答复：" in screen.window.texts())
    assert not room.read(ident).case.waiting


def test_a_promise_is_dated_and_its_keeping_is_shown(room: Room, show: Show, clock: Clock) -> None:
    ident = room.issue()
    room.assign(ident)
    day = local(clock()).date() + timedelta(days=9)
    screen = opened(room, show, ident)
    screen.ask(Key.Key_R)
    typed("方案下周公示")
    typed("公示加装方案")
    typed(f"{day:%m%d}")
    save()
    screen.status(_S.REPLIED)
    [promise] = room.read(ident).case.promises
    assert (promise.text, promise.due_on) == ("公示加装方案", day)
    screen.wait(lambda: f"{day:%m-%d} 到期" in screen.window.texts())
    screen.ask(Key.Key_Y)
    choose(0)
    choose(1)
    typed("公示栏照片")
    save()
    screen.wait(lambda: "已兑现" in screen.window.texts())
    assert [one.kept for one in room.read(ident).case.promises] == [True]


def test_a_promise_in_the_past_is_told_beside_its_day(room: Room, show: Show, clock: Clock) -> None:
    ident = room.issue()
    room.assign(ident)
    screen = opened(room, show, ident)
    screen.ask(Key.Key_M)
    typed("修好路灯")
    fields = screen.page.detail.panel.fields
    typed((local(clock()).date() - timedelta(days=1)).isoformat())
    save()
    screen.wait(lambda: bool(fields["due_on"].error))
    assert room.read(ident).case.promises == ()


def test_the_trouble_that_is_back_opens_the_issue_by_itself(room: Room, show: Show) -> None:
    ident = settled(room)
    screen = opened(room, show, ident)
    screen.ask(Key.Key_I)
    choose(3)
    typed("又停了两次")
    save()
    screen.status(_S.REGISTERED)
    press(Key.Key_Z, control=True)
    screen.status(_S.SETTLED)
    assert room.read(ident).events[-1].event is _E.UNDONE


def test_a_plan_comes_back_for_its_look_back(room: Room, show: Show) -> None:
    ident = settled(room, Degree.PLANNED)
    screen = opened(room, show, ident)
    assert "回头看：" in screen.window.texts()
    screen.ask(Key.Key_Z)
    choose(1)
    typed("已经完工")
    choose(1)
    save()
    screen.wait(lambda: room.read(ident).degree is Degree.SOLVED)


def test_key_supervision_names_four_people(room: Room, show: Show) -> None:
    ident = room.issue()
    room.assign(ident)
    screen = opened(room, show, ident)
    press(Key.Key_S, alt=True)  # not possible yet: nothing may open
    assert not screen.page.detail.panel.isVisible()
    screen.page.detail.asked.emit(_E.SUPERVISED)
    for name in ("张主任", "李书记", "王局长", "赵委员"):
        typed(name)
    save()
    screen.wait(lambda: room.read(ident).case.roles is not None)
    roles = room.read(ident).case.roles
    assert roles is not None
    assert roles[Supervisor.LEADING] == "张主任"
    screen.wait(lambda: "牵头督办" in screen.window.texts())
    screen.wait(lambda: "赵委员" in screen.window.texts())  # the detail comes after its buttons


def test_publishing_begins_without_what_tells_who_raised_it(room: Room, show: Show) -> None:
    ident = settled(room)
    screen = opened(room, show, ident)
    screen.page.detail.asked.emit(_E.PUBLISHED)
    panel = screen.page.detail.panel
    panel.fields["text"].focus()
    typed("李建国反映加装电梯，现已完工。")
    save()
    screen.wait(lambda: bool(panel.fields["text"].error))
    assert "李建国" in panel.fields["text"].error
    assert not room.read(ident).case.published


def test_the_menu_says_why_an_act_is_not_possible(room: Room, show: Show) -> None:
    room.issue()
    screen = show()
    items = {one.text().partition("\t")[0]: one for one in screen.page.detail.turn.menu.actions()}
    assert not items["登记答复"].isEnabled()
    assert items["登记答复"].toolTip() == "交办给单位以后才能登记。"
    assert items["备注"].isEnabled()
    assert "群众已补充" not in items
    items["备注"].trigger()
    assert screen.page.detail.panel.doing is _E.NOTED


@pytest.mark.parametrize("key", [Key.Key_K, Key.Key_B])
def test_an_act_is_taken_back_by_ctrl_z(room: Room, show: Show, key: Qt.Key) -> None:
    ident = room.issue()
    room.assign(ident)
    screen = opened(room, show, ident)
    screen.ask(key)
    typed("王科长经办")
    save()
    screen.wait(lambda: room.read(ident).status is not _S.ASSIGNED)
    screen.wait(lambda: screen.window.toast.undo.isVisible())
    press(Key.Key_Z, control=True)
    screen.wait(lambda: room.read(ident).status is _S.ASSIGNED)
    history = [one.event for one in room.read(ident).events]
    assert history[-1] is _E.UNDONE
    assert len(history) == 4
    screen.status(_S.ASSIGNED)


def test_an_overdue_reply_is_red_and_says_by_how_much(room: Room, show: Show, clock: Clock) -> None:
    ident = room.issue()
    room.assign(ident)
    clock.move(days=60)
    screen = opened(room, show, ident)
    assert "已超期" in screen.window.texts()
    assert screen.page.detail.turn.property("bar") == "red"


def test_a_deadline_counts_to_its_day(room: Room, show: Show) -> None:
    ident = room.issue()
    room.assign(ident)
    screen = opened(room, show, ident)
    view = screen.page.detail.view
    assert view is not None
    due = view.record.case.deadlines[0].due_on
    assert due is not None
    assert f"{due:%m-%d} 前，还有 {(due - view.today).days} 天" in screen.window.texts()
    assert isinstance(due, date)
    room.do(issue_care.wait_for_resident, ident, reason="补材料")
    screen.page.mark_stale()
    screen.wait(lambda: "期限暂停" in screen.window.texts())
