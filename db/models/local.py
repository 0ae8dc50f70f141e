"""Things that belong to this PC alone and never travel: settings, counters, half-typed forms."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base


class Setting(Base):
    """One setting by name; ``value`` is any JSON."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)


class Counter(Base):
    """The last running number given out under ``scope`` (such as ``WZ-KY-A-20261110``)."""

    __tablename__ = "counter"

    scope: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int]


class FormDraft(Base):
    """A half-typed form, by the form's name and the account that typed it."""

    __tablename__ = "form_draft"

    form: Mapped[str] = mapped_column(primary_key=True)
    owner: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]
