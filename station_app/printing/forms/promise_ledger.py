"""The ledger of promises 答复承诺事项台账: what was promised until when, and what was kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from station_app.domain.cases import PromiseLine, PromiseRecord
from station_app.domain.station import StationRecord
from station_app.printing.pen import A4_LANDSCAPE, MM
from station_app.printing.phrases import said_names
from station_app.printing.sheet import Sheet, filled, list_stamp
from station_app.printing.tables import LEDGER, Table, meaning
from station_app.printing.templates import Own

_COLUMNS = {
    "order": 11.0, "number": 42.0, "issue": 46.0, "promise": 0.0, "who": 34.0, "made": 20.0,
    "due": 20.0, "state": 22.0, "evidence": 40.0,
}  # fmt: skip
_CENTRED = ("order", "made", "due", "state")


def promise_ledger(
    lines: Sequence[PromiseLine],
    station: StationRecord,
    *,
    said: str,
    printed_on: date,
    own: Own | None = None,
) -> bytes:
    """``lines`` in their order as PDF, A4 across; ``said`` tells how the list was narrowed.

    Raises PrintFault for characters that no font can draw.
    """
    sheet = Sheet(
        "promise_ledger", station, printed_on=printed_on, own=own, size=A4_LANDSCAPE,
        stamp=list_stamp(station, printed_on), after=said, margin=13 * MM,
    )  # fmt: skip
    texts = sheet.texts
    count = filled(texts["count"], n=len(lines))
    sheet.head(f"{texts['filter']}：{said}" if said else "", count)
    table = Table(sheet, _COLUMNS, centred=_CENTRED, look=LEDGER)
    for place, line in enumerate(lines, start=1):
        one = line.promise
        table.row(
            {
                "order": str(place),
                "number": line.number,
                "issue": line.title,
                "promise": one.text,
                "who": said_names(filter(None, (one.unit, one.deputy))),
                "made": f"{line.made_on:%Y-%m-%d}",
                "due": f"{one.due_on:%Y-%m-%d}",
                "state": texts[_state(one, printed_on)],
                "evidence": one.evidence,
            }
        )
    if not lines:
        table.across(texts["empty"])
    table.totals("totals", _totals([one.promise for one in lines], printed_on))
    table.end()
    meaning(sheet)
    sheet.signatures("head_signs", "recorder_signs", "dated")
    return sheet.finish(said)


def _state(one: PromiseRecord, today: date) -> str:
    if one.kept is not None:
        return ("kept_late" if one.late else "kept") if one.kept else "broken"
    return "overdue" if one.due_on < today else "waiting"


def _totals(promises: Sequence[PromiseRecord], today: date) -> str:
    """Kept ÷ due, as domain.md §5 counts it; what was kept before its day is due as well."""
    due = [one for one in promises if one.due_on <= today or one.kept is not None]
    kept = sum(one.kept is True for one in due)
    late = sum(one.kept is True and one.late for one in due)
    rate = f"，落实率 {kept / len(due):.1%}" if due else ""
    return (
        f"承诺 {len(promises)} 项；期限已到 {len(due)} 项，已兑现 {kept} 项"
        f"（其中逾期兑现 {late} 项）{rate}。"
    )
