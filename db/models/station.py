"""The station itself."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Synced
from db.vocabulary import StationKind


class Station(Synced, Base):
    """One row: the station of this file. ``letter`` tells its PCs apart on paper (A, B, …)."""

    __tablename__ = "station"
    kind = "station"

    name: Mapped[str]
    code: Mapped[str]
    station_kind: Mapped[StationKind]
    term: Mapped[str]
    region: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    opening_hours: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    letter: Mapped[str] = mapped_column(default="A", info={"derived": True})
