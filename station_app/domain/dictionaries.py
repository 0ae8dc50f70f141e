"""Dictionaries as screens show them: categories, handling units, reasons, degrees."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from station_app.i18n import tr


class Dictionary(StrEnum):
    """The dictionaries that the head of a station edits."""

    CATEGORIES = "categories"
    UNITS = "units"
    REASONS = "decline_reasons"
    DEGREES = "degrees"


def dictionary_word(which: Dictionary) -> str:
    """What a dictionary is called."""
    return {
        Dictionary.CATEGORIES: tr("dictionary|Categories"),
        Dictionary.UNITS: tr("dictionary|Units"),
        Dictionary.REASONS: tr("dictionary|Reasons for declining"),
        Dictionary.DEGREES: tr("dictionary|Degrees of solution"),
    }[which]


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry as its editor lists it, retired ones too; ``id`` is its code.

    ``own``: this station may edit it; ``text`` is what belongs to it, such as where to go instead.
    """

    id: str
    name: str
    parent: str = ""
    text: str = ""
    retired: bool = False
    own: bool = True


@dataclass(frozen=True, slots=True)
class CategoryRecord:
    """One category. ``path`` is what people read (住建 · 加装电梯); ``keys`` finds it as typed."""

    code: str
    name: str
    parent: str
    path: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """One unit that issues are assigned to."""

    id: UUID
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class DeclineReason:
    """Why a matter is not for deputies, and where to go instead (local default list)."""

    code: str
    name: str
    instead: str
