"""A form's sheet: head with title, station and code, rows of labels and values, prose, who signs.

Every form is built from these parts, so that all look alike, and so that each text that was put
on the sheet is known with the place where it stands when a character of it cannot be drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol
from uuid import UUID

from station_app.domain.record_codes import record_code
from station_app.domain.station import StationRecord
from station_app.printing.cells import BODY, Cell, Choice, Row
from station_app.printing.fonts import check_glyphs, tidy
from station_app.printing.forms.checks import station_texts
from station_app.printing.layout import LABEL, STATION, TITLE, Flow, page_foot
from station_app.printing.lines import wrap
from station_app.printing.pen import A4, MM, Pen, Type
from station_app.printing.phrases import said_date
from station_app.printing.templates import Own, form_texts

MARGIN = 17 * MM
BOTTOM = 20 * MM
HEAD_AFTER = 30 * MM
LABEL_WIDTH = 27 * MM
RIGHT_WIDTH = 52 * MM
CODE_SIDE = 18 * MM
CODE_SIDE_AFTER = 15 * MM
SIGNING_ROOM = 19 * MM
TICKS = Type(10.5, 17.6)
NUMBER = Type(10.5, 17)
BAND = Type(11, 17.6, bold=True)
SIGN = Type(10.5, 16)
PROSE = Type(12.5, 23.5)


@dataclass(frozen=True, slots=True)
class Stamp:
    """The QR at the upper right corner and the small words below it."""

    code: str
    said: str


class Printed(Protocol):
    """A record of any noun that can be found again from its paper."""

    @property
    def id(self) -> UUID:
        """Which one it is."""

    @property
    def edition(self) -> int:
        """How often it was changed."""


def stamp_of(kind: str, record: Printed) -> Stamp:
    """The stamp of a record."""
    return Stamp(record_code(kind, record.id, record.edition), f"第{record.edition}版")


def list_stamp(station: StationRecord, printed_on: date) -> Stamp:
    """The stamp of a list: it leads to the station, and is as old as its day."""
    return Stamp(record_code("station", station.id, 1), f"{printed_on:%Y-%m-%d}")


class Sheet:
    """One form being laid out. ``own`` are the place's own texts; ``after`` heads later pages."""

    def __init__(
        self,
        form: str,
        station: StationRecord,
        *,
        printed_on: date,
        own: Own | None = None,
        stamp: Stamp,
        after: str = "",
        size: tuple[float, float] = A4,
        margin: float = MARGIN,
    ) -> None:
        self.texts = form_texts(form, station, own)
        self.station, self.printed_on = station, printed_on
        self._stamp, self.after = stamp, after
        self._placed: list[tuple[str, str]] = list(station_texts(station))
        said = (self.texts.get("footer", ""), f"打印日期：{said_date(printed_on)}")
        self.flow = Flow(
            size,
            margin=margin,
            bottom=BOTTOM,
            page_room=size[1] - BOTTOM - HEAD_AFTER,
            head=self._head_after,
            foot=page_foot("　".join(filter(None, said)), margin=margin),
        )

    # --------------------------------------------------------------------------------- the head

    def head(self, left: str = "", right: str = "", *, band: str = "") -> None:
        """Title, station, stamp; then a bold line and a line with two ends, where there are any."""
        flow = self.flow
        flow.y -= 14 * MM
        flow.heading(self.texts["title"], TITLE, beside=CODE_SIDE + 4 * MM)
        flow.heading(tidy(self.station.title), STATION, beside=CODE_SIDE + 4 * MM)
        self._draw_stamp(flow.size[1] - 10.5 * MM, CODE_SIDE)
        flow.y = min(flow.y - 5 * MM, flow.size[1] - 10.5 * MM - CODE_SIDE - 8 * MM)
        if band:
            flow.paragraph(self.said(self.texts["title"], band), BAND)
        top = flow.y
        room = flow.width - NUMBER.width(right) - 6 * MM
        flow.paragraph(self.said(self.texts["title"], left), NUMBER, width=room)
        end = flow.y
        if right:
            flow.y = top
            flow.write(right, NUMBER, align="right")
        flow.y = min(flow.y, end) - 1 * MM

    def _head_after(self, flow: Flow) -> None:
        flow.y -= 16 * MM
        room = flow.width - CODE_SIDE_AFTER - 4 * MM
        title = wrap(f"{self.texts['title']}（续）", room, size=BAND.size, bold=True)
        flow.write(title[0], BAND)
        if self.after:
            flow.write(wrap(tidy(self.after), room, size=NUMBER.size)[0], NUMBER)
        self._draw_stamp(flow.size[1] - 8 * MM, CODE_SIDE_AFTER)
        flow.y = flow.size[1] - HEAD_AFTER

    def _draw_stamp(self, top: float, side: float) -> None:
        self.flow.stamp(self._stamp.code, 0, top=top, side=side, said=self._stamp.said)

    # --------------------------------------------------------------------------------- the rows

    def said(self, where: str, text: str) -> str:
        """``text`` ready to be drawn; where it stands is remembered."""
        self._placed.append((where, text))
        return tidy(text)

    def label(self, name: str, width: float = LABEL_WIDTH) -> Cell:
        """The label with that name."""
        return Cell(width, self.texts[name], LABEL, label=True)

    def value(self, name: str, text: str, width: float, style: Type = BODY) -> Cell:
        """A value in the middle of its row."""
        return Cell(width, self.said(self.texts[name], text), style, middle=True)

    def pair(self, left: str, text: str, right: str, other: str) -> Row:
        """Two labels with their values."""
        width = self.flow.width - 2 * LABEL_WIDTH - RIGHT_WIDTH
        return Row(
            (
                self.label(left),
                self.value(left, text, width),
                self.label(right),
                self.value(right, other, RIGHT_WIDTH),
            )
        )

    def line(self, name: str, text: str) -> Row:
        """One label with a short value."""
        return Row((self.label(name), self.value(name, text, self.flow.width - LABEL_WIDTH)))

    def wide(
        self, name: str, text: str, least: float = 0.0, stretch: float = 0.0, *, lead: str = ""
    ) -> Row:
        """One label with a text that may be long; ``lead`` stands in bold above it."""
        where = self.texts[name]
        text, lead = self.said(where, text), self.said(where, lead)
        value = Cell(
            self.flow.width - LABEL_WIDTH, text, BODY, lead=lead + "\n" if text and lead else lead
        )
        return Row((self.label(name), value), least, stretch)

    def ticks(self, name: str, choices: Iterable[Choice]) -> Row:
        """One label with boxes to tick."""
        return Row((self.label(name), self.boxes(name, choices, self.flow.width - LABEL_WIDTH)))

    def boxes(self, name: str, choices: Iterable[Choice], width: float) -> Cell:
        """Boxes to tick."""
        said = tuple(replace(one, word=self.said(self.texts[name], one.word)) for one in choices)
        return Cell(width, style=TICKS, choices=said)

    def band(self, text: str) -> Row:
        """A line across that begins a part of the form."""
        return Row((Cell(self.flow.width, self.said(self.texts["title"], text), BAND, label=True),))

    def facts(self, *facts: tuple[str, str]) -> list[Row]:
        """Labels with short values, two in a row; those whose label was taken away are left out."""
        shown = [one for one in facts if self.texts[one[0]]]
        rows = [
            self.pair(*left, *right) for left, right in zip(shown[::2], shown[1::2], strict=False)
        ]
        return [*rows, self.line(*shown[-1])] if len(shown) % 2 else rows

    def grid(self, *blocks: Sequence[Row], keep: float = 0.0) -> None:
        """The blocks in one frame, each whole where it fits; ``keep`` points stay free below."""
        self.flow.begin_grid()
        self.flow.blocks([list(one) for one in blocks if one], keep=keep)
        self.flow.end_grid()

    # -------------------------------------------------------------------------------- the prose

    def prose(
        self, text: str, style: Type = PROSE, *, indent: int = 2, align: str = "left"
    ) -> None:
        """Paragraphs that flow over pages, each ``indent`` characters in."""
        flow = self.flow
        for one in self.said(self.texts["title"], text).split("\n"):
            lines = wrap("　" * indent + one, flow.width, size=style.size, bold=style.bold)
            for place, line in enumerate(lines):
                # Neither the first nor the last line of a paragraph stands alone on a page.
                pairs = 2 if len(lines) > 1 and place in (0, len(lines) - 2) else 1
                flow.keep(pairs * style.leading)
                flow.write(line, style, align=align)

    def issued(self) -> None:
        """Who writes and when, at the right, with room for a seal above."""
        flow, style = self.flow, PROSE
        flow.keep(3 * style.leading + 10 * MM)
        flow.y -= 8 * MM
        room = flow.width * 0.7
        who = self.said(self.texts["title"], self.station.title + self.texts.get("seal", ""))
        for line in [*wrap(who, room, size=style.size), said_date(self.printed_on)]:
            flow.write(line, style, align="right")

    def signatures(self, *names: str, people: Sequence[str] = (), gap: float = 8 * MM) -> None:
        """Who signs, side by side; ``people`` are names set behind the words."""
        flow = self.flow
        flow.keep(gap + 11 * MM)
        flow.y -= gap
        part, top, end = flow.width / len(names), flow.y, flow.y
        for place, name in enumerate(names):
            text = self.texts[name] + (people[place] if place < len(people) else "")
            flow.y = top
            said = self.said(self.texts[name], text)
            flow.paragraph(said, SIGN, indent=place * part, width=part - 3 * MM)
            end = min(end, flow.y)
        flow.y = end

    # -------------------------------------------------------------------------------------- ends

    def check(self) -> None:
        """Raise PrintFault naming every character that cannot be drawn and where it stands."""
        check_glyphs(self._placed)

    def finish(self, subject: str) -> bytes:
        """The form as PDF, titled with its title and ``subject``. Raises PrintFault."""
        self.check()
        title = " ".join(filter(None, (self.texts["title"], subject)))
        pen = Pen(self.flow.size, title=title, author=self.station.title, made_on=self.printed_on)
        return self.flow.finish(pen)


def filled(text: str, /, **values: object) -> str:
    """``text`` of a template with its ``{places}`` filled; an unknown one stays as it is typed."""
    for name, value in values.items():
        text = text.replace("{" + name + "}", str(value))
    return text
