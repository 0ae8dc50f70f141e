"""One act on an issue: its keys, its words, the service behind it, and how its fields are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from db.vocabulary import IssueEventKind
from station_app.domain.issues import IssueRecord

if TYPE_CHECKING:
    from station_app.store import Tx

#: What was typed into an act's form, as it is kept half-typed: ids in hex, days in ISO 8601,
#: enums by value, several ids with a blank between them.
Typed = Mapping[str, str]
Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Act:
    """One act; ``name`` is what its button says, ``done`` what the toast says afterwards.

    ``pair``: one of two that stand for each other; the one that is not possible is not shown.
    """

    event: IssueEventKind
    keys: str
    icon: str
    name: Callable[[], str]
    done: Callable[[], str]
    run: Callable[[Tx, UUID, Typed], IssueRecord]
    pair: bool = False


def id_of(typed: str) -> UUID | None:
    """The id chosen, if one was."""
    return UUID(typed) if typed else None


def ids_of(typed: str) -> tuple[UUID, ...]:
    """The ids chosen."""
    return tuple(UUID(one) for one in typed.split())


def day_of(typed: str) -> date | None:
    """The day chosen; None while what is typed is no day."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def word_of(kind: type[Word], typed: str) -> Word | None:
    """The word chosen, if one was."""
    return kind(typed) if typed else None
