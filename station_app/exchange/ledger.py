"""Reading a ledger of earlier years: what was understood, row by row, beside what was written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

from station_app.domain.ledgers import LedgerDraft, LedgerFile
from station_app.errors import ExchangeFault
from station_app.exchange.cells import Understood
from station_app.exchange.choosing import choose_header, places_of
from station_app.exchange.grid import Grid, read_grid
from station_app.exchange.headers import ColumnMeaning, Header, head_words
from station_app.exchange.ledger_columns import (
    NEEDED,
    corrected_ledger,
    ledger_columns,
    ledger_fields,
)
from station_app.exchange.ledger_dates import read_days
from station_app.exchange.ledger_rows import Reader, filled_from_above, why_no_visit
from station_app.exchange.ledger_words import LEDGER_WORDS
from station_app.exchange.reading import ListEntry, ListReading
from station_app.exchange.rows import SheetRows
from station_app.exchange.sheet import Sheet
from station_app.i18n import tr

__all__ = ["LedgerReading", "ledger_fields", "ledger_file", "read_ledger", "understand_ledger"]

LedgerEntry = ListEntry[LedgerDraft]
LedgerReading = ListReading[LedgerDraft]

#: Fields whose cells are often merged down over all the matters of one visit, or visits of a day.
_MERGED_DOWN = (
    *("name", "held_on", "phone", "address", "community", "gender", "people", "channel"),
    *("deputies", "category", "outcome", "unit", "rating", "opinion", "serial", "number"),
)


def read_ledger(
    path: Path,
    *,
    sheet: str | None = None,
    mapping: Mapping[int, str | None] | None = None,
    header_row: int | None = None,
    today: date | None = None,
) -> LedgerReading:
    """Read the ledger at ``path`` and say what was understood; nothing is stored.

    Args:
        path: An .xlsx, .xls, .ods or .csv file.
        sheet: Which sheet; without it the one that looks most like a ledger.
        mapping: The operator's corrections: column (from 0) → field, or None for "not imported".
            Columns that it does not name keep what was found.
        header_row: The number (from 1) of the header's first row; 0: the sheet has no header.
        today: Later days are no visits; without it the system's.

    Raises:
        ExchangeFault: The file cannot be read, or has no such sheet, row or field. A sheet in which
            no names, dates or matters are found is no fault: see ``ListReading.missing``.
    """
    return understand_ledger(
        read_grid(path),
        name=path.stem,
        sheet=sheet,
        mapping=mapping,
        header_row=header_row,
        today=today,
    )


def ledger_file(path: Path, sheet: str) -> LedgerFile:
    """How the file at ``path`` is remembered. Raises ExchangeFault if it is gone."""
    try:
        return LedgerFile(path.name, hashlib.sha256(path.read_bytes()).hexdigest(), sheet)
    except OSError:
        raise ExchangeFault(tr("The file is no longer there.")) from None


def understand_ledger(
    grid: Grid,
    *,
    name: str = "",
    sheet: str | None = None,
    mapping: Mapping[int, str | None] | None = None,
    header_row: int | None = None,
    today: date | None = None,
) -> LedgerReading:
    """As ``read_ledger``, of a file read before; its ``name`` may tell the year."""
    chosen, header = choose_header(grid, head_words(LEDGER_WORDS), sheet, header_row)
    day = today or datetime.now().astimezone().date()
    guess = bool(header.rows) or header_row == 0
    columns = corrected_ledger(
        ledger_columns(chosen, header, day, guess_names=guess), mapping or {}
    )
    return ListReading(
        grid.names,
        chosen.name,
        tuple(row + 1 for row in header.rows),
        columns,
        tuple(_entries(chosen, header, columns, name, day)),
        NEEDED,
    )


def _entries(
    sheet: Sheet, header: Header, columns: tuple[ColumnMeaning, ...], name: str, today: date
) -> Iterator[LedgerEntry]:
    places = places_of(columns)
    rows = SheetRows(sheet, header, places, merged_down=_MERGED_DOWN)
    indexes = [index for index in range(len(sheet.rows)) if index not in header.rows]
    if any(field not in places for field in NEEDED):
        for index in indexes:
            yield _unreadable(rows, index)
        return
    filled = filled_from_above([rows.row(index) for index in indexes])
    days = read_days(
        [row.value(places["held_on"][0]) for row in filled],
        [name, sheet.name, *_titles(sheet, header)],
        today,
        exact=sheet.exact,
    )
    reader = Reader(places, today, sheet.exact)
    for index, row, day in zip(indexes, filled, days, strict=True):
        written = rows.written(index)
        reason = rows.why_outside(index, "") or why_no_visit(row) or _why_no_day(day)
        if reason or day.value is None:
            yield ListEntry(index + 1, written, None, (), reason)
            continue
        draft, problems = reader.draft(row, index + 1, day.value)
        yield ListEntry(index + 1, written, draft, problems)


def _unreadable(rows: SheetRows, index: int) -> LedgerEntry:
    written = rows.written(index)
    reason = rows.why_outside(index, "") or (
        tr("A needed column was not found. Choose it above.") if any(written) else tr("Blank row.")
    )
    return ListEntry(index + 1, written, None, (), reason)


def _why_no_day(day: Understood[datetime | None]) -> str | None:
    return day.problem or None


def _titles(sheet: Sheet, header: Header) -> list[str]:
    above = range(header.rows.start) if header.rows else range(0)
    return [text for row in above for text in sheet.texts(row) if text]
