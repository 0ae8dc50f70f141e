"""Dates on which a deputy is away, would like to come, or would rather not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from db.vocabulary import Wish
from station_app.errors import violations
from station_app.i18n import tr


@dataclass(frozen=True, slots=True)
class AbsenceDraft:
    """What a deputy said about the dates from ``first_on`` to ``last_on``."""

    deputy_id: UUID
    first_on: date
    last_on: date
    wish: Wish = Wish.AWAY
    note: str = ""


@dataclass(frozen=True, slots=True)
class AbsenceRecord:
    """The same, as it is kept; ``name`` is the deputy's."""

    id: UUID
    deputy_id: UUID
    name: str
    wish: Wish
    first_on: date
    last_on: date
    note: str


def check_absence(draft: AbsenceDraft) -> None:
    """Raise RuleViolation where the last date is before the first."""
    if draft.last_on < draft.first_on:
        violations([("last_on", tr("The last day must not be before the first."))])


def wish_word(wish: Wish) -> str:
    """What was said about the dates."""
    return {
        Wish.AWAY: tr("wish|away"),
        Wish.LIKES: tr("wish|would like to come"),
        Wish.DISLIKES: tr("wish|would rather not come"),
    }[wish]
