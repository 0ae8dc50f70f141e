"""The lists of activities and of help given: their columns and orders."""

from __future__ import annotations

from db.vocabulary import ActivityKind
from station_app.domain.activities import ActivityRow, AssistanceRow, activity_word, yuan
from station_app.domain.lists import Listing
from station_app.i18n import tr
from station_app.ui.days.words import hours, weekday
from station_app.ui.widgets import Column

#: Newest first.
START = Listing("held_on", descending=True)
ALL = "all"


def kinds() -> list[tuple[ActivityKind | str, str]]:
    """All activities, and each kind."""
    return [(ALL, tr("All kinds")), *((one, activity_word(one)) for one in ActivityKind)]


def activity_columns() -> list[Column[ActivityRow]]:
    """Date, what about, who took part."""
    return [
        Column(
            tr("Date"),
            lambda one: f"{one.held_on:%Y-%m-%d} {weekday(one.held_on)}",
            "held_on",
            width=136,
            detail=lambda one: hours(one.starts, one.ends) if one.starts and one.ends else " ",
            strong=True,
        ),
        Column(
            tr("activity|About"),
            lambda one: one.title,
            detail=lambda one: " · ".join(filter(None, (activity_word(one.kind), one.place))),
        ),
        Column(
            tr("Took part"),
            lambda one: tr("{n} deputies", n=one.deputies),
            width=104,
            detail=lambda one: tr("{n} guests", n=one.guests) if one.guests else " ",
        ),
        Column(
            tr("State"),
            lambda one: tr("activity|Cancelled") if one.cancelled else "",
            width=76,
            tone=lambda _one: "neutral",
        ),
    ]


def help_columns() -> list[Column[AssistanceRow]]:
    """Date, what help, how many people, how much."""
    return [
        Column(
            tr("Date"), lambda one: f"{one.held_on:%Y-%m-%d}", "held_on", width=108, strong=True
        ),
        Column(
            tr("help|What"),
            lambda one: one.what or tr("help|Money"),
            detail=_about_help,
        ),
        Column(tr("help|People"), lambda one: str(one.people), width=72),
        Column(
            tr("help|Yuan"),
            lambda one: yuan(one.amount) if one.amount else "–",
            width=112,
        ),
    ]


def _about_help(one: AssistanceRow) -> str:
    void = tr("help|Void") if one.voided else ""
    return " · ".join(filter(None, (void, one.deputy, one.campaign))) or "–"
