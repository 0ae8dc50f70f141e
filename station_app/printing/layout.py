"""Pages that fill from the top: rows of cells that stay whole or flow on, with repeated heads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from station_app.printing.cells import BODY, Act, Row, cell_act, rise, split
from station_app.printing.lines import wrap
from station_app.printing.pen import FRAME, GREY, MM, Pen, Type
from station_app.printing.qr import QUIET_ZONE
from station_app.printing.qr import width as qr_width

TITLE = Type(21, 30, bold=True, spacing=0.16)
STATION = Type(11.5, 17, grey=0.2)
LABEL = BODY
FOOT = Type(8.5, 12, grey=GREY)

#: Fewer lines than this of a long text are not left behind at the end of a page.
_LEAST_LINES = 3
#: A text of up to this many lines is moved whole rather than broken.
_WHOLE_LINES = 6
#: Points by which sums of heights may differ though they are meant to be equal.
_ROUNDING = 0.01


class Flow:
    """Pages being filled. Drawing waits until the number of pages is known.

    ``head(flow)`` is called at the top of every page from the second on and leaves ``page_room``
    points, ``foot(pen, page, pages)`` for every page at the end.
    """

    def __init__(
        self,
        size: tuple[float, float],
        *,
        margin: float,
        bottom: float,
        page_room: float,
        head: Callable[[Flow], None],
        foot: Callable[[Pen, int, int], None],
    ) -> None:
        self.size, self.left, self.bottom = size, margin, bottom
        self.right = size[0] - margin
        self.width = self.right - self.left
        self.y = size[1]
        self.page_room = page_room
        self._head, self._foot = head, foot
        self._pages: list[list[Act]] = [[]]
        #: Rows that stand at the top of a grid on every page.
        self.repeat: tuple[Row, ...] = ()
        self._grid_top: float | None = None

    @property
    def pages(self) -> int:
        """How many pages there are so far."""
        return len(self._pages)

    @property
    def room(self) -> float:
        """What is left of this page, in points."""
        return self.y - self.bottom

    def put(self, act: Act) -> None:
        """Draw this on the page being filled."""
        self._pages[-1].append(act)

    def paragraph(
        self, text: str, style: Type, *, indent: float = 0.0, width: float | None = None
    ) -> None:
        """A text in lines, ``indent`` points from the left; nothing if it is empty."""
        room = self.width - indent if width is None else width
        for line in wrap(text, room, size=style.size, bold=style.bold) if text else ():
            self.write(line, style, x=self.left + indent)

    def heading(self, text: str, style: Type, *, beside: float) -> None:
        """A text centred, in lines that leave ``beside`` points free on both sides."""
        room = (self.width - 2 * beside) / (1 + style.spacing)
        for line in wrap(text, room, size=style.size, bold=style.bold):
            self.write(line, style, align="center")

    def stamp(
        self, code: str, edition: int, *, top: float, side: float, said: str | None = None
    ) -> None:
        """The QR of a record's ``code`` at the right edge, its edition below the quiet zone.

        ``said`` stands there instead of the edition where paper has none.
        """
        left, bottom = self.right - side, top - side
        said = f"第{edition}版" if said is None else said
        self.put(lambda pen: pen.code(left, bottom, side, code))
        below = bottom - QUIET_ZONE * side / qr_width(code) - 0.8 * FOOT.size
        self.put(lambda pen: pen.text(left + side / 2, below, said, FOOT, align="center"))

    def write(self, text: str, style: Type, *, align: str = "left", x: float | None = None) -> None:
        """One line at the current height, which moves down by the leading."""
        self.y -= style.leading
        at = {"left": self.left, "center": (self.left + self.right) / 2, "right": self.right}[align]
        place = at if x is None else x
        baseline = self.y + rise(style)
        self.put(lambda pen: pen.text(place, baseline, text, style, align=align))

    def turn(self) -> None:
        """Go on at the top of a new page; a grid is closed here and begun again there."""
        inside = self._grid_top is not None
        if inside:
            self.end_grid()
        self._pages.append([])
        self.y = self.size[1]
        self._head(self)
        if inside:
            self.begin_grid()

    def begin_grid(self) -> None:
        """From here rows stand in one frame, below the repeated ones."""
        self._grid_top = self.y
        for row in self.repeat:
            self._draw(row, row.height)

    def end_grid(self) -> None:
        """Draw the frame around the rows since ``begin_grid`` on this page."""
        top, bottom = self._grid_top or self.y, self.y
        self._grid_top = None
        if top > bottom:
            self.put(lambda pen: pen.box(self.left, bottom, self.width, top - bottom, rule=FRAME))

    def blocks(self, blocks: Sequence[Sequence[Row]], *, keep: float = 0.0) -> None:
        """Blocks of rows, each kept on one page where it fits; every page is filled.

        ``keep`` points stay free below the last block.
        """
        waiting: list[Row] = []
        for place, block in enumerate(blocks):
            last = keep if place == len(blocks) - 1 else 0.0
            height = _total(block)
            if _total(waiting) + height + last > self.room and waiting:
                if height + last <= self.page_room:
                    self.rows(waiting)
                    self.turn()
                else:  # it has to be broken anyway, so it may begin here
                    self._plain_rows(waiting)
                waiting = []
            if place and not waiting and self.room < height + last <= self.page_room:
                self.turn()
            if height > self.room:
                self._plain_rows(block, keep=last)
            else:
                waiting += block
        self.rows(waiting, keep=keep)

    def rows(self, rows: Sequence[Row], *, keep: float = 0.0) -> None:
        """All ``rows``; spare room above the last ``keep`` points goes to rows that stretch."""
        spare = self.room - keep - _total(rows)
        shares = sum(row.stretch for row in rows)
        if spare > 0 and shares:
            rows = [replace(row, least=row.height + spare * row.stretch / shares) for row in rows]
        self._plain_rows(rows, keep=keep)

    def _plain_rows(self, rows: Sequence[Row], *, keep: float = 0.0) -> None:
        """All ``rows``; the last one stays together with what follows in ``keep`` points."""
        for place, row in enumerate(rows, start=1):
            if keep and place == len(rows):
                self.keep(row.height + keep)
            self.row(row)

    def row(self, row: Row) -> None:
        """One row, whole if it can be, else flowing over as many pages as it needs."""
        if row.needed <= self.room + _ROUNDING:
            self._draw(row, min(row.height, self.room))
            return
        count = max(len(cell.lines) for cell in row.cells)
        if count <= _WHOLE_LINES or self._fitting_lines(row) < _LEAST_LINES:
            self.turn()
        while row.needed > self.room:
            first, row = split(row, max(1, self._fitting_lines(row)))
            self._draw(first, self.room)
            self.turn()
        self._draw(row, row.height)

    def keep(self, height: float) -> None:
        """Turn the page unless ``height`` points are left on it."""
        if height > self.room + _ROUNDING:
            self.turn()

    def finish(self, pen: Pen) -> bytes:
        """Draw all pages with their feet and end the document."""
        self.draw(pen)
        return pen.finish()

    def draw(self, pen: Pen) -> None:
        """Draw all pages with their feet; others may follow in the same document."""
        for number, acts in enumerate(self._pages, start=1):
            for act in acts:
                act(pen)
            self._foot(pen, number, len(self._pages))
            pen.finish_page()

    def _fitting_lines(self, row: Row) -> int:
        tall = max(row.cells, key=lambda cell: cell.height)
        return int((self.room - 1.5 * tall.padding) / tall.style.leading)

    def _draw(self, row: Row, height: float) -> None:
        x = self.left
        self.y -= height
        for cell in row.cells:
            self.put(cell_act(cell, x, self.y, height))
            x += cell.width


def _total(rows: Iterable[Row]) -> float:
    return sum(row.height for row in rows)


def page_foot(note: str, *, margin: float = 17 * MM) -> Callable[[Pen, int, int], None]:
    """A foot with ``note`` at the left and 第 x 页 共 y 页 at the right, for ``Flow``."""

    def draw(pen: Pen, number: int, count: int) -> None:
        width = pen.size[0]
        pages = f"第 {number} 页 共 {count} 页"
        space = width - 2 * margin - FOOT.width(pages) - 6 * MM
        for place, line in enumerate(reversed(wrap(note, space, size=FOOT.size))):
            pen.text(margin, 11 * MM + place * FOOT.leading, line, FOOT)
        pen.text(width - margin, 11 * MM, pages, FOOT, align="right")

    return draw
