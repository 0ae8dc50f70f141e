"""Reception days at work: planned by keyboard, checked as one types, filtered, kept half-typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from db.vocabulary import DayStatus
from station_app import wiring
from station_app.domain.days import DayDraft, DayRecord
from station_app.domain.deputies import DeputyRecord
from station_app.services import days
from station_app.ui import theme
from station_app.ui.days.page import DaysPage
from station_app.ui.main_window import MainWindow
from tests.ui.days.conftest import kept_days
from tests.ui.keyboard import CTRL, press, type_text

Open = Callable[..., tuple[MainWindow, DaysPage]]
People = tuple[DeputyRecord, ...]
Key = Qt.Key


def begin_plan(window: MainWindow, page: DaysPage, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Key.Key_N, CTRL)
    qtbot.waitUntil(lambda: page.pane.is_editing)


def test_an_empty_calendar_says_what_to_do(open_page: Open, qtbot: QtBot) -> None:
    _window, page = open_page()
    words = [one.text() for one in page.table.findChildren(QLabel) if one.isVisible()]
    assert "还没有接待日" in words
    button = next(one for one in page.table.findChildren(QPushButton) if one.isVisible())
    button.click()
    qtbot.waitUntil(lambda: page.pane.is_editing)
    assert page.pane.form.collect()["starts"] == "9:00"


def test_a_plan_is_begun_from_another_page(
    planned: DayRecord, open_page: Open, qtbot: QtBot
) -> None:
    window, page = open_page()
    window.open_record("day", None)
    qtbot.waitUntil(lambda: page.pane.is_editing)
    assert page.pane.form.collect()["held_on"] == "2026-11-17"


def test_a_day_is_planned_by_keyboard_alone(
    station: wiring.OpenStation, people: People, open_page: Open, qtbot: QtBot
) -> None:
    window, page = open_page()
    begin_plan(window, page, qtbot)
    type_text(qtbot, "1124")
    press(qtbot, Key.Key_Return)
    type_text(qtbot, "830")
    press(qtbot, Key.Key_Return)
    type_text(qtbot, "11")
    press(qtbot, Key.Key_Return)
    type_text(qtbot, "一楼接待室")
    press(qtbot, Key.Key_Return)  # kind
    press(qtbot, Key.Key_Return)
    type_text(qtbot, "养老服务")
    press(qtbot, Key.Key_Return)
    type_text(qtbot, "ygf")
    press(qtbot, Key.Key_Return)
    type_text(qtbot, "cengle")
    press(qtbot, Key.Key_Down)
    press(qtbot, Key.Key_Return)
    press(qtbot, Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: len(page.model.rows) == 1)
    (day,) = kept_days(station)
    assert (day.held_on, day.starts, day.ends) == (date(2026, 11, 24), time(8, 30), time(11))
    assert (day.place, day.theme) == ("一楼接待室", "养老服务")
    assert {one.deputy_id for one in day.deputies} == {people[0].id, people[2].id}
    assert window.toast.text == "2026年11月24日 周二 已保存。"


def test_deputies_of_one_name_are_told_apart(people: People, open_page: Open, qtbot: QtBot) -> None:
    window, page = open_page()
    begin_plan(window, page, qtbot)
    ground = page.pane.form._planning
    assert ground is not None
    said = {one.said for one in ground.choices}
    assert said == {"于桂芳", "曾乐（第2小组）", "曾乐（第3小组）"}


def test_a_new_day_begins_like_the_last_one(
    planned: DayRecord, people: People, open_page: Open, qtbot: QtBot
) -> None:
    window, page = open_page()
    begin_plan(window, page, qtbot)
    typed = page.pane.form.collect()
    assert (typed["held_on"], typed["place"]) == ("2026-11-17", "一楼接待室")
    assert typed["deputy_ids"] == []
    press(qtbot, Key.Key_D, CTRL)
    typed = page.pane.form.collect()
    assert set(typed["deputy_ids"]) == {str(people[0].id), str(people[1].id)}
    assert typed["held_on"] == "2026-11-17"
    assert typed["theme"] == ""


def test_overlapping_hours_are_said_beside_the_field_before_saving(
    planned: DayRecord, station: wiring.OpenStation, open_page: Open, qtbot: QtBot
) -> None:
    window, page = open_page()
    begin_plan(window, page, qtbot)
    fields = page.pane.form.fields
    type_text(qtbot, "1110")
    press(qtbot, Key.Key_Return)
    qtbot.waitUntil(lambda: fields["starts"].error != "")
    press(qtbot, Key.Key_Return, CTRL)
    qtbot.wait(50)
    assert len(kept_days(station)) == 1
    type_text(qtbot, "14")
    press(qtbot, Key.Key_Return)
    qtbot.waitUntil(lambda: fields["ends"].error == "结束时间要晚于开始时间。")
    type_text(qtbot, "16")
    press(qtbot, Key.Key_Return)
    qtbot.waitUntil(lambda: not fields["starts"].error and not fields["ends"].error)
    press(qtbot, Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: len(page.model.rows) == 2)


def test_a_date_that_cannot_be_read_is_said_beneath_it(
    station: wiring.OpenStation, people: People, open_page: Open, qtbot: QtBot
) -> None:
    window, page = open_page()
    begin_plan(window, page, qtbot)
    type_text(qtbot, "1399")
    press(qtbot, Key.Key_Return, CTRL)
    assert page.pane.form.fields["held_on"].error == "请填写日期，如 1110 或 11-10。"
    assert kept_days(station) == []


def test_the_filters_count_and_narrow_by_state_and_year(
    planned: DayRecord, station: wiring.OpenStation, open_page: Open, qtbot: QtBot
) -> None:
    with station.store.write(station.actor) as tx:
        days.save_day(tx, DayDraft(date(2025, 11, 11), time(9), time(11), theme="供暖"))
        other = days.save_day(tx, DayDraft(date(2026, 12, 8), time(9), time(11)))
        days.cancel_day(tx, other.id)
    _window, page = open_page()
    qtbot.waitUntil(lambda: page.year.count() == 3)
    assert [row.held_on.year for row in page.model.rows] == [2026, 2026, 2025]
    qtbot.waitUntil(lambda: page.table.current is not None)
    assert page.table.current.id == planned.id  # not the newest, but the one at hand
    page.year.setCurrentIndex(page.year.findData(2026))
    qtbot.waitUntil(lambda: len(page.model.rows) == 2)
    qtbot.waitUntil(lambda: page.chips.buttons[0].text() == "全部 2")
    page.chips.choose(DayStatus.CANCELLED)
    qtbot.waitUntil(lambda: [row.id for row in page.model.rows] == [other.id])


def test_a_campaign_narrows_the_list_and_the_next_notice_counts_down(
    planned: DayRecord, station: wiring.OpenStation, open_page: Open, qtbot: QtBot
) -> None:
    with station.store.write(station.actor) as tx:
        draft = DayDraft(date(2026, 11, 25), time(9), time(11), campaign="进家站月")
        tagged = days.save_day(tx, draft)
    _window, page = open_page()
    qtbot.waitUntil(lambda: "早应张贴" in page.filters.notice.text())  # of today's reception
    qtbot.waitUntil(lambda: "接待日公告" in page.pane.detail.print.offered)
    with qtbot.waitSignal(page.print_requested):
        page.pane.detail.print.menu_of_forms.actions()[0].trigger()
    wanted = "距张贴 11-25 的公告还有 12 天"
    qtbot.waitUntil(lambda: page.filters.notice.text() == wanted)
    qtbot.waitUntil(page.filters.campaign.isVisible)
    page.filters.campaign.take("进家站月")
    qtbot.waitUntil(lambda: [row.id for row in page.model.rows] == [tagged.id])
    qtbot.waitUntil(lambda: page.chips.buttons[0].text() == "全部 1")
    page.pane.show_id(tagged.id)
    notice = page.pane.detail.notice
    qtbot.waitUntil(lambda: "还有 12 天" in notice.accessibleName())


def test_a_half_typed_plan_comes_back(people: People, open_page: Open, qtbot: QtBot) -> None:
    window, page = open_page()
    begin_plan(window, page, qtbot)
    page.pane.form.lines["theme"].setFocus()
    type_text(qtbot, "春季")
    page.pane.form.deputies.take(people[0].id)
    window.close()
    window, again = open_page()
    begin_plan(window, again, qtbot)
    typed = again.pane.form.collect()
    assert (typed["theme"], typed["deputy_ids"]) == ("春季", [str(people[0].id)])
    assert again.pane.form.kept.isVisible()


def test_a_narrow_window_shows_one_side_with_a_way_back(
    planned: DayRecord, open_page: Open, app: QApplication, qtbot: QtBot
) -> None:
    window, page = open_page()
    qtbot.waitUntil(lambda: page.pane.detail.isVisible())
    theme.apply(app, percent=150)
    window.resize(960, 640)
    qtbot.waitUntil(lambda: not page.pane.isVisible())
    assert page.table.isVisible()
    page.table.setFocus()
    press(qtbot, Key.Key_Return)
    assert page.pane.isVisible()
    assert not page.table.isVisible()
    qtbot.keyClick(window, Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert page.table.isVisible()
