"""What the rota's two lists show: each day with who is due, each deputy with how often."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar
from uuid import UUID

from station_app.domain.lists import Listing, Mark, Page
from station_app.domain.rota import RotaQuestion, Seats, Worth
from station_app.domain.words import levels_words
from station_app.i18n import tr
from station_app.store import Tx
from station_app.ui.days.words import weekday
from station_app.ui.widgets import Column

#: Both lists are short and stand in their own order.
AS_GIVEN = Listing("as given")


@dataclass(frozen=True, slots=True)
class DueRow:
    """One day: who is due, whether that is other than what is saved, and the free seats."""

    id: UUID
    on: date
    names: tuple[str, ...]
    changed: bool
    free: int


@dataclass(frozen=True, slots=True)
class LoadRow:
    """One deputy: receptions of the year with this rota, and on which of its dates."""

    id: UUID
    name: str
    levels: str
    load: int
    dates: tuple[date, ...]
    seldom: bool


Row = TypeVar("Row", DueRow, LoadRow)


class Shelf(Generic[Row]):
    """Rows in memory, given as a list service would."""

    def __init__(self) -> None:
        self.rows: tuple[Row, ...] = ()

    def page(
        self, tx: Tx, listing: Listing, *, at: Mark | None = None, backwards: bool = False
    ) -> Page[Row]:
        """All rows at once: there are some hundred at most."""
        return Page(self.rows, None, None)

    def count(self, tx: Tx, listing: Listing) -> int:
        """How many there are."""
        return len(self.rows)


def due_rows(question: RotaQuestion, seats: Seats, saved: Seats) -> tuple[DueRow, ...]:
    """The days of the question in order, with who is due by ``seats``."""
    order = {one.id: (at, one.name) for at, one in enumerate(question.deputies)}
    found = []
    for day in question.days:
        sitting = seats.get(day.id, frozenset())
        named = sorted(order[who] for who in sitting if who in order)
        gone = len(sitting) - len(named)
        names = [name for _, name in named] + [tr("rota|a retired deputy")] * gone
        changed = sitting != saved.get(day.id, frozenset())
        found.append(
            DueRow(day.id, day.on, tuple(names), changed, max(0, day.seats - len(sitting)))
        )
    return tuple(found)


def load_rows(question: RotaQuestion, seats: Seats, worth: Worth) -> tuple[LoadRow, ...]:
    """The deputies, those with the fewest receptions first."""
    dates: dict[UUID, list[date]] = {}
    for day in question.days:
        for who in seats.get(day.id, ()):
            dates.setdefault(who, []).append(day.on)
    rows = [
        LoadRow(
            one.id, one.name, levels_words(one.levels), worth.loads[one.id],
            tuple(dates.get(one.id, ())), worth.loads[one.id] < question.least,
        )
        for one in question.deputies
    ]  # fmt: skip
    return tuple(sorted(rows, key=lambda row: row.load))


def due_columns() -> list[Column[DueRow]]:
    """Date, who is due, what is open."""
    return [
        Column(
            tr("Date"),
            lambda row: f"{row.on:%m-%d} {weekday(row.on)}",
            width=112,
            strong=True,
        ),
        Column(
            tr("Deputies due"),
            lambda row: tr("list|, ").join(row.names) or "–",
        ),
        Column(
            tr("State"),
            _state,
            width=116,
            tone=lambda row: "amber" if row.free else "blue" if row.changed else "neutral",
        ),
    ]


def load_columns() -> list[Column[LoadRow]]:
    """Name, how often, when."""
    return [
        Column(tr("Deputy"), lambda row: row.name, detail=lambda row: row.levels or "–"),
        Column(
            tr("rota|Times"),
            lambda row: str(row.load),
            width=64,
            tone=lambda row: "amber" if row.seldom else "neutral",
        ),
        Column(
            tr("rota|Dates"),
            lambda row: tr("list|, ").join(f"{on:%m-%d}" for on in row.dates) or "–",
        ),
    ]


def _state(row: DueRow) -> str:
    if row.free:
        return tr("rota|{n} seats free", n=row.free)
    return tr("rota|not saved") if row.changed else tr("rota|saved")
