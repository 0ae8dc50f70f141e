"""Tables on a sheet: columns with heads that stand on every page, rows that stay whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from station_app.printing.cells import Cell, Row
from station_app.printing.fonts import tidy
from station_app.printing.pen import GREY, MM, Type
from station_app.printing.sheet import Sheet

TEXT = Type(10.5, 16)
HEAD = Type(10.5, 16, bold=True)
DENSE = Type(9, 13.2)
DENSE_HEAD = Type(9.5, 14, bold=True)
MEANS = Type(8.5, 13, grey=GREY)
#: A row of up to this part of a page goes to the next one whole; a taller one flows over.
_WHOLE = 1 / 3


@dataclass(frozen=True, slots=True)
class Look:
    """How a table is set: type of its cells and heads, room around them, least height of a row."""

    text: Type = TEXT
    head: Type = HEAD
    padding: float = 1.6 * MM
    least: float = 9.5 * MM


NORMAL = Look()
#: For ledgers across the page.
LEDGER = Look(DENSE, DENSE_HEAD, 1.2 * MM, 7 * MM)


class Table:
    """One table being filled. ``columns``: name of the text → width in mm, 0 for what is left."""

    def __init__(
        self,
        sheet: Sheet,
        columns: Mapping[str, float],
        *,
        centred: Iterable[str] = (),
        look: Look = NORMAL,
    ) -> None:
        self._sheet, self._look = sheet, look
        shown = {name: width * MM for name, width in columns.items() if sheet.texts[name]}
        left = sheet.flow.width - sum(shown.values())
        self.widths = {name: width or left for name, width in shown.items()}
        self._centred = frozenset(centred)
        head = tuple(
            Cell(width, sheet.texts[name], look.head, label=True, padding=look.padding)
            for name, width in self.widths.items()
        )
        sheet.flow.repeat = (Row(head, least=look.least),)
        sheet.flow.keep(3 * look.least)
        sheet.flow.begin_grid()

    def row(self, values: Mapping[str, str], *, least: float | None = None) -> None:
        """One row; a column without a value stays empty."""
        cells = tuple(self._cell(name, values.get(name, "")) for name in self.widths)
        flow = self._sheet.flow
        row = Row(cells, least=self._look.least if least is None else least)
        if row.height <= flow.size[1] * _WHOLE:
            flow.keep(row.height)
        flow.row(row)

    def across(self, text: str) -> None:
        """A row that is one cell, in the middle."""
        said = self._sheet.said(self._sheet.texts["title"], text)
        flow = self._sheet.flow
        cell = Cell(flow.width, said, self._look.text, align="center", middle=True)
        flow.row(Row((cell,), least=self._look.least))

    def totals(self, label: str, text: str) -> None:
        """The last row: a label below the first columns, and what all rows come to."""
        widths = list(self.widths.values())
        wide = widths[0] + widths[1]
        look, flow = self._look, self._sheet.flow
        first = Cell(wide, self._sheet.texts[label], look.head, label=True, padding=look.padding)
        whole = Cell(flow.width - wide, tidy(text), look.text, middle=True, padding=look.padding)
        flow.row(Row((first, whole), least=look.least))

    def end(self) -> None:
        """Close the frame; no head stands on the pages after it."""
        self._sheet.flow.repeat = ()
        self._sheet.flow.end_grid()

    def _cell(self, name: str, text: str) -> Cell:
        sheet, look = self._sheet, self._look
        said = sheet.said(sheet.texts[name], text)
        align = "center" if name in self._centred else "left"
        return Cell(
            self.widths[name], said, look.text, align=align, middle=True, padding=look.padding
        )


def meaning(sheet: Sheet, name: str = "means") -> None:
    """In small grey type below a table: how its figures are counted."""
    flow = sheet.flow
    if sheet.texts[name]:
        flow.keep(4 * MEANS.leading)
        flow.y -= 1.5 * MM
        flow.paragraph(sheet.texts[name], MEANS)


def numbered(rows: Sequence[Mapping[str, str]], name: str = "order") -> Iterable[Mapping[str, str]]:
    """``rows`` with a running number."""
    return ({name: str(place), **row} for place, row in enumerate(rows, start=1))
