"""A font inside a PDF: one embedded subset whose text copies and searches as the right Unicode.

reportlab cuts a large font into subsets of 256 characters and writes a wrong map for those
beyond U+FFFF. Here the whole text of a document uses one composite font (PDF 1.7 §9.7,
Identity-H) with a map in UTF-16.
"""

from __future__ import annotations

from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from reportlab.pdfbase import pdfdoc

from station_app.printing.truetype import TrueTypeFile

_SYMBOLIC = 4
_BLOCK = 100  # most entries of one bfchar block (Adobe technical note 5411)


class _Metrics:
    """What reportlab asks a font's face for."""

    def __init__(self, font: PdfFont) -> None:
        self.name = font.fontName
        self.ascent, self.descent = font.file.ascent, font.file.descent
        self.builtIn = 0


class _Used(dict[str, str]):
    """The characters that a document uses, in order of first use, each with its code in hex."""

    def __missing__(self, character: str) -> str:
        code = self[character] = f"{len(self):04x}"
        return code


class PdfFont:
    """One font of the program in reportlab's protocol for fonts that grow with the text.

    Each document keeps its own list of the characters it uses, in order of first use, so the
    same input gives the same bytes.
    """

    _dynamicFont = 1  # noqa: N815 - reportlab's word
    _multiByte = 1  # noqa: N815 - reportlab's word
    shapable = False

    def __init__(self, name: str, path: Path) -> None:
        self.fontName = name
        self._path = path
        self._widths: dict[str, int] = {}
        self._used: WeakKeyDictionary[Any, _Used] = WeakKeyDictionary()
        self._inside: WeakKeyDictionary[Any, str] = WeakKeyDictionary()

    @cached_property
    def file(self) -> TrueTypeFile:
        """The font file, opened when first needed."""
        return TrueTypeFile(self._path)

    @cached_property
    def face(self) -> _Metrics:
        """Ascent and descent, as reportlab asks for them."""
        return _Metrics(self)

    def has(self, character: str) -> bool:
        """Whether the font draws ``character``."""
        return self.file.glyph(ord(character)) != 0

    def width(self, character: str) -> int:
        """The width of ``character`` in thousandths of an em."""
        known = self._widths.get(character)
        if known is None:
            known = self.file.advance(self.file.glyph(ord(character)))
            self._widths[character] = known
        return known

    def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:  # noqa: N802 - reportlab's word
        """The width of ``text`` in points."""
        return sum(map(self.width, text)) * size / 1000

    def splitString(self, text: str, doc: Any, encoding: str = "utf-8") -> list[tuple[int, bytes]]:  # noqa: N802 - reportlab's word
        """``text`` in two bytes a character, as one piece of the one subset."""
        return [(0, bytes.fromhex(self.codes(text, doc)))]

    def codes(self, text: str, doc: Any) -> str:
        """``text`` as the four hexadecimal digits a character that the page shows."""
        used = self._used.get(doc)
        if used is None:
            used = self._used[doc] = _Used({"\0": "0000"})
        return "".join(map(used.__getitem__, text))

    def getSubsetInternalName(self, subset: int, doc: Any) -> str:  # noqa: N802 - reportlab's word
        """The name the page's drawing calls the font by."""
        name = self._inside.get(doc)
        if name is None:
            name = self._inside[doc] = f"F{len(doc.fontMapping) + 1}"
            doc.fontMapping[self.fontName] = "/" + name
            doc.delayedFonts.append(self)
        return "/" + name

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - reportlab's word
        """Add the font with its subset, widths and map to ``doc``."""
        used = list(self._used[doc])
        name = "AAAAAA+" + self.fontName
        inside = self._inside[doc]
        descendant = _dictionary(
            Type="/Font",
            Subtype="/CIDFontType2",
            BaseFont="/" + name,
            CIDSystemInfo=_dictionary(
                Registry=pdfdoc.PDFString("Adobe"),
                Ordering=pdfdoc.PDFString("Identity"),
                Supplement=0,
            ),
            FontDescriptor=doc.Reference(self._descriptor(doc, name, used)),
            DW=1000,
            W=pdfdoc.PDFArray(self._uneven_widths(used)),
            CIDToGIDMap="/Identity",
        )
        whole = _dictionary(
            Type="/Font",
            Subtype="/Type0",
            BaseFont="/" + name,
            Encoding="/Identity-H",
            DescendantFonts=pdfdoc.PDFArray([doc.Reference(descendant)]),
            ToUnicode=doc.Reference(_stream(doc, _unicode_map(used).encode("ascii"))),
        )
        doc.idToObject["BasicFonts"].dict[inside] = doc.Reference(whole)

    def _descriptor(self, doc: Any, name: str, used: list[str]) -> Any:
        glyphs = [0] + [self.file.glyph(ord(character)) for character in used[1:]]
        program = self.file.subset(glyphs)
        stream = _stream(doc, program)
        stream.dictionary["Length1"] = len(program)
        return _dictionary(
            Type="/FontDescriptor",
            FontName="/" + name,
            Flags=_SYMBOLIC,
            FontBBox=pdfdoc.PDFArray(list(self.file.bbox)),
            ItalicAngle=0,
            Ascent=self.file.ascent,
            Descent=self.file.descent,
            CapHeight=733,
            StemV=80,
            FontFile2=doc.Reference(stream),
        )

    def _uneven_widths(self, used: list[str]) -> list[Any]:
        """Runs of characters that are not one em wide, as ``first [width width …]``."""
        uneven = [
            (code, self.width(character))
            for code, character in enumerate(used)
            if code and self.width(character) != 1000
        ]
        out: list[Any] = []
        for _, run in groupby(enumerate(uneven), lambda one: one[1][0] - one[0]):
            members = [member for _, member in run]
            out += [members[0][0], pdfdoc.PDFArray([width for _, width in members])]
        return out


def _dictionary(**entries: Any) -> Any:
    return pdfdoc.PDFDictionary(entries)


def _stream(doc: Any, content: bytes) -> Any:
    stream = pdfdoc.PDFStream()
    stream.content = content
    if doc.compression:
        stream.filters = [pdfdoc.PDFZCompress]
    return stream


def _unicode_map(used: list[str]) -> str:
    """The map from codes to text that searching and copying use."""
    entries = [
        f"<{code:04X}> <{character.encode('utf-16-be').hex().upper()}>"
        for code, character in enumerate(used)
        if code
    ]
    blocks = []
    for begin in range(0, len(entries), _BLOCK):
        block = entries[begin : begin + _BLOCK]
        blocks += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    head = (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
    )
    tail = "\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    return head + "\n".join(blocks) + tail
