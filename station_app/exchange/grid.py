"""All sheets of a spreadsheet, whatever file it came from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from station_app.errors import ExchangeFault
from station_app.exchange.delimited import read_delimited
from station_app.exchange.sheet import Sheet, text_of
from station_app.exchange.workbooks import is_workbook, read_workbook
from station_app.i18n import tr

#: A file beyond this is not a list that an office keeps by hand.
MAX_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Grid:
    """All sheets of one file that hold anything, visible ones first."""

    sheets: tuple[Sheet, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the sheets."""
        return tuple(sheet.name for sheet in self.sheets)

    def sheet(self, name: str) -> Sheet:
        """The sheet called ``name``; ExchangeFault if there is none."""
        for sheet in self.sheets:
            if sheet.name == name:
                return sheet
        raise ExchangeFault(tr("There is no sheet “{name}” in this file.", name=name))


def read_grid(path: Path) -> Grid:
    """Read the spreadsheet at ``path``: .xlsx, .xls, .ods or .csv, told apart by its content.

    Raises ExchangeFault with a sentence for the operator if the file is missing, held by another
    program, protected by a password, empty, too large or no spreadsheet.
    """
    data = _bytes(path)
    sheets = read_workbook(data) if is_workbook(data) else read_delimited(data, path.stem)
    filled = tuple(sheet for sheet in sheets if any(any(map(text_of, row)) for row in sheet.rows))
    if not filled:
        raise ExchangeFault(tr("This spreadsheet is empty."))
    return Grid(filled)


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ExchangeFault(tr("This file is larger than 64 MB: too large for a list."))
        data = path.read_bytes()
    except FileNotFoundError:
        raise ExchangeFault(tr("The file is no longer there.")) from None
    except PermissionError:
        raise ExchangeFault(
            tr("The file cannot be opened. Is it open in WPS or Excel? Close it and try again.")
        ) from None
    except (OSError, ValueError):
        raise ExchangeFault(tr("The file cannot be read.")) from None
    if not data:
        raise ExchangeFault(tr("This file is empty."))
    return data
