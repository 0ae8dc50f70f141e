"""Deputies of the people's congresses registered at this station."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Synced
from db.vocabulary import Gender


class Deputy(Synced, Base):
    """One person who may hold several levels.

    ``levels`` are values of ``Level``, highest first. ``born_on`` is ``YYYY``, ``YYYY-MM`` or
    ``YYYY-MM-DD``: rosters rarely know the day. ``sort_key`` is pinyin, for lists.
    """

    __tablename__ = "deputy"
    kind = "deputy"
    __table_args__ = (Index(None, "sort_key", "id"),)

    name: Mapped[str]
    sort_key: Mapped[str] = mapped_column(info={"derived": True})
    gender: Mapped[Gender | None] = mapped_column(default=None)
    ethnicity: Mapped[str] = mapped_column(default="")
    born_on: Mapped[str] = mapped_column(default="")
    levels: Mapped[list[str]] = mapped_column(default=list)
    position: Mapped[str] = mapped_column(default="")
    electoral_unit: Mapped[str] = mapped_column(default="")
    deputy_group: Mapped[str] = mapped_column(default="")
    professional_group: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    other_phone: Mapped[str] = mapped_column(default="")
    profile: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    photo_id: Mapped[UUID | None] = mapped_column(ForeignKey("photo.id"), default=None)
    retired_at: Mapped[datetime | None] = mapped_column(default=None)
    retired_reason: Mapped[str] = mapped_column(default="")
