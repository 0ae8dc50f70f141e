"""How a paper stands to its record: the edition that was printed, and what was done since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from db.vocabulary import IssueEventKind


@dataclass(frozen=True, slots=True)
class PaperChange:
    """One change that the paper does not know.

    ``fields`` are (name, value before, value now) of an edit of a ``kind``, the values only where
    they are still known; ``event`` is an act on an issue. ``number`` is the issue's, where it is
    one. ``elsewhere``: an edit that came from another PC or from the centre; nobody knows by whom.
    """

    at: datetime
    who: str
    kind: str
    fields: tuple[tuple[str, object, object], ...] = ()
    event: IssueEventKind | None = None
    number: str = ""
    elsewhere: bool = False


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
        return self.printed < self.edition
