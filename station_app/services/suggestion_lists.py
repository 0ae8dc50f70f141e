"""Suggestions of deputies in lists, with their stage and when their answer is due."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select

from db.models import Deputy, DeputySuggestion, Issue
from db.vocabulary import IssueStatus, Stage
from station_app.domain.lists import Listing, Mark, Page
from station_app.domain.suggestions import STAGES, SuggestionRow
from station_app.services import paging
from station_app.store import Tx

#: The orders this list offers.
SUGGESTION_SORTS: dict[str, ColumnElement[Any]] = {
    "drafted_on": DeputySuggestion.drafted_on.expression,
    "title": DeputySuggestion.title.expression,
}
#: Those that still wait for something.
_OPEN = STAGES[:-1]


def list_suggestions(
    tx: Tx, listing: Listing, *, at: Mark | None = None, backwards: bool = False
) -> Page[SuggestionRow]:
    """A page of suggestions.

    Filters: ``stage`` (Stage), ``open`` (bool: not at the end yet), ``year`` (int: drafted in it).
    """
    order = SUGGESTION_SORTS[listing.sort]
    found = paging.page(
        tx,
        _listed(listing, *_COLUMNS).add_columns(
            order.label("sort"), DeputySuggestion.id.label("ident")
        ),
        order=(order, DeputySuggestion.id.expression),
        descending=listing.descending,
        at=at,
        backwards=backwards,
        make=lambda row: row,
    )
    rows: tuple[Any, ...] = found.rows
    dues = _dues(tx, [row.id for row in rows])
    names = _names(tx, [one for row in rows for one in row.deputy_ids[:1]])
    made = tuple(replace(_row(row, names), due_on=dues.get(row.id)) for row in rows)
    return replace(found, rows=made)


def count_suggestions(tx: Tx, listing: Listing) -> int:
    """How many suggestions ``listing`` has in all."""
    return paging.count(tx, _listed(listing, DeputySuggestion.id))


def count_stages(tx: Tx) -> dict[Stage, int]:
    """How many suggestions are at each stage."""
    query = select(DeputySuggestion.stage, func.count()).group_by(DeputySuggestion.stage)
    return {row[0]: row[1] for row in tx.session.execute(query)}


def _listed(listing: Listing, *columns: Any) -> Select[Any]:
    query = select(*columns)
    stage = listing.filters.get("stage")
    if stage is not None:
        query = query.where(DeputySuggestion.stage == stage)
    if listing.filters.get("open"):
        query = query.where(DeputySuggestion.stage.in_(_OPEN))
    year = listing.filters.get("year")
    if isinstance(year, int):
        within = DeputySuggestion.drafted_on.between(date(year, 1, 1), date(year, 12, 31))
        query = query.where(within)
    text = listing.text.strip()
    if text:
        found = DeputySuggestion.title.contains(text, autoescape=True)
        query = query.where(found | DeputySuggestion.official_number.startswith(text))
    return query


_COLUMNS = (
    DeputySuggestion.id,
    DeputySuggestion.title,
    DeputySuggestion.official_number,
    DeputySuggestion.stage,
    DeputySuggestion.drafted_on,
    DeputySuggestion.deputy_ids,
    DeputySuggestion.issue_ids,
)


def _dues(tx: Tx, ids: Collection[UUID]) -> dict[UUID, date]:
    """When the answer to each of some suggestions is due, while their issues wait for it."""
    query = (
        select(Issue.suggestion_id, func.min(Issue.due_on))
        .where(Issue.suggestion_id.in_(ids), Issue.status == IssueStatus.RAISED)
        .group_by(Issue.suggestion_id)
    )
    return {ident: due for ident, due in tx.session.execute(query) if due is not None and ident}


def _names(tx: Tx, ids: Collection[str]) -> dict[str, str]:
    query = select(Deputy.id, Deputy.name).where(Deputy.id.in_({UUID(one) for one in ids}))
    return {ident.hex: name for ident, name in tx.session.execute(query)}


def _row(row: Any, names: dict[str, str]) -> SuggestionRow:
    return SuggestionRow(
        id=row.id,
        title=row.title,
        official_number=row.official_number,
        stage=row.stage,
        drafted_on=row.drafted_on,
        lead=names.get(row.deputy_ids[0], "") if row.deputy_ids else "",
        issue_count=len(row.issue_ids),
    )
