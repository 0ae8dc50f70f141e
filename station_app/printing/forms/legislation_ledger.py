"""The summary of opinions on legislation 立法意见汇总表: what residents want laws to say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from db.vocabulary import IssueStatus
from station_app.domain.exports import IssueLine
from station_app.domain.issue_words import degree_word, status_word
from station_app.domain.moments import local
from station_app.domain.station import StationRecord
from station_app.domain.words import paper
from station_app.printing.pen import A4_LANDSCAPE, MM, Type
from station_app.printing.sheet import Sheet, filled, list_stamp
from station_app.printing.tables import LEDGER, Table
from station_app.printing.templates import Own

_COLUMNS = {
    "order": 11.0, "registered": 22.0, "who": 26.0, "subject": 48.0, "opinion": 0.0,
    "state": 26.0, "number": 42.0,
}  # fmt: skip
_CENTRED = ("order", "registered")
_LEAD = Type(10.5, 16)
#: A longer text stays on its form; the summary says so.
_LONGEST_TEXT = 1200


def legislation_ledger(
    lines: Sequence[IssueLine],
    station: StationRecord,
    *,
    said: str,
    printed_on: date,
    own: Own | None = None,
) -> bytes:
    """``lines`` in their order as PDF, A4 across; ``said`` is the period.

    Raises PrintFault for characters that no font can draw.
    """
    sheet = Sheet(
        "legislation_ledger", station, printed_on=printed_on, own=own, size=A4_LANDSCAPE,
        stamp=list_stamp(station, printed_on), after=said, margin=13 * MM,
    )  # fmt: skip
    texts = sheet.texts
    counted = [one for one in lines if one.status is not IssueStatus.VOIDED]
    count = filled(texts["count"], n=len(counted))
    sheet.head(f"{texts['filter']}：{said}" if said else "", count)
    if texts["lead"]:
        sheet.prose(texts["lead"], _LEAD)
        sheet.flow.y -= 2 * MM
    table = Table(sheet, _COLUMNS, centred=_CENTRED, look=LEDGER)
    for place, line in enumerate(counted, start=1):
        table.row(_row(line, place, texts["full_text"]))
    if not counted:
        table.across(texts["empty"])
    people = sum(one.people for one in counted)
    table.totals("totals", f"立法意见 {len(counted)} 条，提出 {people} 人次。")
    table.end()
    sheet.signatures("head_signs", "recorder_signs", "dated")
    return sheet.finish(said)


def _row(line: IssueLine, place: int, full_text: str) -> dict[str, str]:
    text = line.text.strip()
    if len(text) > _LONGEST_TEXT:
        text = text[:_LONGEST_TEXT] + "……" + full_text
    degree = "" if line.degree is None else f"\n{degree_word(line.degree, paper)}"
    return {
        "order": str(place),
        "registered": f"{local(line.registered_at):%Y-%m-%d}",
        "who": line.resident,
        "subject": line.title,
        "opinion": text,
        "state": status_word(line.status, paper) + degree,
        "number": line.number,
    }
