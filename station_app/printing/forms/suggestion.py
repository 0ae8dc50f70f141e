"""A deputy's suggestion 代表建议 as a draft: its words, who makes it, the issues behind it."""

from __future__ import annotations

from datetime import date

from station_app.domain.case_words import stage_word
from station_app.domain.station import StationRecord
from station_app.domain.suggestions import SuggestionRecord
from station_app.domain.words import paper
from station_app.printing.pen import MM
from station_app.printing.phrases import said_date, said_deputy, said_names
from station_app.printing.sheet import Sheet, stamp_of
from station_app.printing.templates import Own


def suggestion_draft(
    suggestion: SuggestionRecord,
    station: StationRecord,
    *,
    printed_on: date,
    own: Own | None = None,
) -> bytes:
    """The suggestion for its deputies to read, change and sign, as PDF.

    Raises PrintFault for characters that no font can draw.
    """
    number = suggestion.official_number
    sheet = Sheet(
        "suggestion", station, printed_on=printed_on, own=own,
        stamp=stamp_of("deputy_suggestion", suggestion), after=suggestion.title,
    )  # fmt: skip
    texts = sheet.texts
    sheet.head(f"{texts['official']}：{number}" if number else "", said_date(printed_on))
    lead, *others = [*map(said_deputy, suggestion.deputies), *([] if suggestion.deputies else [""])]
    issues = "\n".join(f"{one.number}　{one.title}" for one in suggestion.issues)
    due = "" if suggestion.due_on is None else said_date(suggestion.due_on)
    about = [
        sheet.line("name", suggestion.title),
        sheet.line("lead", lead),
        *([sheet.wide("with", said_names(others))] if others else []),
        *sheet.facts(
            ("drafted", said_date(suggestion.drafted_on)),
            ("stage", stage_word(suggestion.stage, paper)),
            *([("due", due)] if due else []),
        ),
        sheet.wide("issues", issues),
    ]
    sheet.grid(about)
    sheet.flow.y -= 5 * MM
    sheet.prose(suggestion.text.strip())
    names = ("lead_signs", "with_signs", "dated") if others else ("lead_signs", "dated")
    sheet.signatures(*names, gap=12 * MM)
    return sheet.finish(suggestion.title)
