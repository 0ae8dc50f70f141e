"""Reception days, who is due on them and who came."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Synced
from db.vocabulary import CheckInMethod, DayKind, DayStatus, RoleClass


class ReceptionDay(Synced, Base):
    """A day on which deputies receive residents. Hours are local wall-clock times."""

    __tablename__ = "reception_day"
    kind = "day"
    __table_args__ = (
        Index(None, "held_on", "id"),
        Index(None, "status", "held_on"),
        Index(None, "recurrence_id", "meant_on"),
    )

    held_on: Mapped[date]
    starts: Mapped[time]
    ends: Mapped[time]
    place: Mapped[str] = mapped_column(default="")
    theme: Mapped[str] = mapped_column(default="")
    campaign: Mapped[str] = mapped_column(default="")
    day_kind: Mapped[DayKind] = mapped_column(default=DayKind.REGULAR)
    status: Mapped[DayStatus] = mapped_column(default=DayStatus.PLANNED)
    note: Mapped[str] = mapped_column(default="")
    opened_at: Mapped[datetime | None] = mapped_column(default=None)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    locked_at: Mapped[datetime | None] = mapped_column(default=None)
    # The rule that this day was planned by, and the date that it meant before it was moved. No
    # foreign key: the centre may give out days of a rule that another program version dropped.
    recurrence_id: Mapped[UUID | None] = mapped_column(default=None)
    meant_on: Mapped[date | None] = mapped_column(default=None)


class Duty(Synced, Base):
    """One deputy due on one day (值班安排).

    Two PCs may write down the same duty while apart, so that twins are no error in the file.
    """

    __tablename__ = "duty"
    kind = "duty"
    __table_args__ = (Index(None, "day_id", "deputy_id"),)

    day_id: Mapped[UUID] = mapped_column(ForeignKey("reception_day.id"))
    deputy_id: Mapped[UUID] = mapped_column(ForeignKey("deputy.id"), index=True)


class Attendance(Synced, Base):
    """One person who came in one role class: ``deputy_id`` for deputies, else ``name``.

    They came either to a reception day or to an activity.
    """

    __tablename__ = "attendance"
    kind = "attendance"

    day_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("reception_day.id"), default=None, index=True
    )
    activity_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("activity.id"), default=None, index=True
    )
    role_class: Mapped[RoleClass]
    deputy_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("deputy.id"), default=None, index=True
    )
    name: Mapped[str] = mapped_column(default="")
    title: Mapped[str] = mapped_column(default="")
    method: Mapped[CheckInMethod] = mapped_column(default=CheckInMethod.HAND)
    checked_in_at: Mapped[datetime]
    voided_at: Mapped[datetime | None] = mapped_column(default=None)
