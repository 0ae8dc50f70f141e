"""Codes that stand on paper: the QR text that finds a record, and the code a resident asks with.

A record's code is ``LF1:`` + one letter for its kind + its id in base32 + ``.`` + its edition, all
in the characters that a QR code packs tightly and every scanner types (ISO/IEC 18004, 7.3.4).
"""

from __future__ import annotations

import re
import unicodedata
from base64 import b32decode, b32encode
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

_LETTERS = {
    "visit": "V",
    "issue": "I",
    "day": "D",
    "deputy": "P",
    "resident": "R",
    "station": "S",
    "meeting": "M",
    "deputy_suggestion": "G",
    "report_snapshot": "F",
}
#: The kinds of records that paper is printed of.
PRINTED = frozenset(_LETTERS)
_KINDS = {letter: kind for kind, letter in _LETTERS.items()}
_CODE = re.compile(r"LF1:([A-Z])([A-Z2-7]{26})\.([1-9]\d{0,8})")
#: A form that was numbered in advance and has no record yet.
_BLANK = re.compile(r"LF1:B(LF-[A-Z0-9]{2,8}-[A-Z]-\d{8}-\d{3,6})")
#: Without 0/O, 1/I/L: read aloud on the telephone and written by hand.
_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_LOOKUP_LENGTH = 8


@dataclass(frozen=True, slots=True)
class RecordCode:
    """What a code on paper says: which record, and the edition that was printed."""

    kind: str
    id: UUID
    edition: int


def record_code(kind: str, record_id: UUID, edition: int) -> str:
    """The text for the QR of a printed record. Raises KeyError for a kind that is not printed."""
    body = b32encode(record_id.bytes).decode("ascii").rstrip("=")
    return f"LF1:{_LETTERS[kind]}{body}.{edition}"


def parse_record_code(scanned: str) -> RecordCode | None:
    """What ``scanned`` says, or None if it is no code of ours.

    Forgives what a keyboard scanner does to it: small letters, full-width signs, blanks around.
    """
    found = _CODE.fullmatch(_plain(scanned))
    if found is None or found[1] not in _KINDS:
        return None
    raw = b32decode(found[2] + "======")
    if b32encode(raw).decode("ascii").rstrip("=") != found[2]:
        return None  # spare bits set: not written by us
    return RecordCode(_KINDS[found[1]], UUID(bytes=raw), int(found[3]))


def blank_code(number: str) -> str:
    """The text for the QR of a blank reception form with this number."""
    return f"LF1:B{number}"


def parse_blank_code(scanned: str) -> str | None:
    """The number of the blank form that was scanned, or None if it is none."""
    found = _BLANK.fullmatch(_plain(scanned))
    return None if found is None else found[1]


def _plain(scanned: str) -> str:
    return unicodedata.normalize("NFKC", scanned).strip().upper()


def lookup_code(visit_id: UUID) -> str:
    """The code on a receipt with which its holder asks for the result: ``7KQ2-M9XF``.

    It follows from the visit's id alone and cannot be turned back into it; one guess in
    850 billion is right. Together with the number on the receipt it shows who holds the paper.
    """
    number = int.from_bytes(sha256(b"lookup" + visit_id.bytes).digest(), "big")
    signs = []
    for _ in range(_LOOKUP_LENGTH):
        number, place = divmod(number, len(_SIGNS))
        signs.append(_SIGNS[place])
    return "".join(signs[:4]) + "-" + "".join(signs[4:])
