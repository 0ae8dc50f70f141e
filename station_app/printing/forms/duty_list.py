"""The personal list of a deputy 值班通知单: when and where they are due, and with whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from station_app.domain.days import DayRecord
from station_app.domain.deputies import DeputyBrief
from station_app.domain.station import StationRecord
from station_app.printing.pen import MM, Type
from station_app.printing.phrases import said_date, said_names, said_weekday
from station_app.printing.sheet import Sheet, filled, list_stamp
from station_app.printing.tables import Table
from station_app.printing.templates import Own

_COLUMNS = {"date": 27.0, "time": 27.0, "place": 38.0, "theme": 34.0, "others": 0.0}
_NAMED = Type(13, 24, bold=True)
_SAID = Type(12.5, 22)


def duty_list(
    deputy: DeputyBrief,
    days: Sequence[DayRecord],
    station: StationRecord,
    *,
    printed_on: date,
    own: Own | None = None,
) -> bytes:
    """The ``days`` on which ``deputy`` is due, in their order, as PDF to be handed over.

    Raises PrintFault for characters that no font can draw.
    """
    sheet = Sheet(
        "duty_list", station, printed_on=printed_on, own=own,
        stamp=list_stamp(station, printed_on), after=deputy.name,
    )  # fmt: skip
    texts, flow = sheet.texts, sheet.flow
    sheet.head()
    sheet.prose(filled(texts["named"], name=deputy.name), _NAMED, indent=0)
    if texts["lead"]:
        sheet.prose(texts["lead"], _SAID)
    if days:
        ends = {"first": said_date(days[0].held_on), "last": said_date(days[-1].held_on)}
        sheet.prose(filled(texts["period"], n=len(days), **ends), _SAID)
    flow.y -= 3 * MM
    bare = () if any(day.theme for day in days) else ("theme",)
    columns = {name: width for name, width in _COLUMNS.items() if name not in bare}
    table = Table(sheet, columns, centred=("date", "time"))
    for day in days:
        table.row(_row(day, deputy, texts["alone"]), least=12 * MM)
    if not days:
        table.across(texts["empty"])
    table.end()
    flow.y -= 4 * MM
    if texts["closing"]:
        sheet.prose(texts["closing"], _SAID)
    if station.phone:
        sheet.prose(filled(texts["phone"], phone=station.phone), _SAID)
    sheet.issued()
    return sheet.finish(deputy.name)


def _row(day: DayRecord, deputy: DeputyBrief, alone: str) -> dict[str, str]:
    others = said_names(one.name for one in day.deputies if one.due and one.deputy_id != deputy.id)
    return {
        "date": f"{day.held_on:%Y-%m-%d}\n{said_weekday(day.held_on)}",
        "time": f"{day.starts:%H:%M}–{day.ends:%H:%M}",
        "place": day.place,
        "theme": day.theme,
        "others": others or alone,
    }
