"""The page of activities in the real main window."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from db.vocabulary import Level, Role
from station_app import wiring
from station_app.domain.accounts import Actor
from station_app.domain.deputies import DeputyDraft, DeputyRecord
from station_app.services import deputies
from station_app.ui.activities.page import ActivitiesPage
from station_app.ui.jobs import Jobs
from station_app.ui.main_window import MainWindow
from station_app.ui.page import PageSpec


@pytest.fixture
def people(station: wiring.OpenStation) -> tuple[DeputyRecord, ...]:
    """Two deputies."""
    with station.store.write(station.actor) as tx:
        return tuple(
            deputies.save_deputy(tx, DeputyDraft(name, levels=(Level.CITY,)))
            for name in ("于桂芳", "李丽")
        )


@pytest.fixture
def open_page(
    qtbot: QtBot,
    make_jobs: Callable[[Role], Jobs],
    station: wiring.OpenStation,
    people: tuple[DeputyRecord, ...],
) -> Callable[..., tuple[MainWindow, ActivitiesPage]]:
    """Opens the page in a window of its own, signed in with a role."""

    def open_(role: Role = Role.HEAD) -> tuple[MainWindow, ActivitiesPage]:
        jobs = make_jobs(role)
        actor = Actor(station.actor.id, station.actor.name, role)
        spec = PageSpec("activities", "活动", "users-group", lambda: ActivitiesPage(jobs, actor))
        window = MainWindow(jobs, actor, [spec])
        qtbot.addWidget(window)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        page = window.page
        assert isinstance(page, ActivitiesPage)
        qtbot.waitUntil(lambda: page.model.ready and page.help.deputy.count() == 3)
        return window, page

    return open_
