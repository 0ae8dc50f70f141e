"""Suggestions that deputies make, drawn from issues, and their seven stages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Synced
from db.vocabulary import Stage


class DeputySuggestion(Synced, Base):
    """A formal suggestion (代表建议).

    Its kind is no plain ``suggestion``: that one is what a station sends to have a record of the
    centre changed. ``stage`` is the fold of its events. ``deputy_ids`` are hex UUIDs, the first
    one leads; ``issue_ids`` are the issues it was drawn from. ``official_number`` is given by the
    congress.
    """

    __tablename__ = "deputy_suggestion"
    kind = "deputy_suggestion"
    __table_args__ = (Index(None, "drafted_on", "id"), Index(None, "stage", "drafted_on"))

    title: Mapped[str]
    text: Mapped[str] = mapped_column(default="")
    official_number: Mapped[str] = mapped_column(default="")
    deputy_ids: Mapped[list[str]] = mapped_column(default=list)
    issue_ids: Mapped[list[str]] = mapped_column(default=list)
    complex: Mapped[bool] = mapped_column(default=False)
    drafted_on: Mapped[date]
    stage: Mapped[Stage] = mapped_column(default=Stage.DRAFTED, info={"derived": True})


class SuggestionEvent(Synced, Base):
    """One step of a suggestion; append-only. ``expected`` is the stage it was taken on."""

    __tablename__ = "suggestion_event"
    kind = "suggestion_event"
    __table_args__ = (Index(None, "suggestion_id", "happened_at", "id"),)

    suggestion_id: Mapped[UUID] = mapped_column(ForeignKey("deputy_suggestion.id"))
    stage: Mapped[Stage]
    expected: Mapped[Stage | None] = mapped_column(default=None)
    happened_at: Mapped[datetime]
    actor_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), default=None)
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"), default=None)
    text: Mapped[str] = mapped_column(default="")
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
