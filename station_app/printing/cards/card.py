"""The deputy's card 85.6 × 54 mm (ISO/IEC 7810 ID-1): its face and its back."""

from __future__ import annotations

from collections.abc import Mapping

from station_app.domain.station import StationRecord
from station_app.printing.cards.faces import (
    ACCENT,
    CODE_SIDE,
    INK,
    QUIET,
    RULE,
    CardFace,
    dated,
    draw_code,
    draw_portrait,
    fitted,
    role_words,
    set_name,
    write_lines,
)
from station_app.printing.pen import MM, Pen, Type

WIDTH, HEIGHT = 85.6 * MM, 54 * MM

_EDGE = 3.8 * MM
_BAND = 8.6 * MM
_PORTRAIT = (_EDGE, 17.2 * MM, 17.6 * MM, 23.8 * MM)
_TEXT_X = 24.4 * MM
_CODE_X = WIDTH - _EDGE - CODE_SIDE
_CODE_Y = 16.9 * MM
_FOOT = 7.4 * MM
_ORGAN = Type(9.6, 13, bold=True, grey=1, spacing=0.08)
_KIND = Type(7.6, 11, grey=1, spacing=0.04)
_NAME = Type(18.5, 23, bold=True, spacing=0.1, colour=INK)
_ROLE = Type(8, 11, colour=INK)
_FACT = Type(6.6, 9.4, colour=QUIET)
_SMALL = Type(6.2, 8.6, colour=QUIET)


def draw_front(pen: Pen, face: CardFace, station: StationRecord, texts: Mapping[str, str]) -> None:
    """The face, lower left corner at the origin."""
    _band(pen, station, texts)
    draw_portrait(pen, _PORTRAIT, face)
    width = _CODE_X - 2 * MM - _TEXT_X if face.code else WIDTH - _EDGE - _TEXT_X
    top = _PORTRAIT[1] + _PORTRAIT[3] + 1 * MM
    style, lines = set_name(face.name, width, _NAME, steps=((1, 13), (2, 9.5), (4, 5.6)))
    top = write_lines(pen, _TEXT_X, top, style, lines)
    top -= 0.4 * MM
    if face.levels:
        style, lines = fitted(
            role_words(face.levels, texts["role"]), width, _ROLE, lines=2, least=6
        )
        top = write_lines(pen, _TEXT_X, top, style, lines)
    top -= 1.4 * MM
    for fact in (station.title, face.hours, face.place):
        room = int((top - _FOOT - 1.5 * MM) // _FACT.leading)
        if fact and room > 0:
            style, lines = fitted(fact, width, _FACT, lines=min(2, room), least=5.6)
            top = write_lines(pen, _TEXT_X, top, style, lines)
    draw_code(pen, _CODE_X, _CODE_Y, CODE_SIDE, face.code)
    if face.code:
        pen.text(_CODE_X + CODE_SIDE / 2, _CODE_Y - 3.9 * MM, texts["scan"], _SMALL, align="center")
    _foot(pen, face, texts)


def draw_back(pen: Pen, face: CardFace, station: StationRecord, texts: Mapping[str, str]) -> None:
    """The back: what the card is for, and where to bring it when it is found."""
    _band(pen, station, texts)
    top = HEIGHT - _BAND - 2 * MM
    width = WIDTH - 2 * _EDGE
    title = Type(8.4, 12.5, bold=True, colour=INK)
    top = write_lines(pen, _EDGE, top, title, [texts["back_title"]])
    for name in ("back_1", "back_2", "back_3"):
        if texts[name]:
            style, lines = fitted(texts[name], width, Type(7, 10.4, colour=INK), lines=3, least=5.6)
            top = write_lines(pen, _EDGE, top, style, lines) - 0.6 * MM
    where = "　".join(one for one in (station.title, station.address, station.phone) if one)
    if texts["found"]:
        style, lines = fitted(texts["found"] + where, width, _FACT, lines=2, least=5.4)
        write_lines(pen, _EDGE, _FOOT + 1.6 * MM + len(lines) * style.leading, style, lines)
    _foot(pen, face, texts)


def _band(pen: Pen, station: StationRecord, texts: Mapping[str, str]) -> None:
    pen.area(0, HEIGHT - _BAND, WIDTH, _BAND, ACCENT)
    beside = _KIND.width(texts["kind"]) + 3 * MM
    style, lines = fitted(station.title, WIDTH - 2 * _EDGE - beside, _ORGAN, lines=1, least=6.4)
    middle = HEIGHT - _BAND / 2
    pen.text(_EDGE, middle - 0.36 * style.size, lines[0], style)
    pen.text(WIDTH - _EDGE, middle - 0.36 * _KIND.size, texts["kind"], _KIND, align="right")


def _foot(pen: Pen, face: CardFace, texts: Mapping[str, str]) -> None:
    pen.area(_EDGE, _FOOT, WIDTH - 2 * _EDGE, 0.6, RULE)
    y = _FOOT / 2 - 0.3 * _SMALL.size
    pen.text(_EDGE, y, f"{texts['number']} {face.number}", _SMALL)
    until = f"{texts['valid_to']} {dated(face.valid_to)}"
    pen.text(WIDTH - _EDGE, y, until, _SMALL, align="right")
