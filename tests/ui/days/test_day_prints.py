"""What is printed of a reception day: a notice before, everything that is filed after."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from db.vocabulary import Role
from station_app import wiring
from station_app.domain.days import DayRecord
from station_app.printing.catalogue import Batch, Form, Print
from station_app.services import days
from tests.ui.days.test_day_steps import Open


def test_a_planned_day_has_its_notice_and_an_open_one_everything(
    planned: DayRecord, station: wiring.OpenStation, open_page: Open, qtbot: QtBot
) -> None:
    _window, page = open_page()
    button = page.pane.detail.print
    qtbot.waitUntil(lambda: button.offered == ["接待日公告", "签到表"])
    with qtbot.waitSignal(page.print_requested) as asked:
        button.menu_of_forms.actions()[0].trigger()
    title, made = asked.args
    assert title == "接待日公告 2026-11-10"
    assert made().startswith(b"%PDF")
    with station.store.write(station.actor) as tx:
        days.open_day(tx, planned.id)
    page.reload()
    qtbot.waitUntil(lambda: "当天全部表单" in button.offered)
    with qtbot.waitSignal(page.print_requested) as asked:
        button.menu_of_forms.actions()[-1].trigger()
    batch = asked.args[1]
    assert isinstance(batch, Batch)
    assert [one.form for one in batch.prints] == [Form.SIGN_IN_SHEET, Form.DAY_LEDGER]


def test_a_viewer_reserves_no_numbers(planned: DayRecord, open_page: Open, qtbot: QtBot) -> None:
    for role, blanks in ((Role.HEAD, True), (Role.VIEWER, False)):
        _window, page = open_page(role)
        page.print.refill()
        assert any("空白登记表" in one for one in page.print.offered) is blanks


def test_the_star_materials_are_offered_for_this_year_and_the_last(
    planned: DayRecord, open_page: Open, qtbot: QtBot
) -> None:
    _window, page = open_page()
    page.print.refill()
    words = ("星级评定材料（今年）", "星级评定材料（去年）")
    for word, year in zip(words, (planned.held_on.year, planned.held_on.year - 1), strict=True):
        with qtbot.waitSignal(page.print_requested) as asked:
            page.print.menu_of_forms.actions()[page.print.offered.index(word)].trigger()
        made = asked.args[1]
        assert isinstance(made, Print)
        assert (made.form, made.title) == (Form.STAR_MATERIALS, f"星级评定材料 {year}")
