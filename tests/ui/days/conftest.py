"""The page of reception days in the real main window, with deputies who can be due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

import pytest
from pytestqt.qtbot import QtBot

from db.vocabulary import Level, Role
from station_app import wiring
from station_app.domain.accounts import Actor
from station_app.domain.days import DayDraft, DayRecord
from station_app.domain.deputies import DeputyDraft, DeputyRecord
from station_app.domain.lists import Listing
from station_app.services import day_lists, days, deputies
from station_app.ui.days.page import DaysPage
from station_app.ui.jobs import Jobs
from station_app.ui.main_window import MainWindow
from station_app.ui.page import PageSpec


@pytest.fixture
def people(station: wiring.OpenStation) -> tuple[DeputyRecord, ...]:
    """Three deputies, two of one name."""
    with station.store.write(station.actor) as tx:
        return tuple(
            deputies.save_deputy(
                tx, DeputyDraft(name, levels=(Level.CITY,), deputy_group=f"第{at}小组")
            )
            for at, name in enumerate(("于桂芳", "曾乐", "曾乐"), start=1)
        )


@pytest.fixture
def planned(station: wiring.OpenStation, people: tuple[DeputyRecord, ...]) -> DayRecord:
    """Today's reception, two deputies due."""
    draft = DayDraft(
        date(2026, 11, 10), time(9), time(11, 30), "一楼接待室", "老旧小区改造",
        deputy_ids=(people[0].id, people[1].id),
    )  # fmt: skip
    with station.store.write(station.actor) as tx:
        return days.save_day(tx, draft)


@pytest.fixture
def open_page(
    qtbot: QtBot, make_jobs: Callable[[Role], Jobs], station: wiring.OpenStation
) -> Callable[[Role], tuple[MainWindow, DaysPage]]:
    """Opens the page in a window of its own, signed in with a role."""

    def open_(role: Role = Role.HEAD) -> tuple[MainWindow, DaysPage]:
        jobs = make_jobs(role)
        actor = Actor(station.actor.id, station.actor.name, role)
        spec = PageSpec(
            "days", "日程", "calendar", lambda: DaysPage(jobs, actor), opens=frozenset({"day"})
        )
        window = MainWindow(jobs, actor, [spec])
        qtbot.addWidget(window)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        page = window.page
        assert isinstance(page, DaysPage)
        qtbot.waitUntil(lambda: page.model.ready and page.model.total is not None)
        return window, page

    return open_


def kept_days(station: wiring.OpenStation) -> list[DayRecord]:
    """Every day in the store, by date."""
    with station.store.read(station.actor) as tx:
        rows = day_lists.list_days(tx, Listing("held_on")).rows
        return [days.get_day(tx, row.id) for row in rows]
