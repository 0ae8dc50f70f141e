"""Writes small workbooks for the tests: rows of values, merged areas, formulas."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

SAMPLES = Path(__file__).parent / "samples"
TODAY = date(2026, 11, 21)


def workbook(
    path: Path,
    *sheets: Sequence[Any],
    merged: Sequence[tuple[int, int, int, int]] = (),
) -> Path:
    """An .xlsx with ``sheets``; ``merged`` areas (top, left, bottom, right) in the first one."""
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm"}) as book:
        for number, rows in enumerate(sheets):
            sheet = book.add_worksheet()
            for top, left, bottom, right in merged if number == 0 else ():
                sheet.merge_range(top, left, bottom, right, "")
            for row, values in enumerate(rows):
                for column, value in enumerate(values):
                    if value != "":
                        sheet.write(row, column, value)
    return path


def csv_file(path: Path, rows: Sequence[Sequence[str]], *, encoding: str, separator: str) -> Path:
    """A text table as Windows programs write it."""
    lines = (separator.join(row) for row in rows)
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return path
