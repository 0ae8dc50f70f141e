"""Issues and their append-only history."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Synced
from db.vocabulary import Degree, IssueEventKind, IssueStatus, Rating, Turn, Urgency

#: Urgent issues are few: an index of their own is small and finds them at once.
_URGENT = text("urgency = 'urgent'")

#: The acts that reports and the ledger of promises go by.
_COUNTED = text("event IN ('committed', 'kept', 'broken', 'evaluated', 'settled', 'met')")

#: The saved views (services/issue_views) read few rows out of many: each along its own index.
_VIEWS = (
    ("due", "due_on", "due_on IS NOT NULL"),
    ("promise", "promise_on", "promise_on IS NOT NULL"),
    ("look_back", "look_back_on", "look_back_on IS NOT NULL"),
    ("revisit", "revisit_on", "revisit_on IS NOT NULL"),
    ("to_do", "registered_at", "turn = 'station'"),
    ("to_rate", "registered_at", "to_rate"),
    ("supervised", "registered_at", "supervised"),
    ("open", "registered_at", "turn <> 'nobody'"),
)
_FILTERS = (
    ("unit", ("unit_id", "registered_at", "id")),
    ("degree", ("degree", "registered_at", "id")),
    ("rating", ("rating", "registered_at", "id")),
    ("suggestion", ("suggestion_id",)),
)


class Issue(Synced, Base):
    """What somebody raised.

    ``status`` and everything below it are the fold of the events (domain/standing.py) and the
    deadlines that follow from it, kept beside the issue so that lists over a million rows stay
    instant; they never travel. ``resident_id`` repeats the visit's for the same reason.
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
        *(
            # Only where there is one: a new issue, which has none, is saved the faster.
            Index(f"ix_issue_{name}", *columns, sqlite_where=text(f"{columns[0]} IS NOT NULL"))
            for name, columns in _FILTERS
        ),
        *(
            Index(f"ix_issue_{name}", column, "id", sqlite_where=text(said))
            for name, column, said in _VIEWS
        ),
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
    turn: Mapped[Turn] = mapped_column(default=Turn.STATION, info={"derived": True})
    due_on: Mapped[date | None] = mapped_column(default=None, info={"derived": True})
    promise_on: Mapped[date | None] = mapped_column(default=None, info={"derived": True})
    look_back_on: Mapped[date | None] = mapped_column(default=None, info={"derived": True})
    revisit_on: Mapped[date | None] = mapped_column(default=None, info={"derived": True})
    to_rate: Mapped[bool] = mapped_column(default=False, info={"derived": True})
    supervised: Mapped[bool] = mapped_column(default=False, info={"derived": True})
    degree: Mapped[Degree | None] = mapped_column(default=None, info={"derived": True})
    rating: Mapped[Rating | None] = mapped_column(default=None, info={"derived": True})
    suggestion_id: Mapped[UUID | None] = mapped_column(default=None, info={"derived": True})


class IssueDeputy(Base):
    """Which deputies have to do with an issue: they received it or acted on it. Derived."""

    __tablename__ = "issue_deputy"
    __table_args__ = (Index(None, "issue_id"), {"sqlite_with_rowid": False})

    deputy_id: Mapped[UUID] = mapped_column(primary_key=True)
    issue_id: Mapped[UUID] = mapped_column(primary_key=True)


class Tally(Base):
    """How many issues a view has, by day where it goes by days; kept by triggers (store/tally)."""

    __tablename__ = "tally"
    __table_args__ = ({"sqlite_with_rowid": False},)

    name: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[str] = mapped_column(primary_key=True)
    n: Mapped[int]


class IssueEvent(Synced, Base):
    """One act on an issue: who, when, why. Append-only; a correction is a new event.

    ``details`` holds what only this kind of act needs (see ``domain/standing.py``). ``expected``
    is the status the act was made on: where another act came first, this one counts nothing.
    """

    __tablename__ = "issue_event"
    kind = "issue_event"
    __table_args__ = (
        Index(None, "issue_id", "happened_at", "id"),
        Index("ix_issue_event_kind", "event", "happened_at", sqlite_where=_COUNTED),
    )

    issue_id: Mapped[UUID] = mapped_column(ForeignKey("issue.id"))
    event: Mapped[IssueEventKind]
    expected: Mapped[IssueStatus | None] = mapped_column(default=None)
    happened_at: Mapped[datetime]
    actor_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), default=None)
    deputy_id: Mapped[UUID | None] = mapped_column(ForeignKey("deputy.id"), default=None)
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"), default=None)
    text: Mapped[str] = mapped_column(default="")
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
