"""What was imported from spreadsheets on this PC; it never travels."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column
from uuid_utils.compat import uuid7

from db.models.base import Base


class ImportBatch(Base):
    """One import of one sheet. ``undone_at`` once nothing of it is left."""

    __tablename__ = "import_batch"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    file: Mapped[str]
    sha256: Mapped[str]
    sheet: Mapped[str]
    imported_at: Mapped[datetime]
    actor_id: Mapped[UUID]
    visits: Mapped[int]
    issues: Mapped[int]
    undone_at: Mapped[datetime | None] = mapped_column(default=None)


class ImportRow(Base):
    """One imported row: its mark (domain/ledgers.py) and the records it led to.

    ``resident_id`` and ``day_id`` also name people and days that were there before.
    """

    __tablename__ = "import_row"
    __table_args__ = (Index(None, "batch_id"),)

    mark: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    batch_id: Mapped[UUID]
    row_number: Mapped[int]
    issue_id: Mapped[UUID]
    visit_id: Mapped[UUID]
    resident_id: Mapped[UUID]
    day_id: Mapped[UUID]


class ImportRecord(Base):
    """One record that an import made, or completed where it was empty (``completed``).

    ``edition`` and ``events`` (of an issue) are as the import left them: another figure later
    tells that people have worked on it.
    """

    __tablename__ = "import_record"
    __table_args__ = (Index(None, "batch_id"),)

    record_id: Mapped[UUID] = mapped_column(primary_key=True)
    batch_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    edition: Mapped[int]
    events: Mapped[int] = mapped_column(default=0)
    completed: Mapped[list[str]] = mapped_column(default=list)
