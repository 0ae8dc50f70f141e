"""The saved views of the issues page, what is due, and issues that are likely the same matter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from db.vocabulary import Clock, IssueStatus
from station_app.domain.issues import IssueRow
from station_app.domain.words import Say
from station_app.i18n import tr


class View(StrEnum):
    """The views, in the order they are shown."""

    TO_DO = "to_do"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    TO_RATE = "to_rate"
    TO_REVISIT = "to_revisit"
    LOOK_BACKS = "look_backs"
    PROMISES = "promises"
    SUPERVISED = "supervised"
    LONG_OPEN = "long_open"
    ALL = "all"


#: view → the order that suits it: what is due first, else the newest (or longest open) first.
VIEW_SORTS: dict[View, tuple[str, bool]] = {
    View.TO_DO: ("registered_at", False),
    View.DUE_SOON: ("due_on", False),
    View.OVERDUE: ("due_on", False),
    View.TO_RATE: ("registered_at", True),
    View.TO_REVISIT: ("revisit_on", False),
    View.LOOK_BACKS: ("look_back_on", False),
    View.PROMISES: ("promise_on", False),
    View.SUPERVISED: ("registered_at", True),
    View.LONG_OPEN: ("registered_at", False),
    View.ALL: ("registered_at", True),
}


def view_word(view: View, say: Say = tr) -> str:
    """What a view is called; ``say`` as in ``words``."""
    return _views(say)[view]


def _views(tr: Say) -> dict[View, str]:
    return {
        View.TO_DO: tr("view|To do"),
        View.DUE_SOON: tr("view|Due soon"),
        View.OVERDUE: tr("view|Overdue"),
        View.TO_RATE: tr("view|To be evaluated"),
        View.TO_REVISIT: tr("view|To be revisited"),
        View.LOOK_BACKS: tr("view|Look-backs of today"),
        View.PROMISES: tr("view|Promises due"),
        View.SUPERVISED: tr("view|Key supervision"),
        View.LONG_OPEN: tr("view|Open for long"),
        View.ALL: tr("view|All"),
    }


@dataclass(frozen=True, slots=True)
class DueItem:
    """One thing that is due: on which issue, what, when; ``days`` late is below zero."""

    clock: Clock
    due_on: date
    days: int
    issue: IssueRow


@dataclass(frozen=True, slots=True)
class Today:
    """What is due, the longest overdue first. ``more`` counts what did not fit.

    ``to_rate`` has no day: what was answered and nobody was asked about yet, the oldest first.
    """

    overdue: tuple[DueItem, ...]
    today: tuple[DueItem, ...]
    this_week: tuple[DueItem, ...]
    more: int
    to_rate: tuple[IssueRow, ...] = ()


@dataclass(frozen=True, slots=True)
class DueCount:
    """How many things are overdue, and how many are due on this very day."""

    overdue: int
    today: int

    @property
    def whole(self) -> int:
        """What calls for work now."""
        return self.overdue + self.today


@dataclass(frozen=True, slots=True)
class SimilarIssue:
    """An earlier issue that is likely the same matter. ``likeness`` goes from 0 to 1.

    ``id`` is the issue it was joined to where it was; ``open``: another one may join it.
    """

    id: UUID
    number: str
    title: str
    place: str
    status: IssueStatus
    resident: str
    joined_count: int
    likeness: float
    same_place: bool
    same_resident: bool
    open: bool


@dataclass(frozen=True, slots=True)
class Cluster:
    """Open issues about like matters at one place: 桃源街 加装电梯: 7 条, 23 人."""

    place: str
    category: str
    category_name: str
    issues: int
    people: int
    issue_ids: tuple[UUID, ...]
