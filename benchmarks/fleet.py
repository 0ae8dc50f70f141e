"""A province's reception evening: 5,731 stations hand 238,000 changes in, all on this machine."""

from __future__ import annotations

import http.client
import random
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from time import perf_counter, sleep
from uuid import uuid4

import msgspec

from benchmarks.centre import HOST, PORT, Centre, memory, running
from benchmarks.report import Result, against, fact, p95, show
from benchmarks.thin import made
from central.database import administered, own_stream
from central.stations import add_region
from db import wire
from tests.central.device import Device

STATIONS, FEWER = 5_731, 1_198
#: 5,211 visits a month of a half-year like Dalian's, 80 % of them on one evening, 12 changes each,
#: for as many stations as a province has (docs/sync.md). They come within ten minutes; here as
#: fast as the machine takes them.
CHANGES = 238_000
DRAINED, FLAT = 120, 1.15
#: Stations that speak at once, and processes of the gateway; the pool of each has 8 connections.
AT_ONCE, PROCESSES = 24, 2
#: Nobody is waited for longer, in seconds.
PATIENCE = 300
#: Seconds between two looks at the memory.
_LOOK = 2.0


@dataclass(slots=True)
class Evening:
    """What came of one evening: seconds, megabytes at most, changes that PostgreSQL holds."""

    stations: int
    changes: int
    drained: float
    waits: list[float]
    gateway: float
    postgres: float
    kept: int


def main() -> Sequence[Result]:
    """Measure and print."""
    fewer = _evening(FEWER, CHANGES * FEWER // STATIONS)
    whole = _evening(STATIONS, CHANGES)
    each, each_of_fewer = (one.drained / one.changes * 1e6 for one in (whole, fewer))
    lost = sum(one.changes - one.kept for one in (whole, fewer))
    return show([
        against(f"{CHANGES:,} changes of {STATIONS:,} stations drained", whole.drained, "s",
                limit=DRAINED, peer="limit", most=1),
        Result("changes lost", lost, "", 0, "none", lost, "0", lost == 0),
        against("a change, of a province", each, "µs", limit=each_of_fewer,
                peer=f"of {FEWER:,} stations", most=FLAT),
        fact("longest wait of a station", max(whole.waits), "s"),
        fact("wait, p95", p95(whole.waits), "s"),
        fact(f"memory of {PROCESSES} gateway processes at most", whole.gateway, "MB"),
        fact("memory of PostgreSQL at most", whole.postgres, "MB"),
    ])  # fmt: skip


def _evening(stations: int, changes: int) -> Evening:
    with running(PROCESSES) as centre:
        fleet = _enrolled(centre, stations)
        shares = _shares(stations, changes)
        with _watched(centre) as most, ThreadPoolExecutor(AT_ONCE) as line:
            began = perf_counter()
            waits = list(line.map(_hand_in, fleet, shares, timeout=PATIENCE))
            drained = perf_counter() - began
        kept = _kept(centre, fleet, shares)
        return Evening(stations, changes, drained, waits, most[0], most[1], kept)


def _enrolled(centre: Centre, stations: int) -> list[Device]:
    """Stations with one PC each, each with a key of its own; written straight into the tables."""
    fleet = []
    with administered(centre.settings) as connection:
        add_region(connection, "LN", "辽宁")
        rows = []
        for _ in range(stations):
            device, station, one = Device(HOST, PORT), uuid4(), uuid4()
            device.keyid, device.streams = one.hex, [own_stream(station)]
            public = device.key.public_key().public_bytes_raw()
            rows.append((station, device.own, one, public))
            fleet.append(device)
        with connection.cursor() as cursor:
            for table, columns in (
                ("stream (stream_id)", lambda row: (row[1],)),
                ("station", lambda row: (row[0], row[1], row[0].hex, "联络站", "LN")),
                ("device (device_id, station_id, letter, public_key, seal_key, schema_version)",
                 lambda row: (row[2], row[0], "A", row[3], row[3], 1)),
                ("incarnation (device_id, incarnation, letter)", lambda row: (row[2], 1, "A")),
            ):  # fmt: skip
                values = [columns(row) for row in rows]
                marks = ", ".join(["%s"] * len(values[0]))
                cursor.executemany(f"INSERT INTO {table} VALUES ({marks})".encode(), values)
    return fleet


def _shares(stations: int, changes: int) -> list[int]:
    """How many changes each station has: some few, some many, ``changes`` in all."""
    chance = random.Random(20260610)
    weights = [chance.uniform(0.2, 1.8) for _ in range(stations)]
    shares = [int(changes * weight / sum(weights)) for weight in weights]
    shares[0] += changes - sum(shares)
    return shares


def _hand_in(device: Device, changes: int) -> float:
    """One station's exchange, signed as a station signs; the seconds until all was taken in."""
    mutations = list(made(changes))
    began = perf_counter()
    with closing(http.client.HTTPConnection(HOST, PORT, timeout=PATIENCE)) as connection:
        hello = wire.Hello(1, "1.0", 1, 1, changes + 1, 0, {})
        _ask(device, connection, "/v1/hello", hello)
        answer = _ask(device, connection, "/v1/push", wire.Push(1, mutations))
    results = msgspec.json.decode(answer, type=wire.PushAnswer).results
    if [one.outcome for one in results] != [wire.Outcome.APPLIED] * changes:
        raise AssertionError("the centre did not apply everything")
    return perf_counter() - began


def _ask(
    device: Device, connection: http.client.HTTPConnection, target: str, message: msgspec.Struct
) -> bytes:
    """Ask until the centre has time; it says how long to wait."""
    while True:
        status, headers, answer = device.ask(
            "POST", target, wire.encode(message), connection=connection
        )
        if status == 200:
            return answer
        if status not in (429, 503):
            raise AssertionError(answer)
        sleep(float(headers.get("retry-after", 1)))


def _kept(centre: Centre, fleet: list[Device], shares: list[int]) -> int:
    """Changes that PostgreSQL holds, of stations whose stream has no hole."""
    with administered(centre.settings) as connection:
        found = connection.execute(
            "SELECT s.stream_id, s.head, count(r.id), max(i.last_mid) FROM stream s"
            " JOIN station USING (stream_id) JOIN device USING (station_id)"
            " JOIN incarnation i USING (device_id) LEFT JOIN record r USING (stream_id)"
            " GROUP BY s.stream_id, s.head"
        ).fetchall()
    there = {stream: (head, count, last) for stream, head, count, last in found}
    return sum(
        there[device.own][1]
        for device, share in zip(fleet, shares, strict=True)
        if there[device.own] == (share, share, share)
    )


@contextmanager
def _watched(centre: Centre) -> Iterator[list[float]]:
    """The most megabytes that the gateway and PostgreSQL hold while the block runs."""
    most = [0.0, 0.0]
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(_LOOK):
            for place, pid in enumerate((centre.gateway, centre.postgres)):
                most[place] = max(most[place], memory(pid))

    thread = threading.Thread(target=watch, name="memory")
    thread.start()
    try:
        yield most
    finally:
        ended.set()
        thread.join()


if __name__ == "__main__":
    main()
