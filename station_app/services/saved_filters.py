"""Filters that an account has given a name: kept on this PC, for the issues list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from db.vocabulary import Degree, IssueStatus, Rating, Turn
from station_app.domain.issue_views import View
from station_app.domain.lists import Listing
from station_app.errors import NotFound, RuleViolation
from station_app.i18n import tr
from station_app.services.settings import set_setting, setting
from station_app.store import Tx

#: How the value of each filter comes back out of JSON; others are texts.
_READ: dict[str, Callable[[Any], object]] = {
    "view": View,
    "status": IssueStatus,
    "turn": Turn,
    "degree": Degree,
    "rating": Rating,
    "urgent": bool,
    "unit_id": UUID,
    "deputy_id": UUID,
    "resident_id": UUID,
    "suggestion_id": UUID,
    "first_on": date.fromisoformat,
    "last_on": date.fromisoformat,
}


def save_filter(tx: Tx, name: str, listing: Listing) -> None:
    """Keep what a list asks for under a name; the same name again replaces it."""
    if not name.strip():
        raise RuleViolation({"name": tr("Write a name.")})
    kept = {
        "sort": listing.sort,
        "descending": listing.descending,
        "text": listing.text,
        "filters": {one: _told(value) for one, value in listing.filters.items() if value},
    }
    set_setting(tx, _place(tx), _kept(tx) | {name.strip(): kept})


def saved_filters(tx: Tx) -> dict[str, Listing]:
    """Name → listing, as the signed-in account saved them; what no program knows is left out."""
    return {name: _read(kept) for name, kept in _kept(tx).items()}


def rename_filter(tx: Tx, old: str, new: str) -> None:
    """Give a saved filter another name; it keeps its place. Raises RuleViolation, NotFound."""
    kept, name = _kept(tx), new.strip()
    if old not in kept:
        raise NotFound(tr("This view is no longer there."))
    if not name:
        raise RuleViolation({"name": tr("Write a name.")})
    if name != old and name in kept:
        raise RuleViolation({"name": tr("Another view has this name.")})
    set_setting(tx, _place(tx), {name if one == old else one: what for one, what in kept.items()})


def drop_filter(tx: Tx, name: str) -> None:
    """Forget a saved filter."""
    set_setting(tx, _place(tx), {one: kept for one, kept in _kept(tx).items() if one != name})


def _place(tx: Tx) -> str:
    return f"filters/{tx.actor.id.hex}"


def _kept(tx: Tx) -> dict[str, Any]:
    found: dict[str, Any] = setting(tx, _place(tx), {})
    return found


def _told(value: object) -> object:
    return value if isinstance(value, bool) else str(value)


def _read(kept: Mapping[str, Any]) -> Listing:
    filters: dict[str, object] = {}
    for name, value in kept["filters"].items():
        try:
            filters[name] = _READ.get(name, str)(value)
        except ValueError:
            continue
    return Listing(kept["sort"], kept["descending"], kept["text"], filters)
