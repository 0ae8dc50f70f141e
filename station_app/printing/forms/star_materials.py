"""The star materials 星级评定材料: self-recommendation, evidence of a year, stages to be signed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from station_app.domain.activities import activity_word
from station_app.domain.days import DayRow
from station_app.domain.figure_words import (
    basis_words,
    figure_means,
    figure_unit,
    figure_word,
    rated_word,
    value_words,
)
from station_app.domain.figures import Figure, Value
from station_app.domain.star_materials import StarMaterials
from station_app.domain.station import StationRecord
from station_app.domain.words import paper, station_kind_word
from station_app.printing.cells import Cell, Row
from station_app.printing.pen import MM, Pen, Type
from station_app.printing.phrases import said_date, said_weekday
from station_app.printing.sheet import LABEL_WIDTH, Sheet, filled, list_stamp
from station_app.printing.tables import LEDGER, TEXT, Look, Table, meaning
from station_app.printing.templates import Own

#: So set that the evidence of an everyday year stands on one page.
_LOOK = Look(Type(9.2, 12.6), Type(9.2, 13, bold=True), 1.1 * MM, 7.2 * MM)
_PART = Type(12.5, 20, bold=True)
_LEAD = Type(10.5, 16)
_EVIDENCE = {"figure": 31.0, "value": 25.0, "means": 0.0, "attached": 33.0}
_DAYS = {
    "order": 11.0, "date": 35.0, "theme": 0.0, "present": 19.0, "visits": 18.0, "people": 21.0,
    "issues": 19.0,
}  # fmt: skip
_STAGES = {"stage": 24.0, "opinion": 0.0, "signs": 52.0}
_STAGE_COUNT, _BALLOT, _STAGE = 5, 3, 35 * MM
#: Lines to write the reasons on, at least; the rest of the page has more of them.
_LEAST_LINES, _LINE = 4, 9.5 * MM
_SIGNING = 16 * MM


def star_materials(
    found: StarMaterials, station: StationRecord, *, printed_on: date, own: Own | None = None
) -> bytes:
    """The pack of one year as PDF, its parts to be filled in by hand left free.

    Raises PrintFault for characters that no font can draw.
    """
    year = f"{found.year}年度"
    sheet = Sheet(
        "star_materials", station, printed_on=printed_on, own=own, after=year,
        stamp=list_stamp(station, printed_on),
    )  # fmt: skip
    texts = sheet.texts
    made = f"{texts['counted']}：{said_date(found.made_on)}"
    sheet.head(f"{texts['year']}：{year}", made)
    _recommendation(sheet, found)
    sheet.flow.turn()
    _evidence(sheet, found)
    _days(sheet, found)
    _stages(sheet)
    return sheet.finish(year)


def _part(sheet: Sheet, name: str, lead: str = "", *, room: float = 30 * MM) -> None:
    """The head of a part, with its lead; both stay with ``room`` of what follows."""
    flow = sheet.flow
    flow.keep(room + _PART.leading + 5 * MM)
    if flow.room < flow.page_room:
        flow.y -= 5 * MM
    flow.paragraph(sheet.texts[name], _PART)
    flow.y -= 1 * MM
    if lead and sheet.texts[lead]:
        sheet.prose(sheet.texts[lead], _LEAD)
        flow.y -= 1.5 * MM


def _recommendation(sheet: Sheet, found: StarMaterials) -> None:
    station, texts, flow = sheet.station, sheet.texts, sheet.flow
    _part(sheet, "part1", "lead")
    stars = Cell(flow.width - LABEL_WIDTH, texts["stars"], TEXT, middle=True)
    about = [
        sheet.pair("name", station.title, "code", station.code),
        sheet.pair("kind", station_kind_word(station.kind, paper), "phone", station.phone),
        sheet.pair("region", station.region, "registered", f"{found.registered:,} 名"),
        sheet.wide("address", station.address),
        sheet.wide("hours", station.opening_hours),
        Row((sheet.label("star"), stars), least=10 * MM),
    ]
    flow.begin_grid()
    for row in about:
        flow.row(row)
    flow.keep(_LEAST_LINES * _LINE + _SIGNING)
    room = max(flow.room - _SIGNING, _LEAST_LINES * _LINE)
    top, left = flow.y, flow.left + LABEL_WIDTH
    flow.row(Row((sheet.label("reasons"), Cell(flow.width - LABEL_WIDTH)), least=room))
    flow.put(lambda pen: _ruled(pen, left + 3 * MM, flow.right - 3 * MM, top, room))
    width = flow.width / 3
    signs = (texts["head_signs"], texts["seal_here"], texts["dated"])
    flow.row(Row(tuple(Cell(width, one, TEXT, middle=True) for one in signs), least=_SIGNING))
    flow.end_grid()


def _ruled(pen: Pen, left: float, right: float, top: float, height: float) -> None:
    """Lines to write on, evenly over ``height`` below ``top``."""
    count = max(1, int(height / _LINE))
    for place in range(1, count + 1):
        y = top - place * _LINE
        if y > top - height + 2 * MM:
            pen.line(left, y, right, y, width=0.3)


def _evidence(sheet: Sheet, found: StarMaterials) -> None:
    _part(sheet, "part2", "evidence_lead")
    table = Table(sheet, _EVIDENCE, centred=("value",), look=_LOOK)
    for name, value, means in _lines(sheet, found):
        table.row({"figure": name, "value": value, "means": means})
    table.end()


def _lines(sheet: Sheet, found: StarMaterials) -> Iterator[tuple[str, str, str]]:
    """Name, value and meaning of all that counts."""
    texts = sheet.texts
    yield _own_line(sheet, "planned", f"{found.planned:,}{figure_unit(Figure.RECEPTIONS, paper)}")
    for figure, value in found.figures:
        yield _figure(figure, value)
        if figure in (Figure.SATISFACTION, Figure.SELF_ASKED):
            yield from _rated(sheet, found, apart=figure is Figure.SELF_ASKED)
    yield _own_line(sheet, "revisits", f"{found.revisits:,}次")
    yield _own_line(sheet, "look_backs", f"{found.look_backs:,}次")
    yield _own_line(sheet, "suggestions", f"{found.suggestions:,}件")
    kinds = "，".join(f"{activity_word(kind, paper)} {n:,} 次" for kind, n in found.activities)
    whole = f"{sum(n for _, n in found.activities):,}次"
    means = texts["activities_means"] + (f"\n{kinds}。" if kinds else "")
    yield texts["activities"], whole, means


def _own_line(sheet: Sheet, name: str, value: str) -> tuple[str, str, str]:
    return sheet.texts[name], value, sheet.texts[f"{name}_means"]


def _figure(figure: Figure, value: Value) -> tuple[str, str, str]:
    basis = basis_words(figure, value, paper)
    means = figure_means(figure, paper) + (f"（{basis}）" if basis else "")
    said = f"{value_words(figure, value)}{figure_unit(figure, paper)}"
    return figure_word(figure, paper), said, means


def _rated(sheet: Sheet, found: StarMaterials, *, apart: bool) -> Iterator[tuple[str, str, str]]:
    for one in found.ratings:
        if one.apart is apart:
            figure = Figure.SELF_ASKED if apart else Figure.SATISFACTION
            counts = filled(
                sheet.texts["rated_means"],
                n=f"{one.evaluated:,}",
                satisfied=f"{one.satisfied:,}",
                fairly=f"{one.fairly:,}",
                dissatisfied=f"{one.dissatisfied:,}",
            )
            who = filled(sheet.texts["rated"], who=rated_word(one.rater, False, paper))
            yield who, value_words(figure, one.value), counts


def _days(sheet: Sheet, found: StarMaterials) -> None:
    _part(sheet, "part3")
    bare = () if any(day.theme for day in found.days) else ("theme",)
    columns = {name: width for name, width in _DAYS.items() if name not in bare}
    if bare:
        columns["date"] = 0.0
    counts = ("order", "date", "present", "visits", "people", "issues")
    table = Table(sheet, columns, centred=counts, look=LEDGER)
    for place, day in enumerate(found.days, start=1):
        table.row({"order": str(place)} | _day(day))
    if not found.days:
        table.across(sheet.texts["no_days"])
    table.end()
    meaning(sheet, "days_means")


def _day(day: DayRow) -> dict[str, str]:
    return {
        "date": f"{day.held_on:%Y-%m-%d} {said_weekday(day.held_on)}",
        "theme": day.theme,
        "present": f"{day.present:,}名",
        "visits": f"{day.visits:,}批",
        "people": f"{day.people:,}人次",
        "issues": f"{day.issues:,}条",
    }


def _stages(sheet: Sheet) -> None:
    """One box for each stage; the boxes stand together on one page where they fit."""
    texts, flow = sheet.texts, sheet.flow
    _part(sheet, "part4", "stages_lead", room=_STAGE_COUNT * _STAGE + 36 * MM)
    table = Table(sheet, _STAGES, centred=("stage",))
    for place in range(1, _STAGE_COUNT + 1):
        said = texts["ballot"] if place == _BALLOT else ""
        signs = f"{texts['signed']}\n\n{texts['signed_on']}"
        table.row({"stage": texts[f"stage{place}"], "opinion": said, "signs": signs}, least=_STAGE)
    label = Cell(24 * MM, texts["final"], TEXT, label=True)
    value = Cell(flow.width - 24 * MM, texts["grade"], TEXT, middle=True)
    flow.row(Row((label, value), least=14 * MM))
    table.end()
