"""The settings as tests drive them."""

from __future__ import annotations

from typing import Any

from pytestqt.qtbot import QtBot

from station_app.ui.app import Program
from station_app.ui.settings.page import SettingsPage


class Settings:
    """The settings as their head has them before them."""

    def __init__(self, qtbot: QtBot, program: Program) -> None:
        self.qtbot, self.program = qtbot, program
        assert program.window is not None
        self.window = program.window
        page = program.window.open_page("settings")
        assert isinstance(page, SettingsPage)
        self.page = page

    def open(self, name: str) -> Any:
        """Show a section and wait for it."""
        self.page.choice.choose(name)
        section = self.page.sections[name]
        self.qtbot.waitUntil(section.isVisible)
        return section

    def read(self, work: Any) -> Any:
        station = self.program.station
        assert station is not None
        with station.store.read(station.actor) as tx:
            return work(tx)

    def wait(self, done: Any) -> None:
        self.qtbot.waitUntil(lambda: bool(done()), timeout=10_000)
