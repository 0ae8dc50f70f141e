"""The calendar: reached by a key, walked by the arrows, planned on, days dragged elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from db.vocabulary import DayStatus, Role
from station_app import wiring
from station_app.domain.days import DayDraft, DayRecord
from station_app.services import days
from station_app.ui.days.calendar_model import CAMPAIGNS, DATE, DAYS, Span, Stretch
from station_app.ui.days.page import DaysPage
from station_app.ui.main_window import MainWindow
from tests.ui.days.conftest import kept_days
from tests.ui.keyboard import CTRL

Open = Callable[..., tuple[MainWindow, DaysPage]]
Key = Qt.Key


@pytest.fixture
def shown(planned: DayRecord, open_page: Open, qtbot: QtBot) -> tuple[Any, DaysPage]:
    """The page with its calendar open on November 2026, one day planned on the 10th."""
    window, page = open_page()
    qtbot.keyClick(window, Key.Key_T, CTRL)
    qtbot.waitUntil(lambda: page.calendar.table.reached == date(2026, 11, 10))
    return window, page


def press(page: DaysPage, qtbot: QtBot, key: Qt.Key) -> None:
    qtbot.keyClick(page.calendar.table, key)


def test_months_weeks_and_years_hold_every_date_once() -> None:
    for span in Span:
        stretch = Stretch(span, date(2026, 11, 10))
        cells = [stretch.at(row, column) for row in range(stretch.rows)
                 for column in range(31 if span is Span.YEAR else 7)]  # fmt: skip
        dates = [one for one in cells if one is not None]
        assert (dates[0], dates[-1]) == (stretch.first, stretch.last)
        assert len(set(dates)) == len(dates) == (stretch.last - stretch.first).days + 1
        assert all(stretch.at(*stretch.place(one)) == one for one in dates)
    assert Stretch(Span.MONTH, date(2026, 12, 31)).moved(1).on == date(2027, 1, 1)
    assert Stretch(Span.YEAR, date(2026, 5, 3)).moved(-1).first == date(2025, 1, 1)


def test_the_arrows_walk_and_turn_the_leaf(shown: tuple[Any, DaysPage], qtbot: QtBot) -> None:
    _window, page = shown
    table = page.calendar.table
    qtbot.waitUntil(lambda: page.pane.record is not None)
    press(page, qtbot, Key.Key_Right)
    assert table.reached == date(2026, 11, 11)
    press(page, qtbot, Key.Key_Up)
    assert table.reached == date(2026, 11, 4)
    press(page, qtbot, Key.Key_PageDown)
    qtbot.waitUntil(lambda: table.reached == date(2026, 12, 1))
    assert page.calendar.model.record is not None
    page.calendar.spans.choose(Span.YEAR)
    qtbot.waitUntil(lambda: page.calendar.model.rowCount() == 12)
    press(page, qtbot, Key.Key_Up)
    assert table.reached == date(2026, 11, 1)
    page.calendar.show_today()
    qtbot.waitUntil(lambda: table.reached == date(2026, 11, 10))
    [day] = table.currentIndex().data(DAYS)
    assert day.status is DayStatus.PLANNED
    said = table.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "2026年11月10日 周二\n9:00–11:30 老旧小区改造 · 待开始\n值班代表 2 人"


def test_a_day_is_planned_on_a_free_date(shown: tuple[Any, DaysPage], qtbot: QtBot) -> None:
    _window, page = shown
    press(page, qtbot, Key.Key_Down)
    press(page, qtbot, Key.Key_Return)
    qtbot.waitUntil(lambda: page.pane.is_editing)
    assert page.pane.form.collect()["held_on"] == "2026-11-17"
    page.pane.cancel()
    qtbot.waitUntil(lambda: not page.pane.is_editing)


def test_a_day_is_dragged_and_brought_back(
    shown: tuple[Any, DaysPage], station: wiring.OpenStation, qtbot: QtBot
) -> None:
    window, page = shown
    model = page.calendar.model
    taken = model.mimeData([page.calendar.table.currentIndex()])
    to = model.index(*model.stretch.place(date(2026, 11, 18)))
    assert to.data(DATE) == date(2026, 11, 18)
    model.dropMimeData(taken, Qt.DropAction.MoveAction, -1, -1, to)
    qtbot.waitUntil(lambda: bool(to.data(DAYS)))
    qtbot.waitUntil(lambda: window.toast.text == "已改到2026年11月18日 周三。")
    assert kept_days(station)[0].held_on == date(2026, 11, 18)
    qtbot.keyClick(window, Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: kept_days(station)[0].held_on == date(2026, 11, 10))


def test_a_day_is_not_dropped_on_another(
    shown: tuple[Any, DaysPage], station: wiring.OpenStation, qtbot: QtBot
) -> None:
    window, page = shown
    with station.store.write(station.actor) as tx:
        days.save_day(tx, DayDraft(date(2026, 11, 18), time(9), time(11)))
    model = page.calendar.model
    taken = model.mimeData([page.calendar.table.currentIndex()])
    to = model.index(*model.stretch.place(date(2026, 11, 18)))
    model.dropMimeData(taken, Qt.DropAction.MoveAction, -1, -1, to)
    qtbot.waitUntil(lambda: window.toast.text == "这个时间段已经安排了另一场接待。")
    assert kept_days(station)[0].held_on == date(2026, 11, 10)


def test_a_viewer_looks_and_moves_nothing(
    planned: DayRecord, open_page: Open, qtbot: QtBot
) -> None:
    window, page = open_page(Role.VIEWER)
    qtbot.keyClick(window, Key.Key_T, CTRL)
    table = page.calendar.table
    qtbot.waitUntil(lambda: table.reached == date(2026, 11, 10))
    assert not table.dragEnabled()
    press(page, qtbot, Key.Key_Right)
    press(page, qtbot, Key.Key_Return)
    assert not page.pane.is_editing


def test_a_campaign_is_seen_on_its_dates_and_leads_to_its_report(
    planned: DayRecord, station: wiring.OpenStation, open_page: Open, qtbot: QtBot
) -> None:
    with station.store.write(station.actor) as tx:
        for on in (12, 20):
            draft = DayDraft(date(2026, 11, on), time(9), time(11), campaign="进家站月")
            last = days.save_day(tx, draft)
    window, page = open_page()
    qtbot.keyClick(window, Key.Key_T, CTRL)
    qtbot.waitUntil(page.calendar.campaign.isVisible)
    said = page.calendar.campaign.text()
    assert said == "专项活动（日期底部色条）：进家站月 11-12–11-20"
    model = page.calendar.model
    seen = [on for on in range(1, 31)
            if model.index(*model.stretch.place(date(2026, 11, on))).data(CAMPAIGNS)]  # fmt: skip
    assert seen == list(range(12, 21))
    with qtbot.waitSignal(page.open_requested) as asked:
        qtbot.keyClick(window, Key.Key_R, Qt.KeyboardModifier.AltModifier)
    assert asked.args == ["campaign", last.id]
    page.calendar.turn(3)
    qtbot.waitUntil(lambda: not page.calendar.campaign.isVisible())
    assert not page.calendar.report.isVisible()
