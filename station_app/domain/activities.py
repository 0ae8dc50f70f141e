"""Activities of deputies beside reception days, and help that was given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from db.vocabulary import ActivityKind, RoleClass
from station_app.domain.days import AttendanceRecord
from station_app.domain.words import Say
from station_app.errors import violations
from station_app.i18n import tr

#: More than this in one entry is surely a slip of the finger: a hundred million yuan, in fen.
MOST_FEN = 10_000_000_000


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody other than a deputy who took part, in one of the role classes."""

    role_class: RoleClass
    name: str


@dataclass(frozen=True, slots=True)
class ActivityDraft:
    """What was typed about an activity. Hours are local wall-clock times, or none."""

    kind: ActivityKind
    title: str
    held_on: date
    starts: time | None = None
    ends: time | None = None
    place: str = ""
    campaign: str = ""
    note: str = ""
    deputy_ids: tuple[UUID, ...] = ()
    guests: tuple[Guest, ...] = ()


@dataclass(frozen=True, slots=True)
class ActivityRecord:
    """One activity; ``people`` took part, deputies first."""

    id: UUID
    edition: int
    kind: ActivityKind
    title: str
    held_on: date
    starts: time | None
    ends: time | None
    place: str
    campaign: str
    note: str
    cancelled: bool
    people: tuple[AttendanceRecord, ...]


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """One activity in a list."""

    id: UUID
    kind: ActivityKind
    title: str
    held_on: date
    starts: time | None
    ends: time | None
    place: str
    cancelled: bool
    deputies: int
    guests: int
    campaign: str = ""


@dataclass(frozen=True, slots=True)
class AssistanceDraft:
    """Help that was given. ``amount`` is in fen; 0 where it was no money."""

    held_on: date
    people: int
    amount: int = 0
    what: str = ""
    campaign: str = ""
    deputy_id: UUID | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class AssistanceRow:
    """One entry of help in a list; ``deputy`` is the name of who gave or brought it."""

    id: UUID
    held_on: date
    people: int
    amount: int
    what: str
    campaign: str
    deputy: str
    voided: bool


def check_activity(draft: ActivityDraft) -> None:
    """Raise RuleViolation for an activity without a name or with impossible hours."""
    found = []
    if not draft.title.strip():
        found.append(("title", tr("Say what the activity is about.")))
    if draft.starts is not None and draft.ends is not None and draft.ends <= draft.starts:
        found.append(("ends", tr("The end must be after the beginning.")))
    if draft.starts is None and draft.ends is not None:
        found.append(("starts", tr("Type a time, like 930 or 9:30.")))
    violations(found)


def check_assistance(draft: AssistanceDraft, today: date) -> None:
    """Raise RuleViolation for help to nobody, in the future, or beyond belief."""
    found = []
    if draft.held_on > today:
        found.append(("held_on", tr("Help that was given lies not in the future.")))
    if not 1 <= draft.people <= 100_000:
        found.append(("people", tr("Type how many people were helped.")))
    if not 0 <= draft.amount <= MOST_FEN:
        found.append(("amount", tr("Look at the amount again.")))
    if not draft.what.strip() and not draft.amount:
        found.append(("what", tr("Say what help was given, or the amount.")))
    violations(found)


def activity_word(kind: ActivityKind, say: Say = tr) -> str:
    """What a kind of activity is called."""
    return {
        ActivityKind.TRAINING: say("activity|Training"),
        ActivityKind.INSPECTION: say("activity|Inspection"),
        ActivityKind.SURVEY: say("activity|Survey"),
        ActivityKind.VISIT: say("activity|Visit to residents"),
        ActivityKind.LAW_CHECK: say("activity|Law-enforcement check"),
        ActivityKind.HEARING: say("activity|Hearing"),
        ActivityKind.TALK: say("activity|Talk"),
        ActivityKind.REPORT: say("activity|Report to electors"),
        ActivityKind.LIVESTREAM: say("activity|Livestream"),
        ActivityKind.VOLUNTEER: say("activity|Volunteer work"),
        ActivityKind.MEETING: say("activity|Attending a meeting"),
        ActivityKind.OTHER: say("activity|Other"),
    }[kind]


def yuan(fen: int) -> str:
    """An amount as an office writes it: 2,329,400 or 12.50."""
    whole, rest = divmod(fen, 100)
    return f"{whole:,}" if not rest else f"{whole:,}.{rest:02}"
