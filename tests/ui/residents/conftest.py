"""The residents page in a real window, on a real station."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.vocabulary import Role
from station_app.domain.residents import ResidentDraft, ResidentRecord
from station_app.services import residents
from station_app.ui.jobs import Jobs
from station_app.ui.residents.page import ResidentsPage
from station_app.wiring import OpenStation
from tests.ui.issues.conftest import Room, Window, show_window


@dataclass
class People(Room):
    """The station with residents."""

    def add(self, name: str, phone: str = "", **more: Any) -> UUID:
        """Register a resident who was never received."""
        with self.station.store.write(self.station.actor) as tx:
            return residents.save_resident(tx, ResidentDraft(name, phone, **more)).id

    def resident(self, resident_id: UUID) -> ResidentRecord:
        """One resident as they are in the file."""
        with self.station.store.read(self.station.actor) as tx:
            return residents.get_resident(tx, resident_id)


@dataclass
class Screen:
    """The residents page as an operator has it before them."""

    qtbot: QtBot
    window: Window
    page: ResidentsPage

    def wait(self, done: Callable[[], bool]) -> None:
        """Let jobs run until ``done``."""
        self.qtbot.waitUntil(done, timeout=10_000)

    def names(self) -> list[str]:
        """What the list shows."""
        return [row.name for row in self.page.table.rows]

    def filter(self, text: str) -> None:
        """Type into the filter box and wait for the answer."""
        with self.qtbot.waitSignal(self.page.table.loaded, timeout=10_000):
            self.page.search.setText(text)


@pytest.fixture
def room(station: OpenStation) -> People:
    return People(station)


@pytest.fixture
def show(qtbot: QtBot, make_jobs: Callable[[Role], Jobs]) -> Iterator[Callable[..., Screen]]:
    """Opens the residents page and waits for its rows."""

    def make(role: Role = Role.HEAD) -> Screen:
        jobs = make_jobs(role)
        assert jobs.actor is not None
        page = ResidentsPage(jobs, jobs.actor)
        screen = Screen(qtbot, show_window(qtbot, jobs, page), page)
        screen.wait(lambda: page.table.ready and page.table.total is not None)
        if page.table.rows:
            screen.wait(page.detail.isVisible)
        page.list.setFocus()
        return screen

    yield make
    stray = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    assert all(isinstance(one, Window) for one in stray), stray
