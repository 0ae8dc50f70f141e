"""Which edition of a record paper shows: it grows with every edit and with every act on an issue.

It is made of what all PCs of a station know alike. What was saved together with the record itself
is its first edition.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from db.models import Issue, IssueEvent, Visit
from db.vocabulary import IssueEventKind
from station_app.store import Tx

#: Acts that came after the record itself.
LATER = IssueEvent.created_at > Issue.created_at
#: Issues that a visit was given afterwards.
_ADDED = Issue.created_at > Visit.created_at
#: The acts that a visit's paper does not know from the first.
LATER_OF_VISIT: ColumnElement[bool] = or_(
    LATER, _ADDED & (IssueEvent.event == IssueEventKind.REGISTERED)
)


def paper_edition(tx: Tx, row: Any) -> int:
    """The edition that a print of this record (a row of db.models) bears."""
    edition: int = row.edition
    if isinstance(row, Issue):
        return edition + _count(tx, LATER & (Issue.id == row.id))
    if isinstance(row, Visit):
        edits = select(func.coalesce(func.sum(Issue.edition - 1), 0)).where(
            Issue.visit_id == row.id
        )
        acts = _count(tx, LATER_OF_VISIT & (Issue.visit_id == row.id))
        return edition + (tx.session.scalar(edits) or 0) + acts
    return edition


def _count(tx: Tx, which: ColumnElement[bool]) -> int:
    query = (
        select(func.count(IssueEvent.id))
        .join(Issue, Issue.id == IssueEvent.issue_id)
        .join(Visit, Visit.id == Issue.visit_id)
    )
    return tx.session.scalar(query.where(which)) or 0
