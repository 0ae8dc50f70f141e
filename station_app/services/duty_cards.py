"""The register of duty cards: issued and signed, made void, replaced; nothing is ever deleted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import ColumnElement, Select, select

from db.card_code import CardPayload, key_id, sign_card
from db.models import Deputy, DutyCard
from db.vocabulary import CardState, Level
from station_app.domain.accounts import require_writer
from station_app.domain.card_address import tidy_address
from station_app.domain.duty_cards import CardDraft, CardRecord, Standing, check_card
from station_app.domain.lists import Listing, Mark, Page
from station_app.errors import Conflict, NotFound, RuleViolation
from station_app.i18n import tr
from station_app.services import paging
from station_app.services.card_keys import own_key
from station_app.services.numbers import next_card_number
from station_app.services.settings import set_setting, setting
from station_app.services.station import get_station
from station_app.store import Tx

#: The orders this list offers.
CARD_SORTS: dict[str, ColumnElement[Any]] = {
    "number": DutyCard.number.expression,
    "valid_to": DutyCard.valid_to.expression,
}
_ADDRESS = "card_address"


def issue_cards(tx: Tx, drafts: Sequence[CardDraft]) -> tuple[CardRecord, ...]:
    """Issue and sign cards, in this order, all or none. Raises RuleViolation, NotFound."""
    require_writer(tx.actor)
    key, station = own_key(tx), get_station(tx)
    made = []
    for draft in drafts:
        check_card(draft, tx.today)
        deputy = _deputy(tx, draft.deputy_id)
        row = DutyCard(
            number=next_card_number(tx, station),
            card_kind=draft.kind,
            deputy_id=draft.deputy_id,
            valid_from=draft.valid_from,
            valid_to=draft.valid_to,
            station_id=station.id,
        )
        _sign(row, key)
        tx.session.add(row)
        made.append((row, deputy))
    tx.session.flush()
    return tuple(card_record(row, deputy) for row, deputy in made)


def get_card(tx: Tx, card_id: UUID) -> CardRecord:
    """One card of the register. Raises NotFound."""
    row = _row(tx, card_id)
    return card_record(row, _known_deputy(tx, row.deputy_id))


def void_card(tx: Tx, card_id: UUID, *, reason: str) -> CardRecord:
    """From now on the card is refused, here at once, elsewhere when they hear of it."""
    require_writer(tx.actor)
    row = _row(tx, card_id)
    if not reason.strip():
        raise RuleViolation({"reason": tr("Write down why.")})
    if row.state is CardState.VOID:
        raise Conflict(tr("This card is void already."))
    row.state, row.void_reason, row.voided_at = CardState.VOID, reason.strip(), tx.now
    tx.session.flush()
    return card_record(row, _known_deputy(tx, row.deputy_id))


def restore_card(tx: Tx, card_id: UUID) -> CardRecord:
    """Making it void was a mistake. Raises Conflict when another card was issued in its place."""
    require_writer(tx.actor)
    row = _row(tx, card_id)
    if row.replaced_by is not None:
        raise Conflict(tr("Another card was issued in its place; it stays void."))
    row.state, row.void_reason, row.voided_at = CardState.ISSUED, "", None
    tx.session.flush()
    return card_record(row, _known_deputy(tx, row.deputy_id))


def reissue_card(tx: Tx, card_id: UUID, *, reason: str) -> CardRecord:
    """Make a card void and issue another one in its place, valid as long. Returns the new one."""
    row = _row(tx, card_id)
    if row.replaced_by is not None:
        raise Conflict(tr("Another card was issued in its place already."))
    begins = max(row.valid_from, min(tx.today, row.valid_to))
    draft = CardDraft(row.card_kind, row.deputy_id, begins, row.valid_to)
    (made,) = issue_cards(tx, [draft])
    if row.state is not CardState.VOID:
        void_card(tx, card_id, reason=reason)
    row.replaced_by = made.id
    tx.session.flush()
    return made


def list_cards(
    tx: Tx, listing: Listing, *, at: Mark | None = None, backwards: bool = False
) -> Page[CardRecord]:
    """A page of the register. Filters: ``standing`` (Standing), ``deputy_id``."""
    order = CARD_SORTS[listing.sort]
    query = _listed(tx, listing, DutyCard, Deputy).add_columns(order, DutyCard.id)
    return paging.page(
        tx,
        query,
        order=(order, DutyCard.id.expression),
        descending=listing.descending,
        at=at,
        backwards=backwards,
        make=lambda found: card_record(found[0], found[1]),
    )


def count_cards(tx: Tx, listing: Listing) -> int:
    """How many cards ``listing`` has in all."""
    return paging.count(tx, _listed(tx, listing, DutyCard.id))


def card_address(tx: Tx) -> str:
    """The address that cards lead a resident's phone to; empty if there is none."""
    return str(setting(tx, _ADDRESS, ""))


def set_card_address(tx: Tx, address: str) -> None:
    """Say where cards lead to. Raises RuleViolation for what no phone could open."""
    require_writer(tx.actor)
    set_setting(tx, _ADDRESS, tidy_address(address))


def card_record(row: DutyCard, deputy: Deputy | None) -> CardRecord:
    """The frozen picture of one row."""
    return CardRecord(
        id=row.id,
        number=row.number,
        kind=row.card_kind,
        deputy_id=row.deputy_id,
        name="" if deputy is None else deputy.name,
        levels=() if deputy is None else tuple(Level(one) for one in deputy.levels),
        photo_id=None if deputy is None else deputy.photo_id,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        signed=row.signed,
        issued_at=row.created_at,
        state=row.state,
        void_reason=row.void_reason,
        voided_at=row.voided_at,
        replaced_by=row.replaced_by,
    )


def _sign(row: DutyCard, key: Ed25519PrivateKey) -> None:
    row.key_id = key_id(key.public_key().public_bytes_raw())
    payload = CardPayload(
        row.card_kind, row.id, row.deputy_id, row.station_id, row.valid_from, row.valid_to,
        row.key_id, row.number,
    )  # fmt: skip
    row.signed = sign_card(payload, key)


def _row(tx: Tx, card_id: UUID) -> DutyCard:
    row = tx.session.get(DutyCard, card_id)
    if row is None:
        raise NotFound(tr("This card is not in the register."))
    return row


def _deputy(tx: Tx, deputy_id: UUID | None) -> Deputy | None:
    if deputy_id is None:
        return None
    found = tx.session.get(Deputy, deputy_id)
    if found is None:
        raise NotFound(tr("This deputy is no longer there."))
    if found.retired_at is not None:
        text = tr("{name} serves no longer: no card is issued.", name=found.name)
        raise Conflict(text)
    return found


def _known_deputy(tx: Tx, deputy_id: UUID | None) -> Deputy | None:
    return None if deputy_id is None else tx.session.get(Deputy, deputy_id)


def _listed(tx: Tx, listing: Listing, *columns: Any) -> Select[Any]:
    query = select(*columns).select_from(DutyCard)
    query = query.outerjoin(Deputy, Deputy.id == DutyCard.deputy_id)
    standing = listing.filters.get("standing")
    if standing is Standing.VOID:
        query = query.where(DutyCard.state == CardState.VOID)
    elif standing is not None:
        query = query.where(DutyCard.state == CardState.ISSUED)
    if standing is Standing.EXPIRED:
        query = query.where(DutyCard.valid_to < tx.today)
    elif standing is Standing.VALID:
        query = query.where(DutyCard.valid_to >= tx.today)
    if listing.filters.get("deputy_id") is not None:
        query = query.where(DutyCard.deputy_id == listing.filters["deputy_id"])
    text = listing.text.strip()
    if text:
        found = Deputy.name.contains(text, autoescape=True)
        query = query.where(found | DutyCard.number.contains(text.upper(), autoescape=True))
    return query
