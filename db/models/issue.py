"""Issues and their append-only history."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Synced
from db.vocabulary import IssueEventKind, IssueStatus, Urgency

#: Urgent issues are few: an index of their own is small and finds them at once.
_URGENT = text("urgency = 'urgent'")


class Issue(Synced, Base):
    """What somebody raised.

    ``status``, ``joined_to``, ``unit_id`` and ``settled_at`` are the fold of the events, kept
    beside the issue so that lists over a million rows stay instant; they never travel.
    ``resident_id`` repeats the visit's for the same reason.
    """

    __tablename__ = "issue"
    kind = "issue"
    __table_args__ = (
        # One for each order of the issues list (services/issue_records), alone and in a status.
        Index(None, "registered_at", "id"),
        Index(None, "status", "registered_at", "id"),
        Index(None, "category", "registered_at", "id"),
        Index(None, "status", "number"),
        Index(None, "status", "category", "registered_at", "id"),
        Index("ix_issue_urgent", "registered_at", "id", sqlite_where=_URGENT),
        Index("ix_issue_urgent_status", "status", "registered_at", "id", sqlite_where=_URGENT),
        Index("ix_issue_urgent_category", "category", "registered_at", "id", sqlite_where=_URGENT),
        Index(
            "ix_issue_urgent_both",
            *("status", "category", "registered_at", "id"),
            sqlite_where=_URGENT,
        ),
        Index(None, "resident_id", "registered_at"),
        Index(None, "visit_id"),
        Index(None, "joined_to"),
    )

    # Not unique: a PC restored from an old image may have given a number out a second time.
    number: Mapped[str] = mapped_column(index=True)
    visit_id: Mapped[UUID] = mapped_column(ForeignKey("visit.id"))
    resident_id: Mapped[UUID] = mapped_column(ForeignKey("resident.id"), info={"derived": True})
    title: Mapped[str]
    text: Mapped[str] = mapped_column(default="")
    category: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    urgency: Mapped[Urgency] = mapped_column(default=Urgency.NORMAL)
    registered_at: Mapped[datetime]
    status: Mapped[IssueStatus] = mapped_column(
        default=IssueStatus.REGISTERED, info={"derived": True}
    )
    unit_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("unit.id"), default=None, info={"derived": True}
    )
    joined_to: Mapped[UUID | None] = mapped_column(
        ForeignKey("issue.id"), default=None, info={"derived": True}
    )
    joined_count: Mapped[int] = mapped_column(default=0, info={"derived": True})
    settled_at: Mapped[datetime | None] = mapped_column(default=None, info={"derived": True})


class IssueEvent(Synced, Base):
    """One act on an issue: who, when, why. Append-only; a correction is a new event.

    ``details`` holds what only this kind of act needs (see ``domain/issues.py``).
    """

    __tablename__ = "issue_event"
    kind = "issue_event"
    __table_args__ = (Index(None, "issue_id", "happened_at", "id"),)

    issue_id: Mapped[UUID] = mapped_column(ForeignKey("issue.id"))
    event: Mapped[IssueEventKind]
    happened_at: Mapped[datetime]
    actor_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), default=None)
    deputy_id: Mapped[UUID | None] = mapped_column(ForeignKey("deputy.id"), default=None)
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"), default=None)
    text: Mapped[str] = mapped_column(default="")
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
