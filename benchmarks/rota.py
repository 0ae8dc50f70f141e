"""A rota of 60 deputies on 24 days with 3 seats each, while 200 absences are heeded.

Read from a real encrypted file and made anew; every absence falls on a reception day. 72 seats
let all come once and twelve of them twice; asked for twice each, they are too few, which is said.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Sequence
from contextlib import closing
from datetime import date, time, timedelta
from itertools import product
from pathlib import Path
from time import perf_counter

from benchmarks import mass
from benchmarks.report import Result, against, fact, median, show
from db.vocabulary import Level
from station_app import wiring
from station_app.config import DataDir
from station_app.domain.absences import AbsenceDraft
from station_app.domain.days import DayDraft
from station_app.domain.deputies import DeputyDraft
from station_app.domain.rota import Rota
from station_app.domain.rota_making import propose
from station_app.domain.rota_words import cannot_words
from station_app.services import days, deputies
from station_app.services.absences import add_absence
from station_app.services.rotas import rota_question
from station_app.store import Tx
from station_app.store.keys import list_slots
from station_app.wiring import OpenStation

DEPUTIES, DAYS, SEATS, ABSENCES, ROUNDS = 60, 24, 3, 200, 5
YEAR = 2027
LIMIT_S = 5.0


def main() -> Sequence[Result]:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder, closing(_station(Path(folder))) as station:
        times, rota, _ = _made(station, least=1)
        slower, _, said = _made(station, least=2)
    few, many = rota.worth.spread
    away = len(rota.worth.away) + len(rota.worth.twice) + sum(rota.worth.empty.values())
    if away or not said:
        raise AssertionError("the rota does not hold, or nobody said why it cannot be had")
    name = f"{DEPUTIES} deputies, {DAYS} days, {SEATS} seats, {ABSENCES} absences"
    return show([
        against(name, median(times), "s", limit=LIMIT_S, peer="a limit", most=1),
        against(f"its fairness: each comes {few} to {many} times, which is apart by", many - few,
                "", limit=1, peer="the least that 72 seats for 60 allow", most=1),
        fact("the same asked for twice each, until said why it cannot be", median(slower), "s"),
    ])  # fmt: skip


def _made(station: OpenStation, *, least: int) -> tuple[list[float], Rota, list[str]]:
    """The seconds of each round, the rota, and what is said about it."""
    times = []
    for _ in range(ROUNDS):
        began = perf_counter()
        with station.store.read(station.actor) as tx:
            question = rota_question(
                tx, date(YEAR, 1, 1), date(YEAR, 12, 31), seats=SEATS, least=least
            )
        rota = propose(question)
        said = cannot_words(question, rota.worth)
        times.append(perf_counter() - began)
    return times, rota, said


def _station(folder: Path) -> OpenStation:
    data = DataDir(folder / "station")
    wiring.set_up(data, mass.STATION, mass.HEAD, mass.PASSWORD)
    opened = wiring.open_station(data, list_slots(data)[0].id, mass.PASSWORD)
    with opened.store.write(opened.actor) as tx:
        _fill(tx, random.Random(20261110))
    return opened


def _fill(tx: Tx, chance: random.Random) -> None:
    people = [
        deputies.save_deputy(tx, DeputyDraft(f"代表{at}", levels=(chance.choice(list(Level)),))).id
        for at in range(DEPUTIES)
    ]
    dates = [date(YEAR, 1, 11) + timedelta(days=14 * at) for at in range(DAYS)]
    for on in dates:
        days.save_day(tx, DayDraft(on, time(9), time(11), "一楼接待室", ""))
    for who, on in chance.sample(list(product(people, dates)), ABSENCES):
        add_absence(tx, AbsenceDraft(who, on, on))


if __name__ == "__main__":
    main()
