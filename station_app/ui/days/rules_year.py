"""The year that the rules mean, a line a day: where a holiday moves it, and what is in the file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from station_app.domain.recurrence import PlannedDay
from station_app.domain.words import day_status_word
from station_app.i18n import tr
from station_app.ui.days.words import TONES, hours, weekday
from station_app.ui.widgets import Column, Tone


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One line of the year; ``id`` tells it apart while the year is shown."""

    id: UUID
    day: PlannedDay


def preview_columns() -> list[Column[PreviewRow]]:
    """Date and hours, the rule behind it, what becomes of it."""
    return [
        Column(
            tr("Date"),
            lambda row: _date(row.day.held_on or row.day.meant.meant_on),
            width=126,
            strong=True,
            detail=lambda row: hours(row.day.rule.draft.starts, row.day.rule.draft.ends),
        ),
        Column(
            tr("rule|Why"),
            lambda row: row.day.rule.words.partition("，")[0],
            detail=lambda row: _moved(row.day) or " ",
        ),
        Column(tr("State"), lambda row: _state(row.day)[0], width=112,
               tone=lambda row: _state(row.day)[1]),
    ]  # fmt: skip


def _date(on: date) -> str:
    return f"{on:%m-%d} {weekday(on)}"


def _moved(day: PlannedDay) -> str:
    meant = day.meant
    if day.held_on is None:
        return tr("{date} is a day off: {name}", date=_date(meant.meant_on), name=meant.holiday)
    if day.held_on != meant.meant_on:
        return tr("instead of {date}: {name}", date=_date(meant.meant_on), name=meant.holiday)
    return ""


def _state(day: PlannedDay) -> tuple[str, Tone]:
    if day.status is not None:
        return day_status_word(day.status), TONES[day.status]
    if day.held_on is None:
        return tr("rule|falls out"), "neutral"
    return (tr("rule|hours taken"), "amber") if day.taken else (tr("rule|new"), "green")
