"""All figures of a year over 1,000,000 issues, their parts, and the first page of rows behind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date
from functools import partial
from time import perf_counter
from typing import Any

from benchmarks import mass
from benchmarks.report import Result, against, fact, median, show
from station_app.domain.figures import TOLD, Asked, Figure, Split
from station_app.domain.periods import Period, PeriodKind, period_around
from station_app.services import figure_rows, figures, reports
from station_app.store import Tx
from station_app.store.transaction import driver_of
from station_app.wiring import OpenStation

ISSUES, ROUNDS = 1_000_000, 5
YEAR = period_around(PeriodKind.YEAR, date(2024, 6, 1))
_ID = "lower(hex(randomblob(16)))"
_COLUMNS = "kind, day, event_id, issue_id, unit_id, word, who, apart, done"
#: What the acts of so many issues would have left: kind, days later, word, who, apart, done, which.
_FACTS = (
    ("settled", 30, "degree", "''", "0", "NULL", "status = 'settled'"),
    ("rated", 25, "rating", "'resident'", "issue.rowid % 5 = 0", "NULL", "rating IS NOT NULL"),
    ("reply", 21, "''", "''", "0", "issue.rowid % 7 > 1",
     "unit_id IS NOT NULL AND status <> 'declined'"),
    ("promise", 40, "''", "''", "0", "issue.rowid % 3 > 0", "promise_on IS NOT NULL"),
)  # fmt: skip


def main() -> Sequence[Result]:
    """Measure and print."""
    with closing(mass.station(ISSUES)) as station:
        _fill(station)
        results = [
            _limited(station, "every figure of a year", _totals, 1000),
            _limited(station, "with the period before and the year before: shown first",
                     _begun, 1000),
            _told(station, "the whole report of a year, with parts and charts", _report),
            *(
                _told(station, f"issues of a year by {split.value}", partial(
                    figures.parts, figure=Figure.ISSUES, period=YEAR, split=split))
                for split in (Split.CATEGORY, Split.UNIT, Split.PLACE)
            ),
            *(
                _limited(station, f"first page of the rows behind {figure.value}",
                         partial(_page, figure=figure), 100)
                for figure in (Figure.ISSUES, Figure.PEOPLE, Figure.SATISFACTION, Figure.IN_TIME)
            ),
        ]  # fmt: skip
    return show(results)


def _fill(station: OpenStation) -> None:
    """Give the issues what counts of them, once."""
    with station.store.write(station.actor) as tx:
        driver = driver_of(tx.session)
        if driver.execute("SELECT 1 FROM issue_fact LIMIT 1").fetchone():
            return
        for kind, later, word, who, apart, done, which in _FACTS:
            day = f"date(registered_at, '+8 hours', '+{later} days')"
            driver.execute(
                f"INSERT INTO issue_fact ({_COLUMNS}) SELECT '{kind}', {day}, {_ID}, id, unit_id,"
                f" {word}, {who}, {apart}, {done} FROM issue WHERE {which}"
            )
        driver.execute("ANALYZE")


def _totals(tx: Tx) -> Any:
    return figures.totals(tx, TOLD, YEAR)


def _begun(tx: Tx) -> Any:
    return reports.begin_report(tx, YEAR)


def _report(tx: Tx) -> Any:
    return reports.make_report(tx, YEAR)


def _page(tx: Tx, *, figure: Figure) -> Any:
    period: Period = YEAR
    return figure_rows.list_rows(tx, figure_rows.rows_listing(Asked(figure, period)))


def _limited(station: OpenStation, name: str, act: Callable[[Tx], Any], limit: float) -> Result:
    return against(name, _time(station, act), "ms", limit=limit, peer="a limit", most=1)


def _told(station: OpenStation, name: str, act: Callable[[Tx], Any]) -> Result:
    return fact(name, _time(station, act), "ms")


def _time(station: OpenStation, act: Callable[[Tx], Any]) -> float:
    times = []
    for _ in range(ROUNDS):
        with station.store.read(station.actor) as tx:
            began = perf_counter()
            act(tx)
            times.append((perf_counter() - began) * 1000)
    return median(times)


if __name__ == "__main__":
    main()
