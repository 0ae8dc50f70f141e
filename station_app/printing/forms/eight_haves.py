"""The self-check of the eight haves “八有”自查表: to be filled in by hand."""

from __future__ import annotations

from datetime import date

from station_app.domain.station import StationRecord
from station_app.printing.cells import Cell, Row
from station_app.printing.pen import MM, Type
from station_app.printing.sheet import Sheet, list_stamp
from station_app.printing.tables import TEXT, Table
from station_app.printing.templates import Own

_COLUMNS = {
    "order": 12.0,
    "item": 22.0,
    "point": 42.0,
    "result": 28.0,
    "evidence": 34.0,
    "gap": 0.0,
}
_ITEMS = 8
_LEAD = Type(12, 20)


def eight_haves(station: StationRecord, *, printed_on: date, own: Own | None = None) -> bytes:
    """The form as PDF. Raises PrintFault for characters that no font can draw."""
    sheet = Sheet(
        "eight_haves", station, printed_on=printed_on, own=own,
        stamp=list_stamp(station, printed_on), after="",
    )  # fmt: skip
    texts, flow = sheet.texts, sheet.flow
    sheet.head()
    if texts["lead"]:
        sheet.prose(texts["lead"], _LEAD)
        flow.y -= 2 * MM
    table = Table(sheet, _COLUMNS, centred=("order", "item"))
    for place in range(1, _ITEMS + 1):
        table.row(
            {
                "order": str(place),
                "item": texts[f"item{place}"],
                "point": texts[f"point{place}"],
                "result": texts["choices"],
            },
            least=22 * MM,
        )
    label = Cell(34 * MM, texts["conclusion"], TEXT, label=True)
    flow.row(Row((label, Cell(flow.width - 34 * MM, "", TEXT)), least=16 * MM))
    table.end()
    sheet.signatures("recorder_signs", "head_signs", "dated")
    return sheet.finish("")
