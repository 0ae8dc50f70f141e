"""Residents who came to the station."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Synced
from db.vocabulary import Gender


class Resident(Synced, Base):
    """One resident. ``sort_key`` is pinyin; visit figures are kept beside it for lists."""

    __tablename__ = "resident"
    kind = "resident"
    __table_args__ = (
        Index(None, "sort_key", "id"),
        Index(None, "last_visit_at", "id"),
        Index(None, "visit_count", "id"),
        Index(None, "community", "id"),
        Index(None, "phone"),
    )

    name: Mapped[str]
    sort_key: Mapped[str] = mapped_column(info={"derived": True})
    phone: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    community: Mapped[str] = mapped_column(default="")
    gender: Mapped[Gender | None] = mapped_column(default=None)
    note: Mapped[str] = mapped_column(default="")
    visit_count: Mapped[int] = mapped_column(default=0, info={"derived": True})
    last_visit_at: Mapped[datetime | None] = mapped_column(default=None, info={"derived": True})
    voided_at: Mapped[datetime | None] = mapped_column(default=None)
