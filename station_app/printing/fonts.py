"""The fonts of paper: text split into pieces by font, its width, and what no font can draw."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache
from itertools import groupby

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics

from station_app.config import RESOURCES
from station_app.errors import PrintFault
from station_app.i18n import tr
from station_app.printing.pdf_font import PdfFont

REGULAR = "NotoSansSC-Regular"
BOLD = "NotoSansSC-Bold"
#: Draws the rare characters of names (CJK extensions B to F) that Noto Sans SC lacks.
RARE = "HanaMinB"

# Wrapping compressed streams into text for old mail gateways makes a file a quarter larger.
rl_config.useA85 = 0


@cache
def font(name: str) -> PdfFont:
    """The font of that name, known to reportlab from now on; its file is opened when needed."""
    made = PdfFont(name, RESOURCES / "fonts" / f"{name}.ttf")
    pdfmetrics.registerFont(made)
    return made


def tidy(text: str) -> str:
    """``text`` without what is never drawn: controls, format and variation marks.

    Tabs become blanks, every line end a plain newline.
    """
    if text.isprintable() and text.isascii():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    return "".join(one for one in text if one == "\n" or not _invisible(one))


@cache
def _invisible(character: str) -> bool:
    code = ord(character)
    return (
        unicodedata.category(character) in ("Cc", "Cf")
        or 0xFE00 <= code <= 0xFE0F
        or 0xE0100 <= code <= 0xE01EF
    )


@cache
def font_of(character: str, bold: bool = False) -> PdfFont | None:
    """The font that draws ``character``, or None if none does."""
    main = font(BOLD if bold else REGULAR)
    if main.has(character):
        return main
    rare = font(RARE)
    return rare if rare.has(character) else None


def runs(text: str, *, bold: bool = False) -> list[tuple[PdfFont, str]]:
    """``text`` (tidied) as pieces by font; what no font draws falls to the main one."""
    main = font(BOLD if bold else REGULAR)
    grouped = groupby(text, lambda one: font_of(one, bold) or main)
    return [(key, "".join(piece)) for key, piece in grouped]


def missing_glyphs(text: str) -> tuple[str, ...]:
    """The characters of ``text`` that no font can draw, each once, in order."""
    drawn = tidy(text).replace("\n", "")
    return tuple(one for one in dict.fromkeys(drawn) if font_of(one) is None)


def check_glyphs(texts: Iterable[tuple[str, str]]) -> None:
    """Raise PrintFault naming every character that cannot be printed and where it stands.

    ``texts``: (where it stands, as the operator would say it; the text).
    """
    found = [(where, missing_glyphs(text)) for where, text in texts]
    named = [
        tr("{where}: {characters}", where=where, characters=_named(missing))
        for where, missing in found
        if missing
    ]
    if named:
        raise PrintFault(
            tr(
                "These characters cannot be printed. Please write them in another way and print "
                "again. {named}",
                named=tr("list|; ").join(named),
            )
        )


def _named(characters: tuple[str, ...]) -> str:
    return tr("list|, ").join(f"{one} (U+{ord(one):04X})" for one in characters)
