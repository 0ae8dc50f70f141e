"""Makes the demo station in a folder and opens it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from db.vocabulary import Role, StationKind
from station_app import wiring
from station_app.config import DataDir
from station_app.demo.story import DemoClock, Story
from station_app.domain.accounts import AccountDraft
from station_app.domain.station import StationDraft
from station_app.store import keys

#: The demo station is no secret: its password stands in the manual.
DEMO_PASSWORD = "demo-2026"

STATION = StationDraft(
    name="葵英街道",
    code="KY",
    kind=StationKind.STATION,
    term="人大代表联络站",
    region="滨城市中山区",
    address="中山区葵英街12号",
    opening_hours="工作日 8:30–17:00，每月10日 9:00–11:30 接待",
    phone="0411-83600000",
)


def build_demo(
    folder: Path, *, clock: wiring.Clock = wiring.now, seed: int = 20261110
) -> wiring.OpenStation:
    """A demo station in ``folder`` with a year of records up to ``clock()``, opened.

    It has a head (王秀英), an operator and a viewer, all with ``DEMO_PASSWORD``.
    """
    ends = clock()
    story_clock = DemoClock(ends - timedelta(days=400))
    data = DataDir(folder)
    wiring.set_up(
        data, STATION, AccountDraft("王秀英", Role.HEAD), DEMO_PASSWORD, clock=story_clock
    )
    slot = keys.list_slots(data)[0].id
    station = wiring.open_station(data, slot, DEMO_PASSWORD, clock=story_clock)
    try:
        caller = wiring.add_member(station, AccountDraft("李桂香", Role.OPERATOR), DEMO_PASSWORD)
        wiring.add_member(station, AccountDraft("陈立新", Role.VIEWER), DEMO_PASSWORD)
        Story(station, story_clock, ends, seed, caller).play()
    finally:
        station.close()
    return wiring.open_station(data, slot, DEMO_PASSWORD, clock=clock)
