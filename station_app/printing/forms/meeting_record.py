"""The record of a three-party meeting 三方共议记录, and the sheet on which everybody signs."""

from __future__ import annotations

from datetime import date

from station_app.domain.meetings import MeetingConclusion, MeetingRecord
from station_app.domain.station import StationRecord
from station_app.printing.cells import Row
from station_app.printing.layout import TITLE
from station_app.printing.pen import MM
from station_app.printing.phrases import numeral, said_date, said_deputy, said_names, said_weekday
from station_app.printing.sheet import Sheet, stamp_of
from station_app.printing.tables import Table, numbered
from station_app.printing.templates import Own

_COLUMNS = {"order": 14.0, "name": 0.0, "role": 24.0, "signs": 66.0}


def meeting_record(
    meeting: MeetingRecord, station: StationRecord, *, printed_on: date, own: Own | None = None
) -> bytes:
    """Record and signature sheet as PDF; the signatures begin on a page of their own.

    Raises PrintFault for characters that no font can draw.
    """
    held_on = said_date(meeting.held_on)
    sheet = Sheet(
        "meeting_record", station, printed_on=printed_on, own=own,
        stamp=stamp_of("meeting", meeting), after=f"{held_on}　{meeting.topic}",
    )  # fmt: skip
    sheet.head("", f"{held_on}　{said_weekday(meeting.held_on)}")
    about = [
        sheet.line("topic", meeting.topic),
        *sheet.facts(("held_on", held_on), ("place", meeting.place)),
        sheet.wide("deputies", said_names(map(said_deputy, meeting.deputies))),
        sheet.wide("residents", said_names(meeting.residents)),
        sheet.wide("departments", said_names(meeting.departments)),
    ]
    text = [sheet.wide("text", meeting.text.strip(), 36 * MM, 1.0)]
    items = [_item(sheet, *one) for one in enumerate(meeting.items, start=1)]
    sheet.grid(about, text, *items)
    sheet.flow.turn()
    sheet.flow.write(sheet.texts["sheet"], TITLE, align="center")
    sheet.flow.y -= 4 * MM
    _signing(sheet, meeting)
    sheet.signatures("host_signs", "recorder_signs", "dated")
    return sheet.finish(held_on)


def _item(sheet: Sheet, place: int, item: MeetingConclusion) -> list[Row]:
    rows = [
        sheet.band(f"{sheet.texts['issue']}{numeral(place)}　{item.title}"),
        sheet.pair("number", item.number, "unit", item.unit),
        sheet.wide("conclusion", item.conclusion, 18 * MM, 0.4),
    ]
    if item.promise:
        due = "" if item.promise_on is None else said_date(item.promise_on)
        rows += [sheet.wide("promise", item.promise), sheet.line("promise_on", due)]
    return rows


def _signing(sheet: Sheet, meeting: MeetingRecord) -> None:
    table = Table(sheet, _COLUMNS, centred=("order", "role"))
    texts = sheet.texts
    people = [(one.name, texts["deputy"]) for one in meeting.deputies]
    people += [(one, texts["resident"]) for one in meeting.residents]
    people += [(one, texts["department"]) for one in meeting.departments]
    for row in numbered([{"name": name, "role": role} for name, role in people]):
        table.row(row, least=11 * MM)
    table.end()
