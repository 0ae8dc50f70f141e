"""The list of what could not be read, as a spreadsheet to mend and hand back."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from station_app.errors import ExchangeFault
from station_app.exchange.reading import Draft, ListEntry, ListReading
from station_app.i18n import tr

_LONGEST = 32_000  # a cell of .xlsx holds 32,767 characters
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_problems(reading: ListReading[Draft], path: Path) -> int:
    """Write every row with something unread to ``path`` (.xlsx) and return how many they are.

    The rows keep their columns and heads, with the row number and the reasons in front and the
    unread cells marked, so that the mended file can be imported as it is. All cells are texts:
    nothing in them can run as a formula. Blank rows are left out.

    Raises:
        ExchangeFault: The file cannot be written.
    """
    rows = [entry for entry in reading.entries if _reasons(reading, entry) and any(entry.cells)]
    try:
        with xlsxwriter.Workbook(str(path)) as book:
            sheet = book.add_worksheet(tr("Unread rows"))
            _write(
                _Pen(
                    sheet,
                    book.add_format({"text_wrap": True, "valign": "top"}),
                    book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True}),
                    book.add_format({"text_wrap": True, "valign": "top", "bg_color": "#FFE8A3"}),
                    book.add_format({"bold": True, "text_wrap": True, "bg_color": "#E8EDF3"}),
                ),
                reading,
                rows,
            )
    except (OSError, XlsxWriterException):
        raise ExchangeFault(
            tr("The list cannot be written there. Is a file of this name open in WPS or Excel?")
        ) from None
    return len(rows)


class _Pen:
    """Writes texts as texts into one sheet."""

    def __init__(
        self, sheet: Worksheet, usual: Format, quoted: Format, marked: Format, head: Format
    ) -> None:
        self.sheet = sheet
        self._usual, self._quoted, self.marked, self.head = usual, quoted, marked, head

    def text(self, row: int, column: int, text: str, look: Format | None = None) -> None:
        """Put ``text`` down; what a spreadsheet might run is also quoted."""
        if text:
            usual = self._quoted if text.startswith(_FORMULA) else self._usual
            self.sheet.write_string(row, column, text[:_LONGEST], look or usual)


def _write(pen: _Pen, reading: ListReading[Draft], rows: list[ListEntry[Draft]]) -> None:
    heads = [tr("roster|Row"), tr("roster|Reason"), *(column.head for column in reading.columns)]
    for column, head in enumerate(heads):
        pen.text(0, column, head, pen.head)
    for line, entry in enumerate(rows, start=1):
        unread = {problem.column for problem in entry.problems}
        pen.sheet.write_number(line, 0, entry.row_number)
        pen.text(line, 1, "\n".join(_reasons(reading, entry)))
        for column, text in enumerate(entry.cells):
            pen.text(line, column + 2, text, pen.marked if column in unread else None)
    pen.sheet.freeze_panes(1, 2)
    pen.sheet.set_column(1, 1, 44)
    pen.sheet.set_column(2, len(heads), 14)


def _reasons(reading: ListReading[Draft], entry: ListEntry[Draft]) -> list[str]:
    """The reasons of one row, each with its column's letter."""
    reasons = [entry.skipped_reason] if entry.skipped_reason else []
    for problem in entry.problems:
        letter = reading.columns[problem.column].letter
        reasons.append(tr("Column {letter}: {reason}", letter=letter, reason=problem.reason))
    return reasons
