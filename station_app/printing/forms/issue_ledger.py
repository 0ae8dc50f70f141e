"""The ledger of issues 群众意见台账, across the page: any list, with what became of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from db.vocabulary import Degree, IssueStatus, Rating
from station_app.domain.exports import IssueLine
from station_app.domain.issue_words import degree_word, rating_word, status_word
from station_app.domain.moments import local
from station_app.domain.station import StationRecord
from station_app.domain.words import paper
from station_app.printing.pen import A4_LANDSCAPE, MM
from station_app.printing.sheet import Sheet, filled, list_stamp
from station_app.printing.tables import LEDGER, Table, meaning
from station_app.printing.templates import Own

_COLUMNS = {
    "order": 11.0, "registered": 20.0, "resident": 25.0, "people": 10.0,
    "category": 21.0, "issue": 0.0, "unit": 25.0, "state": 20.0, "due": 20.0, "degree": 19.0,
    "rating": 18.0,
}  # fmt: skip
_CENTRED = ("order", "registered", "people", "due")
#: A longer text stays on its form; the ledger says so.
_LONGEST_TEXT = 140


def issue_ledger(
    lines: Sequence[IssueLine],
    station: StationRecord,
    *,
    said: str,
    categories: Mapping[str, str],
    printed_on: date,
    own: Own | None = None,
) -> bytes:
    """``lines`` in their order as PDF, A4 across; not masked, for the file.

    ``said`` tells how the list was narrowed, ``categories`` the words of each code. Raises
    PrintFault for characters that no font can draw.
    """
    sheet = Sheet(
        "issue_ledger", station, printed_on=printed_on, own=own, size=A4_LANDSCAPE,
        stamp=list_stamp(station, printed_on), after=said, margin=13 * MM,
    )  # fmt: skip
    texts = sheet.texts
    count = filled(texts["count"], n=len(lines))
    sheet.head(f"{texts['filter']}：{said}" if said else "", count)
    table = Table(sheet, _COLUMNS, centred=_CENTRED, look=LEDGER)
    for place, line in enumerate(lines, start=1):
        table.row(_row(line, place, texts["full_text"], categories))
    if not lines:
        table.across(texts["empty"])
    table.totals("totals", _totals(lines))
    table.end()
    meaning(sheet)
    sheet.signatures("head_signs", "recorder_signs", "dated")
    return sheet.finish(said)


def _row(
    line: IssueLine, place: int, full_text: str, categories: Mapping[str, str]
) -> dict[str, str]:
    text = line.text.strip()
    if len(text) > _LONGEST_TEXT:
        text = line.title + full_text
    settled = "" if line.settled_at is None else f"\n{local(line.settled_at):%Y-%m-%d}"
    return {
        "order": str(place),
        "registered": f"{local(line.registered_at):%Y-%m-%d}",
        "resident": "\n".join(filter(None, (line.resident, line.phone))),
        "people": str(line.people),
        "category": categories.get(line.category, ""),
        "issue": f"{text or line.title}\n{line.number}",
        "unit": line.unit or "",
        "state": status_word(line.status, paper) + settled,
        "due": "" if line.due_on is None else f"{line.due_on:%Y-%m-%d}",
        "degree": "" if line.degree is None else degree_word(line.degree, paper),
        "rating": "" if line.rating is None else rating_word(line.rating, paper),
    }


def _totals(lines: Iterable[IssueLine]) -> str:
    counted = [one for one in lines if one.status is not IssueStatus.VOIDED]
    settled = [one for one in counted if one.status is IssueStatus.SETTLED]
    solved = sum(one.degree is Degree.SOLVED for one in settled)
    rated = [one for one in counted if one.rating is not None]
    glad = sum(one.rating is not Rating.DISSATISFIED for one in rated)
    return (
        f"意见建议 {len(counted)} 条；已办结 {len(settled)} 条，其中已解决 {solved} 条；"
        f"已评价 {len(rated)} 条，其中满意 {glad} 条。"
    )
