"""Rows of a list in a sheet: what lies outside it, merged cells filled in, totals and remarks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from station_app.exchange.cells import dictionary, plain, tidy
from station_app.exchange.headers import Header
from station_app.exchange.sheet import Sheet, Value, text_of
from station_app.i18n import tr

#: A merged cell at least this wide over the names makes its row a heading.
_WIDE = 3
_COUNTED = re.compile(r"共\d+[名人位个件条批]")


class CellProblem(NamedTuple):
    """A cell that could not be taken as it is: its column (from 0), its text, the reason."""

    column: int
    text: str
    reason: str


@dataclass(frozen=True)  # no slots: the filled columns are found once and kept
class Row:
    """One row with everything needed to judge it; ``columns`` maps a field to its columns.

    ``merged``: one merged cell reaches far over the column of names.
    """

    texts: tuple[str, ...]
    values: Sequence[Value]
    columns: Mapping[str, tuple[int, ...]]
    merged: bool

    def text(self, column: int) -> str:
        """A cell's text, tidied."""
        return tidy(self.texts[column])

    def value(self, column: int) -> Value:
        """A cell's value; blank beyond the row's end."""
        return self.values[column] if column < len(self.values) else ""

    @cached_property
    def filled(self) -> tuple[int, ...]:
        """The columns that hold anything."""
        return tuple(index for index, text in enumerate(self.texts) if text and tidy(text))


class SheetRows:
    """The rows of one sheet; merged cells of the fields ``merged_down`` hold for every row."""

    def __init__(
        self,
        sheet: Sheet,
        header: Header,
        columns: Mapping[str, tuple[int, ...]],
        *,
        merged_down: Sequence[str],
    ) -> None:
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
        filled = {column for field in merged_down for column in columns.get(field, ())}
        self._from: dict[tuple[int, int], int] = {}
        self._continued: set[int] = set()
        for span in sheet.spans:
            below = range(
                max(span.top + 1, header.rows.stop), min(span.bottom, len(sheet.rows) - 1) + 1
            )
            if span.left == span.right and span.left in filled and span.top >= header.rows.stop:
                self._from.update({(row, span.left): span.top for row in below})
            elif span.left in names and span.top >= header.rows.stop:
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
                    values += [""] * (column + 1 - len(values))
                    values[column] = self._sheet.value(top, column)
                    texts[column] = text_of(values[column])
        return Row(tuple(texts), values, self._columns, index in self._wide)

    def why_outside(self, index: int, continued: str) -> str | None:
        """The reason if the row lies outside the list whatever it says.

        ``continued`` is the reason for a row whose name is a cell merged down from above.
        """
        marks = _marks(self._sheet.texts(index))
        if marks and index < self._first:
            return tr("A title above the list.")
        if len(marks) > 1 and any(marks.items() <= heads.items() for heads in self._heads):
            return tr("The header once more.")
        if index in self._continued:
            return continued
        return None


def is_total(row: Row, name: str) -> bool:
    """Whether ``row``, with ``name`` in the column of names, adds up others."""
    texts = [name] if name else [row.text(column) for column in row.filled]
    return any(_is_total_text(plain(text)) for text in texts)


def begins_with(row: Row, kind: str) -> bool:
    """Whether the first text of the row is one of a kind of words, alone or before a colon."""
    first = row.filled[0]
    taken = {
        column for field, places in row.columns.items() if field != "name" for column in places
    }
    if first in taken:
        return False
    word = re.sub(r"^[(\[【]", "", plain(row.texts[first]))
    return bool(re.match(rf"(?:{_words(kind).pattern})\d*(?:\([^)]*\))?(?:[:.、)\]】]|$)", word))


def _is_total_text(word: str) -> bool:
    latin = re.sub(r"[\W\d_]+", "", word)
    if latin.isascii():
        return latin in dictionary("roster_columns")["subtotal"]
    return bool(_COUNTED.search(word)) or bool(_words("subtotal").search(word))


@cache
def _words(kind: str) -> re.Pattern[str]:
    words = sorted((plain(word) for word in dictionary("roster_columns")[kind]), key=len)
    return re.compile("|".join(re.escape(word) for word in reversed(words)))


def _marks(texts: tuple[str, ...]) -> dict[int, str]:
    return {index: plain(text) for index, text in enumerate(texts) if plain(text)}
