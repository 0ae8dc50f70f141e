"""Three-party meetings in lists."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, select

from db.models import Meeting
from station_app.domain.lists import Listing, Mark, Page
from station_app.domain.meetings import MeetingRow
from station_app.services import paging
from station_app.store import Tx


def list_meetings(
    tx: Tx, listing: Listing, *, at: Mark | None = None, backwards: bool = False
) -> Page[MeetingRow]:
    """A page of meetings by the day they were held on, but for those taken back.

    There are no filters; the text is of the topic.
    """
    order = Meeting.held_on.expression
    return paging.page(
        tx,
        _listed(listing, *_COLUMNS).add_columns(order.label("sort"), Meeting.id.label("ident")),
        order=(order, Meeting.id.expression),
        descending=listing.descending,
        at=at,
        backwards=backwards,
        make=_row,
    )


def count_meetings(tx: Tx, listing: Listing) -> int:
    """How many meetings ``listing`` has in all."""
    return paging.count(tx, _listed(listing, Meeting.id))


def _listed(listing: Listing, *columns: Any) -> Select[Any]:
    query = select(*columns).where(func.json_array_length(Meeting.issue_ids) > 0)
    text = listing.text.strip()
    return query.where(Meeting.topic.contains(text, autoescape=True)) if text else query


_COLUMNS = (
    Meeting.id,
    Meeting.held_on,
    Meeting.topic,
    Meeting.place,
    Meeting.deputy_ids,
    Meeting.residents,
    Meeting.departments,
    Meeting.issue_ids,
)


def _row(row: Any) -> MeetingRow:
    return MeetingRow(
        id=row.id,
        held_on=row.held_on,
        topic=row.topic,
        place=row.place,
        deputies=len(row.deputy_ids),
        residents=len(row.residents),
        departments=len(row.departments),
        issues=len(row.issue_ids),
    )
