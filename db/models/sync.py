"""What a station keeps for the exchange with the centre (docs/sync.md §3)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Synced


class Identity(Base):
    """One row (``id`` 1) once the station has joined: who this PC is, its keys, how it stands.

    ``acked_mid`` is the highest mid that the centre has answered; ``renew`` asks for a new
    incarnation at the next hello. ``clock_off`` is this PC's clock minus the centre's, in seconds.
    ``problem`` is the last one met ("" after a good exchange), such as ``revoked``.
    """

    __tablename__ = "identity"

    id: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str]
    device_id: Mapped[UUID]
    station_id: Mapped[UUID]
    letter: Mapped[str]
    incarnation: Mapped[int] = mapped_column(default=1)
    sign_key: Mapped[bytes] = mapped_column(LargeBinary)
    seal_key: Mapped[bytes] = mapped_column(LargeBinary)
    centre_sign_key: Mapped[bytes] = mapped_column(LargeBinary)
    centre_seal_key: Mapped[bytes] = mapped_column(LargeBinary)
    acked_mid: Mapped[int] = mapped_column(default=0)
    renew: Mapped[bool] = mapped_column(default=False)
    joined_at: Mapped[datetime]
    last_exchange_at: Mapped[datetime | None] = mapped_column(default=None)
    last_check_at: Mapped[datetime | None] = mapped_column(default=None)
    clock_off: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str] = mapped_column(default="")
    policy: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Cursor(Base):
    """How far one stream has been read. ``mode`` says what the staged pages are.

    ``""`` changes beyond ``rev``; else a snapshot (``fresh``: of a stream never read, ``resync``:
    after too long, ``compare``: to repair). ``held``: it would delete so much that a person must
    say yes; ``confirmed``: somebody did. ``next_rev`` is where reading goes on after the stage.
    """

    __tablename__ = "cursor"

    stream: Mapped[str] = mapped_column(primary_key=True)
    epoch: Mapped[UUID]
    rev: Mapped[int] = mapped_column(default=0)
    mode: Mapped[str] = mapped_column(default="")
    next_rev: Mapped[int] = mapped_column(default=0)
    held: Mapped[int] = mapped_column(default=0)
    confirmed: Mapped[bool] = mapped_column(default=False)


class Stage(Base):
    """One pulled page that is not applied yet, as it came; ``since`` is where it begins."""

    __tablename__ = "stage"

    stream: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[str] = mapped_column(primary_key=True)
    page: Mapped[bytes] = mapped_column(LargeBinary)


class Shadow(Base):
    """The centre's last copy of a record that has pending changes here; no body: it is gone."""

    __tablename__ = "shadow"

    kind: Mapped[str] = mapped_column(primary_key=True)
    record_id: Mapped[UUID] = mapped_column(primary_key=True)
    stream: Mapped[str]
    row_version: Mapped[int]
    state: Mapped[str]
    body: Mapped[dict[str, Any] | None] = mapped_column(default=None)


class BlobTask(Base):
    """A picture still to be sent (``out``) or fetched (``in``)."""

    __tablename__ = "blob_task"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    way: Mapped[str] = mapped_column(primary_key=True)


class Conflict(Synced, Base):
    """Two values for one field, written apart; a person chooses (sync.md §6).

    ``present`` is the value that stood at the centre and stays, ``wanted`` the one that came
    later, as they travel; ``op`` is ``delete`` when a deletion met an edit. The centre makes
    these records (db/conflicts.py).
    """

    __tablename__ = "conflict"
    kind = "conflict"
    __table_args__ = (Index(None, "resolved_at"), Index(None, "record_id"))

    record_kind: Mapped[str]
    record_id: Mapped[UUID]
    field: Mapped[str]
    op: Mapped[str] = mapped_column(default="edit")
    present: Mapped[Any] = mapped_column(JSON, default=None)
    wanted: Mapped[Any] = mapped_column(JSON, default=None)
    present_actor_id: Mapped[UUID | None] = mapped_column(default=None)
    wanted_actor_id: Mapped[UUID | None] = mapped_column(default=None)
    present_hlc: Mapped[str] = mapped_column(default="")
    wanted_hlc: Mapped[str] = mapped_column(default="")
    resolved_at: Mapped[datetime | None] = mapped_column(default=None)
    resolved_by: Mapped[UUID | None] = mapped_column(default=None)


class Suggestion(Synced, Base):
    """What the station would like to have changed in a record that the centre publishes."""

    __tablename__ = "suggestion"
    kind = "suggestion"

    record_kind: Mapped[str]
    record_id: Mapped[UUID | None] = mapped_column(default=None)
    fields: Mapped[dict[str, Any]] = mapped_column(default=dict)
    text: Mapped[str] = mapped_column(default="")
    made_by: Mapped[UUID | None] = mapped_column(default=None)
