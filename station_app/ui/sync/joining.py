"""A further or a new PC of a station that the centre knows: made, joined and filled; no Qt."""

from __future__ import annotations

import contextlib

from db.vocabulary import StationKind
from station_app import wiring
from station_app.config import DataDir
from station_app.domain.accounts import AccountDraft
from station_app.domain.station import StationDraft
from station_app.domain.words import paper
from station_app.errors import SyncFault
from station_app.i18n import tr
from station_app.services.station import get_station
from station_app.store import keys
from station_app.sync.enrolment import join
from station_app.sync.once import sync_once


def join_station(
    data: DataDir,
    url: str,
    code: str,
    head: AccountDraft,
    password: str,
    *,
    clock: wiring.Clock = wiring.now,
) -> tuple[str, str]:
    """Make this PC one more of a station that the centre knows, and fetch its records.

    Returns the recovery key and the station's name ("" where the centre has no station's facts
    yet: its head types them). Raises as ``set_up`` and ``sync.enrolment.join``; if the code does
    not serve, nothing is left behind.
    """
    unknown = StationDraft(
        tr("New computer"), "NEW", StationKind.STATION, paper("term|Deputies' liaison station")
    )
    recovery_key = wiring.set_up(data, unknown, head, password, clock=clock)
    try:
        station = wiring.open_station(data, keys.list_slots(data)[0].id, password, clock=clock)
        try:
            join(station.store, station.actor, url, code)
        except BaseException:
            station.close()
            raise
    except BaseException:
        data.database.unlink(missing_ok=True)
        data.keys.unlink(missing_ok=True)
        raise
    try:
        return recovery_key, _fetch_first(station, unknown.name)
    finally:
        station.close()


def _fetch_first(station: wiring.OpenStation, unknown: str) -> str:
    """Fetch what the station has; what fails now is done by the open program."""
    with contextlib.suppress(SyncFault):
        sync_once(station.store)
    with station.store.read(station.actor) as tx:
        found = get_station(tx)
    return "" if found.name == unknown else f"{found.name}{found.term}"
