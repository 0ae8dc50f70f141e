"""The head edits dictionaries, deadlines and the calendar in the settings, by keyboard."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget
from sqlalchemy import select

from db.models import Unit
from db.vocabulary import Degree, Role
from station_app.domain.dictionaries import Dictionary, EntryRow
from station_app.domain.issue_words import degree_word
from station_app.services import dictionaries
from station_app.services.dictionary_lists import dictionary_entries
from station_app.services.rules import rule_sets, rules_today, work_calendar
from station_app.ui.settings.calendar import CalendarSection
from station_app.ui.settings.dictionaries import DictionariesSection
from station_app.ui.settings.rules import RulesSection
from tests.ui.issues.conftest import press
from tests.ui.settings_driver import Settings

Key = Qt.Key


def opened(settings: Settings, which: Dictionary) -> DictionariesSection:
    section: DictionariesSection = settings.open("dictionaries")
    section.choice.choose(which)
    settings.wait(lambda: section.which is which and section.entry is not None)
    settings.wait(lambda: shown(section).id in {one.id for one in section.model.rows})
    section.table.setFocus()
    return section


def shown(section: DictionariesSection) -> EntryRow:
    """The entry beside the list, once it was read."""
    return section.entry or EntryRow("", "")


def units(settings: Settings) -> list[tuple[str, str, bool]]:
    found = settings.read(lambda tx: dictionary_entries(tx, Dictionary.UNITS))
    return [(one.id, one.name, one.retired) for one in found]


def test_a_unit_is_added_renamed_moved_and_retired(settings: Settings) -> None:
    section = opened(settings, Dictionary.UNITS)
    before = units(settings)
    press(Key.Key_N, control=True)
    section.name.setText("网格中心")
    section.code.setText("Wg 1")
    press(Key.Key_Return, control=True)
    settings.wait(lambda: bool(section.fields["code"].error))
    section.code.setText("wg")
    section.name.setFocus()
    press(Key.Key_Return, control=True)
    settings.wait(lambda: ("wg", "网格中心", False) in units(settings))
    settings.wait(lambda: shown(section).name == "网格中心" and not section.is_new)
    section.name.setText("街道网格中心")
    section.name.setFocus()
    press(Key.Key_Return, control=True)
    settings.wait(lambda: ("wg", "街道网格中心", False) in units(settings))
    section.table.setFocus()
    press(Key.Key_Up, alt=True)
    settings.wait(lambda: [one[0] for one in units(settings)].index("wg") == len(before) - 1)
    settings.wait(lambda: section.retire.isEnabled() and shown(section).name == "街道网格中心")
    press(Key.Key_W, alt=True)
    settings.wait(lambda: ("wg", "街道网格中心", True) in units(settings))
    assert "wg" not in {one.code for one in settings.read(dictionaries.list_units)}
    settings.wait(lambda: "已停用" in settings.window.toast.text)
    press(Key.Key_Z, control=True)
    settings.wait(lambda: ("wg", "街道网格中心", False) in units(settings))
    settings.wait(lambda: section.retire.text() == "停用")
    section.table.setFocus()
    press(Key.Key_N, control=True)
    section.name.setText("另一个")
    section.code.setText("wg")
    press(Key.Key_Return, control=True)
    settings.wait(lambda: bool(section.fields["code"].error))


def test_a_reason_is_put_first_and_keeps_where_to_go(settings: Settings) -> None:
    section = opened(settings, Dictionary.REASONS)
    shipped = dictionaries.decline_reasons()
    section.table.setCurrentIndex(section.model.index(1, 0))
    settings.wait(lambda: shown(section).id == shipped[1].code)
    press(Key.Key_Up, alt=True)

    def order() -> list[str]:
        return [one.code for one in settings.read(dictionaries.list_decline_reasons)]

    settings.wait(lambda: order()[:2] == [shipped[1].code, shipped[0].code])
    assert set(order()) == {one.code for one in shipped}
    found = {one.code: one.instead for one in settings.read(dictionaries.list_decline_reasons)}
    assert found == {one.code: one.instead for one in shipped}


def test_a_category_beneath_another(settings: Settings) -> None:
    section = opened(settings, Dictionary.CATEGORIES)
    parent = shown(section).id
    press(Key.Key_N, control=True)
    section.name.setText("充电桩")
    section.code.setText("own-cdz")
    assert section.parent_code.currentData() == parent
    press(Key.Key_Return, control=True)
    settings.wait(
        lambda: "own-cdz" in {one.code for one in settings.read(dictionaries.list_categories)}
    )


def test_the_places_own_word_for_a_degree_is_said_everywhere(settings: Settings) -> None:
    section = opened(settings, Dictionary.DEGREES)
    assert not section.new.isVisible()
    section.table.setCurrentIndex(section.model.index(0, 0))
    settings.wait(lambda: shown(section).id == Degree.SOLVED.value)
    section.name.setFocus()
    section.name.setText("办成了")
    press(Key.Key_Return, control=True)
    settings.wait(lambda: degree_word(Degree.SOLVED) == "办成了")
    assert degree_word(Degree.PLANNED) != "办成了"


def test_what_comes_from_the_centre_is_only_read(settings: Settings) -> None:
    section = opened(settings, Dictionary.UNITS)
    station = settings.program.station
    assert station is not None
    with station.store.write(station.actor) as tx:
        row = tx.session.scalars(select(Unit).where(Unit.code == shown(section).id)).one()
        row.stream = "centre"
    section.reload()
    settings.wait(lambda: not section.save.isEnabled())
    assert section.name.isReadOnly()
    assert "中心" in texts(section.why)


def test_a_new_version_of_the_deadlines_says_what_it_changes(settings: Settings) -> None:
    section: RulesSection = settings.open("rules")
    settings.wait(lambda: section.versions.count() > 0)
    section.begin.setFocus()
    press(Key.Key_N, control=True)
    settings.wait(section.form.isVisible)
    assert section.form.valid_from.text() == "2026-12-01"
    reply = section.form.spans["reply"]
    reply.number.setText("x")
    reply.edited.emit()
    press(Key.Key_Return, control=True)
    settings.wait(lambda: bool(section.form.fields["reply"].error))
    reply.number.setText("10")
    reply.edited.emit()
    assert "15 个工作日 → 10 个工作日" in texts(section.form.preview)
    press(Key.Key_Return, control=True)
    settings.wait(lambda: not section.form.isVisible())
    known = settings.read(rule_sets)
    assert known["local-2"].spans["reply"].working_days == 10
    assert known["local-2"].look_back == known["standard-1"].look_back
    assert settings.read(rules_today).code == "standard-1"
    settings.wait(lambda: section.versions.place_of("local-2") >= 0)


def test_a_coming_year_is_imported_and_a_day_changed(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    section: CalendarSection = settings.open("calendar")
    settings.wait(lambda: section.year.currentData() == 2026)
    settings.wait(lambda: "国庆节" in texts(section))
    section.year.take(2027)
    assert "2027" in texts(section.warning)
    table = tmp_path / "2027.csv"
    table.write_text("日期,类型,名称\n2027-13-01,休,元旦\n", "utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(table), ""))
    section.take_table.setFocus()
    press(Key.Key_I, control=True)
    settings.wait(lambda: "第 2 行" in texts(section.wrong))
    table.write_text("日期,类型,名称\n2027-01-01,休,元旦\n2027-01-03,班,元旦\n", "utf-8")
    press(Key.Key_I, control=True)
    settings.wait(lambda: date(2027, 1, 1) in settings.read(work_calendar).off)
    settings.wait(lambda: "元旦" in texts(section) and not texts(section.warning))
    section.day.setFocus()
    section.day.setText("2027-01-04")
    press(Key.Key_Return)
    section.name.setText("补休")
    press(Key.Key_Return, control=True)
    settings.wait(lambda: not settings.read(work_calendar).is_working(date(2027, 1, 4)))
    settings.wait(lambda: "2027-01-04" in settings.window.toast.text)
    press(Key.Key_Z, control=True)
    settings.wait(lambda: settings.read(work_calendar).is_working(date(2027, 1, 4)))


def texts(section: QWidget) -> str:
    return "\n".join(one.text() for one in section.findChildren(QLabel) if one.isVisible())


def test_an_operator_sees_none_of_it(settings: Settings) -> None:
    page = settings.page
    assert page.actor.role is Role.HEAD
    assert {"dictionaries", "rules", "calendar"} <= page.sections.keys()
