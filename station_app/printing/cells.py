"""Cells and rows: labels, texts and boxes to tick, measured, broken in two and drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from station_app.printing.lines import wrap
from station_app.printing.pen import MM, SHADE, Pen, Type

BODY = Type(11, 17.6)

PADDING = 2.4 * MM
#: Room between two choices, in ems.
_CHOICE_GAP = 1.2

Act = Callable[[Pen], None]


@dataclass(frozen=True, slots=True)
class Choice:
    """One box to tick."""

    word: str
    ticked: bool = False
    boxed: bool = True  # False for what runs on from the line above
    alone: bool = False  # begins a line of its own


@dataclass(frozen=True)
class Cell:
    """One cell of a row: a label (shaded, centred) or a value (text or choices)."""

    width: float
    text: str = ""
    style: Type = BODY
    label: bool = False
    align: str = "left"
    middle: bool = False
    choices: tuple[Choice, ...] = ()
    lead: str = ""  # set in bold above the text
    padding: float = PADDING

    @cached_property
    def lead_lines(self) -> list[str]:
        """The lead broken to the cell's width."""
        room = self.width - 2 * self.padding
        return wrap(self.lead, room, size=self.style.size, bold=True) if self.lead else []

    @cached_property
    def lines(self) -> list[str]:
        """Lead and text broken to the cell's width."""
        room = self.width - 2 * self.padding * (0.4 if self.label else 1)
        if self.lead and not self.text:
            return self.lead_lines
        text = wrap(self.text, room, size=self.style.size, bold=self.style.bold)
        return self.lead_lines + text

    @cached_property
    def choice_lines(self) -> list[list[Choice]]:
        """The choices in lines; one that is wider than the cell has its word broken."""
        return _pack(self.choices, self.width - 2 * self.padding, self.style)

    @property
    def height(self) -> float:
        """The least height that shows everything, in points."""
        count = len(self.choice_lines) if self.choices else len(self.lines)
        return count * self.style.leading + 1.5 * self.padding


@dataclass(frozen=True, slots=True)
class Row:
    """Cells side by side. ``least`` is the lowest height, ``stretch`` its share of spare room."""

    cells: tuple[Cell, ...]
    least: float = 0.0
    stretch: float = 0.0

    @property
    def needed(self) -> float:
        """The height of what is in it, in points."""
        return max(cell.height for cell in self.cells)

    @property
    def height(self) -> float:
        """The least height that shows everything and is not below ``least``, in points."""
        return max(self.least, self.needed)


def rise(style: Type) -> float:
    """How far the baseline stands above the bottom of its line."""
    return (style.leading - style.size) / 2 + 0.12 * style.size


def split(row: Row, count: int) -> tuple[Row, Row]:
    """The first ``count`` lines of every value, and a row with what is left."""
    first, rest = [], []
    for place, cell in enumerate(row.cells):
        if cell.label:
            going_on = any(one.lines[count:] for one in row.cells[place + 1 : place + 2])
            plain = cell.text.removesuffix("（续）")
            first.append(cell)
            rest.append(replace(cell, text=plain + "（续）" if going_on else ""))
        else:
            lead = len(cell.lead_lines) if len(cell.lead_lines) <= count else 0
            kept = cell.lead if lead else ""
            first.append(replace(cell, lead=kept, text="".join(cell.lines[lead:count])))
            rest.append(replace(cell, lead="", text="".join(cell.lines[count:])))
    return Row(tuple(first)), Row(tuple(rest))


def cell_act(cell: Cell, x: float, y: float, height: float) -> Act:
    """Draw ``cell`` with its lower left corner at (x, y)."""

    def draw(pen: Pen) -> None:
        pen.box(x, y, cell.width, height, shade=SHADE if cell.label else None)
        style, count = cell.style, len(cell.choice_lines if cell.choices else cell.lines)
        spare = height - count * style.leading
        centred = (
            cell.label or cell.middle or bool(cell.choices) or height <= cell.height + style.leading
        )
        baseline = y + height - (spare / 2 if centred else 0.75 * cell.padding)
        baseline -= style.leading - rise(style)
        align = "center" if cell.label else cell.align
        edge = x + cell.padding
        at = {"left": edge, "center": x + cell.width / 2, "right": x + cell.width - cell.padding}
        if cell.choices:
            _draw_choices(pen, cell, edge, baseline)
            return
        for place, line in enumerate(cell.lines):
            used = replace(style, bold=True) if place < len(cell.lead_lines) else style
            pen.text(at[align], baseline, line, used, align=align)
            baseline -= style.leading

    return draw


def _choice_width(choice: Choice, style: Type) -> float:
    return 1.3 * style.size + style.width(choice.word)


def _pack(choices: Iterable[Choice], room: float, style: Type) -> list[list[Choice]]:
    lines: list[list[Choice]] = [[]]
    used = 0.0
    for choice in choices:
        wide = _choice_width(choice, style)
        if lines[-1] and (choice.alone or used + wide > room):
            lines.append([])
            used = 0.0
        if wide > room:
            head, *more = wrap(choice.word, room - 1.3 * style.size, size=style.size)
            lines[-1].append(replace(choice, word=head))
            lines += [[Choice(word, boxed=False)] for word in more]
            lines.append([])
            continue
        lines[-1].append(choice)
        used += wide + _CHOICE_GAP * style.size
    return [line for line in lines if line]


def _draw_choices(pen: Pen, cell: Cell, left: float, baseline: float) -> None:
    style = cell.style
    for line in cell.choice_lines:
        x = left
        for choice in line:
            if choice.boxed:
                pen.text(x, baseline, "□", style)
            if choice.ticked:
                pen.tick(x + 0.1 * style.size, baseline, style.size)
            pen.text(x + 1.3 * style.size, baseline, choice.word, style)
            x += _choice_width(choice, style) + _CHOICE_GAP * style.size
        baseline -= style.leading
