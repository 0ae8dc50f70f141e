"""What was understood of a list in a sheet, row by row, beside what was written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from station_app.exchange.headers import ColumnMeaning
from station_app.exchange.rows import CellProblem

Draft = TypeVar("Draft")


@dataclass(frozen=True, slots=True)
class ListEntry(Generic[Draft]):
    """One row below, above or within the list: a draft, or the reason why there is none.

    ``row_number`` from 1 as the spreadsheet program counts; ``cells`` as texts, all columns.
    """

    row_number: int
    cells: tuple[str, ...]
    draft: Draft | None
    problems: tuple[CellProblem, ...] = ()
    skipped_reason: str | None = None


@dataclass(frozen=True, slots=True)
class ListReading(Generic[Draft]):
    """All of one sheet: every row is either in ``header_rows`` or has its entry.

    ``needed`` are the fields without which nothing of the list can be imported.
    """

    sheets: tuple[str, ...]
    sheet: str
    header_rows: tuple[int, ...]
    columns: tuple[ColumnMeaning, ...]
    entries: tuple[ListEntry[Draft], ...]
    needed: tuple[str, ...] = ("name",)

    @property
    def missing(self) -> tuple[str, ...]:
        """The needed fields for which no column was found."""
        found = {column.field for column in self.columns}
        return tuple(field for field in self.needed if field not in found)

    @property
    def understood(self) -> bool:
        """Whether every needed column was found; if not, nothing can be imported yet."""
        return not self.missing

    @property
    def drafts(self) -> tuple[Draft, ...]:
        """What is to be imported, in the order of the sheet."""
        return tuple(entry.draft for entry in self.entries if entry.draft is not None)

    @property
    def doubtful(self) -> tuple[ListEntry[Draft], ...]:
        """Rows to import of which some cell could not be taken as it is."""
        return tuple(entry for entry in self.entries if entry.draft is not None and entry.problems)

    @property
    def skipped(self) -> tuple[ListEntry[Draft], ...]:
        """Rows that are not imported, each with its reason."""
        return tuple(entry for entry in self.entries if entry.draft is None)
