"""The revisit sheet 回访单: what was done on an issue, and room for what is found now."""

from __future__ import annotations

from datetime import date

from db.vocabulary import Finding, IssueEventKind
from station_app.domain.case_words import finding_word
from station_app.domain.issues import IssueEventRecord, IssueRecord
from station_app.domain.moments import local
from station_app.domain.station import StationRecord
from station_app.domain.visits import VisitRecord
from station_app.domain.words import paper
from station_app.printing.cells import Choice
from station_app.printing.forms import outcomes
from station_app.printing.pen import MM
from station_app.printing.phrases import said_address, said_date
from station_app.printing.sheet import SIGNING_ROOM, Sheet, stamp_of
from station_app.printing.templates import Own

_LOOKS = (IssueEventKind.REVISITED, IssueEventKind.LOOKED_BACK)


def revisit_sheet(
    issue: IssueRecord,
    visit: VisitRecord,
    station: StationRecord,
    *,
    printed_on: date,
    own: Own | None = None,
) -> bytes:
    """The sheet to take along to the resident, as PDF; not masked, for they have to be reached.

    Raises PrintFault for characters that no font can draw.
    """
    sheet = Sheet(
        "revisit_sheet", station, printed_on=printed_on, own=own,
        stamp=stamp_of("issue", issue), after=issue.number,
    )  # fmt: skip
    texts = sheet.texts
    sheet.head(f"{texts['number']}：{issue.number}", said_date(printed_on))
    settled = "" if issue.settled_at is None else said_date(local(issue.settled_at).date())
    known = [
        sheet.pair("visitor", visit.resident.name, "phone", visit.resident.phone),
        sheet.line("address", said_address(visit.resident)),
        *sheet.facts(
            ("registered", said_date(local(issue.registered_at).date())),
            ("settled", settled),
            ("unit", issue.unit),
            ("category", issue.category_name),
        ),
        sheet.wide("raised", issue.text.strip(), 20 * MM, 0.6, lead=outcomes.lead(issue)),
    ]
    done = "\n".join(filter(None, (outcomes.answer(issue), outcomes.result(issue))))
    result = [
        sheet.wide("result", done, 20 * MM, 0.6),
        sheet.ticks("degree", outcomes.degree_choices(issue)),
    ]
    looks = "\n".join(_said(one) for one in issue.counted if one.event in _LOOKS)
    if looks and texts["earlier"]:
        result.append(sheet.wide("earlier", looks))
    asked = []
    if texts["way"]:
        asked.append(sheet.ticks("way", [Choice(one) for one in texts["ways"].split("、")]))
    asked += [
        sheet.wide("found", "", 26 * MM, 1.2),
        sheet.ticks("now", [Choice(finding_word(one, paper)) for one in Finding]),
        sheet.ticks("rating", outcomes.blank_ratings()),
        sheet.wide("opinion", "", 18 * MM, 0.8),
    ]
    sheet.grid(known, result, asked, keep=SIGNING_ROOM)
    sheet.signatures("visitor_signs", "asker_signs", "dated")
    return sheet.finish(issue.number)


def _said(event: IssueEventRecord) -> str:
    found = str(event.details.get("found", ""))
    word = finding_word(Finding(found), paper) if found in set(Finding) else ""
    when = said_date(local(event.happened_at).date())
    return "　".join(filter(None, (when, word, event.text, event.actor)))
