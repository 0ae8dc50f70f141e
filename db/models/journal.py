"""What every change leaves behind: the outbox (to send) and the audit chain (to prove)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, Integer, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base
from db.vocabulary import Op


class Outbox(Base):
    """One change waiting for the centre (sync.md §3).

    ``fields`` is ``{name: [old, new]}``; ``group_id`` ties changes that belong together.
    ``state``: pending, sent, rejected, or dismissed once a person has read why it was rejected.
    ``result`` is the centre's answer where it was more than "applied", ``acked_at`` its moment.
    """

    __tablename__ = "outbox"
    __table_args__ = (Index(None, "state", "mid"), {"sqlite_autoincrement": True})

    mid: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    uuid: Mapped[UUID] = mapped_column(unique=True)
    group_id: Mapped[UUID]
    kind: Mapped[str]
    record_id: Mapped[UUID]
    op: Mapped[Op]
    base_version: Mapped[int]
    fields: Mapped[dict[str, Any]]
    args: Mapped[dict[str, Any] | None] = mapped_column(default=None)
    schema_version: Mapped[int]
    hlc: Mapped[str]
    actor_id: Mapped[UUID | None] = mapped_column(default=None)
    state: Mapped[str] = mapped_column(default="pending")
    result: Mapped[dict[str, Any] | None] = mapped_column(default=None)
    acked_at: Mapped[datetime | None] = mapped_column(default=None)


class Audit(Base):
    """One link of the audit chain; holds ids, field names and keyed digests, never personal data.

    ``digest`` is keyed over the values, ``link`` over this row and the link before it.
    """

    __tablename__ = "audit"
    __table_args__ = (Index(None, "record_id"),)

    seq: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[UUID | None] = mapped_column(default=None)
    op: Mapped[Op]
    kind: Mapped[str]
    record_id: Mapped[UUID | None] = mapped_column(default=None)
    fields: Mapped[str] = mapped_column(default="")
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    link: Mapped[bytes] = mapped_column(LargeBinary)
