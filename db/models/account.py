"""Accounts of one station PC; the password itself lives only in the key slots beside the file."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Synced
from db.vocabulary import Role


class Account(Synced, Base):
    """Somebody who works at this station.

    ``slot`` names the key slot that the password opens; None for an account of another PC.
    """

    __tablename__ = "account"
    kind = "account"

    name: Mapped[str]
    role: Mapped[Role]
    slot: Mapped[str | None] = mapped_column(default=None, unique=True, info={"derived": True})
    retired_at: Mapped[datetime | None] = mapped_column(default=None)
