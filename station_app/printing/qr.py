"""QR codes as vector drawing: zxing-cpp makes the modules, runs of dark ones become rectangles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import zxingcpp

#: Blank modules around a code (ISO/IEC 18004, 9.1).
QUIET_ZONE = 4

#: A picture's grey → a module: black is dark.
_DARK = bytes([1]) + bytes(255)
_RUN = re.compile(rb"[^\0]+")


@lru_cache(maxsize=64)
def modules(text: str, *, level: str = "M") -> tuple[bytes, ...]:
    """The rows of the code for ``text``, one byte a module, 1 for dark; no quiet zone."""
    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level=level)
    image = made.to_image(scale=1, add_quiet_zones=False)
    across = image.shape[1]
    # zxing-cpp's stubs do not say that its image is a buffer.
    dark = bytes(memoryview(image)).translate(_DARK)  # type: ignore[arg-type]
    return tuple(dark[begin : begin + across] for begin in range(0, len(dark), across))


def width(text: str, *, level: str = "M") -> int:
    """How many modules the code for ``text`` is wide."""
    return len(modules(text, level=level))


def rectangles(rows: Sequence[bytes]) -> list[tuple[int, int, int, int]]:
    """The dark modules as (column, row, width, height), runs merged across and then downwards."""
    open_runs: dict[tuple[int, int], int] = {}
    out: list[tuple[int, int, int, int]] = []
    for place, row in enumerate([*rows, b""]):
        now = _runs(row)
        for run, begun in list(open_runs.items()):
            if run not in now:
                out.append((run[0], begun, run[1], place - begun))
                del open_runs[run]
        for run in now:
            open_runs.setdefault(run, place)
    return out


def _runs(row: bytes) -> set[tuple[int, int]]:
    """(first column, width) of every dark run of one row."""
    return {(found.start(), found.end() - found.start()) for found in _RUN.finditer(row)}
