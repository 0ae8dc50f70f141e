"""The card for the table on a day of duty (值班牌), A5: a name that is read from the door."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from station_app.domain.station import StationRecord
from station_app.printing.cards.faces import (
    ACCENT,
    INK,
    QUIET,
    CardFace,
    check_faces,
    draw_code,
    fitted,
    role_words,
    set_name,
    write_lines,
)
from station_app.printing.pen import A5_LANDSCAPE, MM, Pen, Type
from station_app.printing.phrases import said_date, said_weekday
from station_app.printing.templates import Own, form_texts

#: How it is set, its lines, and the gap below.
Block = tuple[Type, tuple[str, ...], float]

_WIDTH, _HEIGHT = A5_LANDSCAPE
_STRIPE = 5 * MM
_LEFT = 18 * MM
_RIGHT = 14 * MM
_CODE = 46 * MM
_LEAD = Type(20, 28, spacing=0.18, colour=QUIET)
_NAME = Type(76, 92, bold=True, spacing=0.12, colour=INK)
_ROLE = Type(20, 28, colour=INK)
_WHEN = Type(19, 28, colour=INK)
_FOOT = Type(12, 16, colour=QUIET)
_SMALL = Type(10, 14, colour=QUIET)


def table_top(
    faces: Sequence[CardFace],
    station: StationRecord,
    *,
    printed_on: date,
    own: Own | None = None,
) -> bytes:
    """One A5 page a card. Raises PrintFault."""
    check_faces(faces, station)
    texts = form_texts("day_card", station, own)
    pen = Pen(A5_LANDSCAPE, title=texts["title"], author=station.title, made_on=printed_on)
    for face in faces:
        _page(pen, face, station, texts)
        pen.finish_page()
    return pen.finish()


def _page(pen: Pen, face: CardFace, station: StationRecord, texts: Mapping[str, str]) -> None:
    pen.area(0, 0, _STRIPE, _HEIGHT, ACCENT)
    beside = _CODE + 8 * MM if face.code else 0
    width = _WIDTH - _LEFT - _RIGHT - beside
    blocks = _blocks(face, station, texts, width)
    needed = sum(style.leading * len(lines) + gap for style, lines, gap in blocks)
    top = (_HEIGHT + 14 * MM + needed) / 2
    for style, lines, gap in blocks:
        top = write_lines(pen, _LEFT, top, style, lines) - gap
    x, y = _WIDTH - _RIGHT - _CODE, (_HEIGHT + 14 * MM - _CODE) / 2
    draw_code(pen, x, y, _CODE, face.code)
    if face.code:
        pen.text(x + _CODE / 2, y - 7.5 * MM, texts["scan"], _SMALL, align="center")
    style, lines = fitted(station.title, _WIDTH - _LEFT - _RIGHT - 60 * MM, _FOOT, lines=1, least=9)
    pen.text(_LEFT, 11 * MM, lines[0], style)
    number = f"{texts['number']} {face.number}"
    pen.text(_WIDTH - _RIGHT, 11 * MM, number, _SMALL, align="right")


def _blocks(
    face: CardFace, station: StationRecord, texts: Mapping[str, str], width: float
) -> list[Block]:
    lead = texts["lead"] if face.name else texts["desk"]
    name = face.name or station.title
    style, lines = set_name(name, width, _NAME, steps=((1, 44), (2, 34), (4, 18)))
    blocks: list[Block] = [(_LEAD, (lead,), 4 * MM), (style, lines, 2 * MM)]
    role = role_words(face.levels, texts["role"]) if face.levels else ""
    day = face.valid_from
    when = "" if day is None else f"{said_date(day)} {said_weekday(day)}"
    for text, used, gap in (
        (role, _ROLE, 3 * MM), (when, _WHEN, 0.0), (face.hours, _WHEN, 0.0),
        (face.place, _WHEN, 0.0),
    ):  # fmt: skip
        if text:
            style, lines = fitted(text, width, used, lines=2, least=13)
            blocks.append((style, lines, gap))
    return blocks
