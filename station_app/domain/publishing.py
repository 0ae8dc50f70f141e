"""What the public may read of an issue, as screens show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from db.vocabulary import Degree, IssueStatus


@dataclass(frozen=True, slots=True)
class PublicRow:
    """One issue that may be shown to the public, or is."""

    id: UUID
    number: str
    title: str
    status: IssueStatus
    degree: Degree | None
    registered_on: date


@dataclass(frozen=True, slots=True)
class PublicView:
    """One issue beside what the public reads of it.

    ``title`` and ``text`` are the words shown, or, not shown yet, those proposed: without what
    tells who raised it. ``own_title`` and ``own_text`` are the issue's.
    """

    id: UUID
    number: str
    own_title: str
    own_text: str
    title: str
    text: str
    published_at: datetime | None
    actor: str
    may: bool
    undoable: UUID | None
