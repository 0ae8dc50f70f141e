"""Reading a roster of deputies: what was understood, row by row, beside what was written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from station_app.domain.deputies import DeputyDraft
from station_app.domain.deputies_matching import same_person
from station_app.errors import ExchangeFault
from station_app.exchange.births import birth_style
from station_app.exchange.cells import plain
from station_app.exchange.grid import Grid, read_grid
from station_app.exchange.headers import ColumnMeaning, Header, find_header, head_words
from station_app.exchange.roster_columns import (
    ROSTER_WORDS,
    corrected_columns,
    roster_columns,
    roster_fields,
)
from station_app.exchange.roster_rows import CellProblem, Reader, Row, why_no_person
from station_app.exchange.sheet import Sheet, text_of
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
#: A merged cell at least this wide over the names makes its row a heading.
_WIDE = 3


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """One row below, above or between the people: a draft, or the reason why there is none.

    ``row_number`` from 1 as the spreadsheet program counts; ``cells`` as texts, all columns.
    """

    row_number: int
    cells: tuple[str, ...]
    draft: DeputyDraft | None
    problems: tuple[CellProblem, ...] = ()
    skipped_reason: str | None = None


@dataclass(frozen=True, slots=True)
class RosterReading:
    """All of one sheet: every row is either in ``header_rows`` or has its entry."""

    sheets: tuple[str, ...]
    sheet: str
    header_rows: tuple[int, ...]
    columns: tuple[ColumnMeaning, ...]
    entries: tuple[RosterEntry, ...]

    @property
    def understood(self) -> bool:
        """Whether a column of names was found; if not, nothing can be imported yet."""
        return any(column.field == "name" for column in self.columns)

    @property
    def drafts(self) -> tuple[DeputyDraft, ...]:
        """The people to import, in the order of the sheet."""
        return tuple(entry.draft for entry in self.entries if entry.draft)

    @property
    def doubtful(self) -> tuple[RosterEntry, ...]:
        """People of whom some cell could not be taken as it is."""
        return tuple(entry for entry in self.entries if entry.draft and entry.problems)

    @property
    def skipped(self) -> tuple[RosterEntry, ...]:
        """Rows that are not imported, each with its reason."""
        return tuple(entry for entry in self.entries if not entry.draft)


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
    chosen, header = _choose(grid, sheet, header_row)
    day = today or datetime.now().astimezone().date()
    # without a header its unknown heads would pass for a person; so only if the operator says so
    guess = bool(header.rows) or header_row == 0
    columns = corrected_columns(
        roster_columns(chosen, header, day, guess_names=guess), mapping or {}
    )
    return RosterReading(
        grid.names,
        chosen.name,
        tuple(row + 1 for row in header.rows),
        columns,
        tuple(_without_repeats(_entries(chosen, header, columns, day))),
    )


def _choose(grid: Grid, name: str | None, header_row: int | None) -> tuple[Sheet, Header]:
    offered = [grid.sheet(name)] if name is not None else list(grid.sheets)
    if header_row is None:
        words = head_words(ROSTER_WORDS)
        found = [(sheet, find_header(sheet, words)) for sheet in offered]
        # people fill many rows: of equally clear headers the one above the longer list
        return max(found, key=lambda pair: (round(pair[1].score, 2), len(pair[0].rows)))
    if not 0 <= header_row <= len(offered[0].rows):
        raise ExchangeFault(tr("There is no row {row} in this sheet.", row=header_row))
    if header_row == 0:
        return offered[0], Header(range(0), ((),) * offered[0].width, 0.0)
    return offered[0], find_header(offered[0], head_words(ROSTER_WORDS), row=header_row - 1)


def _entries(
    sheet: Sheet, header: Header, columns: tuple[ColumnMeaning, ...], today: date
) -> Iterator[RosterEntry]:
    places: defaultdict[str, tuple[int, ...]] = defaultdict(tuple)
    for column in columns:
        if column.field:
            places[column.field] += (column.index,)
    first = header.rows.stop
    styles = {
        index: birth_style(
            (sheet.value(row, index) for row in range(first, len(sheet.rows))), exact=sheet.exact
        )
        for index in places["born_on"]
    }
    reader = Reader(dict(places), styles, today)
    rows = _Rows(sheet, header, {field: at for field, at in places.items() if at})
    for index in range(len(sheet.rows)):
        if index not in header.rows:
            yield _entry(rows, reader, index)


def _entry(rows: _Rows, reader: Reader, index: int) -> RosterEntry:
    row = rows.row(index)
    written = rows.written(index)
    reason = rows.why_outside(index) or why_no_person(row)
    if reason:
        return RosterEntry(index + 1, written, None, (), reason)
    draft, problems = reader.draft(row)
    return RosterEntry(index + 1, written, draft, problems)


class _Rows:
    """The rows of one sheet with merged cells filled in where they hold for several people."""

    def __init__(self, sheet: Sheet, header: Header, columns: dict[str, tuple[int, ...]]) -> None:
        self._sheet = sheet
        self._columns = columns
        self._first = header.rows.start if header.rows else 0
        self._heads = [_marks(sheet.texts(row)) for row in header.rows]
        names = columns.get("name", ())
        self._wide = {
            span.top
            for span in sheet.spans
            if span.right - span.left + 1 >= _WIDE
            and any(span.left <= name <= span.right for name in names)
        }
        filled = {column for field in _MERGED_DOWN for column in columns.get(field, ())}
        self._from: dict[tuple[int, int], int] = {}
        self._continued: set[int] = set()
        for span in sheet.spans:
            below = range(
                max(span.top + 1, header.rows.stop), min(span.bottom, len(sheet.rows) - 1) + 1
            )
            if span.left == span.right and span.left in filled and span.top >= header.rows.stop:
                self._from.update({(row, span.left): span.top for row in below})
            if span.left in names and span.top >= header.rows.stop:
                self._continued.update(below)

    def written(self, index: int) -> tuple[str, ...]:
        """The row's texts as they stand, as many as the sheet has columns."""
        texts = self._sheet.texts(index)
        return texts + ("",) * (self._sheet.width - len(texts))

    def row(self, index: int) -> Row:
        """The row for reading."""
        values = list(self._sheet.rows[index])
        texts = list(self.written(index))
        if any(texts):
            for column in {column for at in self._columns.values() for column in at}:
                top = self._from.get((index, column))
                if top is not None:
                    texts[column] = text_of(self._sheet.value(top, column))
        return Row(tuple(texts), values, self._columns, index in self._wide)

    def why_outside(self, index: int) -> str | None:
        """The reason if the row lies outside the list of people whatever it says."""
        marks = _marks(self._sheet.texts(index))
        if marks and index < self._first:
            return tr("A title above the list.")
        if len(marks) > 1 and any(marks.items() <= heads.items() for heads in self._heads):
            return tr("The header once more.")
        if index in self._continued:
            return tr("A continuation of the person above.")
        return None


def _marks(texts: tuple[str, ...]) -> dict[int, str]:
    return {index: plain(text) for index, text in enumerate(texts) if plain(text)}


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
