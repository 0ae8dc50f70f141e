"""The first and the last page of every list in every order it offers, at 1,000,000 issues."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from time import perf_counter
from typing import Any

from benchmarks import mass
from benchmarks.report import Result, against, median, show
from station_app.domain.lists import Listing
from station_app.services.issue_records import ISSUE_SORTS, list_issues
from station_app.services.residents import RESIDENT_SORTS, list_residents
from station_app.wiring import OpenStation

ISSUES = 1_000_000
#: One frame of a screen that shows sixty a second.
FRAME_MS = 16
ROUNDS = 7

LISTS: tuple[tuple[str, Any, Callable[..., Any]], ...] = (
    ("issues", ISSUE_SORTS, list_issues),
    ("residents", RESIDENT_SORTS, list_residents),
)


def main() -> Sequence[Result]:
    """Measure and print."""
    with closing(mass.station(ISSUES)) as station:
        results = []
        for noun, sorts, page in LISTS:
            for sort in sorts:
                for place, backwards in (("first", False), ("last", True)):
                    for descending in (False, True):
                        listing = Listing(sort, descending)
                        act = partial(page, listing=listing, backwards=backwards)
                        way = "descending" if descending else "ascending"
                        name = f"{noun} by {sort}, {way}, {place} page"
                        results.append(_measure(station, name, act))
        return show(results)


def _measure(station: OpenStation, name: str, act: Callable[..., Any]) -> Result:
    times = []
    for _ in range(ROUNDS):
        with station.store.read(station.actor) as tx:
            began = perf_counter()
            page = act(tx)
            times.append((perf_counter() - began) * 1000)
            assert len(page.rows) > 1
    return against(name, median(times), "ms", limit=FRAME_MS, peer="one frame", most=1)


if __name__ == "__main__":
    main()
