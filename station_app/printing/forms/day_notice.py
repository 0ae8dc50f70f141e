"""The notice of a reception day 接待日公告, for the board at the door: large and short."""

from __future__ import annotations

from datetime import date

from station_app.domain.days import DayRecord
from station_app.domain.station import StationRecord
from station_app.domain.words import levels_words, paper
from station_app.printing.cells import Cell, Row
from station_app.printing.pen import MM, Type
from station_app.printing.phrases import said_date, said_weekday
from station_app.printing.sheet import Sheet, filled, stamp_of
from station_app.printing.templates import Own

_BODY = Type(15, 28)
_CELL = Type(15, 25)
_LABEL = Type(14, 25, bold=True)
_LABEL_WIDTH = 36 * MM
_LEAST = 15 * MM


def day_notice(
    day: DayRecord, station: StationRecord, *, printed_on: date, own: Own | None = None
) -> bytes:
    """When, where and by which deputies residents are received, as PDF; nobody else is named.

    Raises PrintFault for characters that no font can draw.
    """
    sheet = Sheet(
        "day_notice", station, printed_on=printed_on, own=own,
        stamp=stamp_of("day", day), after=said_date(day.held_on), margin=24 * MM,
    )  # fmt: skip
    texts, flow = sheet.texts, sheet.flow
    sheet.head()
    flow.y -= 4 * MM
    if texts["lead"]:
        sheet.prose(texts["lead"], _BODY)
        flow.y -= 6 * MM
    hours = f"{day.starts:%H:%M}–{day.ends:%H:%M}"
    facts = {
        "held_on": f"{said_date(day.held_on)}（{said_weekday(day.held_on)}）{hours}",
        "place": "　".join(filter(None, (day.place, station.address))),
        "theme": day.theme,
        "deputies": _deputies(day, texts["several"]),
        "phone": station.phone,
    }
    flow.begin_grid()
    for name, text in facts.items():
        if text and texts[name]:
            label = Cell(_LABEL_WIDTH, texts[name], _LABEL, label=True)
            value = sheet.value(name, text, flow.width - _LABEL_WIDTH, _CELL)
            flow.row(Row((label, value), least=_LEAST))
    flow.end_grid()
    if texts["closing"]:
        flow.y -= 5 * MM
        sheet.prose(texts["closing"], _BODY)
    sheet.issued()
    return sheet.finish(said_date(day.held_on))


def _deputies(day: DayRecord, several: str) -> str:
    """One deputy a line, with the levels at which they serve."""
    return "\n".join(
        one.name + (filled(several, levels=levels_words(one.levels, paper)) if one.levels else "")
        for one in day.deputies
        if one.due or one.attendance_id is not None
    )
