"""Issues: what is typed at the desk, and issues as screens and prints show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from db.vocabulary import Degree, Handling, IssueEventKind, IssueStatus, Rating, Turn, Urgency
from station_app.domain.cases import Case
from station_app.i18n import tr


@dataclass(frozen=True, slots=True)
class IssueDraft:
    """One issue as typed at the desk.

    ``join_to`` is the earlier issue about the same matter. ``answer`` is what the deputy said
    on the spot, ``deputy_id`` who said it. ``reason`` is the code why it is declined and
    ``instead`` where to go instead.
    """

    title: str
    text: str = ""
    category: str = ""
    place: str = ""
    urgency: Urgency = Urgency.NORMAL
    handling: Handling = Handling.TO_HANDLE
    join_to: UUID | None = None
    answer: str = ""
    deputy_id: UUID | None = None
    reason: str = ""
    instead: str = ""


@dataclass(frozen=True, slots=True)
class IssueEventRecord:
    """One act of the history, with names for the screen.

    ``undone`` was taken back, ``overtaken`` came after another act that made it impossible: both
    stay in the history and count nothing.
    """

    id: UUID
    event: IssueEventKind
    happened_at: datetime
    actor: str
    deputy: str
    unit: str
    text: str
    details: Mapping[str, Any] = field(default_factory=dict)
    unit_id: UUID | None = None
    deputy_id: UUID | None = None
    actor_id: UUID | None = None
    undone: bool = False
    overtaken: bool = False


@dataclass(frozen=True, slots=True)
class IssueRecord:
    """One issue whole: what was raised, where it stands, its history in order."""

    id: UUID
    edition: int
    number: str
    visit_id: UUID
    visit_number: str
    resident_id: UUID
    resident: str
    title: str
    text: str
    category: str
    category_name: str
    place: str
    urgency: Urgency
    registered_at: datetime
    status: IssueStatus
    unit: str
    joined_to: UUID | None
    joined_to_number: str
    joined_count: int
    people: int
    settled_at: datetime | None
    degree: Degree | None
    events: tuple[IssueEventRecord, ...]
    case: Case = field(default_factory=Case)

    @property
    def counted(self) -> tuple[IssueEventRecord, ...]:
        """The acts that count: neither undone nor overtaken, and no undoing itself."""
        return tuple(
            one
            for one in self.events
            if not (one.undone or one.overtaken or one.event is IssueEventKind.UNDONE)
        )


@dataclass(frozen=True, slots=True)
class IssueRow:
    """One issue in a list. ``people`` came with it, those of joined issues included."""

    id: UUID
    number: str
    title: str
    resident: str
    category_name: str
    place: str
    urgency: Urgency
    status: IssueStatus
    unit: str
    joined_count: int
    people: int
    registered_at: datetime
    turn: Turn = Turn.STATION
    due_on: date | None = None
    promise_on: date | None = None
    look_back_on: date | None = None
    revisit_on: date | None = None
    to_rate: bool = False
    supervised: bool = False
    degree: Degree | None = None
    rating: Rating | None = None
    unit_id: UUID | None = None
    suggestion_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class EarlierIssue:
    """One earlier issue that the typed one may belong to."""

    id: UUID
    number: str
    title: str
    status: IssueStatus
    registered_at: datetime
    joined_count: int


def issue_violations(draft: IssueDraft) -> list[tuple[str, str]]:
    """(field, sentence) for everything wrong with one issue as typed."""
    found = []
    if not (draft.title.strip() or draft.text.strip()):
        found.append(("text", tr("Write down what the visitor raised.")))
    if len(draft.text) > 5000:
        found.append(("text", tr("An issue's text has at most 5,000 characters.")))
    if len(draft.title) > 100:
        found.append(("title", tr("A title has at most 100 characters.")))
    if draft.handling is Handling.ANSWERED and not draft.answer.strip():
        found.append(("answer", tr("Write down what was answered.")))
    if draft.handling is Handling.DECLINED:
        if not draft.reason:
            found.append(("reason", tr("Choose why this is declined.")))
        if not draft.instead.strip():
            found.append(("instead", tr("Say where the visitor can go instead.")))
    return found


def title_of(draft: IssueDraft) -> str:
    """The title as typed, or the first words of the text up to a stop, at most 24 characters."""
    title = draft.title.strip()
    if title:
        return title
    text = " ".join(draft.text.split())
    for position, character in enumerate(text[:24]):
        if character in "，。；：！？,;:!?" and position >= 4:
            return text[:position]
    return text[:24]
