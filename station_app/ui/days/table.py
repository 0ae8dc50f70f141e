"""The list of reception days: its columns, its filters with their counts, its years."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from db.vocabulary import DayStatus
from station_app.domain.days import DayRow
from station_app.domain.lists import Listing
from station_app.domain.words import day_status_word
from station_app.i18n import tr
from station_app.services import day_lists, days
from station_app.ui.days.words import TONES, hours, weekday
from station_app.ui.widgets import Column

if TYPE_CHECKING:
    from station_app.store import Tx

#: The filter beside the states.
ALL = "all"
Filter = DayStatus | str

#: Newest first: what is coming stands on top.
START = Listing("held_on", descending=True)


def columns() -> list[Column[DayRow]]:
    """Date, place and theme, who is due, what came of it, state."""
    return [
        Column(
            tr("Date"),
            lambda day: f"{day.held_on:%Y-%m-%d} {weekday(day.held_on)}",
            "held_on",
            width=136,
            detail=lambda day: hours(day.starts, day.ends),
            strong=True,
        ),
        Column(
            tr("Theme and place"),
            lambda day: day.theme or tr("No theme"),
            detail=lambda day: " · ".join(filter(None, (day.campaign, day.place))) or "–",
        ),
        Column(
            tr("Deputies"),
            lambda day: _deputies(day),
            width=96,
            detail=lambda day: tr("came / due") if _begun(day) else tr("due"),
        ),
        Column(
            tr("Received"),
            lambda day: tr("{n} visits", n=day.visits) if _begun(day) else "–",
            width=148,
            detail=lambda day: (
                tr("{people} people, {issues} issues", people=day.people, issues=day.issues)
                if _begun(day)
                else " "
            ),
        ),
        Column(
            tr("State"),
            lambda day: day_status_word(day.status),
            width=88,
            tone=lambda day: TONES[day.status],
        ),
    ]


def filters() -> list[tuple[Filter, str]]:
    """All days, and those in each state."""
    return [(ALL, tr("All")), *((status, day_status_word(status)) for status in DayStatus)]


class Narrowed(NamedTuple):
    """What the list is narrowed to besides the state."""

    text: str = ""
    year: int | None = None
    campaign: str = ""


def filtered(listing: Listing, chosen: Filter, asked: Narrowed) -> Listing:
    """``listing`` narrowed to a state, a year and a campaign."""
    narrowed: dict[str, object] = {}
    if isinstance(chosen, DayStatus):
        narrowed["status"] = chosen
    if asked.year is not None:
        narrowed["year"] = asked.year
    if asked.campaign:
        narrowed["campaign"] = asked.campaign
    return replace(listing, filters=narrowed)


def count_filters(tx: Tx, asked: Narrowed) -> dict[Filter, int]:
    """How many days each filter leaves of those that are asked for."""
    listing = replace(START, text=asked.text)
    return {
        chosen: day_lists.count_days(tx, filtered(listing, chosen, asked))
        for chosen in (ALL, *DayStatus)
    }


def years(tx: Tx) -> list[int]:
    """The years of which there are reception days, newest first."""
    newest = day_lists.list_days(tx, START).rows
    oldest = day_lists.list_days(tx, START, backwards=True).rows
    if not newest:
        return []
    return list(range(newest[0].held_on.year, oldest[-1].held_on.year - 1, -1))


def first_shown(tx: Tx) -> UUID | None:
    """The day that matters now: the open one or today's, else the next, else the latest."""
    current = days.current_day(tx)
    if current is not None:
        return current.id
    coming = day_lists.next_days(tx, 1)
    latest = day_lists.list_days(tx, START).rows
    return coming[0].id if coming else latest[0].id if latest else None


def _begun(day: DayRow) -> bool:
    return day.status not in (DayStatus.PLANNED, DayStatus.CANCELLED)


def _deputies(day: DayRow) -> str:
    return f"{day.present} / {day.due}" if _begun(day) else str(day.due)
