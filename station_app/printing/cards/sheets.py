"""Sheets of cards to be cut: ten cards or four lanyard cards on A4, the backs on the next page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from station_app.domain.station import StationRecord
from station_app.printing.cards import card, lanyard
from station_app.printing.cards.faces import QUIET, CardFace, check_faces
from station_app.printing.pen import A4, MM, Pen, Type
from station_app.printing.templates import Own, form_texts

Draw = Callable[[Pen, CardFace, StationRecord, Mapping[str, str]], None]

_MARK = 4 * MM
_AWAY = 1.5 * MM
_NOTE = Type(7, 10, colour=QUIET)


@dataclass(frozen=True, slots=True)
class Kind:
    """A card of one size and how many stand on a sheet."""

    width: float
    height: float
    columns: int
    rows: int
    front: Draw
    back: Draw

    @property
    def count(self) -> int:
        """How many cards a sheet holds."""
        return self.columns * self.rows

    @property
    def left(self) -> float:
        """Where the block of cards begins: it stands in the middle, so that both sides meet."""
        return (A4[0] - self.columns * self.width) / 2

    @property
    def bottom(self) -> float:
        """Where the block ends."""
        return (A4[1] - self.rows * self.height) / 2


CARD = Kind(card.WIDTH, card.HEIGHT, 2, 5, card.draw_front, card.draw_back)
LANYARD = Kind(lanyard.WIDTH, lanyard.HEIGHT, 2, 2, lanyard.draw_front, lanyard.draw_back)


def card_sheets(
    faces: Sequence[CardFace],
    station: StationRecord,
    *,
    printed_on: date,
    kind: Kind = CARD,
    backs: bool = True,
    own: Own | None = None,
    told: Callable[[int], object] = lambda _: None,
) -> bytes:
    """Cards on A4 with crop marks; after each sheet of faces the sheet of their backs.

    The backs lie mirrored, so that turned over the long edge each comes to lie behind its face.
    ``told`` hears how many cards are drawn. Raises PrintFault.
    """
    check_faces(faces, station)
    texts = form_texts("duty_card", station, own)
    pen = Pen(A4, title=texts["title"], author=station.title, made_on=printed_on)
    for begin in range(0, len(faces), kind.count):
        sheet = faces[begin : begin + kind.count]
        _sheet(pen, kind, sheet, station, texts, kind.front, mirrored=False)
        if backs:
            _sheet(pen, kind, sheet, station, texts, kind.back, mirrored=True)
        told(begin + len(sheet))
    return pen.finish()


def _sheet(
    pen: Pen,
    kind: Kind,
    faces: Sequence[CardFace],
    station: StationRecord,
    texts: Mapping[str, str],
    draw: Draw,
    *,
    mirrored: bool,
) -> None:
    for face, (x, y) in zip(faces, _places(kind, mirrored), strict=False):
        with pen.moved(x, y):
            draw(pen, face, station, texts)
    _marks(pen, kind)
    pen.text(A4[0] / 2, 4.6 * MM, texts["turn"], _NOTE, align="center")
    pen.finish_page()


def _places(kind: Kind, mirrored: bool) -> Iterator[tuple[float, float]]:
    for row in range(kind.rows):
        for column in range(kind.columns):
            across = kind.columns - 1 - column if mirrored else column
            yield (
                kind.left + across * kind.width,
                kind.bottom + (kind.rows - 1 - row) * kind.height,
            )


def _marks(pen: Pen, kind: Kind) -> None:
    """Where to cut: short lines outside the block, and between cards nothing but their edges."""
    left, bottom = kind.left, kind.bottom
    right, top = A4[0] - left, A4[1] - bottom
    for column in range(kind.columns + 1):
        x = left + column * kind.width
        pen.line(x, top + _AWAY, x, top + _AWAY + _MARK, width=0.35)
        pen.line(x, bottom - _AWAY, x, bottom - _AWAY - _MARK, width=0.35)
    for row in range(kind.rows + 1):
        y = bottom + row * kind.height
        pen.line(left - _AWAY, y, left - _AWAY - _MARK, y, width=0.35)
        pen.line(right + _AWAY, y, right + _AWAY + _MARK, y, width=0.35)
