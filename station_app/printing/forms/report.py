"""The report 统计报告 of a month, quarter, year or campaign: figures with definitions, charts."""

from __future__ import annotations

from datetime import date

from station_app.domain.figure_words import (
    basis_words,
    change_words,
    figure_means,
    figure_unit,
    figure_word,
    split_word,
    value_words,
)
from station_app.domain.figures import Compared
from station_app.domain.periods import PeriodKind, before_word, period_word
from station_app.domain.record_codes import record_code
from station_app.domain.reports import Report, Snapshot
from station_app.domain.station import StationRecord
from station_app.domain.words import paper
from station_app.printing import report_charts as charts
from station_app.printing.cells import BODY
from station_app.printing.pen import MM, Type
from station_app.printing.phrases import said_date
from station_app.printing.sheet import Sheet, Stamp, filled, list_stamp
from station_app.printing.tables import Look, Table
from station_app.printing.templates import Own

_TEXT, _HEAD = Type(9.5, 13.6), Type(9.5, 14, bold=True)
_LOOK = Look(_TEXT, _HEAD, 1.2 * MM, 8 * MM)
_SECTION = Type(12.5, 20, bold=True)
_COLUMNS = {"figure": 30.0, "value": 26.0, "before": 31.0, "year_before": 31.0, "means": 0.0}
_CAMPAIGN = {"figure": 40.0, "campaign_value": 34.0, "means": 0.0}
_MOST_PARTS = 12


def report_form(
    report: Report,
    station: StationRecord,
    *,
    printed_on: date,
    snapshot: Snapshot | None = None,
    own: Own | None = None,
) -> bytes:
    """The report as PDF. A frozen one carries the code of its ``snapshot``.

    Raises PrintFault for characters that no font can draw.
    """
    when = period_word(report.period, paper)
    sheet = Sheet(
        "report", station, printed_on=printed_on, own=own, after=when,
        stamp=_stamp(station, printed_on, snapshot),
    )  # fmt: skip
    made = f"{sheet.texts['made']}：{said_date(report.made_on)}"
    sheet.head(when, made, band=snapshot.title if snapshot else "")
    _figures(sheet, report)
    _charts(sheet, report)
    _parts(sheet, report)
    _absent(sheet, report)
    if sheet.texts["closing"]:
        sheet.prose(sheet.texts["closing"], BODY)
    sheet.signatures("head_signs", "recorder_signs", "dated", gap=12 * MM)
    return sheet.finish(when)


#: Room for the signatures below the last words.
_SIGNING = 26 * MM


def _stamp(station: StationRecord, printed_on: date, snapshot: Snapshot | None) -> Stamp:
    if snapshot is None:
        return list_stamp(station, printed_on)
    code = record_code("report_snapshot", snapshot.id, snapshot.edition)
    return Stamp(code, "已存档")


def _figures(sheet: Sheet, report: Report) -> None:
    compared = not report.period.campaign
    texts, columns = sheet.texts, dict(_COLUMNS if compared else _CAMPAIGN)
    texts["before"] = filled(texts["before"], before=before_word(report.period.kind, paper))
    if report.period.kind is PeriodKind.YEAR:
        del columns["year_before"]  # it is the period before
    table = Table(sheet, columns, centred=("value", "campaign_value"), look=_LOOK)
    for one in report.figures:
        table.row(_row(one, report, compared))
    table.end()


def _row(one: Compared, report: Report, compared: bool) -> dict[str, str]:
    said = f"{value_words(one.figure, one.now)}{figure_unit(one.figure, paper)}"
    basis = basis_words(one.figure, one.now, paper)
    means = figure_means(one.figure, paper) + (f"（{basis}）" if basis else "")
    row = {"figure": figure_word(one.figure, paper), "value": said, "campaign_value": said}
    if compared:
        row["before"] = change_words(one.figure, one.now, one.before, paper)
        row["year_before"] = change_words(one.figure, one.now, one.year_before, paper)
    return row | {"means": means}


def _section(sheet: Sheet, text: str, room: float) -> None:
    flow = sheet.flow
    flow.keep(room + 10 * MM)
    flow.y -= 5 * MM
    flow.paragraph(sheet.said(sheet.texts["title"], text), _SECTION)


def _charts(sheet: Sheet, report: Report) -> None:
    flow, texts = sheet.flow, sheet.texts
    if report.trend:
        _section(sheet, texts["trend"], 52 * MM)
        charts.trend(flow, report.trend)
    if report.ratings:
        _section(sheet, texts["ratings"], 24 * MM)
        charts.ratings(flow, report.ratings)
    if report.ages:
        _section(sheet, texts["ages"], 40 * MM)
        charts.ages(flow, report.ages)
    if report.heat:
        _section(sheet, texts["heat"], 36 * MM)
        charts.heat(flow, report.period.last.year, report.heat)


def _parts(sheet: Sheet, report: Report) -> None:
    for one in report.breakdowns:
        shown = one.parts[:_MOST_PARTS]
        if not shown:
            continue
        name = f"{figure_word(one.figure, paper)}（{split_word(one.split, paper)}）"
        _section(sheet, name, min(7, len(shown)) * charts.ROW)
        for part in shown:
            sheet.said(name, part.name)
        whole = sum(part.value.part for part in one.parts)
        charts.bars(sheet.flow, one.figure, shown, whole)
        left = sum(part.value.part for part in one.parts[_MOST_PARTS:])
        if left:
            more = len(one.parts) - _MOST_PARTS
            charts.note(sheet.flow, f"其余 {more} 项共 {left:,}")


def _absent(sheet: Sheet, report: Report) -> None:
    if report.period.campaign:
        return
    # The signatures come with it: nobody signs a page that says nothing.
    closing = 12 * MM if sheet.texts["closing"] else 0
    _section(sheet, sheet.texts["absent"], 12 * MM + _SIGNING + closing)
    nobody = sheet.texts["unregistered" if report.nobody_registered else "nobody"]
    names = "、".join(one.name for one in report.absent) or nobody
    sheet.prose(names, _TEXT, indent=0)
