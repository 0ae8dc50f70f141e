"""How a list was narrowed, as paper says it: 重点督办；承办单位：街道办；“电梯”."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from db.models import Deputy, Resident, Unit
from db.vocabulary import Degree, IssueStatus, Rating, Turn
from station_app.domain.case_words import turn_word
from station_app.domain.issue_views import View, view_word
from station_app.domain.issue_words import degree_word, rating_word, status_word
from station_app.domain.lists import Listing
from station_app.domain.words import paper
from station_app.services.dictionaries import category_paths
from station_app.services.issue_case import name_of
from station_app.store import Tx


def said_period(first_on: date, last_on: date) -> str:
    """2026-11-01 至 2026-11-30."""
    return f"{first_on:%Y-%m-%d} 至 {last_on:%Y-%m-%d}"


def said_listing(tx: Tx, listing: Listing) -> str:
    """Every filter of a list of issues and its text; empty for all of them."""
    return "；".join(_parts(tx, listing))


def _parts(tx: Tx, listing: Listing) -> Iterator[str]:
    filters = listing.filters
    if filters.get("first_on") or filters.get("last_on"):
        yield _period(filters)
    for name, phrase in _WORDS.items():
        if filters.get(name):
            yield phrase(tx, filters[name])
    if listing.text.strip():
        yield f"“{listing.text.strip()}”"


def _period(filters: Mapping[str, Any]) -> str:
    ends = (filters.get("first_on"), filters.get("last_on"))
    first, last = (f"{one:%Y-%m-%d}" if one else "" for one in ends)
    if first and last:
        return f"{first} 至 {last}"
    return f"{first} 起" if first else f"{last} 止"


_WORDS: dict[str, Callable[[Tx, Any], str]] = {
    "view": lambda _, value: view_word(View(value), paper) if value != View.ALL else "全部",
    "status": lambda _, value: status_word(IssueStatus(value), paper),
    "turn": lambda _, value: f"等待：{turn_word(Turn(value), paper)}",
    "category": lambda tx, value: category_paths(tx).get(str(value), ""),
    "urgent": lambda _, value: "紧急",
    "degree": lambda _, value: degree_word(Degree(value), paper),
    "rating": lambda _, value: rating_word(Rating(value), paper),
    "unit_id": lambda tx, value: f"承办单位：{name_of(tx, Unit, _id(value))}",
    "deputy_id": lambda tx, value: f"代表：{name_of(tx, Deputy, _id(value))}",
    "resident_id": lambda tx, value: f"来访人：{name_of(tx, Resident, _id(value))}",
    "campaign": lambda _, value: f"主题活动：{value}",
    "place": lambda _, value: f"地点：{value}",
}


def _id(value: object) -> UUID:
    return value if isinstance(value, UUID) else UUID(str(value))
