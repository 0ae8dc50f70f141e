"""A real, freshly set-up station with a clock the tests turn by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.vocabulary import Role, StationKind
from station_app import wiring
from station_app.config import DataDir
from station_app.domain.accounts import AccountDraft
from station_app.domain.station import StationDraft
from station_app.store import keys
from tests.services.casework import Clock as Clock
from tests.services.casework import Office

STATION = StationDraft("葵英街道", "KY", StationKind.STATION, "人大代表联络站")
PASSWORD = "correct horse"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def station(tmp_path: Path, clock: Clock) -> Iterator[wiring.OpenStation]:
    data = DataDir(tmp_path / "station")
    wiring.set_up(data, STATION, AccountDraft("王秀英", Role.HEAD), PASSWORD, clock=clock)
    slot = keys.list_slots(data)[0].id
    opened = wiring.open_station(data, slot, PASSWORD, clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def office(station: wiring.OpenStation, clock: Clock) -> Office:
    return Office(station, clock)
