"""What a year is planned by: rules of recurring days, absences and wishes, activities, reports."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Synced
from db.vocabulary import ActivityKind, DayKind, Pattern, Shift, Wish


class Recurrence(Synced, Base):
    """A rule of recurring reception days (domain/recurrence.py); lists hold numbers as text."""

    __tablename__ = "recurrence"
    kind = "recurrence"

    pattern: Mapped[Pattern]
    begins_on: Mapped[date]
    ends_on: Mapped[date | None] = mapped_column(default=None)
    numbers: Mapped[list[str]] = mapped_column(default=list)
    weekdays: Mapped[list[str]] = mapped_column(default=list)
    months: Mapped[list[str]] = mapped_column(default=list)
    every: Mapped[int] = mapped_column(default=1)
    shift: Mapped[Shift] = mapped_column(default=Shift.LATER)
    starts: Mapped[time]
    ends: Mapped[time]
    place: Mapped[str] = mapped_column(default="")
    theme: Mapped[str] = mapped_column(default="")
    day_kind: Mapped[DayKind] = mapped_column(default=DayKind.REGULAR)
    retired: Mapped[bool] = mapped_column(default=False)


class Absence(Synced, Base):
    """Dates on which a deputy is away, or would rather (not) be due; taken back, not removed."""

    __tablename__ = "absence"
    kind = "absence"

    deputy_id: Mapped[UUID] = mapped_column(ForeignKey("deputy.id"), index=True)
    wish: Mapped[Wish] = mapped_column(default=Wish.AWAY)
    first_on: Mapped[date]
    last_on: Mapped[date]
    note: Mapped[str] = mapped_column(default="")
    withdrawn: Mapped[bool] = mapped_column(default=False)


class Activity(Synced, Base):
    """Something deputies do besides receiving: training, an inspection, a report to electors."""

    __tablename__ = "activity"
    kind = "activity"
    __table_args__ = (Index(None, "held_on", "id"),)

    activity_kind: Mapped[ActivityKind]
    title: Mapped[str]
    held_on: Mapped[date]
    starts: Mapped[time | None] = mapped_column(default=None)
    ends: Mapped[time | None] = mapped_column(default=None)
    place: Mapped[str] = mapped_column(default="")
    campaign: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    cancelled: Mapped[bool] = mapped_column(default=False)


class Assistance(Synced, Base):
    """Help that was given (帮扶): to how many people, and ``amount`` in fen."""

    __tablename__ = "assistance"
    kind = "assistance"
    __table_args__ = (Index(None, "held_on", "id"),)

    held_on: Mapped[date]
    people: Mapped[int] = mapped_column(default=1)
    amount: Mapped[int] = mapped_column(default=0)
    what: Mapped[str] = mapped_column(default="")
    campaign: Mapped[str] = mapped_column(default="")
    deputy_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("deputy.id"), default=None, index=True
    )
    day_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("reception_day.id"), default=None, index=True
    )
    note: Mapped[str] = mapped_column(default="")
    voided_at: Mapped[datetime | None] = mapped_column(default=None)


class ReportSnapshot(Synced, Base):
    """A report as it was on the day it was frozen; nothing changes it afterwards."""

    __tablename__ = "report_snapshot"
    kind = "report_snapshot"
    __table_args__ = (Index(None, "frozen_at"),)

    title: Mapped[str]
    report_kind: Mapped[str]
    period_from: Mapped[date]
    period_until: Mapped[date]
    campaign: Mapped[str] = mapped_column(default="")
    figures: Mapped[dict[str, Any]]
    frozen_at: Mapped[datetime]
    frozen_by: Mapped[str] = mapped_column(default="")
