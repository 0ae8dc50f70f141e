"""A pen on one PDF: text in the right fonts, lines, boxes and codes; the finished bytes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from station_app.errors import PrintFault
from station_app.i18n import tr
from station_app.printing import fonts, qr
from station_app.printing.lines import Piece, measure, pieces

MM = 72 / 25.4
A4 = (210 * MM, 297 * MM)
A4_LANDSCAPE = (297 * MM, 210 * MM)
A5_LANDSCAPE = (210 * MM, 148 * MM)
A3_LANDSCAPE = (420 * MM, 297 * MM)

HAIRLINE = 0.5
FRAME = 1.0
SHADE = 0.965  # of label cells: seen on paper, gone on a fax
GREY = 0.38


#: Red, green and blue from 0 to 1.
Colour = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Type:
    """How text is set: size and leading in points, grey from 0 (black) to 1, or a colour."""

    size: float
    leading: float
    bold: bool = False
    grey: float = 0.0
    spacing: float = 0.0  # extra space between characters, in ems
    colour: Colour | None = None

    @property
    def paint(self) -> str:
        """The operators that choose the colour to fill with, and for an outline."""
        if self.colour is not None:
            return f"{_filling(self.colour)} {_filling(self.colour).upper()}"
        return f"{self.grey:g} g {self.grey:g} G"

    def width(self, text: str) -> float:
        """The width of one line of ``text`` in points."""
        return measure(text, size=self.size, bold=self.bold) + self.spacing * self.size * max(
            0, len(text.rstrip()) - 1
        )


class Pen:
    """Draws on the pages of one PDF. Points, origin at the bottom left."""

    def __init__(
        self, size: tuple[float, float], *, title: str, author: str, made_on: date
    ) -> None:
        for name in (fonts.REGULAR, fonts.BOLD, fonts.RARE):
            fonts.font(name)
        self.size = size
        self._out = BytesIO()
        self._canvas: Any = Canvas(
            self._out,
            pagesize=size,
            pageCompression=1,
            invariant=1,
            lang="zh-CN",
            pdfVersion=(1, 7),
            initialFontName=fonts.REGULAR,
        )
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._canvas.setCreator("liaison-station")
        self._canvas.setProducer("liaison-station")
        self._canvas.setSubject(title)
        # The bytes shall depend on what is printed and on the day, not on the second.
        stamp = f"D:{made_on:%Y%m%d}000000Z"
        self._canvas.setDateFormatter(lambda *_: stamp)
        self._canvas.setViewerPreference("DisplayDocTitle", "true")

    def finish_page(self) -> None:
        """End this page and begin the next."""
        self._canvas.showPage()

    def finish(self) -> bytes:
        """End the document. The same drawing always gives the same bytes."""
        self._canvas.save()
        return self._out.getvalue()

    def text(self, x: float, y: float, text: str, style: Type, *, align: str = "left") -> None:
        """One line of ``text``, baseline at ``y``; ``align``: what ``x`` is of it."""
        line = text.rstrip()
        if not line:
            return
        if align != "left":
            x -= style.width(line) * {"center": 0.5, "right": 1.0}[align]
        stretch = style.spacing * style.size
        writing = [f"{style.paint} BT {stretch:.3f} Tc"]
        done, used = 0, ""
        for piece in pieces(line, bold=style.bold):
            if piece.font != used:
                used = piece.font
                writing.append(self._font(used, style))
            at = x + piece.x * style.size / 1000 + done * stretch
            writing.append(f"1 0 0 1 {at:.2f} {y:.2f} Tm <{self._codes(piece)}> Tj")
            done += len(piece.text)
        writing.append("0 Tr ET")
        self._draw(" ".join(writing))

    def _font(self, name: str, style: Type) -> str:
        """Choose a font. The one for rare characters has one weight: an outline makes it bold."""
        inside = fonts.font(name).getSubsetInternalName(0, self._canvas._doc)
        outlined = style.bold and name == fonts.RARE
        weight = f"2 Tr {style.size / 36:.3f} w" if outlined else "0 Tr"
        return f"{inside} {style.size:g} Tf {weight}"

    def _codes(self, piece: Piece) -> str:
        return fonts.font(piece.font).codes(piece.text, self._canvas._doc)

    def line(self, x1: float, y1: float, x2: float, y2: float, *, width: float = HAIRLINE) -> None:
        """A black rule."""
        self._canvas.setLineWidth(width)
        self._canvas.line(x1, y1, x2, y2)

    def dashes(self, x1: float, x2: float, y: float) -> None:
        """A dashed rule to cut along."""
        self._canvas.saveState()
        self._canvas.setStrokeGray(GREY)
        self._canvas.setDash(4, 3)
        self.line(x1, y, x2, y)
        self._canvas.restoreState()

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        shade: float | None = None,
        rule: float = HAIRLINE,
    ) -> None:
        """A frame whose lower left corner is (x, y), filled with grey ``shade`` if given."""
        paint = {(True, True): "B", (True, False): "f", (False, True): "S", (False, False): "n"}
        fill = "" if shade is None else f"{shade:g} g "
        shape = f"{rule:g} w {x:.2f} {y:.2f} {width:.2f} {height:.2f} re "
        self._draw(fill + shape + paint[shade is not None, rule > 0])

    def tick(self, x: float, y: float, size: float) -> None:
        """A check mark with its baseline at ``y``, drawn freely so that it stands over its box."""
        path = self._canvas.beginPath()
        path.moveTo(x, y + size * 0.38)
        path.lineTo(x + size * 0.28, y + size * 0.08)
        path.lineTo(x + size * 0.82, y + size * 0.86)
        self._canvas.saveState()
        self._canvas.setLineWidth(size / 9)
        self._canvas.setLineCap(1)
        self._canvas.setLineJoin(1)
        self._canvas.drawPath(path, stroke=1, fill=0)
        self._canvas.restoreState()

    def code(self, x: float, y: float, side: float, text: str, *, level: str = "M") -> None:
        """The QR of ``text``, lower left corner at (x, y); ``qr.QUIET_ZONE`` stays blank."""
        rows = qr.modules(text, level=level)
        count = len(rows)
        module = side / count
        # In whole modules: a third of the bytes, and every edge exactly on its neighbour's.
        shapes = " ".join(
            f"{column} {count - row - height} {width} {height} re"
            for column, row, width, height in qr.rectangles(rows)
        )
        self._draw(f"q {module:.5f} 0 0 {module:.5f} {x:.3f} {y:.3f} cm 0 g {shapes} f Q")

    def area(
        self, x: float, y: float, width: float, height: float, colour: Colour, *, round_: float = 0
    ) -> None:
        """A filled area without a frame; ``round_`` is the radius of its corners."""
        shape = _rounded(x, y, width, height, round_)
        self._draw(f"{_filling(colour)} {shape} f")

    def picture(self, at: tuple[float, float, float, float], jpeg: bytes, *, round_: float) -> None:
        """A picture that fills (x, y, width, height) whole; what stands over is cut off.

        Raises PrintFault for a picture that cannot be read.
        """
        x, y, width, height = at
        try:
            image = ImageReader(BytesIO(jpeg))
            across, down = image.getSize()
        except (OSError, ValueError) as error:
            raise PrintFault(tr("A photo is damaged and cannot be printed.")) from error
        scale = max(width / across, height / down)
        wide, high = across * scale, down * scale
        self._draw(f"q {_rounded(x, y, width, height, round_)} W n")
        # Faces stand in the upper half: what is too high loses twice as much below as above.
        self._canvas.drawImage(
            image, x - (wide - width) / 2, y - (high - height) * 2 / 3, wide, high
        )
        self._draw("Q")

    @contextmanager
    def moved(self, x: float, y: float, *, upside_down: bool = False) -> Iterator[None]:
        """Draw with the origin at (x, y), and if asked turned by half a circle."""
        turn = "-1 0 0 -1" if upside_down else "1 0 0 1"
        self._draw(f"q {turn} {x:.3f} {y:.3f} cm")
        yield
        self._draw("Q")

    def _draw(self, operators: str) -> None:
        """Operators of PDF 1.7 §8 and §9 as they are: reportlab's own ways are far slower."""
        self._canvas._code.append(operators)


def _filling(colour: Colour) -> str:
    return " ".join(f"{one:.3f}" for one in colour) + " rg"


def _rounded(x: float, y: float, width: float, height: float, radius: float) -> str:
    if not radius:
        return f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re"
    r, k = radius, radius * 0.4477  # how far a curve's handles lie from the corner of its square
    right, top = x + width, y + height
    steps = (
        ((x + r, y), "m"), ((right - r, y), "l"),
        ((right - k, y, right, y + k, right, y + r), "c"), ((right, top - r), "l"),
        ((right, top - k, right - k, top, right - r, top), "c"), ((x + r, top), "l"),
        ((x + k, top, x, top - k, x, top - r), "c"), ((x, y + r), "l"),
        ((x, y + k, x + k, y, x + r, y), "c"),
    )  # fmt: skip
    return " ".join(" ".join(f"{one:.2f}" for one in at) + " " + step for at, step in steps) + " h"
