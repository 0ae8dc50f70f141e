"""The steps of a reception day: from planned to locked, back, onto paper, looked at only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from db.vocabulary import DayStatus, Role
from station_app import wiring
from station_app.domain.days import DayDraft, DayRecord
from station_app.domain.deputies import DeputyRecord
from station_app.services import attendance, days
from station_app.ui.days.page import DaysPage
from station_app.ui.main_window import MainWindow
from tests.ui.days.conftest import kept_days
from tests.ui.keyboard import press

Open = Callable[..., tuple[MainWindow, DaysPage]]
People = tuple[DeputyRecord, ...]
Key = Qt.Key


def shown(page: DaysPage) -> set[str]:
    """The acts offered for the day shown."""
    return {name for name, one in page.pane.detail.buttons.items() if one.isVisible()}


def test_a_day_is_led_from_planned_to_locked(
    planned: DayRecord, station: wiring.OpenStation, people: People, open_page: Open, qtbot: QtBot
) -> None:
    window, page = open_page()
    qtbot.waitUntil(lambda: page.pane.detail.isVisible())
    page.table.setFocus()
    asked: list[tuple[str, object]] = []
    page.open_requested.connect(lambda kind, one: asked.append((kind, one)))
    assert shown(page) == {"open", "edit", "cancel"}
    press(qtbot, Key.Key_F9)
    qtbot.waitUntil(lambda: shown(page) == {"desk", "close", "ledger", "edit"})
    press(qtbot, Key.Key_D)
    assert asked[-1] == ("desk", planned.id)
    with station.store.write(station.actor) as tx:
        attendance.check_in(tx, planned.id, people[0].id)
    page.mark_stale()
    qtbot.waitUntil(lambda: "到站 1 人，值班 2 人" in said(page))
    press(qtbot, Key.Key_F10)
    qtbot.waitUntil(lambda: shown(page) == {"lock", "reopen", "ledger"})
    window.toast.undo.click()
    qtbot.waitUntil(lambda: "close" in shown(page))
    press(qtbot, Key.Key_F10)
    qtbot.waitUntil(lambda: "lock" in shown(page))
    page.table.setFocus()
    press(qtbot, Key.Key_L)
    qtbot.waitUntil(lambda: shown(page) == {"ledger"})
    assert [one.status for one in kept_days(station)] == [DayStatus.LOCKED]


def said(page: DaysPage) -> list[str]:
    return [one.text() for one in page.pane.detail.findChildren(QLabel) if one.isVisible()]


def test_a_day_is_cancelled_and_taken_back(
    planned: DayRecord, station: wiring.OpenStation, open_page: Open, qtbot: QtBot
) -> None:
    window, page = open_page()
    qtbot.waitUntil(lambda: page.pane.detail.isVisible())
    page.table.setFocus()
    press(qtbot, Key.Key_T)
    qtbot.waitUntil(lambda: page.pane.detail.buttons["restore"].isVisible())
    assert [one.status for one in kept_days(station)] == [DayStatus.CANCELLED]
    window.toast.undo.click()
    qtbot.waitUntil(lambda: page.pane.detail.buttons["open"].isVisible())
    assert [one.status for one in kept_days(station)] == [DayStatus.PLANNED]


def test_the_ledger_is_asked_for_as_a_pdf(
    planned: DayRecord, station: wiring.OpenStation, open_page: Open, qtbot: QtBot
) -> None:
    with station.store.write(station.actor) as tx:
        days.open_day(tx, planned.id)
    _window, page = open_page()
    qtbot.waitUntil(lambda: page.pane.detail.buttons["ledger"].isVisible())
    with qtbot.waitSignal(page.print_requested) as asked:
        page.pane.detail.buttons["ledger"].click()
    title, make = asked.args
    assert title == "接待日台账 2026-11-10"
    assert make().startswith(b"%PDF")


def test_a_deputy_of_the_day_is_opened_from_there(
    planned: DayRecord, people: People, open_page: Open, qtbot: QtBot
) -> None:
    _window, page = open_page()
    qtbot.waitUntil(lambda: page.pane.detail.isVisible())
    button = next(
        one
        for one in page.pane.detail.findChildren(QPushButton)
        if one.accessibleName() == "查看于桂芳"
    )
    with qtbot.waitSignal(page.open_requested) as asked:
        button.click()
    assert asked.args == ["deputy", people[0].id]


@pytest.mark.parametrize("status", [DayStatus.PLANNED, DayStatus.OPEN])
def test_a_viewer_may_look_and_print_only(
    planned: DayRecord,
    station: wiring.OpenStation,
    open_page: Open,
    qtbot: QtBot,
    status: DayStatus,
) -> None:
    if status is DayStatus.OPEN:
        with station.store.write(station.actor) as tx:
            days.open_day(tx, planned.id)
    _window, page = open_page(Role.VIEWER)
    qtbot.waitUntil(lambda: page.pane.detail.isVisible())
    assert shown(page) == ({"ledger"} if status is DayStatus.OPEN else set())
    assert not page.plan.isVisible()
    page.table.setFocus()
    press(qtbot, Key.Key_E)
    assert not page.pane.is_editing


def test_a_day_to_come_cannot_be_opened_by_a_slip(
    planned: DayRecord, station: wiring.OpenStation, open_page: Open, qtbot: QtBot
) -> None:
    with station.store.write(station.actor) as tx:
        later = days.save_day(tx, DayDraft(date(2026, 12, 8), time(9), time(11)))
    _window, page = open_page()
    page.show_record("day", later.id)
    qtbot.waitUntil(lambda: shown(page) == {"edit", "cancel"})
    assert any("28 天后" in one for one in said(page))
    page.show_record("day", planned.id)
    qtbot.waitUntil(lambda: shown(page) == {"open", "edit", "cancel"})
