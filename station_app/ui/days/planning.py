"""What planning a day begins with: who can be due, and what the last day was like."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from db.vocabulary import DayStatus
from station_app.domain.days import DayRecord
from station_app.domain.deputies import DeputyRecord
from station_app.domain.lists import Listing, Mark
from station_app.domain.pinyin import spellings
from station_app.domain.words import levels_words
from station_app.services import day_lists, days, deputies
from station_app.ui.days.table import START

if TYPE_CHECKING:
    from station_app.store import Tx

_LONGEST = 16


@dataclass(frozen=True, slots=True)
class Choice:
    """One deputy to pick. ``said`` tells people of one name apart; ``keys`` find them."""

    id: UUID
    said: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Planning:
    """The ground of a plan. ``last`` is the latest day that was not cancelled."""

    today: date
    choices: tuple[Choice, ...]
    last: DayRecord | None
    proposed: date


def planning(tx: Tx) -> Planning:
    """Read what a plan begins with."""
    held = [row for row in day_lists.list_days(tx, START).rows if row.status != DayStatus.CANCELLED]
    last = days.get_day(tx, held[0].id) if held else None
    return Planning(
        tx.today, deputy_choices(tx), last, _proposed(tx.today, [row.held_on for row in held])
    )


def _proposed(today: date, held: list[date]) -> date:
    """The next date at the pace of the last two days; today where there is no pace."""
    if not held or held[0] < today - timedelta(days=92):
        return today
    gap = (held[0] - held[1]).days if len(held) > 1 else 0
    following = held[0] + timedelta(days=gap if 0 < gap <= 92 else 7)
    return max(today, following)


def deputy_choices(tx: Tx) -> tuple[Choice, ...]:
    """Every deputy in office, by name."""
    rows: list[DeputyRecord] = []
    at: Mark | None = None
    while True:
        page = deputies.list_deputies(tx, Listing("name"), at=at)
        rows += page.rows
        if page.after is None:
            break
        at = page.after
    names = Counter(row.name for row in rows)
    return tuple(
        Choice(
            row.id,
            _said(row, alone=names[row.name] == 1),
            (row.name, row.deputy_group, *spellings(row.name)),
        )
        for row in rows
    )


def _said(row: DeputyRecord, *, alone: bool) -> str:
    """The name, cut where a tag would outgrow the form, told apart where two share it."""
    name = row.name if len(row.name) <= _LONGEST else f"{row.name[: _LONGEST - 1]}…"
    return name if alone else f"{name}（{row.deputy_group or levels_words(row.levels)}）"
