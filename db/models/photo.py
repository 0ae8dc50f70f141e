"""Pictures and documents kept inside the encrypted file."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Synced


class Photo(Synced, Base):
    """One picture, re-encoded as JPEG without location data; ``sha256`` is of ``body``."""

    __tablename__ = "photo"
    kind = "photo"

    sha256: Mapped[str]
    body: Mapped[bytes]


class Attachment(Synced, Base):
    """A photo or a document that belongs to an issue; its bytes are a Photo of the same SHA-256.

    ``media_type`` is ``image/jpeg`` or ``application/pdf``; ``removed_reason`` says why it is no
    longer shown: nothing of a file is taken away.
    """

    __tablename__ = "attachment"
    kind = "attachment"

    issue_id: Mapped[UUID] = mapped_column(ForeignKey("issue.id"), index=True)
    photo_id: Mapped[UUID] = mapped_column(ForeignKey("photo.id"))
    name: Mapped[str] = mapped_column(default="")
    media_type: Mapped[str] = mapped_column(default="image/jpeg")
    size: Mapped[int] = mapped_column(default=0)
    removed_reason: Mapped[str] = mapped_column(default="")
