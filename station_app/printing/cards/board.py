"""The board of all deputies (代表公示栏), A3: for the public, so that no phone number is on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from station_app.domain.station import StationRecord
from station_app.printing.cards.faces import (
    ACCENT,
    CODE_SIDE,
    INK,
    QUIET,
    RULE,
    CardFace,
    check_faces,
    draw_code,
    draw_portrait,
    fitted,
    role_words,
    set_name,
    write_lines,
)
from station_app.printing.pen import A3_LANDSCAPE, MM, Pen, Type
from station_app.printing.phrases import said_date
from station_app.printing.templates import Own, form_texts

_WIDTH, _HEIGHT = A3_LANDSCAPE
_EDGE = 16 * MM
_HEAD = 46 * MM
_FOOT = 17 * MM
_GAP = 5 * MM
#: Columns and rows of a page: few deputies stand larger than many.
_GRIDS = ((3, 2), (4, 2), (4, 3))
_TITLE = Type(40, 52, bold=True, spacing=0.3, colour=ACCENT)
_STATION = Type(19, 27, bold=True, spacing=0.06, colour=INK)
_LEAD = Type(14, 20, colour=QUIET)
_NAME = Type(25, 32, bold=True, spacing=0.1, colour=INK)
_ROLE = Type(12, 16.5, colour=INK)
_FACT = Type(10.5, 14.8, colour=QUIET)
_SMALL = Type(10, 14, colour=QUIET)


def deputy_board(
    faces: Sequence[CardFace],
    station: StationRecord,
    *,
    printed_on: date,
    own: Own | None = None,
) -> bytes:
    """All deputies on A3, as many pages as they need. Raises PrintFault."""
    check_faces(faces, station)
    texts = form_texts("deputy_board", station, own)
    pen = Pen(A3_LANDSCAPE, title=texts["title"], author=station.title, made_on=printed_on)
    columns, rows = next((one for one in _GRIDS if len(faces) <= one[0] * one[1]), _GRIDS[-1])
    count = columns * rows
    pages = max(1, -(-len(faces) // count))
    for page in range(pages):
        _head(pen, station, texts)
        _grid(pen, faces[page * count : (page + 1) * count], texts, columns, rows)
        _foot(pen, station, texts, printed_on, f"{page + 1} / {pages}" if pages > 1 else "")
        pen.finish_page()
    return pen.finish()


def _head(pen: Pen, station: StationRecord, texts: Mapping[str, str]) -> None:
    pen.area(0, _HEIGHT - 6 * MM, _WIDTH, 6 * MM, ACCENT)
    pen.text(_EDGE, _HEIGHT - 29 * MM, texts["title"], _TITLE)
    right = _WIDTH - _EDGE
    width = right - _EDGE - _TITLE.width(texts["title"]) - 16 * MM
    style, lines = fitted(station.title, width, _STATION, lines=1, least=12)
    pen.text(right, _HEIGHT - 22 * MM, lines[0], style, align="right")
    style, lines = fitted(texts["lead"], width, _LEAD, lines=1, least=9)
    pen.text(right, _HEIGHT - 31 * MM, lines[0], style, align="right")
    pen.area(_EDGE, _HEIGHT - 38 * MM, _WIDTH - 2 * _EDGE, 0.8, RULE)


def _grid(
    pen: Pen, faces: Sequence[CardFace], texts: Mapping[str, str], columns: int, rows: int
) -> None:
    width = (_WIDTH - 2 * _EDGE - (columns - 1) * _GAP) / columns
    height = (_HEIGHT - _HEAD - _FOOT - 5 * MM - (rows - 1) * _GAP) / rows
    for place, face in enumerate(faces):
        row, column = divmod(place, columns)
        x = _EDGE + column * (width + _GAP)
        y = _HEIGHT - _HEAD - (row + 1) * height - row * _GAP
        with pen.moved(x, y):
            _deputy(pen, face, texts, width, height)


def _deputy(
    pen: Pen, face: CardFace, texts: Mapping[str, str], width: float, height: float
) -> None:
    pad = 4 * MM
    pen.area(0, 0, width, height, RULE, round_=2.4 * MM)
    pen.area(0.8, 0.8, width - 1.6, height - 1.6, (1, 1, 1), round_=2.2 * MM)
    across = min(0.36 * width, (height - 2 * pad) * 0.72)
    tall = min(across * 1.35, height - 2 * pad)
    top = height - pad
    draw_portrait(pen, (pad, top - tall, across, tall), face, round_=1.6 * MM)
    x = 2 * pad + across
    room = width - x - pad
    style, lines = set_name(face.name, room, _NAME, steps=((1, 16), (2, 13), (4, 7.5)))
    top = write_lines(pen, x, top, style, lines) - 1 * MM
    if face.levels:
        style, lines = fitted(role_words(face.levels, texts["role"]), room, _ROLE, lines=2, least=9)
        top = write_lines(pen, x, top, style, lines)
    floor = pad + (CODE_SIDE + 2 * MM if face.code else 0)
    facts = [(texts["unit"], face.unit), (texts["group"], face.place), ("", face.position)]
    for label, fact in facts:
        left = int((top - 1.2 * MM - floor) // _FACT.leading)
        if fact and left > 0:
            said = f"{label}：{fact}" if label else fact
            style, lines = fitted(said, room, _FACT, lines=min(2, left), least=8)
            top = write_lines(pen, x, top - 0.8 * MM, style, lines)
    draw_code(pen, width - pad - CODE_SIDE, pad, CODE_SIDE, face.code)


def _foot(
    pen: Pen, station: StationRecord, texts: Mapping[str, str], printed_on: date, page: str
) -> None:
    facts = ((texts["hours"], station.opening_hours), (texts["address"], station.address),
             (texts["phone"], station.phone))  # fmt: skip
    said = "　　".join(f"{label}：{fact}" for label, fact in facts if fact)
    style, lines = fitted(said, _WIDTH - 2 * _EDGE - 60 * MM, Type(13, 18, colour=INK), lines=1,
                          least=9)  # fmt: skip
    pen.text(_EDGE, 14.4 * MM, lines[0], style)
    pen.text(_EDGE, 8 * MM, texts["foot"], _SMALL)
    made = f"{texts['made']}：{said_date(printed_on)}"
    pen.text(_WIDTH - _EDGE, 14.4 * MM, made, _SMALL, align="right")
    pen.text(_WIDTH - _EDGE, 8 * MM, page, _SMALL, align="right")
