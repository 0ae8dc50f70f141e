"""Dictionaries as screens show them: categories, handling units, reasons to decline."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


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
