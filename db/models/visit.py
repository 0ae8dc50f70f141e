"""Visits: one arrival of one party."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Synced
from db.vocabulary import Channel


class Visit(Synced, Base):
    """One arrival. ``sequence`` is the order of arrival on its day (1, 2, …).

    ``deputy_ids`` are the receiving deputies as hex UUIDs. A party of five or more is
    collective (集体来访); up to four named companions stand beside the lead resident.
    """

    __tablename__ = "visit"
    kind = "visit"
    __table_args__ = (
        Index(None, "day_id", "sequence"),
        Index(None, "arrived_at", "id"),
        Index(None, "resident_id", "arrived_at"),
        # For figures: a year's visits are summed from the index alone.
        Index(
            "ix_visit_counted",
            *("arrived_at", "party_size", "day_id", "id"),
            sqlite_where=text("voided_at IS NULL"),
        ),
    )

    # Not unique: a PC restored from an old image may have given a number out a second time.
    number: Mapped[str] = mapped_column(index=True)
    day_id: Mapped[UUID | None] = mapped_column(ForeignKey("reception_day.id"), default=None)
    sequence: Mapped[int] = mapped_column(default=0)
    resident_id: Mapped[UUID] = mapped_column(ForeignKey("resident.id"))
    arrived_at: Mapped[datetime]
    channel: Mapped[Channel] = mapped_column(default=Channel.IN_PERSON)
    party_size: Mapped[int] = mapped_column(default=1)
    deputy_ids: Mapped[list[str]] = mapped_column(default=list)
    note: Mapped[str] = mapped_column(default="")
    recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), default=None)
    voided_at: Mapped[datetime | None] = mapped_column(default=None)
    void_reason: Mapped[str] = mapped_column(default="")


class VisitCompanion(Synced, Base):
    """One more named representative of a party."""

    __tablename__ = "visit_companion"
    kind = "companion"

    visit_id: Mapped[UUID] = mapped_column(ForeignKey("visit.id"), index=True)
    resident_id: Mapped[UUID] = mapped_column(ForeignKey("resident.id"), index=True)
