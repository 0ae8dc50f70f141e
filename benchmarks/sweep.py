"""Every view of the issues with every filter, and every filter with every other: first pages.

Filled with deputies and campaigns besides; the slowest combinations are told by name. Which rows
a filter leaves is left to chance, so that no filter follows from a view.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from datetime import date, time, timedelta
from itertools import combinations
from pathlib import Path
from time import perf_counter

from sqlalchemy import select

from benchmarks import mass
from benchmarks.report import Result, against, fact, median, p95, show
from db.models import Deputy, Issue
from db.vocabulary import Degree, IssueStatus, Level, Rating, Turn
from station_app import wiring
from station_app.config import DataDir
from station_app.domain.days import DayDraft
from station_app.domain.deputies import DeputyDraft
from station_app.domain.issue_views import VIEW_SORTS, View
from station_app.domain.lists import Listing
from station_app.services import days, deputies, dictionaries
from station_app.services.issue_records import list_issues
from station_app.store.keys import list_slots
from station_app.store.transaction import driver_of
from station_app.wiring import OpenStation

ISSUES, ROUNDS, SLOWEST = 100_000, 3, 8
#: What an operator does not notice.
LIMIT_MS = 100
DEPUTIES, DAYS = 60, 1_000
Filters = dict[str, object]


def main(issues: int = ISSUES) -> Sequence[Result]:
    """Measure and print."""
    with closing(_station(issues)) as station:
        single = _filters(station)
        found: list[tuple[float, str]] = []
        for view in View:
            sort, down = VIEW_SORTS[view]
            base: Filters = {} if view is View.ALL else {"view": view}
            tried = [(name, one) for name, one in single.items()]
            if view in (View.ALL, View.TO_DO):
                tried += [(f"{a} + {b}", single[a] | single[b]) for a, b in _pairs(single)]
            for name, filters in tried:
                text = str(filters.get("text", ""))
                asked = {key: value for key, value in filters.items() if key != "text"}
                listing = Listing(sort, down, text, base | asked)
                found.append((_timed(station, listing), f"{view.value}: {name}"))
    found.sort(reverse=True)
    times = [took for took, _name in found]
    slow = sum(took > LIMIT_MS for took in times)
    for took, name in found:
        if took > LIMIT_MS:
            print(f"{took:6.0f} ms  {name}", file=sys.stderr)
    results = [
        fact("combinations", len(found), ""),
        fact("of these slower than 100 ms", slow, ""),
        against(
            "95 of 100 of them within", p95(times), "ms", limit=LIMIT_MS, peer="a limit", most=1
        ),
    ]
    results += [fact(f"slowest: {name}", took, "ms") for took, name in found[:SLOWEST]]
    return show(results)


def _pairs(single: dict[str, Filters]) -> list[tuple[str, str]]:
    return [(a, b) for a, b in combinations(single, 2) if not single[a].keys() & single[b].keys()]


def _filters(station: OpenStation) -> dict[str, Filters]:
    with station.store.read(station.actor) as tx:
        unit = dictionaries.list_units(tx)[0].id
        deputy = tx.session.scalars(select(Deputy.id).order_by(Deputy.name)).first()
        place, title = tx.session.execute(
            select(Issue.place, Issue.title).order_by(Issue.registered_at).offset(ISSUES // 2)
        ).first() or ("", "")
    return {
        "status, few": {"status": IssueStatus.DECLINED},
        "status, many": {"status": IssueStatus.SETTLED},
        "category": {"category": "c07"},
        "unit": {"unit_id": unit},
        "deputy": {"deputy_id": deputy},
        "place": {"place": place[:2]},
        "a house": {"place": place},
        "campaign": {"campaign": "月"},
        "half a year": {"first_on": date(2023, 1, 1), "last_on": date(2023, 6, 30)},
        "a day": {"first_on": date(2024, 3, 4), "last_on": date(2024, 3, 4)},
        "degree": {"degree": Degree.PLANNED},
        "rating": {"rating": Rating.DISSATISFIED},
        "turn": {"turn": Turn.RESIDENT},
        "turn, unit": {"turn": Turn.UNIT},
        "urgent": {"urgent": True},
        "a word": {"text": title[:2]},
        "words": {"text": title[:4]},
    }


def _timed(station: OpenStation, listing: Listing) -> float:
    times = []
    for _ in range(ROUNDS):
        with station.store.read(station.actor) as tx:
            began = perf_counter()
            list_issues(tx, listing)
            times.append((perf_counter() - began) * 1000)
        if times[0] > 20 * LIMIT_MS:
            break
    return median(times)


def _station(issues: int) -> OpenStation:
    """A copy of the mass station in which issues have deputies and came up on campaign days."""
    plain = mass.station(issues)
    source = plain.data.root
    plain.close()
    folder = Path(tempfile.gettempdir()) / f"{source.name}-sweep"
    if folder.exists():
        data = DataDir(folder)
        return wiring.open_station(data, list_slots(data)[0].id, mass.PASSWORD)
    part = folder.with_suffix(".part")
    shutil.rmtree(part, ignore_errors=True)
    shutil.copytree(source, part)
    data = DataDir(part)
    with closing(wiring.open_station(data, list_slots(data)[0].id, mass.PASSWORD)) as station:
        _fill(station)
    part.rename(folder)
    return _station(issues)


def _fill(station: OpenStation) -> None:
    chance = random.Random(4)
    with station.store.write(station.actor) as tx:
        people = [
            deputies.save_deputy(tx, DeputyDraft(f"代表{place}", levels=(Level.CITY,))).id.hex
            for place in range(DEPUTIES)
        ]
        held = []
        for at in range(DAYS):
            day = date(2021, 1, 4) + timedelta(days=at)
            campaign = "" if at % 20 else "月"
            draft = DayDraft(day, time(9), time(11), campaign=campaign)
            held.append(days.save_day(tx, draft).id.hex)
        driver = driver_of(tx.session)
        came = driver.execute("SELECT id, visit_id FROM issue ORDER BY registered_at").fetchall()
        named = [(chance.choice(people), issue) for issue, _visit in came]
        driver.executemany("INSERT INTO issue_deputy (deputy_id, issue_id) VALUES (?, ?)", named)
        each = -(-len(came) // DAYS)
        on_days = [(held[at // each], visit) for at, (_issue, visit) in enumerate(came)]
        driver.executemany("UPDATE visit SET day_id = ? WHERE id = ?", on_days)
        driver.execute("ANALYZE")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ISSUES)
