"""Kill the program at random moments while it saves: no acknowledged visit may be lost.

    run.py drill kill [--times 200] [--seed N]

A writer process saves visits and reports each one after its commit; it is killed outright, the
file is opened again, and every reported visit must be there, every page sound, the audit chain
whole and the search index complete.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select

from db.models import Visit
from db.vocabulary import Role, StationKind
from station_app import wiring
from station_app.config import DataDir
from station_app.domain.accounts import AccountDraft, Actor
from station_app.domain.issues import IssueDraft
from station_app.domain.residents import ResidentDraft
from station_app.domain.search import Found
from station_app.domain.station import StationDraft
from station_app.domain.visits import Party, VisitDraft
from station_app.services.visits import save_visit
from station_app.store import Store, keys, search_index
from station_app.store.verify import verify

#: A new file after so many kills, so that looking through all of it stays quick.
KILLS_PER_FILE = 25
LONGEST_LIFE_S = 0.4
PATIENCE_S = 60

#: A fork of a process that has everything loaded starts at once; Windows has no fork.
_START = "spawn" if sys.platform == "win32" else "forkserver"

STATION = StationDraft("演练联络站", "YL", StationKind.STATION, "联络站")
HEAD, PASSWORD = AccountDraft("演练员", Role.HEAD), "drill only"


def main(argv: Sequence[str]) -> int:
    """Run the drill; the exit code is 0 if nothing was lost and nothing is damaged."""
    parser = argparse.ArgumentParser(prog="run.py drill kill", description="kill -9 while saving")
    parser.add_argument("--times", type=int, default=200, help="how many kills")
    parser.add_argument("--seed", type=int, default=None, help="for the same moments again")
    asked = parser.parse_args(argv)
    seed = time.time_ns() % 1_000_000 if asked.seed is None else asked.seed
    _say(f"seed {seed}")
    saved, wrong = drill(asked.times, random.Random(seed))
    for line in wrong:
        _say(line)
    _say(f"{asked.times} kills, {len(wrong)} lost ({saved:,} visits acknowledged)")
    return 1 if wrong else 0


def drill(times: int, chance: random.Random) -> tuple[int, list[str]]:
    """Kill ``times`` writers; return how many visits were acknowledged and what went wrong."""
    saved, wrong = 0, []
    while times > 0:
        kills = min(times, KILLS_PER_FILE)
        times -= kills
        with tempfile.TemporaryDirectory() as folder:
            more, bad = _one_file(DataDir(Path(folder)), kills, chance)
        saved += more
        wrong += bad
    return saved, wrong


def _one_file(data: DataDir, kills: int, chance: random.Random) -> tuple[int, list[str]]:
    wiring.set_up(data, STATION, HEAD, PASSWORD)
    station = wiring.open_station(data, keys.list_slots(data)[0].id, PASSWORD)
    station.close()
    acknowledged: set[UUID] = set()
    wrong: list[str] = []
    for kill in range(1, kills + 1):
        acknowledged |= _kill_a_writer(data, station.key, station.actor, chance)
        wrong += [f"kill {kill}: {line}" for line in _look(data, station, acknowledged)]
    return len(acknowledged), wrong


def _kill_a_writer(data: DataDir, key: bytes, actor: Actor, chance: random.Random) -> set[UUID]:
    """Let a writer live for a random while, some not even until the file is open."""
    context: Any = multiprocessing.get_context(_START)
    context.set_forkserver_preload([__name__])
    ours, theirs = context.Pipe(duplex=False)
    writer = context.Process(target=write_on, args=(theirs, str(data.root), key, actor))
    writer.start()
    theirs.close()
    reported: set[UUID] = set()
    if chance.random() < 0.8 and ours.poll(PATIENCE_S):
        _take(ours, reported)
    time.sleep(chance.uniform(0, LONGEST_LIFE_S))
    writer.kill()
    while _take(ours, reported):
        pass
    writer.join()
    writer.close()
    ours.close()
    return reported


def _take(pipe: Connection, reported: set[UUID]) -> bool:
    """Read one report; False at the end, which may come in the middle of one."""
    try:
        body = pipe.recv_bytes()
    except (EOFError, OSError):
        return False
    if len(body) == 16:
        reported.add(UUID(bytes=body))
    return True


def write_on(pipe: Connection, folder: str, key: bytes, actor: Actor) -> None:
    """Save visits for ever and report each one after its commit (runs in its own process)."""
    store = Store.open(DataDir(Path(folder)), key)
    pipe.send_bytes(b"open")
    number = 0
    while True:
        number += 1
        with store.write(actor) as tx:
            visit = save_visit(tx, _draft(number))
        pipe.send_bytes(visit.id.bytes)


def _draft(number: int) -> VisitDraft:
    issue = IssueDraft("路灯不亮", text=f"第{number}号楼北侧路灯坏了两周，晚上出行不便。" * 3)
    return VisitDraft(Party(ResidentDraft("张伟", f"138{number:08d}")), (issue, issue))


def _look(data: DataDir, station: wiring.OpenStation, acknowledged: set[UUID]) -> list[str]:
    store = Store.open(data, station.key)
    try:
        found = verify(store, station.actor)
        wrong = [str(found)] if not found.ok else []
        with store.read(station.actor) as tx:
            there = set(tx.session.scalars(select(Visit.id)))
            everything = len(there) or 1
            indexed = search_index.find(tx, Found.VISIT, "张伟", limit=everything)
        wrong += [f"visit {one} is lost" for one in acknowledged - there]
        wrong += [f"visit {one} is not found" for one in there - set(indexed)]
        return wrong
    finally:
        store.close()


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
