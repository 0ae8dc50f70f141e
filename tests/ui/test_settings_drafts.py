"""What is half-typed into the settings is kept in the file, comes back, and goes once saved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from station_app import wiring
from station_app.domain.dictionaries import Dictionary
from station_app.domain.issue_words import say_degrees
from station_app.services import drafts
from station_app.services.rules import rule_sets
from station_app.ui.app import Program
from station_app.ui.settings.calendar import CalendarSection
from station_app.ui.settings.rules import RulesSection
from tests.ui.issues.conftest import press
from tests.ui.test_standards import Settings, opened, shown

Key = Qt.Key


@pytest.fixture
def desk(app: QApplication, qtbot: QtBot, station: wiring.OpenStation) -> Iterator[Settings]:
    started = Program(app, station.data)
    started.enter(station)
    assert started.window is not None
    started.window.activateWindow()
    qtbot.waitUntil(started.window.isActiveWindow)
    yield Settings(qtbot, started)
    started.close()
    say_degrees({})


def write(line: QLineEdit, words: str) -> None:
    """Type ``words`` in place of what stands there."""
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, words)


def kept(desk: Settings, name: str) -> Any:
    return desk.read(lambda tx: drafts.kept_draft(tx, name))


def test_an_entry_half_renamed_and_one_half_made(desk: Settings) -> None:
    section = opened(desk, Dictionary.UNITS)
    first, name = shown(section), f"dictionary/units/{shown(section).id}"
    write(section.name, "half renamed")
    desk.wait(lambda: (kept(desk, name) or {}).get("name") == "half renamed")
    press(Key.Key_N, control=True)
    write(section.name, "half made")
    section.table.setCurrentIndex(section.model.index(1, 0))
    desk.wait(lambda: (kept(desk, "dictionary/units/") or {}).get("name") == "half made")
    assert not section.held.bar.isVisible()
    section.table.setCurrentIndex(section.model.index(0, 0))
    desk.wait(lambda: section.name.text() == "half renamed")
    assert section.held.bar.isVisible()
    press(Key.Key_Return, control=True)
    desk.wait(lambda: shown(section).name == "half renamed")
    desk.wait(lambda: kept(desk, name) is None)
    section.begin_new()
    desk.wait(lambda: section.name.text() == "half made")
    section.held.anew.click()
    assert section.name.text() == ""
    desk.wait(lambda: kept(desk, "dictionary/units/") is None)
    assert first.name != "half renamed"


def test_a_version_of_the_deadlines_half_written(desk: Settings) -> None:
    section: RulesSection = desk.open("rules")
    desk.wait(lambda: section._known is not None)
    press(Key.Key_N, control=True)
    desk.wait(section.form.isVisible)
    write(section.form.spans["reply"].number, "12")
    press(Key.Key_Escape)
    desk.wait(lambda: kept(desk, "rules/new"))
    fresh = RulesSection(desk.page)
    desk.qtbot.addWidget(fresh)
    fresh.reload()
    fresh.show()
    desk.wait(lambda: fresh._known is not None)
    fresh.begin_new()
    desk.wait(lambda: fresh.form.spans["reply"].number.text() == "12")
    assert fresh.held.bar.isVisible()
    assert "12" in fresh.form.preview.accessibleName()
    fresh.form.saved.emit()
    desk.wait(lambda: "local-2" in desk.read(rule_sets))
    assert kept(desk, "rules/new") is None


def test_a_day_of_the_calendar_half_changed(desk: Settings) -> None:
    section: CalendarSection = desk.open("calendar")
    desk.wait(lambda: section._known is not None and section.held.kept.name)
    write(section.day, "2027-03-01")
    write(section.name, "party")
    desk.page.choice.choose("about")
    desk.wait(lambda: (kept(desk, "calendar/day") or {}).get("name") == "party")
    fresh = CalendarSection(desk.page)
    desk.qtbot.addWidget(fresh)
    fresh.reload()
    desk.wait(lambda: fresh.name.text() == "party")
    assert fresh.day.value == date(2027, 3, 1)
    fresh._save()
    desk.wait(lambda: kept(desk, "calendar/day") is None)
    write(fresh.name, "other")
    fresh.held.kept.keep()
    desk.wait(lambda: (kept(desk, "calendar/day") or {}).get("name") == "other")
