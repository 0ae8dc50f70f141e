"""Who may be given a duty card, and who has one."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select

from db.models import Deputy, DutyCard
from db.vocabulary import CardKind, CardState
from station_app.store import Tx


class Holder(NamedTuple):
    """A deputy who serves. ``has_card``: a card for the term that is valid today."""

    id: UUID
    name: str
    has_card: bool


def card_holders(tx: Tx) -> tuple[Holder, ...]:
    """Every deputy who serves, by name."""
    held = select(DutyCard.deputy_id).where(
        DutyCard.card_kind == CardKind.TERM,
        DutyCard.state == CardState.ISSUED,
        DutyCard.valid_to >= tx.today,
    )
    holding = set(tx.session.scalars(held))
    query = select(Deputy.id, Deputy.name).where(Deputy.retired_at.is_(None))
    rows = tx.session.execute(query.order_by(Deputy.sort_key, Deputy.id))
    return tuple(Holder(row.id, row.name, row.id in holding) for row in rows)
