"""The list of suggestions: its columns, and the filters with their counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from db.vocabulary import Stage
from station_app.domain.case_words import stage_word
from station_app.domain.lists import Listing
from station_app.domain.suggestions import STAGES, SuggestionRow
from station_app.i18n import tr
from station_app.services.suggestion_lists import count_stages
from station_app.ui.suggestions.words import due_short, row_facts, stage_tone
from station_app.ui.widgets import Column

if TYPE_CHECKING:
    from station_app.store import Tx

#: The filters beside the stages.
OPEN, ALL = "open", "all"
Filter = Stage | str
_ENDS = (Stage.FED_BACK, Stage.WITHDRAWN)

START = Listing("drafted_on", descending=True, filters={"open": True})


def columns(today: Callable[[], date]) -> list[Column[SuggestionRow]]:
    """Title with who makes it, stage, and when the answer is due."""
    return [
        Column(
            tr("Suggestion"),
            lambda one: one.title,
            "title",
            detail=row_facts,
            strong=True,
        ),
        Column(tr("Drafted"), lambda one: f"{one.drafted_on:%Y-%m-%d}", "drafted_on", width=104),
        Column(
            tr("Stage"),
            lambda one: stage_word(one.stage),
            width=128,
            tone=lambda one: stage_tone(one.stage),
            detail=lambda one: due_short(one.due_on, today()) or " ",
        ),
    ]


def filters() -> list[tuple[Filter, str]]:
    """Those under way, those at an end, and all."""
    ends = [(one, stage_word(one)) for one in _ENDS]
    return [(OPEN, tr("filter|Under way")), *ends, (ALL, tr("All"))]


def filtered(listing: Listing, chosen: Filter) -> Listing:
    """``listing`` narrowed to what ``chosen`` says."""
    if isinstance(chosen, Stage):
        return replace(listing, filters={"stage": chosen})
    return replace(listing, filters={"open": True} if chosen == OPEN else {})


def count_filters(tx: Tx) -> dict[Filter, int]:
    """How many suggestions each filter shows."""
    stages = count_stages(tx)
    counts: dict[Filter, int] = {one: stages.get(one, 0) for one in _ENDS}
    counts[OPEN] = sum(stages.get(one, 0) for one in STAGES[:-1])
    counts[ALL] = sum(stages.values())
    return counts
