"""What is taken out of the program as a spreadsheet: its lines, and why somebody takes it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from db.vocabulary import Channel, Degree, IssueStatus, Rating, Urgency


class Exported(StrEnum):
    """What can be exported. ``LEDGER``: visits and what became of them, of a day or a period."""

    ISSUES = "issues"
    RESIDENTS = "residents"
    DEPUTIES = "deputies"
    DAYS = "days"
    LEDGER = "ledger"


class Purpose(StrEnum):
    """What whole phone numbers are exported for; the log keeps it."""

    REPORT = "report"
    HANDLING = "handling"
    REVISIT = "revisit"
    FILE = "file"


class IssueLine(NamedTuple):
    """One issue of an exported list. ``category`` is a code."""

    number: str
    registered_at: datetime
    resident: str
    phone: str
    people: int
    category: str
    place: str
    title: str
    text: str
    urgency: Urgency
    status: IssueStatus
    unit: str | None
    due_on: date | None
    settled_at: datetime | None
    degree: Degree | None
    rating: Rating | None


class LedgerLine(NamedTuple):
    """One issue of a ledger, with its visit. ``deputy_ids`` are hex."""

    held_on: date | None
    arrived_at: datetime
    resident: str
    phone: str
    address: str
    community: str
    people: int
    channel: Channel
    category: str
    title: str
    text: str
    deputy_ids: list[str]
    status: IssueStatus
    unit: str | None
    degree: Degree | None
    rating: Rating | None
    number: str
