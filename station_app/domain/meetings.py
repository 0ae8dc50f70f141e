"""Three-party meetings: what is typed about one, and what is kept of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from db.vocabulary import Degree
from station_app.domain.deputies import DeputyBrief
from station_app.i18n import tr


@dataclass(frozen=True, slots=True)
class MeetingItem:
    """What the meeting came to on one issue: words, and maybe who does it and until when.

    ``replied``: the conclusion is the answer to the resident; with a ``degree`` it settles, and
    the record of the meeting is the evidence.
    """

    issue_id: UUID
    conclusion: str
    unit_id: UUID | None = None
    also: tuple[UUID, ...] = ()
    promise: str = ""
    promise_on: date | None = None
    replied: bool = False
    degree: Degree | None = None


@dataclass(frozen=True, slots=True)
class MeetingDraft:
    """A meeting as typed. ``residents`` and ``departments`` are names."""

    held_on: date
    topic: str
    items: tuple[MeetingItem, ...]
    place: str = ""
    text: str = ""
    deputy_ids: tuple[UUID, ...] = ()
    residents: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MeetingConclusion:
    """What the meeting came to on one issue, for the record and the signature sheet."""

    issue_id: UUID
    number: str
    title: str
    conclusion: str
    unit: str
    promise: str
    promise_on: date | None
    replied: bool = False
    degree: Degree | None = None


@dataclass(frozen=True, slots=True)
class MeetingRecord:
    """One meeting whole."""

    id: UUID
    edition: int
    held_on: date
    place: str
    topic: str
    text: str
    deputies: tuple[DeputyBrief, ...]
    residents: tuple[str, ...]
    departments: tuple[str, ...]
    items: tuple[MeetingConclusion, ...]


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """One meeting in a list."""

    id: UUID
    held_on: date
    topic: str
    place: str
    deputies: int
    residents: int
    departments: int
    issues: int


def meeting_violations(draft: MeetingDraft, today: date) -> list[tuple[str, str]]:
    """(field, sentence) for everything wrong with a meeting as typed."""
    found = []
    if draft.held_on > today:
        found.append(("held_on", tr("This day has not come yet.")))
    if not draft.topic.strip():
        found.append(("topic", tr("Write down what the meeting was about.")))
    if not draft.deputy_ids:
        found.append(("deputy_ids", tr("Choose the deputies who took part.")))
    if not any(one.strip() for one in draft.residents):
        found.append(("residents", tr("Write down which residents took part.")))
    if not any(one.strip() for one in draft.departments):
        found.append(("departments", tr("Write down which departments took part.")))
    if not draft.items:
        found.append(("items", tr("Choose the issues that were talked about.")))
    for place, item in enumerate(draft.items):
        if not item.conclusion.strip():
            field = f"items.{place}.conclusion"
            found.append((field, tr("Write down what was agreed on this issue.")))
    return found
