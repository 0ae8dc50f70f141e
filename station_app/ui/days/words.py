"""Reception days in words: weekdays, titles, hours, and the colour of a state."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time

from db.vocabulary import DayStatus
from station_app.domain.days import DayRecord, DayRow, NoticeDue
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


def notice_words(notice: NoticeDue) -> str:
    """Until when the notice must hang and how many days are left, or that it was printed."""
    on = f"{notice.due_on:%m-%d} {weekday(notice.due_on)}"
    if notice.printed_on is not None:
        printed = f"{notice.printed_on:%m-%d}"
        return tr("The notice was printed on {printed}; it must hang by {on}.",
                  printed=printed, on=on)  # fmt: skip
    if notice.days < 0:
        return tr("The notice should have hung since {on}; print it now.", on=on)
    if notice.days == 0:
        return tr("The notice must hang today.")
    return tr("{n} days left to post the notice (by {on}).", n=notice.days, on=on)


def next_notice_words(found: Sequence[NoticeDue]) -> str:
    """The countdown of the next day's notice, or of the day after where that was printed."""
    if not found:
        return ""
    one = next((one for one in found if one.printed_on is None), found[0])
    day = f"{one.held_on:%m-%d}"
    if one.printed_on is not None:
        return tr("Notice for {day}: printed", day=day)
    if one.days < 0:
        return tr("Notice for {day}: should hang already", day=day)
    if one.days == 0:
        return tr("Notice for {day}: must hang today", day=day)
    return tr("Notice for {day}: {n} days left", day=day, n=one.days)


def days_away(on: date, today: date) -> str:
    """How far away a date is: 28 天后."""
    days = (on - today).days
    if days == 0:
        return tr("today")
    return tr("in {n} days", n=days) if days > 0 else tr("{n} days ago", n=-days)
