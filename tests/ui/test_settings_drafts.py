"""What is half-typed into the settings is kept in the file, comes back, and goes once saved."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from station_app.domain.dictionaries import Dictionary
from station_app.services import drafts
from station_app.services.rules import rule_sets
from station_app.ui.settings.calendar import CalendarSection
from station_app.ui.settings.rules import RulesSection
from tests.ui.issues.conftest import press
from tests.ui.settings_driver import Settings
from tests.ui.test_standards import opened, shown

Key = Qt.Key


def write(line: QLineEdit, words: str) -> None:
    """Type ``words`` in place of what stands there."""
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, words)


def kept(settings: Settings, name: str) -> Any:
    return settings.read(lambda tx: drafts.kept_draft(tx, name))


def test_an_entry_half_renamed_and_one_half_made(settings: Settings) -> None:
    section = opened(settings, Dictionary.UNITS)
    first, name = shown(section), f"dictionary/units/{shown(section).id}"
    write(section.name, "half renamed")
    settings.wait(lambda: (kept(settings, name) or {}).get("name") == "half renamed")
    press(Key.Key_N, control=True)
    write(section.name, "half made")
    section.table.setCurrentIndex(section.model.index(1, 0))
    settings.wait(lambda: (kept(settings, "dictionary/units/") or {}).get("name") == "half made")
    assert not section.held.bar.isVisible()
    section.table.setCurrentIndex(section.model.index(0, 0))
    settings.wait(lambda: section.name.text() == "half renamed")
    assert section.held.bar.isVisible()
    press(Key.Key_Return, control=True)
    settings.wait(lambda: shown(section).name == "half renamed")
    settings.wait(lambda: kept(settings, name) is None)
    section.begin_new()
    settings.wait(lambda: section.name.text() == "half made")
    section.held.anew.click()
    assert section.name.text() == ""
    settings.wait(lambda: kept(settings, "dictionary/units/") is None)
    assert first.name != "half renamed"


def test_a_version_of_the_deadlines_half_written(settings: Settings) -> None:
    section: RulesSection = settings.open("rules")
    settings.wait(lambda: section._known is not None)
    press(Key.Key_N, control=True)
    settings.wait(section.form.isVisible)
    write(section.form.spans["reply"].number, "12")
    press(Key.Key_Escape)
    settings.wait(lambda: kept(settings, "rules/new"))
    fresh = RulesSection(settings.page)
    settings.qtbot.addWidget(fresh)
    fresh.reload()
    fresh.show()
    settings.wait(lambda: fresh._known is not None)
    fresh.begin_new()
    settings.wait(lambda: fresh.form.spans["reply"].number.text() == "12")
    assert fresh.held.bar.isVisible()
    assert "12" in fresh.form.preview.accessibleName()
    fresh.form.saved.emit()
    settings.wait(lambda: "local-2" in settings.read(rule_sets))
    assert kept(settings, "rules/new") is None


def test_a_day_of_the_calendar_half_changed(settings: Settings) -> None:
    section: CalendarSection = settings.open("calendar")
    settings.wait(lambda: section._known is not None and section.held.kept.name)
    write(section.day, "2027-03-01")
    write(section.name, "party")
    settings.page.choice.choose("about")
    settings.wait(lambda: (kept(settings, "calendar/day") or {}).get("name") == "party")
    fresh = CalendarSection(settings.page)
    settings.qtbot.addWidget(fresh)
    fresh.reload()
    settings.wait(lambda: fresh.name.text() == "party")
    assert fresh.day.value == date(2027, 3, 1)
    fresh._save()
    settings.wait(lambda: kept(settings, "calendar/day") is None)
    write(fresh.name, "other")
    fresh.held.kept.keep()
    settings.wait(lambda: (kept(settings, "calendar/day") or {}).get("name") == "other")
