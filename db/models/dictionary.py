"""Dictionaries: categories, units, reasons, degrees; a code is retired, never reused."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Synced


class Category(Synced, Base):
    """What an issue is about; two levels (``parent`` is a code or empty)."""

    __tablename__ = "category"
    kind = "category"

    code: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    parent: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)
    retired_at: Mapped[datetime | None] = mapped_column(default=None)


class Unit(Synced, Base):
    """A unit that issues are assigned to: street office, department, community, committee."""

    __tablename__ = "unit"
    kind = "unit"

    code: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    retired_at: Mapped[datetime | None] = mapped_column(default=None)


class DictionaryEntry(Synced, Base):
    """One entry of a smaller dictionary.

    ``decline_reason`` (its ``text`` says where to go instead) and ``degree`` (the local words for
    the degrees of solution; the codes are those of the vocabulary).
    """

    __tablename__ = "dictionary_entry"
    kind = "dictionary_entry"

    dictionary: Mapped[str] = mapped_column(index=True)
    code: Mapped[str]
    name: Mapped[str]
    text: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)
    retired_at: Mapped[datetime | None] = mapped_column(default=None)
