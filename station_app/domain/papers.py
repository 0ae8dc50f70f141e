"""Photos and documents of an issue: what is taken in, and what is taken out of a photo first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

JPEG, PDF = "image/jpeg", "application/pdf"
#: The largest paper that is taken in, in bytes.
LARGEST = 20 * 1024 * 1024

_START, _SCAN = b"\xff\xd8", 0xDA
#: Segments that a picture needs: tables, frames, restarts, and JFIF; the others tell about it.
_TELLING = frozenset({*range(0xE1, 0xF0), 0xFE}) - {0xEE}


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


def media_type_of(data: bytes) -> str:
    """What a file is by its first bytes; empty for what is not taken in."""
    if data.startswith(_START):
        return JPEG
    return PDF if data.startswith(b"%PDF-") else ""


def without_traces(jpeg: bytes) -> bytes:
    """A JPEG without what tells where, when and by whom it was taken; the picture is the same.

    Raises ValueError for what is no whole JPEG.
    """
    if not jpeg.startswith(_START):
        raise ValueError("no JPEG")
    out, at = bytearray(_START), 2
    while True:
        if at + 4 > len(jpeg) or jpeg[at] != 0xFF:
            raise ValueError("a broken JPEG")
        marker = jpeg[at + 1]
        if marker == 0xFF:  # a fill byte
            at += 1
            continue
        if marker == _SCAN:
            return bytes(out + jpeg[at:])
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if marker not in _TELLING:
            out += jpeg[at:end]
        at = end
