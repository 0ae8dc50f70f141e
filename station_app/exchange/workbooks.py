"""Workbooks (.xlsx, .xls, .ods): read by calamine behind guards that it lacks.

Calamine sets up the whole rectangle of a sheet in memory, and one stray cell in the last row and
column makes it abort the process; so the extent is taken from the file first. It also shows error
cells (``#N/A``) as blank; so those of .xlsx are put back.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from station_app.errors import ExchangeFault
from station_app.exchange import biff
from station_app.exchange.sheet import Sheet, Span, Value, check_size
from station_app.i18n import tr

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAX_UNPACKED = 512 * 1024 * 1024
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

#: A cell of .xlsx that holds something: its attributes.
_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*[^>/])>(?!</)")
_AT = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_ERROR = re.compile(rb"<(?:\w+:)?v>([^<]{1,20})<")
#: Rows and cells of .ods.
_ODS = re.compile(rb"<table:(table-row|table-cell|covered-table-cell|table)\b([^>]*)>")
_REPEATED = re.compile(rb'number-(?:rows|columns)-repeated="(\d{1,9})"')

_DAMAGED = (
    *(CalamineError, biff.Damaged, ElementTree.ParseError, zipfile.BadZipFile, zlib.error),
    *(KeyError, OSError, EOFError, RuntimeError, ValueError),  # from zipfile and ElementTree
)

Errors = dict[tuple[int, int], str]


def is_workbook(data: bytes) -> bool:
    """Whether ``data`` begins like a workbook and not like text."""
    return data.startswith((_ZIP, _OLE))


def read_workbook(data: bytes) -> tuple[Sheet, ...]:
    """The sheets of a workbook, visible ones first; ExchangeFault if it cannot be read."""
    try:
        errors = _guard(data) if data.startswith(_ZIP) else _guard_old(data)
        found = _opened(data, errors)
    except (PasswordError, biff.Locked):
        raise ExchangeFault(
            tr("This file is protected by a password. Remove the password in WPS and save it.")
        ) from None
    except _DAMAGED:
        raise _damaged() from None
    return tuple(sheet for _, sheet in sorted(found, key=lambda pair: pair[0]))


def _opened(data: bytes, errors: dict[str, Errors]) -> list[tuple[bool, Sheet]]:
    """Each sheet with whether it is hidden."""
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            return [
                (meta.visible is not SheetVisibleEnum.Visible, _sheet(book, meta, errors))
                for meta in book.sheets_metadata
                if meta.typ is SheetTypeEnum.WorkSheet
            ]
    except BaseException as fault:
        # Rust's panics are no Exception, so that nobody catches them by accident; a damaged .xls
        # makes calamine panic, and that is no reason to end the program.
        if type(fault).__name__ == "PanicException":
            raise _damaged() from None
        raise


def _damaged() -> ExchangeFault:
    return ExchangeFault(
        tr("This spreadsheet is damaged or no spreadsheet. Open it in WPS and save it as .xlsx.")
    )


def _guard_old(data: bytes) -> dict[str, Errors]:
    """Check an .xls workbook's extent before calamine sees it."""
    if _ENCRYPTED in data:  # an .xlsx with a password lies in the same container
        raise biff.Locked
    check_size(*biff.extent(data))
    return {}


def _sheet(book: CalamineWorkbook, meta: SheetMetadata, errors: dict[str, Errors]) -> Sheet:
    source = book.get_sheet_by_name(meta.name)
    check_size(source.total_height, source.total_width)
    rows: list[list[Value]] = list(source.to_python(skip_empty_area=False))
    for (row, column), text in errors.get(meta.name, {}).items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = text
    return Sheet(meta.name, rows, _spans(source))


def _spans(source: CalamineSheet) -> tuple[Span, ...]:
    ranges = source.merged_cell_ranges or []
    return tuple(Span(top, left, bottom, right) for (top, left), (bottom, right) in ranges)


def _guard(data: bytes) -> dict[str, Errors]:
    """Check a zipped workbook's extent before calamine sees it; return error cells by sheet."""
    with zipfile.ZipFile(io.BytesIO(data)) as pack:
        if sum(part.file_size for part in pack.infolist()) > _MAX_UNPACKED:
            raise ExchangeFault(tr("This spreadsheet is too large for a list."))
        names = set(pack.namelist())
        if "xl/workbook.xml" in names:
            parts = [(name, pack.read(part)) for name, part in _parts(pack) if part in names]
            return {name: _check_xlsx(part) for name, part in parts}
        if "content.xml" in names:
            _check_ods(pack.read("content.xml"))
            return {}
    raise ExchangeFault(
        tr("This is no spreadsheet. Files ending in .xlsx, .xls, .ods and .csv can be read.")
    )


def _parts(pack: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Each sheet's name and where in the pack it lies."""
    links: dict[str, str] = {}
    for link in ElementTree.fromstring(pack.read("xl/_rels/workbook.xml.rels")):
        links[link.get("Id", "")] = posixpath.normpath(
            posixpath.join("/xl", link.get("Target", ""))
        ).lstrip("/")
    for node in ElementTree.fromstring(pack.read("xl/workbook.xml")).iter():
        if node.tag.rpartition("}")[2] == "sheet":
            key = next((value for name, value in node.items() if name.endswith("}id")), "")
            yield node.get("name", ""), links.get(key, "")


def _check_xlsx(part: bytes) -> Errors:
    height = width = 0
    errors: Errors = {}
    for cell in _CELL.finditer(part):
        at = _AT.search(cell[1])
        if at is None:
            continue
        row, column = int(at[2]), _column(at[1])
        height, width = max(height, row), max(width, column)
        end = part.find(b"</c>", cell.end()) if b't="e"' in cell[1] else -1
        if end > 0 and (text := _ERROR.search(part, cell.end(), end)):
            errors[row - 1, column - 1] = text[1].decode("utf-8", "replace")
    check_size(height, width)
    return errors


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _check_ods(content: bytes) -> None:
    row = column = height = width = 0
    step = 1
    for tag in _ODS.finditer(content):
        times = _REPEATED.search(tag[2])
        count = int(times[1]) if times else 1
        if tag[1] == b"table":
            row, step = 0, 0
        elif tag[1] == b"table-row":
            row, step, column = row + step, count, 0
        else:
            column += count
            if b"office:value-type" in tag[2]:
                height, width = max(height, row + step), max(width, column)
    check_size(height, width)
