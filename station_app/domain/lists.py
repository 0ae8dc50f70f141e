"""Lists over any number of rows: a page is found by where the last one ended, never by counting.

Every list service has one shape::

    list_issues(tx, listing, *, at: Mark | None = None, backwards: bool = False) -> Page[IssueRow]
    count_issues(tx, listing) -> int

``at=None`` is the first page, ``at=None, backwards=True`` the last one; ``at=page.after`` goes on
downwards and ``at=page.before, backwards=True`` upwards. Rows of a page always stand in list order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar
from uuid import UUID

Row = TypeVar("Row")

#: Rows of one page: more than two screens, few enough to arrive within a frame.
PAGE_SIZE = 100


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list asks for: order, filters and a search text, over the whole data.

    ``sort`` is one of the orders the noun's service offers; ``filters`` maps a filter's name
    to its value (each service documents its own); ``text`` is as typed into the filter box.
    """

    sort: str
    descending: bool = False
    text: str = ""
    filters: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mark:
    """A row's place in the order: its sort value and its id; a page goes on beyond it."""

    value: object
    id: UUID


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page of rows in list order.

    ``after`` and ``before`` mark its last and first row, or are None where the list ends there.
    """

    rows: tuple[Row, ...]
    after: Mark | None
    before: Mark | None
