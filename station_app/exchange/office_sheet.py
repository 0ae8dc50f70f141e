"""A spreadsheet as an office makes it: title, heads, widths, filters, print set-up, real values.

Rows are written as they come, so that any number of them needs little memory. The file appears
under its name only when it is whole.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.utility import xl_rowcol_to_cell_fast
from xlsxwriter.worksheet import Worksheet

from station_app.domain.moments import local
from station_app.errors import ExchangeFault
from station_app.i18n import tr

#: Told how many rows are written of how many; it may raise to give it up.
Report = Callable[[int, int], object]

_LONGEST = 32_000  # a cell of .xlsx holds 32,767 characters
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MOST_ROWS = 1_048_000
_TOLD_EVERY = 500
#: What a text cannot hold as it is: markup, control characters, and what escapes those.
_SPECIAL = re.compile(r"[&<>_\x00-\x08\x0b-\x1f\ufffe\uffff]")
_A4 = 9
_FIRST = 3  # rows above: title, facts, heads


class Shape(StrEnum):
    """What a column holds: short text, text over several lines, number, date, date with hour."""

    TEXT = "text"
    LONG = "long"
    NUMBER = "number"
    DATE = "date"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head, what it holds, and its width in characters."""

    head: str
    shape: Shape = Shape.TEXT
    width: float = 12


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """What stands around the rows: the sheet's name, the title, a line of facts, the columns."""

    name: str
    title: str
    facts: str
    columns: tuple[Column, ...]


def write_sheet(
    path: Path,
    plan: SheetPlan,
    rows: Iterable[Sequence[Any]],
    *,
    total: int,
    report: Report | None = None,
) -> int:
    """Write ``rows`` to ``path`` (.xlsx) and return how many they are.

    A value is text, a number, a date, a moment (aware) or None. Texts stay texts: nothing in them
    can run as a formula.

    Raises ExchangeFault if the file cannot be written, and whatever ``report`` raises; then
    nothing is left behind.
    """
    if total > _MOST_ROWS:
        raise ExchangeFault(tr("A spreadsheet holds about a million rows. Narrow the list."))
    aside = None
    try:
        # beside the target, where its reader may see personal data anyway, and gone at the end
        aside = Path(tempfile.mkdtemp(prefix=".", dir=path.parent))
        fresh = aside / path.name
        options = {"constant_memory": True, "tmpdir": str(aside)}
        with xlsxwriter.Workbook(str(fresh), options) as book:
            written = _Office(book, plan).write(rows, total, report)
        fresh.replace(path)
    except (OSError, XlsxWriterException):
        raise ExchangeFault(
            tr("The list cannot be written there. Is a file of this name open in WPS or Excel?")
        ) from None
    finally:
        if aside is not None:
            shutil.rmtree(aside, ignore_errors=True)
    return written


class _Quick(Worksheet):  # type: ignore[misc]  # the package ships without types
    """A worksheet whose cells are written in one go: XlsxWriter's own way takes twice as long.

    Its own way also takes a text like ``<r>…</r>`` for markup when rows are written as they come.
    """

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        kind = type(cell).__name__
        if kind not in ("String", "Number", "Datetime") or not cell.format:
            super()._write_cell(row, col, cell)
            return
        at = f'<c r="{xl_rowcol_to_cell_fast(row, col)}" s="{cell.format._get_xf_index()}"'
        if kind != "String":
            self.fh.write(f"{at}><v>{cell.number:.16G}</v></c>")
            return
        text = cell.string
        if _SPECIAL.search(text):
            text = escape(self._escape_control_characters(text))
        space = ' xml:space="preserve"' if text != text.strip() else ""
        self.fh.write(f'{at} t="inlineStr"><is><t{space}>{text}</t></is></c>')


class _Office:
    """One sheet being written, from top to bottom."""

    def __init__(self, book: xlsxwriter.Workbook, plan: SheetPlan) -> None:
        self._plan = plan
        self._sheet: Worksheet = book.add_worksheet(plan.name, _Quick)
        edge = {"valign": "vcenter"}
        self._grid = book.add_format({"border": 1, "border_color": "#B8C0CC"})
        self._title = book.add_format({"bold": True, "font_size": 16, "align": "center"})
        self._facts = book.add_format({"font_color": "#5B6472", "align": "center"})
        self._head = book.add_format(
            {**edge, "bold": True, "bg_color": "#E8EDF3", "align": "center", "text_wrap": True}
        )
        self._usual = book.add_format(edge)
        self._wrapped = book.add_format({**edge, "text_wrap": True})
        self._quoted = book.add_format({**edge, "text_wrap": True, "quote_prefix": True})
        self._number = book.add_format({**edge, "num_format": "0", "align": "center"})
        self._date = book.add_format({**edge, "num_format": "yyyy-mm-dd", "align": "center"})
        self._moment = book.add_format(
            {**edge, "num_format": "yyyy-mm-dd hh:mm", "align": "center"}
        )
        book.set_properties({"title": plan.title})

    def write(self, rows: Iterable[Sequence[Any]], total: int, report: Report | None) -> int:
        self._set_up()
        writers = [self._writer(column.shape) for column in self._plan.columns]
        written = 0
        for row in rows:
            if report is not None and written % _TOLD_EVERY == 0:
                report(written, max(total, written))
            for column, value in enumerate(row):
                if value is not None and value != "":
                    writers[column](_FIRST + written, column, value)
            written += 1
        bottom, last = _FIRST + max(written, 1) - 1, len(self._plan.columns) - 1
        # Borders by a rule: so blank cells need not be written, a third of a usual list.
        rule = {"type": "formula", "criteria": "=TRUE", "format": self._grid}
        self._sheet.conditional_format(_FIRST - 1, 0, bottom, last, rule)
        self._sheet.autofilter(_FIRST - 1, 0, bottom, last)
        self._sheet.print_area(0, 0, bottom, last)
        return written

    def _set_up(self) -> None:
        sheet, plan = self._sheet, self._plan
        last = len(plan.columns) - 1
        for at, column in enumerate(plan.columns):
            sheet.set_column(at, at, column.width)
        sheet.set_row(0, 30)
        sheet.merge_range(0, 0, 0, last, plan.title, self._title)
        sheet.merge_range(1, 0, 1, last, plan.facts, self._facts)
        sheet.set_row(2, 24)
        for at, column in enumerate(plan.columns):
            sheet.write_string(2, at, column.head, self._head)
        sheet.freeze_panes(_FIRST, 0)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(2)
        sheet.center_horizontally()
        sheet.set_footer("&C第 &P 页，共 &N 页")

    def _writer(self, shape: Shape) -> Callable[[int, int, Any], None]:
        return {
            Shape.TEXT: self._put_text,
            Shape.LONG: self._put_long,
            Shape.NUMBER: self._put_number,
            Shape.DATE: self._put_date,
            Shape.MOMENT: self._put_moment,
        }[shape]

    def _put_text(self, row: int, column: int, value: Any) -> None:
        text = str(value)
        look = self._quoted if text.startswith(_FORMULA) else self._usual
        self._sheet.write_string(row, column, text[:_LONGEST], look)

    def _put_long(self, row: int, column: int, value: Any) -> None:
        text = str(value)
        look = self._quoted if text.startswith(_FORMULA) else self._wrapped
        self._sheet.write_string(row, column, text[:_LONGEST], look)

    def _put_number(self, row: int, column: int, value: float) -> None:
        self._sheet.write_number(row, column, value, self._number)

    def _put_date(self, row: int, column: int, value: date) -> None:
        self._sheet.write_datetime(row, column, value, self._date)

    def _put_moment(self, row: int, column: int, value: datetime) -> None:
        naive = local(value).replace(tzinfo=None)
        self._sheet.write_datetime(row, column, naive, self._moment)
