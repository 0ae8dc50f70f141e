"""Reception days in words: weekdays, titles, hours, and the colour of a state."""

from __future__ import annotations

from datetime import date, time

from db.vocabulary import DayStatus
from station_app.domain.days import DayRecord, DayRow
from station_app.domain.words import day_kind_word
from station_app.i18n import tr
from station_app.ui.widgets import Tone

TONES: dict[DayStatus, Tone] = {
    DayStatus.PLANNED: "blue",
    DayStatus.OPEN: "accent",
    DayStatus.CLOSED: "amber",
    DayStatus.LOCKED: "green",
    DayStatus.CANCELLED: "neutral",
}


def weekday(on: date) -> str:
    """The day of the week, short: 周二."""
    return (
        tr("Mon"),
        tr("Tue"),
        tr("Wed"),
        tr("Thu"),
        tr("Fri"),
        tr("Sat"),
        tr("Sun"),
    )[on.weekday()]


def day_title(on: date) -> str:
    """A date as a heading: 2026年11月10日 周二."""
    return tr(
        "heading|{year}-{month:02}-{day:02} {weekday}",
        year=on.year,
        month=on.month,
        day=on.day,
        weekday=weekday(on),
    )


def hours(starts: time, ends: time) -> str:
    """When a reception is held: 9:00–11:30."""
    return f"{starts.hour}:{starts.minute:02}–{ends.hour}:{ends.minute:02}"


def place_and_theme(day: DayRow | DayRecord) -> str:
    """Hours, place, kind and theme on one line."""
    parts = [hours(day.starts, day.ends), day.place, day_kind_word(day.kind)]
    if day.theme:
        parts.append(tr("Theme: {theme}", theme=day.theme))
    return " · ".join(filter(None, parts))


def how_far(on: date, today: date) -> str:
    """The weekday and how far away a date is, for the line beneath a date field."""
    return tr("{weekday}, {away}", weekday=weekday(on), away=days_away(on, today))


def days_away(on: date, today: date) -> str:
    """How far away a date is: 28 天后."""
    days = (on - today).days
    if days == 0:
        return tr("today")
    return tr("in {n} days", n=days) if days > 0 else tr("{n} days ago", n=-days)
