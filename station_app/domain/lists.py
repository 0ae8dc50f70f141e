"""Lists over any number of rows: a page is found by where the last one ended, never by counting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

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
    """Where a page begins: the sort value and id of the row before it."""

    value: object
    id: str


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page of rows in the order asked for; ``after`` and ``before`` are None at the ends."""

    rows: tuple[Row, ...]
    after: Mark | None
    before: Mark | None
