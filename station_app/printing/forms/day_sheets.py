"""Sheets of reception days: the rota 值班表 of several, the sign-in sheet 签到表 of one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from db.vocabulary import DayStatus
from station_app.domain.days import DayRecord
from station_app.domain.station import StationRecord
from station_app.domain.words import levels_words, paper, role_class_word
from station_app.printing.pen import MM
from station_app.printing.phrases import said_date, said_names, said_time, said_weekday
from station_app.printing.sheet import Sheet, filled, list_stamp, stamp_of
from station_app.printing.tables import Table, numbered
from station_app.printing.templates import Own

_ROTA = {
    "date": 25.0, "time": 25.0, "place": 32.0, "theme": 26.0, "deputies": 0.0, "note": 18.0,
}  # fmt: skip
_SIGN_IN = {"order": 14.0, "name": 0.0, "role": 42.0, "came": 24.0, "signs": 52.0}
#: At least so many lines stand empty, for people who come without being due, and in all.
_EMPTY_LINES, _LINES = 4, 15


def rota(
    days: Sequence[DayRecord],
    station: StationRecord,
    *,
    printed_on: date,
    own: Own | None = None,
) -> bytes:
    """Who is due on which of ``days`` (in their order), as PDF, for the wall and for deputies.

    Raises PrintFault for characters that no font can draw.
    """
    sheet = Sheet(
        "rota", station, printed_on=printed_on, own=own, stamp=list_stamp(station, printed_on)
    )
    texts = sheet.texts
    period = ""
    if days:
        ends = {"first": said_date(days[0].held_on), "last": said_date(days[-1].held_on)}
        period = filled(texts["period"], **ends)
    sheet.head(period)
    table = Table(sheet, _ROTA, centred=("date", "time"))
    for day in days:
        due = said_names(one.name for one in day.deputies if one.due)
        off = day.status is DayStatus.CANCELLED
        table.row(
            {
                "date": f"{day.held_on:%Y-%m-%d}\n{said_weekday(day.held_on)}",
                "time": f"{day.starts:%H:%M}–{day.ends:%H:%M}",
                "place": day.place,
                "theme": day.theme,
                "deputies": due or ("" if off else texts["nobody"]),
                "note": texts["cancelled"] if off else "",
            },
            least=11 * MM,
        )
    if not days:
        table.across(texts["empty"])
    table.end()
    return sheet.finish(period)


def sign_in_sheet(
    day: DayRecord, station: StationRecord, *, printed_on: date, own: Own | None = None
) -> bytes:
    """The sheet on which deputies and others sign when they come, as PDF.

    Those due stand there already, those who came with their time. Raises PrintFault for
    characters that no font can draw.
    """
    held_on = f"{said_date(day.held_on)}　{said_weekday(day.held_on)}"
    sheet = Sheet(
        "sign_in_sheet", station, printed_on=printed_on, own=own,
        stamp=stamp_of("day", day), after=held_on,
    )  # fmt: skip
    texts = sheet.texts
    sheet.head(f"{texts['held_on']}：{held_on}　{day.starts:%H:%M}–{day.ends:%H:%M}")
    sheet.grid(sheet.facts(*[("place", day.place), ("theme", day.theme)][: 2 if day.theme else 1]))
    sheet.flow.y -= 4 * MM
    people = [
        {
            "name": one.name,
            "role": _said(texts["deputy"], levels_words(one.levels, paper)),
            "came": "" if one.checked_in_at is None else said_time(one.checked_in_at),
        }
        for one in day.deputies
    ]
    people += [
        {
            "name": one.name,
            "role": one.title or role_class_word(one.role_class, paper),
            "came": said_time(one.checked_in_at),
        }
        for one in day.guests
    ]
    table = Table(sheet, _SIGN_IN, centred=("order", "came"))
    for row in numbered(people + [{}] * max(_EMPTY_LINES, _LINES - len(people))):
        table.row(row, least=11 * MM)
    table.end()
    sheet.signatures("head_signs", "recorder_signs", "dated")
    return sheet.finish(said_date(day.held_on))


def _said(role: str, levels: str) -> str:
    return f"{role}（{levels}）" if levels else role
