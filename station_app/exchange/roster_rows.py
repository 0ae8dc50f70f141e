"""Which rows of a roster are people, and what their cells say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from db.vocabulary import Gender, Level
from station_app.domain.deputies import DeputyDraft
from station_app.exchange.births import BirthStyle, read_birth
from station_app.exchange.cells import (
    Understood,
    is_blank,
    is_error,
    looks_like_name,
    read_ethnicity,
    read_gender,
    read_levels,
    read_name,
    read_phones,
    read_tick,
    tidy,
)
from station_app.exchange.rows import CellProblem, Row, begins_with, is_total
from station_app.i18n import tr

_LEVEL = "level:"
_LONGEST_NAME = 50


def why_no_person(row: Row) -> str | None:
    """The reason why ``row`` is not about a person, or None if it is."""
    filled = row.filled
    if not filled:
        return tr("Blank row.")
    if "name" not in row.columns:
        return tr("No column of names was found. Choose it above.")
    name = row.text(row.columns["name"][0])
    if is_total(row, name):
        return tr("A total, not a person.")
    if begins_with(row, "remark"):
        return tr("A remark, not a person.")
    if begins_with(row, "example"):
        return tr("An example, not a person.")
    if (row.merged and len(filled) <= 2) or (
        len(filled) == 1 and len(row.columns) > 1 and not _lone_name(name)
    ):
        return tr("A heading, not a person.")
    return _why_no_name(name)


def _why_no_name(name: str) -> str | None:
    if is_error(name):
        return tr("The name is an error sign of the spreadsheet.")
    if is_blank(name) or not looks_like_name(name):
        return tr("There is no name in this row.")
    if len(name) > _LONGEST_NAME:
        return tr("This is too long for a name.")
    return None


def _lone_name(name: str) -> bool:
    return bool(name) and looks_like_name(name, strict=True)


class Reader:
    """Turns rows of people into drafts; what cannot be read is left out and noted."""

    def __init__(
        self, columns: Mapping[str, tuple[int, ...]], styles: Mapping[int, BirthStyle], today: date
    ) -> None:
        self._columns = columns
        self._styles = styles
        self._today = today

    def draft(self, row: Row) -> tuple[DeputyDraft, tuple[CellProblem, ...]]:
        """What ``row`` says of its person, and what it could not be understood to say."""
        notes: list[CellProblem] = []
        phone, other = self._phones(row, notes)
        column = self._columns["name"][0]
        name = self._noted(row, column, read_name(row.texts[column]), notes)
        draft = DeputyDraft(
            name=name,
            gender=self._gender(row, notes),
            ethnicity=self._ethnicity(row, notes),
            born_on=self._born_on(row, notes),
            levels=self._levels(row, notes),
            position=self._joined(row, "position", notes),
            electoral_unit=self._joined(row, "electoral_unit", notes),
            deputy_group=self._joined(row, "deputy_group", notes),
            professional_group=self._joined(row, "professional_group", notes),
            phone=phone,
            other_phone=other,
            profile=self._joined(row, "profile", notes, between="\n"),
            note=self._joined(row, "note", notes, between="\n"),
        )
        return draft, tuple(sorted(notes))

    def _noted(self, row: Row, column: int, read: Understood[str], notes: list[CellProblem]) -> str:
        if read.problem:
            notes.append(CellProblem(column, row.texts[column], read.problem))
        return read.value

    def _cells(self, row: Row, field: str, notes: list[CellProblem]) -> list[tuple[int, str]]:
        """The field's cells of this row; error signs are noted and left out."""
        cells = []
        for column in self._columns.get(field, ()):
            text = row.texts[column]
            if is_error(text):
                notes.append(CellProblem(column, text, tr("An error sign of the spreadsheet.")))
            else:
                cells.append((column, text))
        return cells

    def _gender(self, row: Row, notes: list[CellProblem]) -> Gender | None:
        for column, text in self._cells(row, "gender", notes):
            read = read_gender(text)
            if read.problem:
                notes.append(CellProblem(column, text, read.problem))
            return read.value
        return None

    def _ethnicity(self, row: Row, notes: list[CellProblem]) -> str:
        for column, text in self._cells(row, "ethnicity", notes):
            return self._noted(row, column, read_ethnicity(text), notes)
        return ""

    def _born_on(self, row: Row, notes: list[CellProblem]) -> str:
        for column, _ in self._cells(row, "born_on", notes):
            born = read_birth(row.value(column), self._styles[column], self._today)
            return self._noted(row, column, born, notes)
        return ""

    def _levels(self, row: Row, notes: list[CellProblem]) -> tuple[Level, ...]:
        found: set[Level] = set()
        for level in Level:
            for column, text in self._cells(row, f"{_LEVEL}{level}", notes):
                ticked = read_tick(text)
                if ticked.value or read_levels(text).value == (level,):  # “市” in the column 市
                    found.add(level)
                elif ticked.problem:
                    notes.append(CellProblem(column, text, ticked.problem))
        for column, text in self._cells(row, "levels", notes):
            read = read_levels(text)
            found.update(read.value)
            if read.problem:
                notes.append(CellProblem(column, text, read.problem))
        return tuple(level for level in Level if level in found)

    def _phones(self, row: Row, notes: list[CellProblem]) -> tuple[str, str]:
        """The person's two numbers; of the phone column's the mobile one comes first."""
        main = self._numbers(row, "phone", notes)
        main.sort(key=lambda found: not (len(found[1]) == 11 and found[1].startswith("1")))
        first = main[0][1] if main else ""
        rest = main[1:] + self._numbers(row, "other_phone", notes)
        more = [found for found in rest if found[1] != first]
        second = more[0][1] if more else ""
        for column in dict.fromkeys(column for column, number in more if number != second):
            reason = tr("Two numbers are kept for a person; this has more.")
            notes.append(CellProblem(column, row.texts[column], reason))
        return first, second

    def _numbers(self, row: Row, field: str, notes: list[CellProblem]) -> list[tuple[int, str]]:
        found: list[tuple[int, str]] = []
        for column, text in self._cells(row, field, notes):
            read = read_phones(text)
            found += ((column, number) for number in read.numbers)
            if read.problem:
                notes.append(CellProblem(column, text, read.problem))
        return found

    def _joined(self, row: Row, field: str, notes: list[CellProblem], *, between: str = "") -> str:
        """The texts of all columns of a field one after the other (employer, post)."""
        texts = [tidy(text) for _, text in self._cells(row, field, notes) if not is_blank(text)]
        if not between:
            texts = [re.sub(r"\s*\n\s*", " ", text) for text in texts]
            between = "" if all(not text[-1:].isascii() for text in texts) else " "
        return between.join(dict.fromkeys(texts))
