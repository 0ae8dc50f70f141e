"""Signed papers that were scanned back: what is filed where, and what is shown of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

#: Kinds of records that a paper can be filed with.
FILED_WITH = ("issue", "visit", "day", "meeting", "deputy_suggestion", "deputy", "resident")


@dataclass(frozen=True, slots=True)
class PaperDraft:
    """One paper to be filed, as PDF. ``edition`` is the printed one, 0 if nobody knows."""

    kind: str
    record_id: UUID
    edition: int
    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class PaperRecord:
    """A paper that is filed. ``attachment``: with an issue, among its photos and papers."""

    id: UUID
    kind: str
    record_id: UUID
    edition: int
    name: str
    filed_at: datetime
    attachment: bool = False
