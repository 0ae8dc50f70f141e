"""Photos and documents of an issue: what is taken in, and what is taken out of them first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from station_app.domain.traces import (
    jpeg_without_traces,
    pdf_without_places,
    png_without_traces,
    webp_without_traces,
)

JPEG, PNG, WEBP, PDF = "image/jpeg", "image/png", "image/webp", "application/pdf"
#: The largest paper that is taken in, in bytes.
LARGEST = 20 * 1024 * 1024

_CLEANERS: dict[str, Callable[[bytes], bytes]] = {
    JPEG: jpeg_without_traces,
    PNG: png_without_traces,
    WEBP: webp_without_traces,
    PDF: pdf_without_places,
}


@dataclass(frozen=True, slots=True)
class AttachmentRecord:
    """One photo or document of an issue. ``here``: its bytes have arrived on this PC."""

    id: UUID
    issue_id: UUID
    name: str
    media_type: str
    size: int
    added_at: datetime
    removed_reason: str
    here: bool

    @property
    def is_photo(self) -> bool:
        """Whether it is a picture, not a document."""
        return self.media_type != PDF


def media_type_of(data: bytes) -> str:
    """What a file is by its first bytes; empty for what is not taken in."""
    if data.startswith(b"\xff\xd8"):
        return JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return WEBP
    return PDF if data.startswith(b"%PDF-") else ""


def without_traces(data: bytes) -> bytes:
    """A photo or document without what tells its place; the picture is the same.

    Raises ValueError for one that is damaged, or is of a kind that is not taken in.
    """
    kind = media_type_of(data)
    if not kind:
        raise ValueError("neither a photo nor a PDF")
    return _CLEANERS[kind](data)
