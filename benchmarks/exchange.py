"""Two PCs of one station with real encrypted files, and what they send counted and timed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import UUID

import httpx
import msgspec

from benchmarks.centre import URL, Centre
from benchmarks.save import HEAD, PASSWORD, STATION, draft
from station_app import wiring
from station_app.config import DataDir
from station_app.domain.accounts import Actor
from station_app.services.visits import save_visit
from station_app.store import Store, keys
from station_app.store.transaction import Tx, driver_of
from station_app.sync.enrolment import join
from station_app.sync.once import sync_once
from station_app.sync.report import SyncReport

#: A visit with one issue of a new resident makes four changes: all three, and the issue's event.
CHANGES_A_VISIT = 4
_fields = msgspec.json.Decoder(dict[str, tuple[Any, Any]]).decode


class Wire(httpx.BaseTransport):
    """The network, with the bytes of bodies counted."""

    def __init__(self) -> None:
        self._http = httpx.HTTPTransport()
        self.sent = self.received = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Pass it on."""
        self.sent += len(request.content)
        response = self._http.handle_request(request)
        self.received += int(response.headers.get("content-length", 0))
        return response

    def reset(self) -> None:
        """Count from zero."""
        self.sent = self.received = 0


class Watched(Store):
    """A store that knows how long others had to wait for its write lock at most, in seconds."""

    longest = 0.0

    @contextmanager
    def write(self, actor: Actor) -> Iterator[Tx]:
        """As the store does."""
        with super().write(actor) as tx:
            began = perf_counter()
            yield tx
        self.longest = max(self.longest, perf_counter() - began)


class Desk:
    """One PC of a station that has joined the centre."""

    def __init__(self, folder: Path, centre: Centre, station: UUID) -> None:
        data = DataDir(folder)
        wiring.set_up(data, STATION, HEAD, PASSWORD)
        with closing(wiring.open_station(data, keys.list_slots(data)[0].id, PASSWORD)) as opened:
            key, self.actor = opened.key, opened.actor
        self.station = station
        self.store = Watched.open(data, key)
        self.wire = Wire()
        self._turn = 0
        join(self.store, self.actor, URL, centre.code(station))

    def sync(self) -> tuple[SyncReport, float]:
        """One exchange, and its seconds."""
        self.wire.reset()
        self.store.longest = 0.0
        began = perf_counter()
        report = sync_once(self.store, transport=self.wire)
        return report, perf_counter() - began

    def receive(self, changes: int) -> None:
        """Receive residents until there are ``changes`` to hand in."""
        for _ in range(changes // CHANGES_A_VISIT):
            self.save()

    def save(self) -> float:
        """Save one visit; its seconds."""
        self._turn += 1
        began = perf_counter()
        with self.store.write(self.actor) as tx:
            save_visit(tx, draft(self._turn))
        return perf_counter() - began

    def bodies(self) -> list[dict[str, Any]]:
        """What waits to be handed in, as rows of the raw table."""
        with self.store.read(self.actor) as tx:
            found = driver_of(tx.session).execute(
                "SELECT mid, record_id, fields FROM outbox WHERE state = 'pending'"
            )
            return [
                {
                    "id": one,
                    "rev": mid,
                    "body": {name: new for name, (_, new) in _fields(said).items()},
                }
                for mid, one, said in found
            ]

    def count(self, table: str = "issue") -> int:
        """How many rows a table has."""
        with self.store.read(self.actor) as tx:
            row = driver_of(tx.session).execute(f"SELECT count(*) FROM {table}").fetchone()
            return int(row[0])


def _new(said: str) -> dict[str, Any]:
    return {name: new for name, (_, new) in _fields(said).items()}


def saves_during(desk: Desk, other: threading.Thread) -> list[float]:
    """Save visits one after the other while a thread runs; the seconds of each."""
    times = []
    other.start()
    while other.is_alive():
        times.append(desk.save())
        other.join(0.02)
    return times
