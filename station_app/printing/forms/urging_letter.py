"""The urging letter 催办单: what the unit owes since when, and room for its answer."""

from __future__ import annotations

from datetime import date

from db.vocabulary import Clock, IssueEventKind
from station_app.domain.issues import IssueRecord
from station_app.domain.moments import local
from station_app.domain.station import StationRecord
from station_app.printing.forms import outcomes
from station_app.printing.pen import MM
from station_app.printing.phrases import said_date
from station_app.printing.sheet import Sheet, filled, stamp_of
from station_app.printing.templates import Own


def urging_letter(
    issue: IssueRecord, station: StationRecord, *, printed_on: date, own: Own | None = None
) -> bytes:
    """The letter to the unit that an issue is assigned to, as PDF.

    Raises PrintFault for characters that no font can draw.
    """
    sheet = Sheet(
        "urging_letter", station, printed_on=printed_on, own=own,
        stamp=stamp_of("issue", issue), after=issue.number,
    )  # fmt: skip
    texts = sheet.texts
    given = [one for one in issue.counted if one.event is IssueEventKind.ASSIGNED]
    urged = [one for one in issue.counted if one.event is IssueEventKind.URGED]
    given_on = said_date(local(given[-1].happened_at).date()) if given else ""
    due_on = outcomes.due_on(issue, Clock.REPLY)
    due = "" if due_on is None else said_date(due_on)
    sheet.head(f"{texts['number']}：{issue.number}", said_date(printed_on))
    sheet.flow.y -= 3 * MM
    sheet.prose(f"{issue.unit}：", indent=0)
    first = texts["first" if due else "first_open"]
    sheet.prose(
        filled(first, date=given_on, title=issue.title, number=issue.number, due=due)
        + texts["wanted"]
    )
    sheet.flow.y -= 3 * MM
    late = 0 if due_on is None else max(0, (printed_on - due_on).days)
    facts = [
        sheet.pair("assigned", given_on, "due", due),
        sheet.pair(
            "overdue", f"{late}天" if late else "", "urged", f"{len(urged)}次" if urged else ""
        ),
    ]
    raised = [sheet.wide("raised", issue.text.strip(), lead=outcomes.lead(issue))]
    said = "\n".join(one.text for one in urged if one.text)
    advice = [sheet.wide("advice", said)] if said else []
    sheet.grid(facts, raised, advice)
    if texts["closing"]:
        sheet.flow.y -= 2 * MM
        sheet.prose(texts["closing"])
    sheet.issued()
    sheet.flow.keep(56 * MM)
    sheet.flow.y -= 6 * MM
    room = max(0.0, sheet.flow.room - 20 * MM)
    sheet.grid([sheet.wide("reply", "", min(room, 90 * MM))])
    sheet.signatures("unit_signs", "taker_signs", "dated", gap=5 * MM)
    return sheet.finish(issue.number)
