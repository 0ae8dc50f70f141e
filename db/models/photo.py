"""Pictures kept inside the encrypted file."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from db.models.base import Base, Synced


class Photo(Synced, Base):
    """One picture, re-encoded as JPEG without location data; ``sha256`` is of ``body``."""

    __tablename__ = "photo"
    kind = "photo"

    sha256: Mapped[str]
    body: Mapped[bytes]
