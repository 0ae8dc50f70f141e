"""Save one visit with one issue, durable, against one raw encrypted commit of the same bytes.

Where the time goes, of 5.0 ms beside a raw commit of 0.35 ms: 1.65 ms encrypt and write the 67
pages that a visit touches, 25 µs each (some 40 are the ends of indexes by which every list opens
at once among a million issues, 14 the search index; the raw commit writes 3); 0.8 ms are SQLite's
work on 30 statements; about 1 ms is SQLAlchemy's unit of work for four records; the rest are the
rules, the words and the pinyin for the search, the outbox, the chain of the audit, and the record
that is shown. The pages alone are 4.7 × the raw commit: 6 × cannot be reached with these indexes.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from time import perf_counter

import sqlcipher3

from benchmarks.report import Result, against, median, show
from db.vocabulary import Handling, Role, StationKind
from station_app import wiring
from station_app.config import DataDir
from station_app.domain.accounts import AccountDraft
from station_app.domain.issues import IssueDraft
from station_app.domain.residents import ResidentDraft
from station_app.domain.station import StationDraft
from station_app.domain.visits import Party, VisitDraft
from station_app.services.visits import save_visit
from station_app.store import keys
from station_app.store.connection import connect
from station_app.store.transaction import driver_of
from station_app.wiring import OpenStation

ROUNDS = 400
WARM_UP = 50
TABLES = ("resident", "visit", "issue", "issue_event", "outbox", "audit", "find_row")
HEAD, PASSWORD = AccountDraft("王芳", Role.HEAD), "benchmark only"
STATION = StationDraft("科园联络站", "KY", StationKind.STATION, "联络站")


def main() -> Sequence[Result]:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        data = DataDir(Path(folder))
        wiring.set_up(data, STATION, HEAD, PASSWORD)
        station = wiring.open_station(data, keys.list_slots(data)[0].id, PASSWORD)
        with closing(station), closing(connect(Path(folder) / "raw.db", station.key)) as raw:
            return show([_measure(station, raw)])


def _measure(station: OpenStation, raw: sqlcipher3.Connection) -> Result:
    raw.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, body BLOB)")
    saves, commits = [], []
    for turn in range(WARM_UP + ROUNDS):
        before = _bytes(station)
        began = perf_counter()
        with station.store.write(station.actor) as tx:
            save_visit(tx, draft(turn))
        saves.append(perf_counter() - began)
        body = bytes(_bytes(station) - before)
        began = perf_counter()
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("INSERT INTO row (body) VALUES (?)", (body,))
        raw.execute("COMMIT")
        commits.append(perf_counter() - began)
    figure, limit = (median(times[WARM_UP:]) * 1000 for times in (saves, commits))
    peer = f"raw encrypted commit of the same {len(body):,} bytes"
    return against("save a visit with one issue", figure, "ms", limit=limit, peer=peer, most=6)


def _bytes(station: OpenStation) -> int:
    """How many bytes the rows of a visit take in all, as texts."""
    with station.store.read(station.actor) as tx:
        driver = driver_of(tx.session)
        return sum(_table_bytes(driver, table) for table in TABLES)


def _table_bytes(driver: sqlcipher3.Connection, table: str) -> int:
    names = [row[1] for row in driver.execute(f"PRAGMA table_info({table})")]
    lengths = " + ".join(f"coalesce(length({name}), 0)" for name in names)
    # Only the newest rows change from one turn to the next; the file stays small on purpose.
    return int(driver.execute(f"SELECT coalesce(sum({lengths}), 0) FROM {table}").fetchone()[0])


def draft(turn: int) -> VisitDraft:
    """A new resident with one issue."""
    resident = ResidentDraft(
        name=f"张{'伟芳娜敏静丽强磊军洋'[turn % 10]}{'一二三四五六七八九十'[turn // 10 % 10]}",
        phone=f"138{turn:08d}",
        address=f"科园街道幸福路{turn % 90 + 1}号",
        community="幸福社区",
    )
    issue = IssueDraft(
        title="小区北门路灯不亮",
        text=f"幸福路{turn % 90 + 1}号楼北侧路灯坏了两周，晚上老人出行不便，希望尽快修复。" * 2,
        place="幸福小区北门",
        handling=Handling.TO_HANDLE,
    )
    return VisitDraft(lead=Party(resident), issues=(issue,))


if __name__ == "__main__":
    main()
