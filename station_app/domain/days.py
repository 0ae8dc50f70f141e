"""Reception days: planned → open → closed → locked, with the rules for each step."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from db.vocabulary import CheckInMethod, DayKind, DayStatus, Level, RoleClass
from station_app.errors import Conflict, violations
from station_app.i18n import tr

#: From which state each act may start. A day never moves backwards; corrections are new events.
STEPS: dict[str, tuple[frozenset[DayStatus], DayStatus]] = {
    "open": (frozenset({DayStatus.PLANNED}), DayStatus.OPEN),
    "close": (frozenset({DayStatus.OPEN}), DayStatus.CLOSED),
    "reopen": (frozenset({DayStatus.CLOSED}), DayStatus.OPEN),
    "lock": (frozenset({DayStatus.CLOSED}), DayStatus.LOCKED),
    "cancel": (frozenset({DayStatus.PLANNED}), DayStatus.CANCELLED),
    "restore": (frozenset({DayStatus.CANCELLED}), DayStatus.PLANNED),
}


@dataclass(frozen=True, slots=True)
class DayDraft:
    """What was typed about a reception day. Hours are local wall-clock times."""

    held_on: date
    starts: time
    ends: time
    place: str = ""
    theme: str = ""
    campaign: str = ""
    kind: DayKind = DayKind.REGULAR
    note: str = ""
    deputy_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class DutyRecord:
    """One deputy due on a day; ``attendance_id`` and ``checked_in_at`` are None until they came."""

    deputy_id: UUID
    name: str
    levels: tuple[Level, ...]
    photo_id: UUID | None
    attendance_id: UUID | None
    checked_in_at: datetime | None
    due: bool


@dataclass(frozen=True, slots=True)
class AttendanceRecord:
    """One person who came to a day. ``levels`` only for deputies."""

    id: UUID
    role_class: RoleClass
    deputy_id: UUID | None
    name: str
    title: str
    levels: tuple[Level, ...]
    method: CheckInMethod
    checked_in_at: datetime


@dataclass(frozen=True, slots=True)
class DayRecord:
    """One reception day. ``deputies``: those due and those who came besides."""

    id: UUID
    edition: int
    held_on: date
    starts: time
    ends: time
    place: str
    theme: str
    campaign: str
    kind: DayKind
    status: DayStatus
    note: str
    opened_at: datetime | None
    closed_at: datetime | None
    locked_at: datetime | None
    deputies: tuple[DutyRecord, ...]
    guests: tuple[AttendanceRecord, ...]


@dataclass(frozen=True, slots=True)
class DayRow:
    """One reception day in a list."""

    id: UUID
    held_on: date
    starts: time
    ends: time
    place: str
    theme: str
    kind: DayKind
    status: DayStatus
    due: int
    present: int
    visits: int
    people: int
    issues: int
    campaign: str = ""


@dataclass(frozen=True, slots=True)
class NoticeDue:
    """The public notice of a day: the last day to post it, and when this PC last printed it."""

    day_id: UUID
    held_on: date
    due_on: date
    today: date
    printed_on: date | None

    @property
    def days(self) -> int:
        """How many days are left to post it; below 0: so many too late."""
        return (self.due_on - self.today).days

    @property
    def presses(self) -> bool:
        """Whether it was not printed, and today is the last day or later."""
        return self.printed_on is None and self.days <= 0


@dataclass(frozen=True, slots=True)
class Receptions:
    """A deputy's receptions up to today: how many were due, how many they came to, and the next.

    Cancelled days and voided check-ins do not count.
    """

    due: int
    came: int
    last_on: date | None
    next_on: date | None


@dataclass(frozen=True, slots=True)
class DayCounters:
    """The day's figures (domain.md §5): batches, persons, issues and what became of them."""

    visits: int = 0
    people: int = 0
    issues: int = 0
    answered: int = 0
    to_handle: int = 0
    joined: int = 0


def notice_due(held_on: date, days: int) -> date:
    """The last day to post the notice: ``days`` before (domain.md §4, a local default)."""
    return held_on - timedelta(days=days)


def check_day(draft: DayDraft, taken: Collection[tuple[time, time]] = ()) -> None:
    """Raise RuleViolation for impossible hours or hours that overlap those ``taken``."""
    found = []
    if draft.ends <= draft.starts:
        found.append(("ends", tr("The end must be after the beginning.")))
    elif any(draft.starts < ends and starts < draft.ends for starts, ends in taken):
        found.append(("starts", tr("Another reception is planned at these hours.")))
    violations(found)


def step(status: DayStatus, act: str) -> DayStatus:
    """The status after ``act`` (a key of ``STEPS``). Raises Conflict when it cannot start here."""
    allowed, after = STEPS[act]
    if status not in allowed:
        raise Conflict(_refusals()[status])
    return after


def _refusals() -> dict[DayStatus, str]:
    return {
        DayStatus.PLANNED: tr("This reception day has not been opened yet."),
        DayStatus.OPEN: tr("This reception day is open."),
        DayStatus.CLOSED: tr("This reception day is closed."),
        DayStatus.LOCKED: tr("This reception day is locked; corrections are added as notes."),
        DayStatus.CANCELLED: tr("This reception day was cancelled."),
    }
