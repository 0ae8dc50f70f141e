"""10,000 changes from a station's file to PostgreSQL and down into a second PC's, end to end.

Where the time goes, in processor time for 10,000 changes. Up: the PC 0.4 s (beside the centre's
work: reading the queue, settling the answers, whose pages are encrypted anew), the gateway 0.3 s
(half of it reading the changes and their hashes, the rest merge, JSON, signature), PostgreSQL 0.2 s
(record with two indexes 0.1 s, history, answers; the raw upsert has one table and one index). Down:
the PC 0.8 s, of which 0.3 s are rows and their indexes in the encrypted file, 0.2 s the search
index, 0.1 s the commit, the rest the values' checks and what follows from the acts.

All of it is one transaction, so that nobody sees a part. It is looked up every few hundred rows
whether somebody wants to save: then it is undone and begun anew, up to eight times. Only whoever
saves a ninth time meanwhile (as the last figure's thread does, every 20 ms) waits to its end.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from time import perf_counter
from typing import Any

import msgspec
import psycopg

from benchmarks.centre import Centre, running
from benchmarks.exchange import Desk, saves_during
from benchmarks.report import Result, against, fact, median, share, show
from benchmarks.thin import KeptOpen, enrolled, made
from central.config import Settings

FEW, CHANGES, MANY = 1_000, 10_000, 100_000
BATCH, PAGE = 500, 2_000
ROUNDS = 5
UP, DOWN, FLAT = 0.33, 0.45, 1.15
#: Seconds that nobody notices when saving.
UNNOTICED = 0.3
PEER = "raw jsonb upsert"

_UPSERT = (
    "INSERT INTO raw SELECT * FROM jsonb_to_recordset(%s::jsonb)"
    " AS x(id uuid, rev bigint, body jsonb)"
    " ON CONFLICT (id) DO UPDATE SET rev = excluded.rev, body = excluded.body"
)
_SELECT = "SELECT id, rev, body::text FROM raw WHERE rev > %s ORDER BY rev LIMIT %s"
_encode = msgspec.json.Encoder(uuid_format="hex").encode
_folders = count()


@dataclass(frozen=True, slots=True)
class Round:
    """Rates in changes a second, bytes a change, and the longest the file's write lock was held."""

    raw: float
    select: float
    up: float
    down: float
    bytes_up: float
    bytes_down: float
    locked_up: float
    locked_down: float


def main() -> Sequence[Result]:
    """Measure and print."""
    with running() as centre, tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        rounds, few, thin = [], [], []
        for _ in range(ROUNDS):
            rounds.append(_round(centre, _pair(centre, home), CHANGES))
            few.append(_round(centre, _pair(centre, home), FEW))
            thin.append(_thin(centre))
        return show([
            *_end_to_end(rounds),
            *_gateway_alone(thin, median([one.raw for one in rounds])),
            *_growing(centre, home, rounds, few),
            *_beside(centre, home),
        ])  # fmt: skip


def _end_to_end(rounds: list[Round]) -> list[Result]:
    raw, up, down = (_middle(rounds, name) for name in ("raw", "up", "down"))
    return [
        share("station → PostgreSQL", up, limit=raw, peer=PEER, least=UP),
        share("PostgreSQL → second PC", down, limit=raw, peer=PEER, least=DOWN),
        fact("raw select of the same rows", _middle(rounds, "select"), "/s"),
        fact("sent a change, up", _middle(rounds, "bytes_up"), "bytes"),
        fact("sent a change, down", _middle(rounds, "bytes_down"), "bytes"),
        against("write lock held at most, handing in", _middle(rounds, "locked_up"), "s",
                limit=UNNOTICED, peer="unnoticed", most=1),
        against("write lock held at most, 10,000 rows applied", _middle(rounds, "locked_down"),
                "s", limit=UNNOTICED, peer="unnoticed", most=1),
    ]  # fmt: skip


def _gateway_alone(thin: list[tuple[float, float]], raw: float) -> list[Result]:
    up, down = (median([one[way] for one in thin]) for way in (0, 1))
    return [
        share("gateway and PostgreSQL alone, up", up, limit=raw, peer=PEER, least=UP),
        share("gateway and PostgreSQL alone, down", down, limit=raw, peer=PEER, least=DOWN),
    ]


def _growing(centre: Centre, home: Path, rounds: list[Round], few: list[Round]) -> list[Result]:
    """The cost of a change as there are more of them, and a new PC that reads all at once."""
    pair = _pair(centre, home)
    many = [_round(centre, pair, MANY)]
    found = []
    for way, of in (("up", "handed in"), ("down", "read")):
        usual = 1e6 / _middle(rounds, way)
        for size, measured in ((FEW, few), (MANY, many)):
            found.append(
                against(f"a change of {size:,} {of}", 1e6 / _middle(measured, way), "µs",
                        limit=usual, peer=f"of {CHANGES:,}", most=FLAT)
            )  # fmt: skip
    new = Desk(home / str(next(_folders)), centre, pair[0].station)
    report, took = new.sync()
    return [
        *found,
        fact(f"first snapshot of {report.written:,} rows for a new PC", took, "s"),
        fact("write lock held meanwhile at most", new.store.longest, "s"),
    ]


def _beside(centre: Centre, home: Path) -> list[Result]:
    """Visits saved on a PC that is just reading what the other one wrote."""
    sender, reader = _pair(centre, home)
    alone = median([reader.save() for _ in range(100)])
    reader.sync()
    sender.sync()
    sender.receive(CHANGES)
    sender.sync()
    times = saves_during(reader, threading.Thread(target=reader.sync, name="sync"))
    return [
        fact("saving a visit alone, median", alone * 1000, "ms"),
        fact(f"saving one of {len(times)} while 10,000 rows arrive, median",
             median(times) * 1000, "ms"),
        against("the slowest of them", max(times), "s", limit=UNNOTICED, peer="unnoticed", most=1),
    ]  # fmt: skip


def _pair(centre: Centre, home: Path) -> tuple[Desk, Desk]:
    """Two PCs of a new station that are in step."""
    station = centre.station()
    desks = [Desk(home / str(next(_folders)), centre, station) for _ in range(2)]
    for desk in (*desks, desks[0]):
        desk.sync()
    return desks[0], desks[1]


def _round(centre: Centre, pair: tuple[Desk, Desk], changes: int) -> Round:
    sender, reader = pair
    sender.receive(changes)
    rows = sender.bodies()
    raw, select = _raw(centre.settings, rows)
    report, up = sender.sync()
    bytes_up = (sender.wire.sent + sender.wire.received) / changes
    read, down = reader.sync()
    bytes_down = (reader.wire.sent + reader.wire.received) / changes
    assert report.sent == read.written == len(rows) == changes
    assert sender.count() == reader.count()
    return Round(
        changes / raw, changes / select, changes / up, changes / down, bytes_up, bytes_down,
        sender.store.longest, reader.store.longest,
    )  # fmt: skip


def _raw(settings: Settings, rows: list[dict[str, Any]]) -> tuple[float, float]:
    """Seconds to upsert ``rows`` by the shortest way there is, and to read them again."""
    with psycopg.connect(settings.admin_url) as connection:
        connection.execute("DROP TABLE IF EXISTS raw")
        connection.execute("CREATE TABLE raw (id uuid PRIMARY KEY, rev bigint, body jsonb)")
        connection.commit()
        began = perf_counter()
        for at in range(0, len(rows), BATCH):
            connection.execute(_UPSERT, [_encode(rows[at : at + BATCH]).decode()])
            connection.commit()
        raw = perf_counter() - began
        connection.execute("CREATE INDEX ON raw (rev)")
        connection.commit()
        began, since = perf_counter(), 0
        while found := connection.execute(_SELECT, [since, PAGE]).fetchall():
            since = found[-1][1]
        return raw, perf_counter() - began


def _thin(centre: Centre) -> tuple[float, float]:
    """Rates up and down of the gateway and PostgreSQL alone."""
    changes = list(made(CHANGES))
    device = KeptOpen(enrolled(centre))
    began = perf_counter()
    for at in range(0, CHANGES, BATCH):
        device.push(changes[at : at + BATCH])
    up = perf_counter() - began
    began = perf_counter()
    assert device.pull() == CHANGES
    return CHANGES / up, CHANGES / (perf_counter() - began)


def _middle(rounds: list[Round], name: str) -> float:
    return median([getattr(one, name) for one in rounds])


if __name__ == "__main__":
    main()
