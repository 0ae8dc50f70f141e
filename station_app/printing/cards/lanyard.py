"""The card to be worn at a lanyard, 70 × 100 mm: large name, portrait above, code below."""

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

WIDTH, HEIGHT = 70 * MM, 100 * MM

_EDGE = 5 * MM
_BAND = 15 * MM
_FOOT = 8.4 * MM
_PORTRAIT_WIDTH, _PORTRAIT_HEIGHT = 22 * MM, 29 * MM
_ORGAN = Type(10.5, 14, bold=True, grey=1, spacing=0.06)
_KIND = Type(8, 11, grey=1, spacing=0.12)
_NAME = Type(24, 30, bold=True, spacing=0.12, colour=INK)
_ROLE = Type(9.6, 13.6, colour=INK)
_FACT = Type(7.4, 10.8, colour=QUIET)
_SMALL = Type(6.8, 9.4, colour=QUIET)


def draw_front(pen: Pen, face: CardFace, station: StationRecord, texts: Mapping[str, str]) -> None:
    """The face, lower left corner at the origin."""
    _band(pen, station, texts)
    width = WIDTH - 2 * _EDGE
    bottom = HEIGHT - _BAND - 4 * MM - _PORTRAIT_HEIGHT
    draw_portrait(pen, (_EDGE, bottom, _PORTRAIT_WIDTH, _PORTRAIT_HEIGHT), face)
    draw_code(pen, WIDTH - _EDGE - CODE_SIDE, bottom + 4.8 * MM, CODE_SIDE, face.code)
    if face.code:
        middle = WIDTH - _EDGE - CODE_SIDE / 2
        pen.text(middle, bottom + 0.6 * MM, texts["scan"], _SMALL, align="center")
    top = bottom - 3 * MM
    style, lines = set_name(face.name, width, _NAME, steps=((1, 15), (2, 12), (4, 7)))
    top = write_lines(pen, _EDGE, top, style, lines) - 0.8 * MM
    if face.levels:
        style, lines = fitted(
            role_words(face.levels, texts["role"]), width, _ROLE, lines=2, least=7
        )
        top = write_lines(pen, _EDGE, top, style, lines)
    top -= 1.2 * MM
    for fact in (station.title, face.hours, face.place):
        room = int((top - _FOOT - 1.4 * MM) // _FACT.leading)
        if fact and room > 0:
            style, lines = fitted(fact, width, _FACT, lines=min(2, room), least=6)
            top = write_lines(pen, _EDGE, top, style, lines)
    _foot(pen, face, texts)


def draw_back(pen: Pen, face: CardFace, station: StationRecord, texts: Mapping[str, str]) -> None:
    """The back: what the card is for, and where to bring it when it is found."""
    _band(pen, station, texts)
    width, top = WIDTH - 2 * _EDGE, HEIGHT - _BAND - 5 * MM
    title = Type(10.5, 16, bold=True, colour=INK)
    top = write_lines(pen, _EDGE, top, title, [texts["back_title"]]) - 1 * MM
    for name in ("back_1", "back_2", "back_3"):
        if texts[name]:
            style, lines = fitted(texts[name], width, Type(8.4, 13, colour=INK), lines=6, least=7)
            top = write_lines(pen, _EDGE, top, style, lines) - 1.8 * MM
    where = "　".join(one for one in (station.title, station.address, station.phone) if one)
    if texts["found"]:
        style, lines = fitted(texts["found"] + where, width, _FACT, lines=3, least=6)
        write_lines(pen, _EDGE, _FOOT + 2 * MM + len(lines) * style.leading, style, lines)
    _foot(pen, face, texts)


def _band(pen: Pen, station: StationRecord, texts: Mapping[str, str]) -> None:
    pen.area(0, HEIGHT - _BAND, WIDTH, _BAND, ACCENT)
    style, lines = fitted(station.title, WIDTH - 2 * _EDGE, _ORGAN, lines=1, least=7.4)
    pen.text(WIDTH / 2, HEIGHT - 7 * MM, lines[0], style, align="center")
    pen.text(WIDTH / 2, HEIGHT - 11.8 * MM, texts["kind"], _KIND, align="center")


def _foot(pen: Pen, face: CardFace, texts: Mapping[str, str]) -> None:
    pen.area(_EDGE, _FOOT, WIDTH - 2 * _EDGE, 0.6, RULE)
    y = _FOOT / 2 - 0.2 * _SMALL.size
    pen.text(_EDGE, y, f"{texts['number']} {face.number}", _SMALL)
    until = f"{texts['valid_to']} {dated(face.valid_to)}"
    pen.text(WIDTH - _EDGE, y, until, _SMALL, align="right")
