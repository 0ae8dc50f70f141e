"""The tree of misfortunes that an operator can meet; anything else is a bug of ours.

StationError            a sentence for the operator, nothing else
├── RuleViolation       what was typed breaks a rule; a sentence for each field
├── NotAllowed          this account may not do that
├── NotFound            the record is not there (any more)
├── Conflict            the record changed meanwhile, or is not in a state for this act
├── StoreFault          the file: disk full, locked, damaged, newer, wrong password
├── PrintFault          a print cannot be made (missing glyph, no printer)
├── ExchangeFault       a spreadsheet cannot be read; a reason for each row
└── SyncFault           the network or the centre
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum


class StationError(Exception):
    """A misfortune with a sentence for the operator (``text``, already translated)."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class RuleViolation(StationError):
    """Typed input breaks a rule. ``fields`` maps a field's name to its sentence.

    Nested fields are dotted: ``issues.0.title``, ``resident.phone``.
    """

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(" ".join(fields.values()))
        self.fields = dict(fields)


class NotAllowed(StationError):
    """The signed-in account may not do this."""


class NotFound(StationError):
    """The record is not there."""


class Conflict(StationError):
    """The record is in another state than the act expects."""


class FaultKind(StrEnum):
    """What is wrong with the file, so that a window can offer the right way on."""

    DISK_FULL = "disk_full"
    READ_ONLY = "read_only"
    IN_USE = "in_use"
    DAMAGED = "damaged"
    NEWER = "newer"
    MISSING = "missing"
    NOT_ENCRYPTED = "not_encrypted"
    WRONG_PASSWORD = "wrong_password"
    BUSY = "busy"
    OTHER = "other"


class StoreFault(StationError):
    """The station file cannot be read or written; nothing that was saved is lost."""

    def __init__(self, kind: FaultKind, text: str) -> None:
        super().__init__(text)
        self.kind = kind


class PrintFault(StationError):
    """A print cannot be made."""


class ExchangeFault(StationError):
    """A spreadsheet cannot be read. ``rows`` maps a row number (from 1) to its reason."""

    def __init__(self, text: str, rows: Mapping[int, str] | None = None) -> None:
        super().__init__(text)
        self.rows = dict(rows or {})


class SyncFault(StationError):
    """The centre cannot be reached or refused; ``kind`` says how."""

    def __init__(self, kind: str, text: str) -> None:
        super().__init__(text)
        self.kind = kind


def violations(found: Sequence[tuple[str, str]]) -> None:
    """Raise one RuleViolation for all of ``found`` (field, sentence); do nothing if empty."""
    if found:
        raise RuleViolation(dict(found))
