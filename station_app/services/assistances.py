"""Help that was given to people in need (帮扶): written down, listed, marked void."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select

from db.models import Assistance, Deputy
from station_app.domain.accounts import require_writer
from station_app.domain.activities import AssistanceDraft, AssistanceRow, check_assistance
from station_app.domain.lists import Listing, Mark, Page
from station_app.errors import NotFound
from station_app.i18n import tr
from station_app.services import paging
from station_app.store import Tx

#: The orders this list offers.
ASSISTANCE_SORTS: dict[str, ColumnElement[Any]] = {"held_on": Assistance.held_on.expression}


def add_assistance(tx: Tx, draft: AssistanceDraft) -> UUID:
    """Write down help that was given; its id. Raises RuleViolation."""
    require_writer(tx.actor)
    check_assistance(draft, tx.today)
    row = Assistance(
        held_on=draft.held_on,
        people=draft.people,
        amount=draft.amount,
        what=draft.what.strip(),
        campaign=draft.campaign.strip(),
        deputy_id=draft.deputy_id,
        note=draft.note.strip(),
    )
    tx.session.add(row)
    tx.session.flush()
    return row.id


def void_assistance(tx: Tx, assistance_id: UUID, *, voided: bool = True) -> None:
    """The entry was a mistake (or was none): it stays, marked void, and counts no more."""
    require_writer(tx.actor)
    row = tx.session.get(Assistance, assistance_id)
    if row is None:
        raise NotFound(tr("This entry is no longer there."))
    row.voided_at = tx.now if voided else None
    tx.session.flush()


def list_assistances(
    tx: Tx, listing: Listing, *, at: Mark | None = None, backwards: bool = False
) -> Page[AssistanceRow]:
    """A page of help given, void entries too."""
    order = ASSISTANCE_SORTS[listing.sort]
    query = _listed(
        listing,
        Assistance.id,
        Assistance.held_on,
        Assistance.people,
        Assistance.amount,
        Assistance.what,
        Assistance.campaign,
        func.coalesce(Deputy.name, "").label("deputy"),
        Assistance.voided_at.is_not(None).label("voided"),
    )
    return paging.page(
        tx,
        query.add_columns(order.label("sort"), Assistance.id.label("ident")),
        order=(order, Assistance.id.expression),
        descending=listing.descending,
        at=at,
        backwards=backwards,
        make=_assistance_row,
    )


def count_assistances(tx: Tx, listing: Listing) -> int:
    """How many entries the list holds."""
    return tx.session.scalar(_listed(listing, func.count(Assistance.id))) or 0


def _assistance_row(row: Any) -> AssistanceRow:
    return AssistanceRow(**{name: getattr(row, name) for name in AssistanceRow.__slots__})


def _listed(listing: Listing, *columns: Any) -> Select[Any]:
    query = select(*columns).select_from(Assistance).outerjoin(
        Deputy, Deputy.id == Assistance.deputy_id
    )  # fmt: skip
    text = listing.text.strip()
    if text:
        parts = (Assistance.what, Assistance.campaign, Assistance.note, Deputy.name)
        query = query.where(or_(*(part.contains(text, autoescape=True) for part in parts)))
    return query
