"""The deputies' page in the real main window, with a few people in the station."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from db.vocabulary import Level, Role
from station_app import wiring
from station_app.domain.accounts import Actor
from station_app.domain.deputies import DeputyDraft, DeputyRecord
from station_app.domain.lists import Listing
from station_app.services import deputies
from station_app.ui.deputies.page import DeputiesPage
from station_app.ui.jobs import Jobs
from station_app.ui.main_window import MainWindow
from station_app.ui.page import PageSpec

PEOPLE = (
    DeputyDraft(
        "张三", levels=(Level.CITY, Level.COUNTY), deputy_group="第一小组", phone="13800000231"
    ),
    DeputyDraft("李𬱖", levels=(Level.COUNTY,), deputy_group="第二小组", phone="13800000077"),
    DeputyDraft("玛依努尔·吐尔逊江", levels=(Level.NATIONAL,), electoral_unit="葵英街道"),
)


@pytest.fixture
def people(station: wiring.OpenStation) -> tuple[DeputyRecord, ...]:
    """Three deputies."""
    with station.store.write(station.actor) as tx:
        return tuple(deputies.save_deputy(tx, draft) for draft in PEOPLE)


@pytest.fixture
def open_page(
    qtbot: QtBot, make_jobs: Callable[[Role], Jobs], station: wiring.OpenStation
) -> Callable[[Role], tuple[MainWindow, DeputiesPage]]:
    """Opens the page in a window of its own, signed in with a role."""

    def open_(role: Role = Role.HEAD) -> tuple[MainWindow, DeputiesPage]:
        jobs = make_jobs(role)
        actor = Actor(station.actor.id, station.actor.name, role)
        spec = PageSpec(
            "deputies",
            "代表",
            "id-badge-2",
            lambda: DeputiesPage(jobs, actor),
            opens=frozenset({"deputy"}),
        )
        window = MainWindow(jobs, actor, [spec])
        qtbot.addWidget(window)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        page = window.page
        assert isinstance(page, DeputiesPage)
        qtbot.waitUntil(lambda: page.model.ready and page.model.total is not None)
        return window, page

    return open_


def all_deputies(station: wiring.OpenStation, *, retired: bool = False) -> list[DeputyRecord]:
    """Everybody in the store, by name."""
    listing = Listing("name", filters={"retired": retired})
    with station.store.read(station.actor) as tx:
        page = deputies.list_deputies(tx, listing)
        rows = list(page.rows)
        while page.after is not None:
            page = deputies.list_deputies(tx, listing, at=page.after)
            rows += page.rows
    return rows
