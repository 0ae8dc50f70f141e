"""The register's list: its columns, and its filters with their counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from station_app.domain.card_words import kind_word, standing_word
from station_app.domain.duty_cards import CardRecord, Standing, standing
from station_app.domain.lists import Listing
from station_app.domain.words import levels_words
from station_app.i18n import tr
from station_app.services.duty_cards import count_cards
from station_app.ui.widgets import Column, Tone

if TYPE_CHECKING:
    from station_app.store import Tx

#: The filter beside the standings.
ALL = "all"
Filter = Standing | str
_TONES: dict[Standing, Tone] = {
    Standing.VALID: "green",
    Standing.NOT_YET: "blue",
    Standing.EXPIRED: "neutral",
    Standing.VOID: "red",
}


def columns(today: Callable[[], date]) -> list[Column[CardRecord]]:
    """Number with kind, who, days, how it stands."""

    def stands(one: CardRecord) -> Standing:
        return standing(one.state, one.valid_from, one.valid_to, today())

    return [
        Column(tr("card|Number"), lambda one: one.number, "number", 150,
               detail=lambda one: kind_word(one.kind)),
        Column(tr("Deputy"), lambda one: one.name or tr("card|The desk"), strong=True,
               detail=lambda one: levels_words(one.levels) or "–"),
        Column(tr("card|Valid until"), lambda one: f"{one.valid_to}", "valid_to", 124,
               detail=lambda one: tr("from {day}", day=one.valid_from)),
        Column(tr("card|State"), lambda one: standing_word(stands(one)), width=120,
               tone=lambda one: _TONES[stands(one)]),
    ]  # fmt: skip


def tone(stands: Standing) -> Tone:
    """The colour of a standing."""
    return _TONES[stands]


def filters() -> list[tuple[Filter, str]]:
    """The filter chips: valid ones first."""
    known = (Standing.VALID, Standing.EXPIRED, Standing.VOID)
    return [*((one, standing_word(one)) for one in known), (ALL, tr("card|All"))]


def filtered(listing: Listing, chosen: Filter) -> Listing:
    """``listing`` narrowed to the filter ``chosen``."""
    filters = {"standing": chosen} if isinstance(chosen, Standing) else {}
    return replace(listing, filters=filters)


def count_filters(tx: Tx, text: str) -> dict[Filter, int]:
    """How many cards each filter leaves of those that ``text`` finds."""
    listing = Listing("number", text=text)
    return {one: count_cards(tx, filtered(listing, one)) for one, _ in filters()}
