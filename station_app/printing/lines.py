"""Text broken into lines the Chinese way, and each line as the pieces that fonts draw.

Rules of GB/T 15834-2011 §5.1: no line begins with 、。，：；？！）》” and the like and none ends
with （《“; ——, …… and Latin words and numbers stay whole. Between Han and Latin stands a small
gap that is drawn, not written, so that copied text stays as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from station_app.printing import fonts

#: Width of the gap between Han and Latin, in thousandths of an em.
GAP = 130

#: Words, dates and names come again and again: so many are remembered.
_KNOWN = 8192

_CLOSING = re.escape("、。，．：；？！）］｝〉》」』】〕〗”’…—～·％℃‰ー々〻,.!?:;)]}%°〞︰﹚﹜﹞")
_OPENING = re.escape("（［｛〈《「『【〔〖“‘([{￥$□")
_LATIN = "\u0021-\u007e\u00a0-\u024f"
_CLUSTER = re.compile(
    rf"[{_OPENING}]*(?:[{_LATIN}]+|[^\s{_CLOSING}])?[{_CLOSING}]*[^\S\n]*", re.DOTALL
)
_PARAGRAPH = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a line in one font, ``x`` thousandths of an em from the line's beginning."""

    font: str
    text: str
    x: int


def wrap(text: str, width: float, *, size: float, bold: bool = False) -> list[str]:
    """``text`` (tidied) in lines of at most ``width`` points; joined they are the text.

    A line keeps its blanks and its newline at the end; neither is drawn beyond the edge. A single
    character wider than ``width`` stands alone on its line.
    """
    limit = round(width * 1000 / size)
    return [
        line for one in _PARAGRAPH.findall(text) for line in _wrap_paragraph(one, limit, bold)
    ] or [""]


def measure(text: str, *, size: float, bold: bool = False) -> float:
    """The width of one line in points, without blanks at its end."""
    return _extent(text.rstrip(), bold) * size / 1000


@lru_cache(maxsize=_KNOWN)
def pieces(text: str, *, bold: bool = False) -> tuple[Piece, ...]:
    """One line as pieces by font, with the gaps between Han and Latin between them."""
    out: list[Piece] = []
    x, begun, start, previous, current = 0, 0, 0, 0, ""
    for place, character in enumerate(text):
        width, kind, name = _seen(character, bold)
        gap = GAP if kind and previous and kind != previous else 0
        if place and (gap or name != current):
            out.append(Piece(current, text[start:place], begun))
            start = place
            begun = x + gap
        x += gap + width
        previous, current = kind, name
    if text:
        out.append(Piece(current, text[start:], begun))
    return tuple(out)


def _wrap_paragraph(paragraph: str, limit: int, bold: bool) -> Iterator[str]:
    if _extent(paragraph.rstrip(), bold) <= limit:
        yield paragraph
        return
    line, used = "", 0
    for unit, seen, whole in _units(paragraph, limit, bold):
        gap = GAP if _parted(line[-1:], unit[0]) else 0
        if line and used + gap + seen > limit:
            yield line
            line, used, gap = "", 0, 0
        line, used = line + unit, used + gap + whole
    if line:
        yield line


def _units(paragraph: str, limit: int, bold: bool) -> Iterator[tuple[str, int, int]]:
    """What may not be broken, with its width without and with the blanks at its end.

    A unit that no line could hold is broken after all.
    """
    body = paragraph.removesuffix("\n")
    found = [one for one in _CLUSTER.findall(body) if one]
    end = paragraph[len(body) :]
    if end:
        found = [*found[:-1], found[-1] + end] if found else [end]
    for unit in found:
        bare = unit.rstrip()
        seen = _extent(bare, bold)
        if seen > limit:
            yield from ((one, _extent(one, bold), _extent(one, bold)) for one in unit)
        else:
            yield unit, seen, seen if bare == unit else _extent(unit, bold)


@lru_cache(maxsize=_KNOWN)
def _extent(text: str, bold: bool) -> int:
    """Width in thousandths of an em, gaps included."""
    total, previous = 0, 0
    for character in text:
        width, kind, _ = _seen(character, bold)
        total += width
        if kind and previous and kind != previous:
            total += GAP
        previous = kind
    return total


def _parted(before: str, after: str) -> bool:
    """Whether a gap stands between two characters; before the first one there is none."""
    if not before:
        return False
    one, other = _seen(before, False)[1], _seen(after, False)[1]
    return bool(one and other and one != other)


@cache
def _seen(character: str, bold: bool) -> tuple[int, int, str]:
    """Width, kind (1 Han, 2 Latin, 0 neither) and name of the font that draws ``character``."""
    main = fonts.font(fonts.BOLD if bold else fonts.REGULAR)
    drawing = fonts.font_of(character, bold) or main
    width = 0 if character == "\n" else drawing.width(character)
    return width, _kind(character), drawing.fontName


def _kind(character: str) -> int:
    code = ord(character)
    if 0x3400 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x323AF:
        return 1
    return 2 if character.isascii() and character.isalnum() else 0
