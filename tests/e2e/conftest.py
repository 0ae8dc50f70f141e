"""The demo station, made once for all tests that look at a lived-in year."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from station_app import wiring
from station_app.config import DataDir
from station_app.demo.build import DEMO_PASSWORD, build_demo
from station_app.store import keys

#: 10:47 in the morning of a reception day.
MORNING = datetime(2026, 11, 10, 2, 47, tzinfo=UTC)


def morning() -> datetime:
    """The clock of the demo station: it stands still."""
    return MORNING


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo station's files, closed; never written to."""
    folder = tmp_path_factory.mktemp("demo") / "station"
    build_demo(folder, clock=morning).close()
    return folder


@pytest.fixture
def demo(demo_folder: Path, tmp_path: Path) -> Iterator[wiring.OpenStation]:
    """A copy of the demo station of one's own, opened as its head."""
    folder = tmp_path / "demo"
    shutil.copytree(demo_folder, folder)
    data = DataDir(folder)
    slot = keys.list_slots(data)[0].id
    station = wiring.open_station(data, slot, DEMO_PASSWORD, clock=morning)
    yield station
    station.close()
