"""A whole morning by keyboard, from an empty machine to a locked and printed day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from db.vocabulary import DayStatus, IssueStatus
from station_app import wiring
from station_app.config import DataDir
from station_app.domain.lists import Listing
from station_app.domain.moments import local
from station_app.services import day_lists, days, deputies, issue_records
from station_app.store.verify import verify
from station_app.ui.app import Program
from station_app.ui.days.page import DaysPage
from station_app.ui.deputies.page import DeputiesPage
from station_app.ui.desk.page import DeskPage
from station_app.ui.main_window import MainWindow
from station_app.ui.printing.preview_dialog import PreviewDialog
from station_app.ui.wizard import HEAD, KEY, Wizard
from station_app.ui.wizard_key import ASKED

SAMPLE = Path(__file__).parents[1] / "exchange" / "samples" / "deputies.xlsx"
PASSWORD = "correct horse"
LONG = 30_000
Key = Qt.Key

#: Who comes: (name, what they raise); five of them raise two things.
MORNING = [
    ("李建国", ["桃源街12号楼七层没有电梯，老人上下楼困难。"]),
    ("玛依努尔·吐尔逊江", ["学苑小区到学校没有直达公交，希望开通校车。"]),
    ("周龚", ["异地就医的医保报销要先垫钱，跑了三趟。", "小区路灯坏了两个月。"]),
    ("孙翀", ["夜间停车占了消防通道，希望规划车位。"]),
    ("陈铱", ["楼道里给电动车充电，担心起火。"]),
    ("欧阳玉兰", ["独居老人多，希望社区办老年食堂。", "垃圾桶常常满出来没人清。"]),
    ("王㛃", ["供暖只有十四五度，孩子常感冒。"]),
    ("赵堃", ["路口没有红绿灯，孩子上学要跑着过马路。"]),
    ("金正植", ["工地拖欠四个月工资。", "工地夜里十一点还在施工。"]),
    ("李𬱖", ["楼顶有人搭建房屋，楼下渗水。"]),
    ("刘𫖯", ["农药瓶没地方扔，希望设回收点。"]),
    ("黄骉", ["一楼烧烤店油烟直排。"]),
    ("上官静怡", ["窗前大树挡住采光。", "小河夏天发黑发臭。"]),
    ("巴特尔", ["燃气还没有通到我们院里。"]),
    ("周䶮", ["物业几个月不打扫楼道。"]),
    ("张三", ["路面坑洼，下雨积水。"]),
    ("李四", ["申请低保交过材料没有回音。"]),
    ("王五", ["学区划分以后上学更远了。"]),
    ("赵六", ["屋顶一下雨就漏。", "维修基金申请了两次没有下文。"]),
]


class Hands:
    """The operator's hands: keys go wherever the focus is, Chinese comes from an input method."""

    def __init__(self, qtbot: QtBot) -> None:
        self.bot = qtbot
        self.window: QWidget | None = None

    def focus(self) -> QWidget:
        found = QApplication.focusWidget()
        if found is None and self.window is not None:
            # Offscreen has no window manager that would hand the focus on to the window left.
            self.window.activateWindow()
            self.until(self.window.isActiveWindow)
            found = QApplication.focusWidget() or self.window
        assert found is not None
        return found

    def key(self, key: Key, *, ctrl: bool = False, alt: bool = False) -> None:
        how = Qt.KeyboardModifier.NoModifier
        if ctrl:
            how |= Qt.KeyboardModifier.ControlModifier
        if alt:
            how |= Qt.KeyboardModifier.AltModifier
        QTest.keyClick(self.focus(), key, how)

    def write(self, typed: str) -> None:
        if typed.isascii():
            QTest.keyClicks(self.focus(), typed)
        else:
            event = QInputMethodEvent()
            event.setCommitString(typed)
            QApplication.sendEvent(self.focus(), event)

    def until(self, holds: Callable[[], object], timeout: int = LONG) -> None:
        self.bot.waitUntil(lambda: bool(holds()), timeout=timeout)


@pytest.fixture
def hands(qtbot: QtBot) -> Hands:
    return Hands(qtbot)


@pytest.fixture
def program(qapp: QApplication, data: DataDir, qtbot: QtBot) -> Iterator[Program]:
    started = Program(qapp, data)
    started.start()
    assert started.front is not None
    started.front.activateWindow()
    qtbot.waitExposed(started.front)
    yield started
    started.close()


def set_up(program: Program, hands: Hands) -> MainWindow:
    """Alt+1, the station's name, the head's account, one group of the recovery key."""
    wizard = program.front
    assert isinstance(wizard, Wizard)
    hands.key(Key.Key_1, alt=True)
    hands.write("葵英街道")
    hands.key(Key.Key_Return)
    hands.until(lambda: wizard.station.code.text() == "KY")
    hands.key(Key.Key_Return, ctrl=True)
    hands.until(lambda: wizard.steps.at == HEAD)
    for typed in ("王秀英", PASSWORD, PASSWORD):
        hands.write(typed)
        hands.key(Key.Key_Return)
    hands.key(Key.Key_Return, ctrl=True)
    hands.until(lambda: wizard.steps.at == KEY)
    shown = [group.text() for group in wizard.key.sheet._groups]
    wizard.key.typed.setFocus()
    hands.write(shown[ASKED - 1])
    hands.key(Key.Key_Return)
    hands.until(lambda: program.window is not None)
    assert program.window is not None
    program.window.resize(1440, 900)
    hands.window = program.window
    return program.window


def page_of(window: MainWindow, hands: Hands, digit: Key, noun: str) -> object:
    hands.key(digit, alt=True)
    hands.until(lambda: window.open_page(noun).isVisible())
    return window.open_page(noun)


def import_roster(window: MainWindow, hands: Hands) -> None:
    page = page_of(window, hands, Key.Key_4, "deputies")
    assert isinstance(page, DeputiesPage)
    hands.key(Key.Key_I, ctrl=True)
    importer = page.importer
    assert importer is not None
    hands.key(Key.Key_O, ctrl=True)
    hands.until(lambda: importer.currentWidget() is importer.review)
    hands.key(Key.Key_Return, ctrl=True)
    hands.until(lambda: importer.currentWidget() is importer.outcome)
    assert importer.outcome.figure("新增").accessibleName() == "新增 305"


def plan_today(window: MainWindow, hands: Hands, names: list[str]) -> None:
    page = page_of(window, hands, Key.Key_5, "days")
    assert isinstance(page, DaysPage)
    hands.key(Key.Key_N, ctrl=True)
    hands.until(lambda: page.pane.is_editing)
    for typed in (f"{local(wiring.now()):%m%d}", "830", "1130", "一楼接待室", "", "老旧小区改造"):
        if typed:
            hands.focus()
            hands.write(typed)
        hands.key(Key.Key_Return)
    for name in names:
        hands.write(name)
        hands.key(Key.Key_Return)
    hands.key(Key.Key_Return, ctrl=True)
    hands.until(lambda: len(page.model.rows) == 1)
    hands.until(page.pane.detail.buttons["open"].isVisible)
    page.table.setFocus()
    hands.key(Key.Key_F9)
    hands.until(lambda: page.pane.detail.buttons["desk"].isVisible())


def receives_with(desk: DeskPage, deputies: int) -> bool:
    """Whether the form has taken over so many deputies."""
    return len(desk.entry.form.receiving.taken) == deputies


def shown_on(desk: DeskPage) -> DayStatus | None:
    return desk.desk.day.status if desk.desk is not None and desk.desk.day is not None else None


def receive(desk: DeskPage, hands: Hands, place: int, name: str, raised: list[str]) -> None:
    form = desk.entry.form
    hands.key(Key.Key_N, ctrl=True)
    hands.until(form.visitor.name.hasFocus)
    hands.write(name)
    hands.key(Key.Key_Return)
    hands.until(form.visitor.phone.hasFocus)
    hands.write(f"138{place:08d}")
    for _ in range(4):
        hands.key(Key.Key_Return)
    hands.until(form.issues.shown.text.hasFocus)
    hands.write(raised[0])
    for more in raised[1:]:
        hands.key(Key.Key_I, ctrl=True)
        hands.until(form.issues.shown.text.hasFocus)
        hands.write(more)
    hands.key(Key.Key_Return, ctrl=True)
    hands.until(lambda: not form.visitor.name.text() and desk.entry.form.visitor.name.hasFocus())


def test_a_morning_from_an_empty_machine_to_a_locked_day(
    program: Program, hands: Hands, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(SAMPLE), ""))
    window = set_up(program, hands)
    pictures = tmp_path / "pictures"
    pictures.mkdir()

    def picture(name: str) -> None:
        assert window.grab().save(str(pictures / f"{name}.png"))

    first = window.page
    assert isinstance(first, DeskPage)
    hands.until(lambda: first.desk is not None)
    picture("1-set-up")
    import_roster(window, hands)
    picture("2-imported")
    station = program.station
    assert station is not None
    with station.store.read(station.actor) as tx:
        roster = deputies.list_deputies(tx, Listing("name")).rows
    due = list(dict.fromkeys(one.name for one in roster))[:6]
    plan_today(window, hands, due)
    plan = window.page
    assert isinstance(plan, DaysPage)
    hands.until(plan.pane.detail.buttons["desk"].isVisible)
    picture("3-opened")

    hands.key(Key.Key_D)
    desk = window.open_page("desk")
    assert isinstance(desk, DeskPage)
    hands.until(lambda: desk.isVisible() and desk.desk is not None)
    for there in range(1, 6):
        hands.until(desk.entry.form.visitor.name.isVisible)
        hands.key(Key.Key_F3)
        hands.until(partial(receives_with, desk, there))
    picture("4-checked-in")
    for place, (name, raised) in enumerate(MORNING):
        receive(desk, hands, place, name, raised)
    picture("5-nineteen")

    # The twentieth has been here before and brings the same matter again: initials, then Alt+J.
    form = desk.entry.form
    hands.write("ljg")
    hands.until(form.visitor.recognition.popup.isVisible)
    hands.key(Key.Key_Return)
    hands.until(form.issues.shown.text.hasFocus)
    hands.write("电梯的事还没有消息。")
    hands.key(Key.Key_J, alt=True)
    picture("6-same-issue")
    hands.key(Key.Key_Return, ctrl=True)
    hands.until(lambda: "020" in window.toast.text)

    hands.key(Key.Key_F10)
    hands.key(Key.Key_Return, ctrl=True)
    with station.store.read(station.actor) as tx:
        day_id = day_lists.list_days(tx, Listing("held_on")).rows[0].id

    def status() -> DayStatus:
        with station.store.read(station.actor) as tx:
            return days.get_day(tx, day_id).status

    hands.until(lambda: status() is DayStatus.CLOSED)
    hands.until(lambda: shown_on(desk) is DayStatus.CLOSED)
    picture("7-closed")
    page = page_of(window, hands, Key.Key_5, "days")
    assert isinstance(page, DaysPage)
    hands.until(lambda: page.pane.detail.buttons["lock"].isVisible())
    page.pane.detail.buttons["ledger"].click()
    hands.until(lambda: bool(window.findChildren(PreviewDialog)))
    preview = window.findChildren(PreviewDialog)[0]
    hands.until(lambda: preview.isVisible() and preview.print.isEnabled())
    hands.until(lambda: not preview._sheet.pixmap().isNull())
    assert preview.grab().save(str(pictures / "8-ledger.png"))
    preview.reject()
    page.table.setFocus()
    hands.key(Key.Key_L)
    hands.until(lambda: status() is DayStatus.LOCKED)
    hands.until(lambda: not page.pane.detail.buttons["lock"].isVisible())
    picture("9-locked")

    with station.store.read(station.actor) as tx:
        counters = day_lists.day_counters(tx, day_id)
        day = days.get_day(tx, day_id)
        by_status = issue_records.count_by_status(tx)
        drafts = tx.session.scalar(text("SELECT count(*) FROM form_draft"))
    assert (counters.visits, counters.issues, counters.joined) == (20, 25, 1)
    assert sum(one.checked_in_at is not None for one in day.deputies) == 5
    assert by_status == {IssueStatus.REGISTERED: 24, IssueStatus.JOINED: 1}
    assert drafts == 0
    assert verify(station.store, station.actor).ok
