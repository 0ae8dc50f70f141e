"""Search: what is asked and what is found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Found(StrEnum):
    """The nouns that global search finds, in the order they are shown.

    A new one stands last: the index numbers each noun by its place.
    """

    RESIDENT = "resident"
    ISSUE = "issue"
    VISIT = "visit"
    DEPUTY = "deputy"
    DAY = "day"
    ACTIVITY = "activity"


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of the search results: what it is, its title and a grey second line."""

    kind: Found
    id: UUID
    title: str
    detail: str


def spaced(text: str) -> str:
    """``text`` with every Chinese character a word of its own, so that one suffices to find."""
    out: list[str] = []
    for character in text:
        if ord(character) > 0x2E7F:
            out.append(f" {character} ")
        else:
            out.append(character)
    return " ".join("".join(out).split())
