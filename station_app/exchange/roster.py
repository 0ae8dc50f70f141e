"""Reading a roster of deputies: what was understood, row by row, beside what was written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from station_app.domain.deputies import DeputyDraft
from station_app.domain.deputies_matching import same_person
from station_app.exchange.births import birth_style
from station_app.exchange.choosing import choose_header, places_of
from station_app.exchange.grid import Grid, read_grid
from station_app.exchange.headers import ColumnMeaning, Header, head_words
from station_app.exchange.reading import ListEntry, ListReading
from station_app.exchange.roster_columns import (
    ROSTER_WORDS,
    corrected_roster,
    roster_columns,
    roster_fields,
)
from station_app.exchange.roster_rows import Reader, why_no_person
from station_app.exchange.rows import CellProblem, SheetRows
from station_app.exchange.sheet import Sheet
from station_app.i18n import tr

__all__ = [
    "CellProblem",
    "RosterEntry",
    "RosterReading",
    "read_roster",
    "roster_fields",
    "understand_roster",
]

#: Fields whose cells are often merged down over all the people they hold for.
_MERGED_DOWN = ("electoral_unit", "deputy_group", "professional_group", "position", "levels")


RosterEntry = ListEntry[DeputyDraft]
RosterReading = ListReading[DeputyDraft]


def read_roster(
    path: Path,
    *,
    sheet: str | None = None,
    mapping: Mapping[int, str | None] | None = None,
    header_row: int | None = None,
    today: date | None = None,
) -> RosterReading:
    """Read the roster at ``path`` and say what was understood; nothing is stored.

    Args:
        path: An .xlsx, .xls, .ods or .csv file.
        sheet: Which sheet; without it the one that looks most like a roster.
        mapping: The operator's corrections: column (from 0) → field, or None for "not imported".
            Columns that it does not name keep what was found.
        header_row: The number (from 1) of the header's first row; 0: the sheet has no header.
        today: The date from which ages are reckoned; without it the system's.

    Raises:
        ExchangeFault: The file cannot be read, or has no such sheet, row or field. A sheet in which
            no names are found is no fault: see ``RosterReading.understood``.
    """
    return understand_roster(
        read_grid(path), sheet=sheet, mapping=mapping, header_row=header_row, today=today
    )


def understand_roster(
    grid: Grid,
    *,
    sheet: str | None = None,
    mapping: Mapping[int, str | None] | None = None,
    header_row: int | None = None,
    today: date | None = None,
) -> RosterReading:
    """As ``read_roster``, of a file read before: so corrections need the file no more."""
    chosen, header = choose_header(grid, head_words(ROSTER_WORDS), sheet, header_row)
    day = today or datetime.now().astimezone().date()
    # without a header its unknown heads would pass for a person; so only if the operator says so
    guess = bool(header.rows) or header_row == 0
    columns = corrected_roster(
        roster_columns(chosen, header, day, guess_names=guess), mapping or {}
    )
    return ListReading(
        grid.names,
        chosen.name,
        tuple(row + 1 for row in header.rows),
        columns,
        tuple(_without_repeats(_entries(chosen, header, columns, day))),
    )


def _entries(
    sheet: Sheet, header: Header, columns: tuple[ColumnMeaning, ...], today: date
) -> Iterator[RosterEntry]:
    places = places_of(columns)
    first = header.rows.stop
    styles = {
        index: birth_style(
            (sheet.value(row, index) for row in range(first, len(sheet.rows))), exact=sheet.exact
        )
        for index in places.get("born_on", ())
    }
    reader = Reader(places, styles, today)
    rows = SheetRows(sheet, header, places, merged_down=_MERGED_DOWN)
    for index in range(len(sheet.rows)):
        if index not in header.rows:
            yield _entry(rows, reader, index)


def _entry(rows: SheetRows, reader: Reader, index: int) -> RosterEntry:
    row = rows.row(index)
    written = rows.written(index)
    continued = tr("A continuation of the person above.")
    reason = rows.why_outside(index, continued) or why_no_person(row)
    if reason:
        return ListEntry(index + 1, written, None, (), reason)
    draft, problems = reader.draft(row)
    return ListEntry(index + 1, written, draft, problems)


def _without_repeats(entries: Iterator[RosterEntry]) -> Iterator[RosterEntry]:
    """Skip people who surely were in the list before; else a second import would undo the first."""
    earlier: defaultdict[str, list[RosterEntry]] = defaultdict(list)
    for entry in entries:
        draft = entry.draft
        twin = (
            next((e for e in earlier[draft.name] if _same(e.draft, draft)), None) if draft else None
        )
        if twin:
            reason = tr("The same person as in row {row}.", row=twin.row_number)
            yield replace(entry, draft=None, skipped_reason=reason)
            continue
        if draft:
            earlier[draft.name].append(entry)
        yield entry


def _same(one: DeputyDraft | None, other: DeputyDraft) -> bool:
    return one is not None and (one == other or same_person(one, other))
