"""The letters to a resident: reply 办理情况答复函 and notice of declining 不予受理告知书."""

from __future__ import annotations

from datetime import date

from db.vocabulary import IssueEventKind
from station_app.domain.issue_words import degree_word
from station_app.domain.issues import IssueRecord
from station_app.domain.moments import local
from station_app.domain.station import StationRecord
from station_app.domain.words import paper
from station_app.printing.forms import outcomes
from station_app.printing.pen import MM
from station_app.printing.phrases import said_date
from station_app.printing.sheet import NUMBER, Sheet, filled, stamp_of
from station_app.printing.templates import Own

_E = IssueEventKind


def reply_letter(
    issue: IssueRecord, station: StationRecord, *, printed_on: date, own: Own | None = None
) -> bytes:
    """What became of an issue, told to the resident, with a slip for their evaluation; as PDF.

    Raises PrintFault for characters that no font can draw.
    """
    sheet = _begun("reply_letter", issue, station, printed_on, own)
    texts = sheet.texts
    _opening(sheet, issue)
    for event in issue.counted:
        if event.event in (_E.ANSWERED, _E.ADVISED, _E.REPLIED, _E.SETTLED) and event.text:
            who = event.unit or event.deputy
            said = filled(texts["replied"], who=who, text=event.text) if who else event.text
            sheet.prose(said)
    if issue.degree is not None:
        sheet.prose(filled(texts["degree"], degree=degree_word(issue.degree, paper)))
    for one in issue.case.promises:
        if one.kept is None:
            sheet.prose(filled(texts["promise"], text=one.text, due=said_date(one.due_on)))
    _ending(sheet)
    sheet.flow.keep(50 * MM)
    sheet.flow.y -= 6 * MM
    sheet.grid(
        [
            sheet.ticks("rating", outcomes.blank_ratings()),
            sheet.wide("opinion", "", 18 * MM),
        ]
    )
    sheet.signatures("visitor_signs", "dated", gap=5 * MM)
    return sheet.finish(issue.number)


def decline_notice(
    issue: IssueRecord, station: StationRecord, *, printed_on: date, own: Own | None = None
) -> bytes:
    """Why an issue is declined and where to go instead, as PDF.

    Raises PrintFault for characters that no font can draw.
    """
    sheet = _begun("decline_notice", issue, station, printed_on, own)
    texts = sheet.texts
    _opening(sheet, issue)
    declined = [one for one in issue.counted if one.event is _E.DECLINED]
    if declined:
        why = str(declined[-1].details.get("why", "")).rstrip("。")
        sheet.prose(filled(texts["reason"], why=why))
        sheet.prose(filled(texts["instead"], instead=declined[-1].text))
    _ending(sheet)
    sheet.signatures("visitor_signs", "recorder_signs", "dated", gap=14 * MM)
    return sheet.finish(issue.number)


def _begun(
    form: str, issue: IssueRecord, station: StationRecord, printed_on: date, own: Own | None
) -> Sheet:
    stamp = stamp_of("issue", issue)
    sheet = Sheet(form, station, printed_on=printed_on, own=own, stamp=stamp, after=issue.number)
    sheet.head(f"{sheet.texts['number']}：{issue.number}", said_date(printed_on))
    sheet.flow.y -= 5 * MM
    return sheet


def _opening(sheet: Sheet, issue: IssueRecord) -> None:
    texts = sheet.texts
    sheet.prose(f"{issue.resident}：", indent=0)
    came_on = said_date(local(issue.registered_at).date())
    facts = {"date": came_on, "title": issue.title, "number": issue.number}
    first = filled(texts["first"], station=sheet.station.title, **facts)
    sheet.prose(texts["greeting"] + first)


def _ending(sheet: Sheet) -> None:
    texts, station = sheet.texts, sheet.station
    if texts["closing"]:
        sheet.prose(texts["closing"])
    known = {"phone": station.phone, "address": station.address, "hours": station.opening_hours}
    parts = [one for one in texts["contact"].split("　") if _said(one, known)]
    if parts:
        sheet.flow.y -= 2 * MM
        sheet.prose("　".join(filled(one, **known) for one in parts), NUMBER)
    sheet.issued()


def _said(part: str, known: dict[str, str]) -> bool:
    """Whether everything that ``part`` speaks of is known."""
    return bool(part) and all(
        value or "{" + name + "}" not in part for name, value in known.items()
    )
