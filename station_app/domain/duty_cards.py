"""Duty cards: what is issued, what the register keeps, and what a scanned card is worth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from db.vocabulary import CardKind, CardState, Level
from station_app.domain.days import AttendanceRecord
from station_app.errors import violations
from station_app.i18n import tr

#: A term of a people's congress lasts five years.
LONGEST_YEARS = 6


@dataclass(frozen=True, slots=True)
class CardDraft:
    """A card to be issued. Both days are valid days; ``deputy_id`` None: a day card of the desk."""

    kind: CardKind
    deputy_id: UUID | None
    valid_from: date
    valid_to: date


@dataclass(frozen=True, slots=True)
class CardRecord:
    """One card of the register. ``signed`` is the payload of its QR."""

    id: UUID
    number: str
    kind: CardKind
    deputy_id: UUID | None
    name: str
    levels: tuple[Level, ...]
    photo_id: UUID | None
    valid_from: date
    valid_to: date
    signed: str
    issued_at: datetime
    state: CardState
    void_reason: str
    voided_at: datetime | None
    replaced_by: UUID | None


class Standing(StrEnum):
    """How a card of the register stands today."""

    VALID = "valid"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    VOID = "void"


class Verdict(StrEnum):
    """What a scanned card is worth. ``ELSEWHERE``: good, but issued by another station."""

    GOOD = "good"
    ELSEWHERE = "elsewhere"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    VOID = "void"
    REVOKED = "revoked"
    UNKNOWN_KEY = "unknown_key"
    ALTERED = "altered"
    NO_CARD = "no_card"


class Arrival(StrEnum):
    """What came of holding a card to the scanner at the desk."""

    CHECKED_IN = "checked_in"
    TWICE = "twice"
    NO_DAY = "no_day"
    NO_DEPUTY = "no_deputy"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class CardFacts:
    """What is known about a card before it is judged."""

    known_key: bool
    signed: bool = False
    revoked: bool = False
    void: bool = False
    own: bool = False
    valid_from: date = date.min
    valid_to: date = date.max


@dataclass(frozen=True, slots=True)
class CardCheck:
    """What verifying a card found. ``today`` is the day it was judged by.

    ``clock_behind``: this PC's clock shows an earlier day than one that was already seen.
    """

    verdict: Verdict
    today: date
    number: str = ""
    kind: CardKind | None = None
    card_id: UUID | None = None
    deputy_id: UUID | None = None
    name: str = ""
    levels: tuple[Level, ...] = ()
    station: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    void_reason: str = ""
    clock_behind: bool = False


@dataclass(frozen=True, slots=True)
class CardArrival:
    """What a scan at the desk led to; ``attendance`` when the deputy is in now or was before."""

    arrival: Arrival
    check: CardCheck
    attendance: AttendanceRecord | None = None


def judge(facts: CardFacts, today: date) -> Verdict:
    """What a card is worth on ``today``; the gravest objection comes first."""
    if not facts.known_key:
        return Verdict.UNKNOWN_KEY
    if not facts.signed:
        return Verdict.ALTERED
    if facts.revoked:
        return Verdict.REVOKED
    if facts.void:
        return Verdict.VOID
    if today > facts.valid_to:
        return Verdict.EXPIRED
    if today < facts.valid_from:
        return Verdict.NOT_YET
    return Verdict.GOOD if facts.own else Verdict.ELSEWHERE


def standing(state: CardState, valid_from: date, valid_to: date, today: date) -> Standing:
    """How a card of the register stands on ``today``."""
    if state is CardState.VOID:
        return Standing.VOID
    if today > valid_to:
        return Standing.EXPIRED
    return Standing.NOT_YET if today < valid_from else Standing.VALID


def check_card(draft: CardDraft, today: date) -> None:
    """Raise RuleViolation unless a card for these days makes sense."""
    found = []
    if draft.valid_to < draft.valid_from:
        found.append(("valid_to", tr("A card ends after it begins.")))
    elif draft.valid_to < today:
        found.append(("valid_to", tr("This day is over already.")))
    elif draft.valid_to.year - draft.valid_from.year > LONGEST_YEARS:
        text = tr("A card is valid for one term at most: {n} years.", n=LONGEST_YEARS)
        found.append(("valid_to", text))
    if draft.kind is CardKind.DAY and draft.valid_from != draft.valid_to:
        found.append(("valid_to", tr("A day card is valid for one day.")))
    if draft.kind is CardKind.TERM and draft.deputy_id is None:
        found.append(("deputy_id", tr("Choose a deputy.")))
    violations(found)


def usual_end(today: date) -> date:
    """Until when a card is valid if nobody says otherwise: this year's end, or the next one's."""
    return date(today.year + (today.month >= 10), 12, 31)
