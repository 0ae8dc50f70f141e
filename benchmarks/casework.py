"""Views, counts and combined filters at 1,000,000 issues; one long history; likely matters."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import UUID

from sqlalchemy import select

from benchmarks import mass, save
from benchmarks.report import Result, against, median, p95, show
from db.models import Issue
from db.vocabulary import Degree, Rating, Turn
from station_app import wiring
from station_app.config import DataDir
from station_app.domain.issue_views import VIEW_SORTS, View
from station_app.domain.issues import IssueDraft
from station_app.domain.lists import Listing
from station_app.domain.residents import ResidentDraft
from station_app.domain.visits import Party, VisitDraft
from station_app.services import dictionaries, issue_likeness, issues, today
from station_app.services.issue_filters import count_views
from station_app.services.issue_records import list_issues
from station_app.services.visits import save_visit
from station_app.store import Tx, keys
from station_app.wiring import OpenStation

ISSUES, FEWER = 1_000_000, 100_000
EVENTS, ROUNDS, TEXTS = 200, 9, 100


def main() -> Sequence[Result]:
    """Measure and print."""
    results = [_opening()]
    with closing(mass.station(ISSUES)) as station:
        for view in View:
            sort, down = VIEW_SORTS[view]
            listing = Listing(sort, down, filters={"view": view})
            page = partial(list_issues, listing=listing)
            results.append(_timed(station, f"view {view.value}, first page", page, 16))
        results.append(_timed(station, "the counts of all views", count_views, 50))
        results.append(_timed(station, "what is due up to the end of the week", today.due_now, 50))
        for name, filters in _combined(station).items():
            listing = Listing("registered_at", True, filters=filters)
            page = partial(list_issues, listing=listing)
            results.append(_timed(station, f"filters: {name}", page, 100))
    with closing(mass.station(FEWER)) as station:
        results.append(_likeness(station))
    return show(results)


def _combined(station: OpenStation) -> dict[str, dict[str, object]]:
    with station.store.read(station.actor) as tx:
        unit = dictionaries.list_units(tx)[0].id
    return {
        "unit and degree": {"unit_id": unit, "degree": Degree.PLANNED},
        "unit, rating, half a year": {
            "unit_id": unit,
            "rating": Rating.DISSATISFIED,
            "first_on": date(2023, 1, 1),
            "last_on": date(2023, 6, 30),
        },
        "view, unit, urgent": {"view": View.TO_RATE, "unit_id": unit, "urgent": True},
        "turn and category": {"turn": Turn.UNIT, "category": "c07"},
    }


def _timed(station: OpenStation, name: str, act: Callable[[Tx], Any], limit: float) -> Result:
    times = []
    for _ in range(ROUNDS):
        with station.store.read(station.actor) as tx:
            began = perf_counter()
            act(tx)
            times.append((perf_counter() - began) * 1000)
    return against(name, median(times), "ms", limit=limit, peer="a limit", most=1)


def _opening() -> Result:
    with tempfile.TemporaryDirectory() as folder:
        data = DataDir(Path(folder))
        wiring.set_up(data, save.STATION, save.HEAD, save.PASSWORD)
        slot = keys.list_slots(data)[0].id
        with closing(wiring.open_station(data, slot, save.PASSWORD)) as station:
            with station.store.write(station.actor) as tx:
                issue_id = _long_history(tx)
            act = partial(issues.get_issue, issue_id=issue_id)
            return _timed(station, f"open an issue with {EVENTS} events", act, 30)


def _long_history(tx: Tx) -> UUID:
    draft = VisitDraft(Party(ResidentDraft("李建国")), (IssueDraft("加装电梯"),))
    issue_id = save_visit(tx, draft).issues[0].id
    unit = dictionaries.list_units(tx)[0].id
    issues.assign_issue(tx, issue_id, unit_id=unit)
    for place in range(EVENTS - 2):
        text = f"第{place + 1}次了解进展"
        (issues.urge_issue if place % 2 else issues.note_issue)(tx, issue_id, text=text)
    return issue_id


def _likeness(station: OpenStation) -> Result:
    chance = random.Random(7)
    with station.store.read(station.actor) as tx:
        texts = tx.session.execute(select(Issue.title, Issue.text, Issue.place)).all()
    times = []
    for title, text, place in chance.sample(list(texts), TEXTS):
        with station.store.read(station.actor) as tx:
            began = perf_counter()
            found = issue_likeness.similar_issues(tx, title + "，" + text, place=place)
            times.append((perf_counter() - began) * 1000)
            assert found, "an issue is at least like itself"
    name = f"likely the same matter among {FEWER:,}, p95"
    return against(name, p95(times), "ms", limit=50, peer="a limit", most=1)


if __name__ == "__main__":
    main()
