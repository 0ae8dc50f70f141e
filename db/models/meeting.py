"""Three-party meetings: one record for many issues."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Synced


class Meeting(Synced, Base):
    """Deputies, residents and departments around one table (三方共议).

    ``deputy_ids`` and ``issue_ids`` are hex UUIDs; ``residents`` and ``departments`` are names,
    because not everybody who sits there is registered.
    """

    __tablename__ = "meeting"
    kind = "meeting"
    __table_args__ = (Index(None, "held_on", "id"),)

    held_on: Mapped[date]
    place: Mapped[str] = mapped_column(default="")
    topic: Mapped[str]
    text: Mapped[str] = mapped_column(default="")
    deputy_ids: Mapped[list[str]] = mapped_column(default=list)
    residents: Mapped[list[str]] = mapped_column(default=list)
    departments: Mapped[list[str]] = mapped_column(default=list)
    issue_ids: Mapped[list[str]] = mapped_column(default=list)
