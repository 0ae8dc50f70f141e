"""One sheet of a spreadsheet as plain rows of values, and how large it may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import NamedTuple

from station_app.errors import ExchangeFault
from station_app.i18n import tr

#: What a cell can hold; a blank cell holds ``""``, an error cell its own text (``#N/A``).
Value = str | int | float | bool | date | datetime | time | timedelta

#: Bounds beyond which a file is not a list that an office keeps by hand.
MAX_ROWS = 200_000
MAX_COLUMNS = 512
MAX_CELLS = 6_000_000


class Span(NamedTuple):
    """A merged area; indexes from 0, all inclusive."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)  # no slots: the width is reckoned once and kept
class Sheet:
    """One sheet. ``rows[0]`` is row 1 of the program that made it.

    ``spans`` is empty where the file format does not tell. ``exact`` is false if the file keeps
    numbers as text and may have lost a closing zero on the way (CSV).
    """

    name: str
    rows: Sequence[Sequence[Value]]
    spans: tuple[Span, ...] = ()
    exact: bool = True

    @cached_property
    def width(self) -> int:
        """Columns of the widest row."""
        return max((len(row) for row in self.rows), default=0)

    def texts(self, index: int) -> tuple[str, ...]:
        """The cells of row ``index`` (from 0) as texts."""
        return tuple(text_of(value) for value in self.rows[index])

    def value(self, row: int, column: int) -> Value:
        """One cell; blank beyond the row's end."""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else ""


def text_of(value: Value) -> str:
    """``value`` as people read it: whole numbers without point, dates as ``1953-04-01``."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return str(value)


def check_size(rows: int, columns: int) -> None:
    """Raise ExchangeFault if a sheet of this extent is too large to read."""
    if rows > MAX_ROWS or columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
        raise ExchangeFault(
            tr(
                "This sheet reaches to row {rows}, column {columns}: too large for a list. "
                "Copy the list into a new file and try again.",
                rows=rows,
                columns=columns,
            )
        )
