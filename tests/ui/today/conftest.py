"""The Today page in a real window, beside the issues page that it leads to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from pytestqt.qtbot import QtBot

from db.vocabulary import Role
from station_app.ui.issues.page import IssuesPage
from station_app.ui.jobs import Jobs
from station_app.ui.main_window import MainWindow
from station_app.ui.page import PageSpec
from station_app.ui.pages import OPENS
from station_app.ui.today.badges import Badges
from station_app.ui.today.page import TodayPage
from station_app.ui.today.rows import DueRow
from station_app.wiring import OpenStation
from tests.ui.issues.conftest import Room


@dataclass
class Desk:
    """The main window with the two pages."""

    qtbot: QtBot
    window: MainWindow
    page: TodayPage

    def wait(self, done: Callable[[], bool]) -> None:
        """Let jobs run until ``done``."""
        self.qtbot.waitUntil(done)

    def lines(self) -> list[str]:
        """What the list says, a line each."""
        table = self.page.table
        return [" | ".join(one.text(row) for one in table.columns) for row in table.rows]

    def choose(self, row: DueRow) -> None:
        """Make a row the current one."""
        table = self.page.table
        at = [one.id for one in table.rows].index(row.id)
        self.page.list.setCurrentIndex(table.index(at, 0))

    @property
    def issues(self) -> IssuesPage:
        """The issues page that is open now."""
        found = self.window.page
        assert isinstance(found, IssuesPage)
        return found


@pytest.fixture
def room(station: OpenStation) -> Room:
    return Room(station)


@pytest.fixture
def show(qtbot: QtBot, make_jobs: Callable[[Role], Jobs]) -> Callable[..., Desk]:
    """Opens the window on the Today page and waits for its rows."""

    def make(role: Role = Role.HEAD) -> Desk:
        jobs = make_jobs(role)
        actor = jobs.actor
        assert actor is not None
        specs = [
            PageSpec("today", "今日事项", "layout-dashboard", lambda: TodayPage(jobs, actor)),
            PageSpec("issues", "问题", "stack-2", lambda: IssuesPage(jobs, actor), opens=OPENS),
        ]
        window = MainWindow(jobs, actor, specs)
        qtbot.addWidget(window)
        Badges(jobs, window.rail)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        page = window.page
        assert isinstance(page, TodayPage)
        qtbot.waitUntil(lambda: page.table.ready)
        return Desk(qtbot, window, page)

    return make
