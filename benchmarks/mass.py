"""Stations with very many invented records, made once and kept in the temporary folder."""

from __future__ import annotations

import hashlib
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import sqlcipher3
from sqlalchemy import Connection, Table, insert, select
from uuid_utils.compat import uuid7

from db.models import Base
from db.vocabulary import Degree, IssueStatus, Rating, Role, StationKind, Turn, Urgency
from station_app import wiring
from station_app.config import DataDir
from station_app.domain.accounts import AccountDraft
from station_app.domain.pinyin import sort_key
from station_app.domain.station import StationDraft
from station_app.store import search_index, search_words, upgrade
from station_app.store.connection import write_engine
from station_app.store.keys import list_slots

STATION = StationDraft("科园联络站", "KY", StationKind.STATION, "联络站")
HEAD, PASSWORD = AccountDraft("王芳", Role.HEAD), "benchmark only"
FIRST = datetime(2021, 1, 4, 1, 0, tzinfo=UTC)
BATCH = 20_000
TABLES = RESIDENT, VISIT, ISSUE = [
    Base.metadata.tables[name] for name in ("resident", "visit", "issue")
]

#: The 3,755 commonest characters (GB 2312, level 1), commoner ones drawn more often.
CHARACTERS = [
    bytes((row, cell)).decode("gb2312")
    for row in range(0xB0, 0xD7)
    for cell in range(0xA1, 0xFF if row < 0xD6 else 0xFA)
]
STATUSES = (
    [IssueStatus.SETTLED] * 6
    + [IssueStatus.ANSWERED] * 3
    + [IssueStatus.ASSIGNED, IssueStatus.REPLIED, IssueStatus.REGISTERED, IssueStatus.DECLINED]
)


def station(issues: int) -> wiring.OpenStation:
    """An open station with ``issues`` issues and a quarter as many residents."""
    folder = Path(tempfile.gettempdir()) / f"liaison-benchmark-{_shape()}-{issues}"
    if not folder.exists():
        print(f"making {issues:,} issues in {folder} …", file=sys.stderr, flush=True)
        part = folder.with_suffix(".part")
        shutil.rmtree(part, ignore_errors=True)
        _make(DataDir(part), issues)
        part.rename(folder)
    data = DataDir(folder)
    return wiring.open_station(data, list_slots(data)[0].id, PASSWORD)


def _shape() -> str:
    """Changes whenever the tables or the index do, so that no stale file is measured."""
    columns = [str(column) for table in TABLES for column in table.columns]
    indexes = sorted(str(index.name) for table in TABLES for index in table.indexes)
    known = upgrade.HEAD + repr(columns + indexes)
    sources = [Path(search_words.__file__), Path(__file__)]
    content = b"".join(path.read_bytes() for path in sources)
    return hashlib.sha256(known.encode() + content).hexdigest()[:8]


def _make(data: DataDir, issues: int) -> None:
    wiring.set_up(data, STATION, HEAD, PASSWORD)
    opened = wiring.open_station(data, list_slots(data)[0].id, PASSWORD)
    key = opened.key
    opened.close()
    engine = write_engine(data.database, key)
    with engine.connect() as connection:
        driver: sqlcipher3.Connection = connection.connection.driver_connection
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-1500000"):
            driver.execute(f"PRAGMA {pragma}").fetchall()
    with engine.begin() as connection:
        _fill(connection, _Words(random.Random(20260610)), issues)
    with engine.begin():
        search_index.rebuild(driver)
    with engine.begin() as connection:
        connection.exec_driver_sql("ANALYZE")
    engine.dispose()


class _Words:
    """Invented names and texts whose words are as unevenly frequent as real ones."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        letters = chance.choices(CHARACTERS, _zipf(len(CHARACTERS), 0.8), k=40_000)
        cuts = iter(letters)
        self.words = ["".join(next(cuts) for _ in range(2 + n % 3 // 2)) for n in range(12_000)]
        self.odds = list(_running(_zipf(len(self.words), 1.0)))
        self.families = CHARACTERS[:400]

    def text(self, count: int) -> str:
        return "".join(self.chance.choices(self.words, cum_weights=self.odds, k=count))

    def name(self) -> str:
        given = self.chance.choices(CHARACTERS, k=self.chance.choice((1, 2, 2)))
        return self.chance.choice(self.families) + "".join(given)


def _zipf(count: int, steepness: float) -> list[float]:
    return [1 / (rank + 3) ** steepness for rank in range(count)]


def _running(weights: list[float]) -> Iterator[float]:
    total = 0.0
    for weight in weights:
        total += weight
        yield total


def _fill(connection: Connection, words: _Words, issues: int) -> None:
    units = list(connection.scalars(select(Base.metadata.tables["unit"].c.id)))
    people = [uuid7() for _ in range(issues // 4)]
    moments = [FIRST + timedelta(minutes=number * 2_600_000 // issues) for number in range(issues)]
    _put(connection, RESIDENT, _residents(words, people, moments))
    visits = [uuid7() for _ in range(issues)]
    _put(connection, VISIT, _visits(words, people, visits, moments))
    _put(connection, ISSUE, _issues(words, people, visits, moments, units))


def _put(connection: Connection, table: Table, rows: Iterator[dict[str, object]]) -> None:
    batch: list[dict[str, object]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            connection.execute(insert(table), batch)
            batch = []
    if batch:
        connection.execute(insert(table), batch)


def _residents(
    words: _Words, people: list[UUID], moments: list[datetime]
) -> Iterator[dict[str, object]]:
    for place, ident in enumerate(people):
        name = words.name()
        yield _common(ident, moments[place * 4]) | {
            "name": name,
            "sort_key": sort_key(name),
            "phone": f"13{words.chance.randrange(10**9):09d}",
            "address": words.text(3) + f"路{place % 300 + 1}号",
            "community": f"{CHARACTERS[place % 60]}{CHARACTERS[place % 60 + 60]}社区",
            "visit_count": 4,
            "last_visit_at": moments[min(place * 4 + 3, len(moments) - 1)],
        }


def _visits(
    words: _Words, people: list[UUID], visits: list[UUID], moments: list[datetime]
) -> Iterator[dict[str, object]]:
    for place, ident in enumerate(visits):
        yield _common(ident, moments[place]) | {
            "number": f"LF-KY-A-{moments[place]:%Y%m%d}-{place:03d}",
            "resident_id": people[place // 4],
            "arrived_at": moments[place],
        }


def _issues(
    words: _Words,
    people: list[UUID],
    visits: list[UUID],
    moments: list[datetime],
    units: list[UUID],
) -> Iterator[dict[str, object]]:
    for place, visit in enumerate(visits):
        yield (
            _common(uuid7(), moments[place])
            | {
                "number": f"WZ-KY-A-{moments[place]:%Y%m%d}-{place:03d}",
                "visit_id": visit,
                "resident_id": people[place // 4],
                "title": words.text(4),
                "text": words.text(24),
                "place": words.text(2) + f"{place % 90 + 1}号楼",
                "category": f"c{place * 7919 % 40:02d}",
                "urgency": Urgency.URGENT if place % 40 == 0 else Urgency.NORMAL,
                "registered_at": moments[place],
            }
            | _standing(words.chance, moments[place].date(), units)
        )


def _standing(chance: random.Random, day: date, units: list[UUID]) -> dict[str, object]:
    """Where an issue stands and what is due on it, as the acts would have left it."""
    status = chance.choice(STATUSES)
    closed = status in (IssueStatus.SETTLED, IssueStatus.DECLINED)
    rated = chance.random() < (0.9 if closed else 0.3)
    settled = status is IssueStatus.SETTLED
    said = status in (IssueStatus.ANSWERED, IssueStatus.REPLIED)
    turn = Turn.NOBODY if closed else Turn.STATION
    if status is IssueStatus.ASSIGNED:
        turn = Turn.UNIT
    if said and not rated:
        turn = Turn.RATING
    due = {IssueStatus.REGISTERED: 3, IssueStatus.ASSIGNED: 21}.get(status)
    return {
        "status": status,
        "turn": turn,
        "due_on": None if due is None else day + timedelta(days=due),
        "promise_on": day + timedelta(days=40) if chance.random() < 0.02 else None,
        "look_back_on": day + timedelta(days=90) if settled and chance.random() < 0.1 else None,
        "revisit_on": day + timedelta(days=30) if settled and chance.random() < 0.1 else None,
        "to_rate": (said or settled) and not rated,
        "supervised": not closed and chance.random() < 0.005,
        "degree": chance.choice(list(Degree)) if settled else None,
        "rating": chance.choice(list(Rating)) if rated and (said or settled) else None,
        "unit_id": None if status is IssueStatus.REGISTERED else chance.choice(units),
    }


def _common(ident: UUID, moment: datetime) -> dict[str, object]:
    return {"id": ident, "created_at": moment, "updated_at": moment}
