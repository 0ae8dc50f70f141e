"""How a paper stands to its record: the edition that was printed, and what was done since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from db.vocabulary import IssueEventKind


@dataclass(frozen=True, slots=True)
class PaperChange:
    """One change that the paper does not know.

    ``fields`` are (name, value before, value now), the values only where they are still known;
    ``event`` is an act on an issue of a visit, with the issue's number.
    """

    at: datetime
    who: str
    fields: tuple[tuple[str, object, object], ...] = ()
    event: IssueEventKind | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class PaperState:
    """A paper whose record is here. ``name`` is what the record is called on screen.

    ``printed`` is the paper's edition, ``edition`` the record's.
    """

    kind: str
    id: UUID
    name: str
    printed: int
    edition: int
    changes: tuple[PaperChange, ...] = ()

    @property
    def is_older(self) -> bool:
        """Whether the record was changed since, or an issue on the paper went on."""
        return self.printed < self.edition or bool(self.changes)
