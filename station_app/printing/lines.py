"""Text broken into lines the Chinese way, and each line as the pieces that fonts draw.

Rules of GB/T 15834-2011 §5.1: no line begins with 、。，：；？！）》” and the like and none ends
with （《“; ——, …… and Latin words and numbers stay whole. Between Han and Latin stands a small
gap that is drawn, not written, so that copied text stays as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from station_app.printing import fonts
from station_app.printing.pdf_font import PdfFont

#: Width of the gap between Han and Latin, in thousandths of an em.
GAP = 130

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


def pieces(text: str, *, bold: bool = False) -> list[Piece]:
    """One line as pieces by font, with the gaps between Han and Latin between them."""
    out: list[Piece] = []
    x, begun, start, previous, current = 0, 0, 0, "", ""
    for place, character in enumerate(text):
        name = _font_name(character, bold)
        gap = GAP if _parted(previous, character) else 0
        if place and (gap or name != current):
            out.append(Piece(current, text[start:place], begun))
            start = place
            begun = x + gap
        x += gap + _width(character, bold)
        previous, current = character, name
    if text:
        out.append(Piece(current, text[start:], begun))
    return out


def _wrap_paragraph(paragraph: str, limit: int, bold: bool) -> Iterator[str]:
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


def _extent(text: str, bold: bool) -> int:
    """Width in thousandths of an em, gaps included."""
    total, previous = 0, ""
    for character in text:
        if character != "\n":
            total += _width(character, bold) + (GAP if _parted(previous, character) else 0)
        previous = character
    return total


def _parted(before: str, after: str) -> bool:
    return bool(before) and (
        (_is_han(before) and _is_latin(after)) or (_is_latin(before) and _is_han(after))
    )


@cache
def _is_han(character: str) -> bool:
    code = ord(character)
    return 0x3400 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x323AF


@cache
def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


@cache
def _width(character: str, bold: bool) -> int:
    return _drawing_font(character, bold).width(character)


@cache
def _font_name(character: str, bold: bool) -> str:
    return _drawing_font(character, bold).fontName


def _drawing_font(character: str, bold: bool) -> PdfFont:
    return fonts.font_of(character, bold) or fonts.font(fonts.BOLD if bold else fonts.REGULAR)
