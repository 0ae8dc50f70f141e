"""Which rows of a ledger are visits, and what their cells say."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from db.vocabulary import Channel, Gender
from station_app.domain.ledgers import LedgerDraft, Said
from station_app.domain.residents import ResidentDraft
from station_app.exchange.cells import (
    Understood,
    is_blank,
    is_error,
    looks_like_name,
    read_gender,
    read_name,
    read_phones,
    tidy,
)
from station_app.exchange.ledger_dates import read_day
from station_app.exchange.ledger_words import (
    read_channel,
    read_names,
    read_outcome,
    read_people,
    read_rating,
)
from station_app.exchange.rows import CellProblem, Row, begins_with, is_total
from station_app.i18n import tr

_LONGEST_NAME, _LONGEST_ADDRESS, _LONGEST_TEXT = 50, 200, 5000
_SAME_AS_ABOVE = re.compile(r"同上|同前|[〃″＂\"]{1,2}|''")
_MEMBERS = re.compile(r"等(?:\d+|[一二两三四五六七八九十]+)?人?$")


def why_no_visit(row: Row) -> str | None:
    """The reason why ``row`` is about no visit, or None if it is; its date is looked at apart."""
    if not row.filled:
        return tr("Blank row.")
    name = row.text(row.columns["name"][0])
    first = row.filled[0]
    heads = [name] if first in row.columns["text"] else [name, row.text(first)]
    if any(is_total(row, text) for text in heads if text):
        return tr("A total, not a visit.")
    if begins_with(row, "remark"):
        return tr("A remark, not a visit.")
    if begins_with(row, "example"):
        return tr("An example, not a visit.")
    if len(row.filled) == 1 or (row.merged and len(row.filled) <= 2):
        return tr("A heading, not a visit.")
    if is_error(name):
        return tr("The name is an error sign of the spreadsheet.")
    if is_blank(name) or not looks_like_name(name):
        return tr("There is no name in this row.")
    if len(name) > _LONGEST_NAME:
        return tr("This is too long for a name.")
    texts = [row.text(column) for column in row.columns["text"]]
    if all(is_blank(text) or is_error(text) for text in texts):
        return tr("What was raised is not written in this row.")
    if sum(map(len, texts)) > _LONGEST_TEXT:
        return tr("What was raised is longer than 5,000 characters.")
    return None


def filled_from_above(rows: Sequence[Row]) -> list[Row]:
    """``rows`` with “同上” (ditto) replaced by what stands above, column by column."""
    found: list[Row] = []
    for row in rows:
        ditto = [at for at, text in enumerate(row.texts) if _SAME_AS_ABOVE.fullmatch(text.strip())]
        if ditto and found:
            texts, values = list(row.texts), list(row.values)
            values += [""] * (len(texts) - len(values))
            for column in ditto:
                texts[column] = found[-1].texts[column]
                values[column] = found[-1].value(column)
            row = Row(tuple(texts), values, row.columns, row.merged)
        if row.filled:
            found.append(row)
        else:
            found.append(found[-1] if found else row)
    return [one if row.filled else row for one, row in zip(found, rows, strict=True)]


@dataclass(frozen=True, slots=True)
class Reader:
    """Turns rows of visits into drafts; what cannot be read is left out and noted."""

    columns: Mapping[str, tuple[int, ...]]
    today: date
    exact: bool

    def draft(
        self, row: Row, number: int, day: datetime
    ) -> tuple[LedgerDraft, tuple[CellProblem, ...]]:
        """What ``row`` says of a visit on ``day``, and what it could not be understood to say."""
        notes: list[CellProblem] = []
        outcome = self._joined(row, "outcome", notes, between="；")
        means = read_outcome(outcome)
        unit = self._joined(row, "unit", notes)
        handed = bool(unit) and means.said is Said.NOTHING
        rated = self._joined(row, "rating", notes)
        rating = read_rating(rated)
        opinion = self._joined(row, "opinion", notes)
        draft = LedgerDraft(
            row_number=number,
            held_on=day.date(),
            at=day.time() if day.time() != time() else None,
            resident=self._resident(row, notes),
            text=self._joined(row, "text", notes, between="\n"),
            people=self._read(row, "people", read_people, notes, None),
            channel=self._read(row, "channel", read_channel, notes, Channel.IN_PERSON),
            category=self._joined(row, "category", notes),
            place=self._joined(row, "place", notes),
            deputies=self._deputies(row, notes),
            outcome=outcome,
            said=Said.HANDED_ON if handed else means.said,
            unit=unit or means.unit,
            done_on=self._done_on(row, day.date(), notes),
            rating=rating,
            opinion="；".join(one for one in ("" if rating else rated, opinion) if one),
            number=self._joined(row, "number", notes),
            serial=self._joined(row, "serial", notes),
            note=self._joined(row, "note", notes, between="\n"),
        )
        return draft, tuple(sorted(notes))

    def _resident(self, row: Row, notes: list[CellProblem]) -> ResidentDraft:
        column = self.columns["name"][0]
        read = read_name(_MEMBERS.sub("", tidy(row.texts[column])) or row.texts[column])
        if read.problem:
            notes.append(CellProblem(column, row.texts[column], read.problem))
        gender: Gender | None = self._read(row, "gender", read_gender, notes, None)
        address = self._joined(row, "address", notes)
        if len(address) > _LONGEST_ADDRESS:
            [at] = self.columns["address"]
            notes.append(CellProblem(at, address, tr("This is too long for an address.")))
            address = ""
        return ResidentDraft(
            name=read.value,
            phone=self._phone(row, notes),
            address=address,
            community=self._joined(row, "community", notes),
            gender=gender,
        )

    def _phone(self, row: Row, notes: list[CellProblem]) -> str:
        for column, text in self._cells(row, "phone", notes):
            read = read_phones(text)
            if read.problem:
                notes.append(CellProblem(column, text, read.problem))
            elif len(read.numbers) > 1:
                reason = tr("One number is kept for a resident; this has more.")
                notes.append(CellProblem(column, text, reason))
            mobile = [one for one in read.numbers if len(one) == 11 and one.startswith("1")]
            return next(iter([*mobile, *read.numbers]), "")
        return ""

    def _deputies(self, row: Row, notes: list[CellProblem]) -> tuple[str, ...]:
        names: dict[str, None] = {}
        for column, text in self._cells(row, "deputies", notes):
            read = read_names(text)
            if read.problem:
                notes.append(CellProblem(column, text, read.problem))
            names |= dict.fromkeys(read.value)
        return tuple(names)

    def _done_on(self, row: Row, held_on: date, notes: list[CellProblem]) -> date | None:
        for column, text in self._cells(row, "done_on", notes):
            read = read_day(row.value(column), held_on.year, self.today, exact=self.exact)
            problem = read.problem
            if read.value is not None and read.value < held_on:
                problem = tr("This is before the day of the visit.")
            if problem:
                notes.append(CellProblem(column, text, problem))
            return None if problem else read.value
        return None

    def _read(
        self,
        row: Row,
        field: str,
        read: Callable[[str], Understood[Any]],
        notes: list[CellProblem],
        otherwise: Any,
    ) -> Any:
        for column, text in self._cells(row, field, notes):
            found = read(text)
            if found.problem:
                notes.append(CellProblem(column, text, found.problem))
            return found.value
        return otherwise

    def _cells(self, row: Row, field: str, notes: list[CellProblem]) -> list[tuple[int, str]]:
        """The field's cells of this row; error signs are noted and left out."""
        cells = []
        for column in self.columns.get(field, ()):
            text = row.texts[column]
            if is_error(text):
                notes.append(CellProblem(column, text, tr("An error sign of the spreadsheet.")))
            else:
                cells.append((column, text))
        return cells

    def _joined(self, row: Row, field: str, notes: list[CellProblem], *, between: str = " ") -> str:
        """The texts of all columns of a field one after the other."""
        texts = [tidy(text) for _, text in self._cells(row, field, notes) if not is_blank(text)]
        return between.join(dict.fromkeys(texts))
