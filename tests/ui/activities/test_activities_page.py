"""Activities and help at work: written down by keys, changed, called off, void, undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from db.vocabulary import Role, RoleClass
from station_app import wiring
from station_app.domain.activities import ActivityRecord, AssistanceRow
from station_app.services import activities, assistances
from station_app.ui.activities.page import ActivitiesPage
from station_app.ui.activities.table import START
from station_app.ui.main_window import MainWindow
from station_app.ui.widgets import PopupList
from tests.ui.keyboard import CTRL, press, type_text

Open = Callable[..., tuple[MainWindow, ActivitiesPage]]
Key = Qt.Key


def kept(station: wiring.OpenStation) -> list[ActivityRecord]:
    with station.store.read(station.actor) as tx:
        rows = activities.list_activities(tx, START).rows
        return [activities.get_activity(tx, one.id) for one in rows]


def helped(station: wiring.OpenStation) -> tuple[AssistanceRow, ...]:
    with station.store.read(station.actor) as tx:
        return assistances.list_assistances(tx, START).rows


def write_one(page: ActivitiesPage, window: MainWindow, qtbot: QtBot) -> None:
    """A survey with one deputy and two department heads, by keys alone."""
    qtbot.keyClick(window, Key.Key_N, CTRL)
    qtbot.waitUntil(lambda: page.pane.is_editing)
    form = page.pane.form
    type_text(qtbot, "老旧小区改造调研")
    press(qtbot, Key.Key_Return)
    form.kind.take("survey")
    form.held_on.setFocus()
    form.held_on.selectAll()
    type_text(qtbot, "1103")
    press(qtbot, Key.Key_Return)
    type_text(qtbot, "9")
    press(qtbot, Key.Key_Return)
    type_text(qtbot, "1130")
    form.deputies.setFocus()
    type_text(qtbot, "ygf")
    press(qtbot, Key.Key_Return)
    form.guests[RoleClass.DEPARTMENT].setFocus()
    type_text(qtbot, "周局长、孙科长，周局长")
    press(qtbot, Key.Key_Return, CTRL)


def test_an_activity_is_written_down_changed_and_called_off(
    station: wiring.OpenStation, open_page: Open, qtbot: QtBot
) -> None:
    window, page = open_page()
    write_one(page, window, qtbot)
    qtbot.waitUntil(lambda: page.pane.record is not None and not page.pane.is_editing)
    [one] = kept(station)
    assert (one.title, one.kind.value, one.held_on.day) == ("老旧小区改造调研", "survey", 3)
    assert [who.name for who in one.people] == ["于桂芳", "周局长", "孙科长"]
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    qtbot.keyClick(window, Key.Key_E, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: page.pane.is_editing)
    page.pane.form.guests[RoleClass.DEPARTMENT].setText("孙科长")
    qtbot.keyClick(window, Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: len(kept(station)[0].people) == 2)
    qtbot.waitUntil(page.pane.detail.cancel.isVisible)
    page.pane.detail.cancel.click()
    qtbot.waitUntil(lambda: window.toast.text == "已取消：老旧小区改造调研。")
    assert kept(station)[0].cancelled
    qtbot.keyClick(window, Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: not kept(station)[0].cancelled)


def test_what_cannot_be_read_is_said_beneath_the_field(
    station: wiring.OpenStation, open_page: Open, qtbot: QtBot
) -> None:
    window, page = open_page()
    page.begin()
    qtbot.waitUntil(lambda: page.pane.is_editing)
    form = page.pane.form
    form.held_on.setText("昨天")
    form.starts.setText("早上")
    qtbot.keyClick(window, Key.Key_Return, CTRL)
    assert form.fields["held_on"].error
    assert form.fields["starts"].error
    form.held_on.setText("2026-11-03")
    form.starts.setText("9")
    form.ends.setText("8")
    qtbot.keyClick(window, Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: form.fields["title"].error == "请写明活动内容。")
    assert form.fields["ends"].error == "结束时间要晚于开始时间。"
    assert not kept(station)


def test_escape_first_hides_the_names_that_are_offered(open_page: Open, qtbot: QtBot) -> None:
    window, page = open_page()
    page.begin()
    qtbot.waitUntil(lambda: page.pane.is_editing)
    page.pane.form.deputies.setFocus()
    type_text(qtbot, "ygf")
    offered = window.findChildren(PopupList)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in offered))
    press(qtbot, Key.Key_Escape)
    qtbot.waitUntil(lambda: not any(one.isVisible() for one in offered))
    assert page.pane.is_editing
    press(qtbot, Key.Key_Escape)
    qtbot.waitUntil(lambda: not page.pane.is_editing)


def test_help_is_written_down_and_marked_void(
    station: wiring.OpenStation, open_page: Open, qtbot: QtBot
) -> None:
    window, page = open_page()
    page.which.choose("help")
    qtbot.keyClick(window, Key.Key_N, CTRL)
    assert page.help.held_on.hasFocus()
    press(qtbot, Key.Key_Return)
    page.help.people.selectAll()
    type_text(qtbot, "3")
    press(qtbot, Key.Key_Return)
    type_text(qtbot, "1,200.50")
    press(qtbot, Key.Key_Return)
    type_text(qtbot, "慰问困难家庭")
    press(qtbot, Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page.helped.rowCount() == 1)
    [one] = helped(station)
    assert (one.held_on, one.people, one.amount) == (date(2026, 11, 10), 3, 120_050)
    qtbot.waitUntil(page.help.void.isVisible)
    page.help.void.click()
    qtbot.waitUntil(lambda: window.toast.text == "已作废。")
    assert helped(station)[0].voided
    qtbot.keyClick(window, Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: not helped(station)[0].voided)


def test_impossible_help_is_refused_beside_its_field(
    station: wiring.OpenStation, open_page: Open, qtbot: QtBot
) -> None:
    window, page = open_page()
    page.which.choose("help")
    page.begin()
    page.help.people.setText("许多")
    page.help.amount.setText("12.345")
    qtbot.keyClick(window, Key.Key_Return, CTRL)
    assert page.help.fields["people"].error == "请填写帮助了多少人。"
    assert page.help.fields["amount"].error
    page.help.people.setText("2")
    page.help.amount.setText("")
    page.help.held_on.setText("2026-12-01")
    qtbot.keyClick(window, Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page.help.fields["what"].error != "")
    assert page.help.fields["held_on"].error == "帮扶日期不能晚于今天。"
    assert not helped(station)


def test_a_viewer_only_looks(open_page: Open, qtbot: QtBot) -> None:
    window, page = open_page(Role.VIEWER)
    assert not page.add.isVisible()
    qtbot.keyClick(window, Key.Key_N, CTRL)
    assert not page.pane.is_editing
    page.which.choose("help")
    assert not page.help.save.isVisible()
