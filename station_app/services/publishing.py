"""What the public may read: the issues whose result can be shown, and those that are shown."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import aliased

from db.models import Issue, IssueEvent
from db.vocabulary import IssueEventKind
from station_app.domain.lists import Listing, Mark, Page
from station_app.domain.moments import local
from station_app.domain.publishing import PublicRow, PublicView
from station_app.domain.search import Found
from station_app.domain.transitions import TRANSITIONS
from station_app.services import paging
from station_app.services.issue_act import issue_row
from station_app.services.issue_care import public_text
from station_app.services.issues import get_issue
from station_app.store import Tx, search_index

_E = IssueEventKind
_MAY = TRANSITIONS[_E.PUBLISHED][0]
#: The orders this list offers.
PUBLIC_SORTS: dict[str, ColumnElement[Any]] = {"registered_at": Issue.registered_at.expression}


def list_public(
    tx: Tx, listing: Listing, *, at: Mark | None = None, backwards: bool = False
) -> Page[PublicRow]:
    """A page of issues. Filters: ``published`` (bool: those shown, or those that could be)."""
    order = PUBLIC_SORTS[listing.sort]
    return paging.page(
        tx,
        _listed(listing, *_COLUMNS).add_columns(order.label("sort"), Issue.id.label("ident")),
        order=(order, Issue.id.expression),
        descending=listing.descending,
        at=at,
        backwards=backwards,
        make=_row,
    )


def count_public(tx: Tx, listing: Listing) -> int:
    """How many issues ``listing`` has in all."""
    return paging.count(tx, _listed(listing, Issue.id))


def public_view(tx: Tx, issue_id: UUID) -> PublicView:
    """One issue with the words for the public. Raises NotFound."""
    record, row = get_issue(tx, issue_id), issue_row(tx, issue_id)
    title, text = public_text(tx, issue_id)
    shown = None
    if record.case.published:
        shown = next(one for one in reversed(record.counted) if one.event is _E.PUBLISHED)
        title, text = str(shown.details.get("title") or title), shown.text
    return PublicView(
        id=row.id,
        number=row.number,
        own_title=row.title,
        own_text=row.text,
        title=title,
        text=text,
        published_at=None if shown is None else shown.happened_at,
        actor="" if shown is None else shown.actor,
        may=record.status in _MAY,
        undoable=record.case.undoable,
    )


def public_among(tx: Tx, issue_ids: Collection[UUID]) -> frozenset[UUID]:
    """Those of these issues whose words stand before the public."""
    query = select(Issue.id).where(Issue.id.in_(list(issue_ids)), _shown())
    return frozenset(tx.session.scalars(query))


def _listed(listing: Listing, *columns: Any) -> Select[Any]:
    query: Select[Any] = select(*columns)
    if listing.text.strip():
        query, _met = search_index.found_in(query, Found.ISSUE, listing.text, Issue.id.expression)
    if listing.filters.get("published"):
        return query.where(_shown())
    return query.where(Issue.status.in_(_MAY), ~_shown())


def _shown() -> ColumnElement[bool]:
    """Whether an issue's words stand before the public: published, and not taken back since."""
    put, back = aliased(IssueEvent), aliased(IssueEvent)
    taken_back = exists().where(
        back.issue_id == Issue.id,
        back.event == _E.UNPUBLISHED,
        back.happened_at >= put.happened_at,
        _counts(back),
    )
    return exists().where(
        put.issue_id == Issue.id, put.event == _E.PUBLISHED, _counts(put), ~taken_back
    )


def _counts(act: Any) -> ColumnElement[bool]:
    """Whether an act was not undone."""
    undone = aliased(IssueEvent)
    about = func.json_extract(undone.details, "$.undoes")
    return ~exists().where(
        undone.issue_id == act.issue_id, undone.event == _E.UNDONE, about == act.id
    )


_COLUMNS = (
    Issue.id, Issue.number, Issue.title, Issue.status, Issue.degree, Issue.registered_at,
)  # fmt: skip


def _row(row: Any) -> PublicRow:
    registered_on = local(row.registered_at).date()
    return PublicRow(row.id, row.number, row.title, row.status, row.degree, registered_on)
