"""What of an issue's history counts in figures, kept beside it so that a year is summed at once."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base
from db.vocabulary import FactKind


class IssueFact(Base):
    """One thing that counts on one day (domain/issue_facts.py); derived, it never travels.

    ``event_id`` is the act it stems from. ``word`` is a Degree (settled) or a Rating (rated),
    ``who`` a Rater. ``apart``: asked for by the handler (自访). ``done``: kept or in time;
    None while that is open.
    """

    __tablename__ = "issue_fact"
    __table_args__ = (Index(None, "issue_id"), {"sqlite_with_rowid": False})

    kind: Mapped[FactKind] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    event_id: Mapped[UUID] = mapped_column(primary_key=True)
    issue_id: Mapped[UUID]
    unit_id: Mapped[UUID | None] = mapped_column(default=None)
    word: Mapped[str] = mapped_column(default="")
    who: Mapped[str] = mapped_column(default="")
    apart: Mapped[bool] = mapped_column(default=False)
    done: Mapped[bool | None] = mapped_column(default=None)
