"""The deputies' list: its columns, and its filters with their counts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from db.vocabulary import Level
from station_app.domain.deputies import DeputyRecord
from station_app.domain.lists import Listing
from station_app.domain.phones import mask_phone
from station_app.domain.words import level_word, levels_words
from station_app.i18n import tr
from station_app.services import deputies
from station_app.ui.widgets import Column

if TYPE_CHECKING:
    from station_app.store import Tx

#: The filters beside the levels.
ALL, RETIRED = "all", "retired"
Filter = Level | str


def columns() -> list[Column[DeputyRecord]]:
    """Name with levels, group, electoral unit, masked phone."""
    return [
        Column(
            tr("Name"),
            lambda one: one.name,
            "name",
            detail=lambda one: levels_words(one.levels) or "–",
            strong=True,
        ),
        Column(tr("Deputy group"), lambda one: one.deputy_group, "deputy_group", 124),
        Column(tr("Electoral unit"), lambda one: one.electoral_unit, "electoral_unit", 132),
        Column(tr("Phone"), lambda one: mask_phone(one.phone), width=116, role="secondary"),
    ]


def filters() -> list[tuple[Filter, str]]:
    """The filter chips: all, each level, those who serve no longer."""
    return [
        (ALL, tr("All")),
        *((level, level_word(level)) for level in Level),
        (RETIRED, tr("Retired")),
    ]


def filtered(listing: Listing, chosen: Filter) -> Listing:
    """``listing`` narrowed to the filter ``chosen``."""
    if chosen == RETIRED:
        return replace(listing, filters={"retired": True})
    return replace(listing, filters={"level": chosen} if isinstance(chosen, Level) else {})


def count_filters(tx: Tx, text: str) -> dict[Filter, int]:
    """How many deputies each filter leaves of those that ``text`` finds."""
    listing = Listing("name", text=text)
    return {
        chosen: deputies.count_deputies(tx, filtered(listing, chosen))
        for chosen in (ALL, *Level, RETIRED)
    }
