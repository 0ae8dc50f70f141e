"""One act on many issues at once: which may take part, which not and why, and what was done."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from db.vocabulary import IssueEventKind
from station_app.domain.issue_words import status_word
from station_app.domain.issues import IssueRow
from station_app.domain.transitions import allows
from station_app.i18n import tr

_E = IssueEventKind

#: What makes sense for many at once. Settling is not here: each result needs its own evidence.
BULK = (_E.ASSIGNED, _E.URGED, _E.JOINED, _E.SUPERVISED, _E.PUBLISHED, _E.UNPUBLISHED)


@dataclass(frozen=True, slots=True)
class Unable:
    """An issue that cannot take part, and why."""

    issue: IssueRow
    why: str


@dataclass(frozen=True, slots=True)
class BulkPlan:
    """Who of the chosen takes part in an act. ``words``: what would be published of each."""

    event: IssueEventKind
    able: tuple[IssueRow, ...]
    unable: tuple[Unable, ...]
    words: tuple[tuple[str, str], ...] = ()

    @property
    def targets(self) -> tuple[IssueRow, ...]:
        """Those of the able that the others may be joined to."""
        return self.able if self.event is _E.JOINED else ()


@dataclass(frozen=True, slots=True)
class BulkDone:
    """What one act did: each issue with the act it left. It is what takes all of it back."""

    event: IssueEventKind
    made: tuple[tuple[UUID, UUID | None], ...]


def why_unable(row: IssueRow, event: IssueEventKind, *, published: bool = False) -> str:
    """Why an issue cannot take part in ``event``; empty where it can."""
    if event is _E.UNPUBLISHED and not published:
        return tr("it is not published")
    if not allows(row.status, event):
        return tr("it stands at “{status}”", status=status_word(row.status))
    if event is _E.SUPERVISED and row.supervised:
        return tr("it is under key supervision already")
    if event is _E.PUBLISHED and published:
        return tr("it is published already")
    return ""
