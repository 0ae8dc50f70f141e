"""The extent of old workbooks (.xls), taken before calamine sets up memory for it.

Sources: [MS-CFB] (the container: header, sector chains, directory) and [MS-XLS] (the records).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

_END = 0xFFFFFFFA  # this and all above mark no sector
_NAMES = ("Workbook", "Book")
_FILEPASS = 0x002F
_DIMENSIONS = 0x0200
#: Records of one cell: Formula, LabelSst, Blank, Number, Label, BoolErr, Rk; and rows of them.
_CELLS = frozenset((0x0006, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E, 0x00BD, 0x00D6))


class Damaged(Exception):
    """The container or its records contradict themselves."""


class Locked(Exception):
    """The workbook is encrypted."""


def extent(data: bytes) -> tuple[int, int]:
    """The last row and column (from 1) that any sheet of an .xls file uses.

    Raises Damaged or Locked.
    """
    height = width = 0
    try:
        stream = _stream(data)
        for kind, at, size in _records(stream):
            if kind == _FILEPASS:
                raise Locked
            if kind == _DIMENSIONS and size >= 14:
                top, last, left, right = struct.unpack_from("<IIHH", stream, at)
                if top > last or left > right:
                    raise Damaged
            elif kind in _CELLS and size >= 4:
                last, right = (number + 1 for number in struct.unpack_from("<HH", stream, at))
            else:
                continue
            height, width = max(height, last), max(width, right)
    except (struct.error, IndexError):
        raise Damaged from None
    if width > 256 or height > 65536:  # more than the format can hold
        raise Damaged
    return height, width


def _records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, at + 4, size
        at += 4 + size


def _stream(data: bytes) -> bytes:
    """The records of the workbook; empty if they are too short for sectors of their own."""
    shift, first, cutoff = struct.unpack_from("<30xH16xI4xI", data)
    if shift not in (9, 12):
        raise Damaged
    sector = 1 << shift
    table = _table(data, sector)
    directory = _chain(data, table, first, sector)
    for at in range(0, len(directory) - 127, 128):
        length = struct.unpack_from("<H", directory, at + 64)[0]
        name = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        if name in _NAMES:
            start, size = struct.unpack_from("<II", directory, at + 116)
            return b"" if size < cutoff else _chain(data, table, start, sector)[:size]
    raise Damaged


def _table(data: bytes, sector: int) -> list[int]:
    """The sector allocation table: which sector follows which."""
    places = list(struct.unpack_from("<109I", data, 76))
    following, count = struct.unpack_from("<II", data, 68)
    for _ in range(min(count, len(data) // sector)):
        more = struct.unpack_from(f"<{sector // 4}I", data, (following + 1) * sector)
        places += more[:-1]
        following = more[-1]
    numbers: list[int] = []
    for place in places:
        if place < _END:
            numbers += struct.unpack_from(f"<{sector // 4}I", data, (place + 1) * sector)
    return numbers


def _chain(data: bytes, table: list[int], first: int, sector: int) -> bytes:
    parts: list[bytes] = []
    at = first
    while at < _END:
        if len(parts) > len(table):
            raise Damaged  # the chain runs in a circle
        parts.append(data[(at + 1) * sector : (at + 2) * sector])
        at = table[at]
    return b"".join(parts)
