"""Real windows on a real, encrypted station: what every test of the screens begins with."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.vocabulary import Role, StationKind
from station_app import wiring
from station_app.config import DataDir
from station_app.domain.accounts import AccountDraft, Actor
from station_app.domain.issue_words import say_degrees
from station_app.domain.station import StationDraft
from station_app.store import keys
from station_app.ui import theme
from station_app.ui.app import Program
from station_app.ui.jobs import Jobs
from tests.ui.settings_driver import Settings

STATION = StationDraft("葵英街道", "KY", StationKind.STATION, "人大代表联络站")
PASSWORD = "correct horse"
OTHERS_PASSWORD = "battery staple"


class Clock:
    """Time stands still until a test moves it: the morning of 10 November 2026 in China."""

    at = datetime(2026, 11, 10, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        """Let time pass."""
        self.at += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def station(tmp_path: Path, clock: Clock) -> Iterator[wiring.OpenStation]:
    """A freshly set-up station, its head signed in."""
    data = DataDir(tmp_path / "station")
    wiring.set_up(data, STATION, AccountDraft("王秀英", Role.HEAD), PASSWORD, clock=clock)
    slot = wiring_slot(data)
    opened = wiring.open_station(data, slot, PASSWORD, clock=clock)
    yield opened
    opened.close()


def wiring_slot(data: DataDir) -> str:
    """The key slot of the head."""
    return keys.list_slots(data)[0].id


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    """The application in the light look at 100 %, and again so afterwards."""
    theme.apply(qapp)
    yield qapp
    theme.apply(qapp)


@pytest.fixture
def make_jobs(station: wiring.OpenStation, app: QApplication) -> Iterator[Callable[[Role], Jobs]]:
    """Makes the Jobs of somebody signed in with a role; all are closed afterwards."""
    made: list[Jobs] = []

    def make(role: Role = Role.HEAD) -> Jobs:
        who = station.actor
        actor = who if role is who.role else Actor(who.id, who.name, role)
        made.append(Jobs(station.store, actor))
        return made[-1]

    yield make
    for jobs in made:
        jobs.close()


@pytest.fixture
def jobs(make_jobs: Callable[[Role], Jobs]) -> Jobs:
    """The Jobs of the signed-in head."""
    return make_jobs(Role.HEAD)


@pytest.fixture(scope="session")
def template_station(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A station with a head and two members of staff; its recovery key."""
    data = DataDir(tmp_path_factory.mktemp("template") / "station")
    recovery = wiring.set_up(
        data, STATION, AccountDraft("王秀英", Role.HEAD), PASSWORD, clock=Clock()
    )
    opened = wiring.open_station(data, keys.list_slots(data)[0].id, PASSWORD, clock=Clock())
    for name in ("李桂香", "陈立新"):
        wiring.add_member(opened, AccountDraft(name, Role.OPERATOR), OTHERS_PASSWORD)
    opened.close()
    return data.root, recovery


@pytest.fixture
def made(template_station: tuple[Path, str], data: DataDir) -> tuple[DataDir, str]:
    """A copy of the template for one test."""
    shutil.copytree(template_station[0], data.root)
    return data, template_station[1]


@pytest.fixture
def program(app: QApplication, made: tuple[DataDir, str]) -> Iterator[Program]:
    started = Program(app, made[0])
    started.start()
    yield started
    started.close()


@pytest.fixture
def settings(app: QApplication, qtbot: QtBot, station: wiring.OpenStation) -> Iterator[Settings]:
    started = Program(app, station.data)
    started.enter(station)
    assert started.window is not None
    started.window.activateWindow()
    qtbot.waitUntil(started.window.isActiveWindow)
    yield Settings(qtbot, started)
    started.close()
    say_degrees({})
