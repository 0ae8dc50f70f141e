"""What deadlines are computed by: rule sets and the calendar of public holidays."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Synced


class RuleSetRow(Synced, Base):
    """One version of the rules (domain/rules.py); it is never changed, a new one is added."""

    __tablename__ = "rule_set"
    kind = "rule_set"

    code: Mapped[str] = mapped_column(index=True)
    valid_from: Mapped[date]
    body: Mapped[dict[str, Any]] = mapped_column(default=dict)


class CalendarDay(Synced, Base):
    """One day that differs from its weekday: a holiday, or a weekend day worked instead."""

    __tablename__ = "calendar_day"
    kind = "calendar_day"

    day: Mapped[date] = mapped_column(index=True)
    working: Mapped[bool] = mapped_column(default=False)
    name: Mapped[str] = mapped_column(default="")
