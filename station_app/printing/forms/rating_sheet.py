"""The evaluation sheet 满意度测评表: what resident and deputy feel about one issue, each apart."""

from __future__ import annotations

from datetime import date

from station_app.domain.issues import IssueRecord
from station_app.domain.moments import local
from station_app.domain.station import StationRecord
from station_app.printing.cells import Cell, Row
from station_app.printing.forms import outcomes
from station_app.printing.layout import LABEL
from station_app.printing.pen import MM
from station_app.printing.phrases import said_date
from station_app.printing.sheet import LABEL_WIDTH, Sheet, stamp_of
from station_app.printing.templates import Own

_ITEM_WIDTH = 58 * MM
_ITEMS = ("item_1", "item_2", "item_3", "item_4", "whole")


def rating_sheet(
    issue: IssueRecord, station: StationRecord, *, printed_on: date, own: Own | None = None
) -> bytes:
    """The sheet for whoever rates to fill in, as PDF.

    Raises PrintFault for characters that no font can draw.
    """
    sheet = Sheet(
        "rating_sheet", station, printed_on=printed_on, own=own,
        stamp=stamp_of("issue", issue), after=issue.number,
    )  # fmt: skip
    texts = sheet.texts
    sheet.head(f"{texts['number']}：{issue.number}", said_date(printed_on))
    registered = said_date(local(issue.registered_at).date())
    about = [
        sheet.line("issue", issue.title),
        sheet.pair("visitor", issue.resident, "registered", registered),
        sheet.line("unit", issue.unit),
        sheet.wide("result", outcomes.result(issue) or outcomes.answer(issue), 17 * MM, 0.6),
        sheet.ticks("degree", outcomes.degree_choices(issue)),
    ]
    sides = [_side(sheet, "resident", "visitor_signs")]
    if texts["deputy"]:
        sides.append(_side(sheet, "deputy", "deputy_signs"))
    sheet.grid(about, *sides)
    return sheet.finish(issue.number)


def _side(sheet: Sheet, who: str, signs: str) -> list[Row]:
    """What one side feels: each item with its boxes, room for words, and who signs."""
    texts, width = sheet.texts, sheet.flow.width
    head = Row(
        (
            Cell(_ITEM_WIDTH, f"{texts[who]}：{texts['item']}", LABEL, label=True),
            Cell(width - _ITEM_WIDTH, texts["rating"], LABEL, label=True),
        ),
        least=8.4 * MM,
    )
    items = [
        Row(
            (
                sheet.value(name, texts[name], _ITEM_WIDTH),
                sheet.boxes(name, outcomes.blank_ratings(), width - _ITEM_WIDTH),
            ),
            least=8.4 * MM,
        )
        for name in _ITEMS
        if texts[name]
    ]
    half = width / 2
    signed = Row(
        (
            sheet.value(signs, texts[signs], half),
            sheet.value("dated", texts["dated"], width - half),
        ),
        least=12 * MM,
    )
    opinion = Row((sheet.label("opinion"), Cell(width - LABEL_WIDTH)), least=13 * MM, stretch=0.6)
    return [head, *items, opinion, signed]
