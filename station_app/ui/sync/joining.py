"""A further or a new PC of a station that the centre knows: made, joined and filled; no Qt."""

from __future__ import annotations

import contextlib
import re
from dataclasses import replace

from db.vocabulary import StationKind
from db.wire import EnrolAnswer
from station_app import wiring
from station_app.config import DataDir
from station_app.domain.accounts import AccountDraft
from station_app.domain.station import StationDraft
from station_app.domain.terms import split_title, terms
from station_app.errors import SyncFault
from station_app.i18n import tr
from station_app.services.station import get_station, save_station
from station_app.store import keys
from station_app.sync.enrolment import enrolled
from station_app.sync.once import sync_once

_NO_CODE = re.compile(r"[^A-Z0-9]")


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

    Returns the recovery key and the station's name as its other PCs have it; the first PC takes
    the name that the centre knows it by ("" where an old centre tells none: its head types it).
    Raises as ``set_up`` and ``sync.enrolment.join``; if the code does
    not serve, nothing is left behind.
    """
    unknown = StationDraft(tr("New computer"), "NEW", StationKind.STATION, terms()[0])
    recovery_key = wiring.set_up(data, unknown, head, password, clock=clock)
    try:
        station = wiring.open_station(data, keys.list_slots(data)[0].id, password, clock=clock)
        try:
            answer = enrolled(station.store, station.actor, url, code)
            called = _called(answer, unknown)
            with station.store.write(station.actor) as tx:
                save_station(tx, called)
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


def _called(answer: EnrolAnswer, unknown: StationDraft) -> StationDraft:
    """What is known of a station before its facts are: what the centre calls it."""
    if not answer.station_name.strip():
        return unknown
    name, term = split_title(answer.station_name)
    code = _NO_CODE.sub("", answer.station_code.upper())[-8:]
    return replace(unknown, name=name, term=term, code=code if len(code) > 1 else unknown.code)


def _fetch_first(station: wiring.OpenStation, unknown: str) -> str:
    """Fetch what the station has; what fails now is done by the open program."""
    with contextlib.suppress(SyncFault):
        sync_once(station.store)
    with station.store.read(station.actor) as tx:
        found = get_station(tx)
    return "" if found.name == unknown else found.title
