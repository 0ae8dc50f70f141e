"""A pen on one PDF: text in the right fonts, lines, boxes and codes; the finished bytes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from station_app.printing import fonts, qr
from station_app.printing.lines import measure, pieces

MM = 72 / 25.4
A4 = (210 * MM, 297 * MM)
A4_LANDSCAPE = (297 * MM, 210 * MM)

HAIRLINE = 0.5
FRAME = 1.0
SHADE = 0.965  # of label cells: seen on paper, gone on a fax
GREY = 0.38


@dataclass(frozen=True, slots=True)
class Type:
    """How text is set: size and leading in points, grey from 0 (black) to 1."""

    size: float
    leading: float
    bold: bool = False
    grey: float = 0.0
    spacing: float = 0.0  # extra space between characters, in ems

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
        x -= style.width(line) * {"left": 0.0, "center": 0.5, "right": 1.0}[align]
        stretch = style.spacing * style.size
        writing = self._canvas.beginText()
        writing.setFillGray(style.grey)
        writing.setCharSpace(stretch)
        done = 0
        for piece in pieces(line, bold=style.bold):
            faint = style.bold and piece.font == fonts.RARE
            writing.setTextRenderMode(2 if faint else 0)
            writing.setFont(piece.font, style.size)
            writing.setTextOrigin(x + piece.x * style.size / 1000 + done * stretch, y)
            writing.textOut(piece.text)
            done += len(piece.text)
        writing.setTextRenderMode(0)
        self._canvas.saveState()
        # The font for rare characters has one weight: an outline makes it bold among bold.
        self._canvas.setLineWidth(style.size / 36)
        self._canvas.drawText(writing)
        self._canvas.restoreState()

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
        if shade is not None:
            self._canvas.setFillGray(shade)
        self._canvas.setLineWidth(rule)
        self._canvas.rect(x, y, width, height, stroke=int(rule > 0), fill=int(shade is not None))

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
        module = side / len(rows)
        path = self._canvas.beginPath()
        for column, row, width, height in qr.rectangles(rows):
            path.rect(
                x + column * module,
                y + side - (row + height) * module,
                width * module,
                height * module,
            )
        self._canvas.setFillGray(0)
        self._canvas.drawPath(path, stroke=0, fill=1)
