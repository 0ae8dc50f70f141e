"""The duty points of a deputy 履职积分明细: twelve aspects, each point explained by its days."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from station_app.domain.duty_files import Aspect, DutyFile, counted_days
from station_app.domain.station import StationRecord
from station_app.domain.words import levels_words, paper
from station_app.printing.forms.duty_file import said_period
from station_app.printing.pen import MM, Type
from station_app.printing.sheet import Sheet, filled, list_stamp
from station_app.printing.tables import Look, Table, meaning
from station_app.printing.templates import Own

_LOOK = Look(Type(10, 15), Type(10, 15, bold=True), 1.4 * MM, 10 * MM)
_COLUMNS = {
    "order": 12.0, "aspect": 45.0, "rule": 25.0, "times": 14.0, "points": 16.0, "events": 0.0,
}  # fmt: skip
_CENTRED = ("order", "rule", "times", "points")
_SAID = Type(10.5, 18)
#: One number and nothing that takes points away: 每次 2 分, 0.5.
_RULE = re.compile(r"[^\d.\-−－扣减]*([0-9]{1,4}(?:\.[0-9]{1,2})?)[^\d.\-−－扣减]*")


def duty_points(
    file: DutyFile, station: StationRecord, *, printed_on: date, own: Own | None = None
) -> bytes:
    """The points as PDF; names of the aspects and their rules are texts of the form.

    An aspect that the records do not know, and one whose rule is not one number, is left to be
    filled in by hand. Raises PrintFault for characters that no font can draw.
    """
    sheet = Sheet(
        "duty_points", station, printed_on=printed_on, own=own,
        stamp=list_stamp(station, printed_on), after=f"{file.deputy.name}　{file.year}年度",
    )  # fmt: skip
    texts, deputy = sheet.texts, file.deputy
    sheet.head(said_period(sheet, file), filled(texts["year"], year=file.year))
    sheet.grid(
        sheet.facts(
            ("name", deputy.name),
            ("levels", levels_words(deputy.levels, paper)),
            ("electoral_unit", deputy.electoral_unit),
            ("deputy_group", deputy.deputy_group),
        )
    )
    sheet.flow.y -= 4 * MM
    table = Table(sheet, _COLUMNS, centred=_CENTRED, look=_LOOK)
    total, by_hand = Decimal(), False
    numbered = enumerate(Aspect, start=1)
    shown = [(one, at) for at, one in numbered if texts[f"aspect{at}"]]
    for order, (aspect, at) in enumerate(shown, start=1):
        days, rule = counted_days(file, aspect), texts[f"rule{at}"]
        each = None if days is None else points_each(rule)
        row = {"order": str(order), "aspect": texts[f"aspect{at}"], "rule": rule}
        if days is not None:
            row |= {"times": str(len(days)), "events": _said_days(days)}
        if each is None:
            by_hand = True
            row["events"] = "\n".join(filter(None, (row.get("events"), texts["by_hand"])))
        else:
            total += each * len(days or ())
            row["points"] = _said(each * len(days or ()))
        table.row(row)
    table.totals("sum", _sum(sheet, total, by_hand))
    table.end()
    meaning(sheet, "rule_note")
    if texts["appeal"]:
        sheet.flow.y -= 2 * MM
        sheet.prose(texts["appeal"], _SAID, indent=0)
    sheet.signatures("deputy_signs", "head_signs", "dated")
    return sheet.finish(f"{deputy.name} {file.year}")


def points_each(rule: str) -> Decimal | None:
    """The points that ``rule`` gives for each time; None for a text that is not one number.

    What cannot be told from one number (a limit, points taken away) is counted by hand.
    """
    found = _RULE.fullmatch(rule.strip())
    return None if found is None else Decimal(found.group(1))


def _sum(sheet: Sheet, total: Decimal, by_hand: bool) -> str:
    said = filled(sheet.texts["sum_recorded"], points=_said(total))
    return f"{said}，{sheet.texts['sum_by_hand']}" if by_hand else said


def _said(points: Decimal) -> str:
    """Without the noughts behind the point: 2.5, 10."""
    return f"{points:.2f}".rstrip("0").rstrip(".")


def _said_days(days: Sequence[date]) -> str:
    """03-10、03-24(4); the number where a day counts more than once, never in the next line."""
    return "、".join(
        f"{on:%m-%d}" + (f"({times})" if times > 1 else "") for on, times in Counter(days).items()
    )
