"""What a card shows, and the parts that all cards share: photo or initial, name, code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import zxingcpp

from db.vocabulary import Level
from station_app.domain.station import StationRecord
from station_app.domain.words import levels_words, paper
from station_app.errors import PrintFault
from station_app.i18n import tr
from station_app.printing import qr
from station_app.printing.fonts import check_glyphs, tidy
from station_app.printing.lines import wrap
from station_app.printing.pen import MM, Colour, Pen, Type

ACCENT: Colour = (0.659, 0.125, 0.102)
SOFT: Colour = (0.984, 0.922, 0.918)
INK: Colour = (0.122, 0.114, 0.102)
QUIET: Colour = (0.34, 0.32, 0.30)
RULE: Colour = (0.86, 0.84, 0.82)

#: Of a code on a card, for the payload and an address: 57 modules of at least 0.42 mm.
CODE_SIDE = 24.2 * MM
LEAST_MODULE = 0.42 * MM


@dataclass(frozen=True, slots=True)
class CardFace:
    """Everything that stands on one card. ``code`` is the text of its QR, "" for none.

    ``hours`` and ``place`` are of the reception: of the station, or of one day.
    """

    name: str
    levels: tuple[Level, ...]
    photo: bytes | None
    number: str
    valid_from: date | None
    valid_to: date | None
    code: str
    hours: str = ""
    place: str = ""
    unit: str = ""
    position: str = ""


def check_faces(faces: Iterable[CardFace], station: StationRecord) -> None:
    """Raise PrintFault naming the characters that cannot be printed and where they stand."""
    check_glyphs([*_placed(faces, station)])


def _placed(faces: Iterable[CardFace], station: StationRecord) -> Iterator[tuple[str, str]]:
    yield tr("station's name"), station.name + station.term
    yield tr("station's address and hours"), station.address + station.opening_hours
    for one in faces:
        yield tr("name of deputy {name}", name=one.name), one.name
        yield tr("card of {name}", name=one.name), one.hours + one.place + one.unit + one.position


def role_words(levels: tuple[Level, ...], role: str) -> str:
    """市、区县人大代表."""
    return levels_words(levels, paper) + role


def initial(name: str) -> str:
    """The first character of a name, which stands where there is no photo."""
    return tidy(name).strip()[:1]


def draw_portrait(
    pen: Pen, at: tuple[float, float, float, float], face: CardFace, *, round_: float = 1.2 * MM
) -> None:
    """The photo, or the first character of the name on a soft ground."""
    x, y, width, height = at
    if face.photo:
        pen.picture(at, face.photo, round_=round_)
        return
    pen.area(x, y, width, height, SOFT, round_=round_)
    size = width * 0.5
    pen.text(
        x + width / 2, y + height / 2 - size * 0.37, initial(face.name),
        Type(size, size, bold=True, colour=ACCENT), align="center",
    )  # fmt: skip


def draw_code(pen: Pen, x: float, y: float, side: float, text: str) -> None:
    """A code, lower left corner at (x, y), after it was read back; nothing for no text.

    Raises PrintFault for a code that would come out too fine to be read.
    """
    if not text:
        return
    if side / qr.width(text) < LEAST_MODULE * 0.999 or not reads_back(text):
        raise PrintFault(tr("The code of a card would be too fine to be read."))
    pen.code(x, y, side, text)


def reads_back(text: str) -> bool:
    """Whether the code that is drawn for ``text`` is read as ``text``."""
    scale, border = 3, qr.QUIET_ZONE * 3
    rows = qr.modules(text, level="M")
    side = len(rows) * scale + 2 * border
    blank = b"\xff" * (side * border)
    edge = b"\xff" * border
    image = bytearray(blank)
    for row in rows:
        line = edge + row.replace(b"\0", b"\xff\xff\xff").replace(b"\1", b"\0\0\0") + edge
        image += line * scale
    image += blank
    data = bytes(image)  # the view does not keep it alive
    view = zxingcpp.ImageView(data, side, side, zxingcpp.ImageFormat.Lum)
    found = zxingcpp.read_barcodes(
        view, try_rotate=False, try_downscale=False, try_invert=False, is_pure=True
    )
    return [one.text for one in found] == [text]


@lru_cache(maxsize=512)
def fitted(
    text: str, width: float, style: Type, *, lines: int, least: float
) -> tuple[Type, tuple[str, ...]]:
    """The largest type up to ``style`` at which ``text`` takes at most ``lines`` lines.

    Below ``least`` points it is cut with an ellipsis instead.
    """
    text = tidy(text).replace("\n", " ").strip()
    room = width / (1 + style.spacing)
    size = style.size
    while True:
        found = [one.strip() for one in wrap(text, room, size=size, bold=style.bold)]
        if len(found) <= lines or size <= least:
            break
        size = max(least, size - 0.5)
    used = replace(style, size=size, leading=style.leading * size / style.size)
    if len(found) > lines:
        last = found[lines - 1]
        while last and used.width(last + "…") > width:
            last = last[:-1]
        found = [*found[: lines - 1], last + "…"]
    return used, tuple(found)


def set_name(
    name: str, width: float, style: Type, *, steps: Iterable[tuple[int, float]]
) -> tuple[Type, tuple[str, ...]]:
    """A name as large as it fits: ``steps`` are (lines, least size), the first that holds it.

    Letters stand apart in short names only.
    """
    used = style if len(name) <= 6 else replace(style, spacing=0.02)
    made: tuple[Type, tuple[str, ...]] = used, ("",)
    for lines, least in steps:
        made = fitted(name, width, used, lines=lines, least=least)
        if not made[1][-1].endswith("…"):
            break
    return made


def write_lines(
    pen: Pen, x: float, top: float, style: Type, lines: Iterable[str], *, align: str = "left"
) -> float:
    """Write lines downwards from ``top``; returns where they end."""
    for line in lines:
        top -= style.leading
        pen.text(x, top + (style.leading - style.size) / 2 + 0.12 * style.size, line, style,
                 align=align)  # fmt: skip
    return top


def dated(on: date | None) -> str:
    """2026-12-31."""
    return "" if on is None else on.isoformat()
