"""The assignment slip 交办单: an issue goes to its unit, which signs for it or sends it back."""

from __future__ import annotations

from datetime import date

from db.vocabulary import Clock, IssueEventKind
from station_app.domain.issues import IssueRecord
from station_app.domain.moments import local
from station_app.domain.station import StationRecord
from station_app.domain.visits import VisitRecord
from station_app.printing.cells import Choice
from station_app.printing.forms import outcomes
from station_app.printing.pen import MM
from station_app.printing.phrases import said_address, said_date, said_deputy, said_names
from station_app.printing.sheet import SIGNING_ROOM, Sheet, stamp_of
from station_app.printing.templates import Own

#: What the unit fills in stays together with who assigns.
_RECEIPT_ROOM = 56 * MM


def assignment_slip(
    issue: IssueRecord,
    visit: VisitRecord,
    station: StationRecord,
    *,
    printed_on: date,
    own: Own | None = None,
) -> bytes:
    """The slip for the lead unit as PDF; not masked, for the unit has to reach the resident.

    Raises PrintFault for characters that no font can draw.
    """
    sheet = Sheet(
        "assignment_slip", station, printed_on=printed_on, own=own,
        stamp=stamp_of("issue", issue), after=issue.number,
    )  # fmt: skip
    texts = sheet.texts
    given = [one for one in issue.counted if one.event is IssueEventKind.ASSIGNED]
    last = given[-1] if given else None
    units = issue.case.units
    lead = said_names(one.name for one in units if one.leads) or issue.unit
    also = said_names(one.name for one in units if not one.leads)
    sheet.head(f"{texts['number']}：{issue.number}", said_date(printed_on))
    who = [
        sheet.pair("visitor", visit.resident.name, "phone", visit.resident.phone),
        sheet.line("address", said_address(visit.resident)),
        sheet.line("deputies", said_names(map(said_deputy, visit.deputies))),
        *sheet.facts(
            ("registered", said_date(local(issue.registered_at).date())),
            ("category", issue.category_name),
            ("place", issue.place),
            ("urgency", outcomes.urgency(issue)),
        ),
    ]
    what = [sheet.wide("raised", issue.text.strip(), 40 * MM, 2.0, lead=outcomes.lead(issue))]
    given_on = said_date(local(last.happened_at).date()) if last else ""
    to_whom = [
        sheet.line("lead", lead),
        *([sheet.line("also", also)] if also else []),
        *sheet.facts(
            ("assigned", given_on),
            ("due", outcomes.due(issue, Clock.REPLY)),
            ("handler", last.actor if last else ""),
        ),
    ]
    if texts["advice"]:
        to_whom.append(sheet.wide("advice", last.text if last else "", 16 * MM, 0.6))
    sheet.grid(who, what, to_whom, keep=SIGNING_ROOM + _RECEIPT_ROOM)
    sheet.signatures("issuer_signs", "leader_signs", "dated", gap=5 * MM)
    sheet.flow.y -= 5 * MM
    answers = (Choice(texts["accept"]), Choice(texts["send_back"]))
    sheet.grid(
        [
            sheet.band(texts["receipt"]),
            sheet.ticks("taken", answers),
            sheet.wide("reason", "", 18 * MM),
        ]
    )
    sheet.signatures("unit_signs", "taker_signs", "dated", gap=5 * MM)
    return sheet.finish(issue.number)
