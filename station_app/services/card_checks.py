"""A card is held to the scanner: what it is worth, and who is checked in by it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from db.card_code import BadCard, SignedCard, payload_in, read_card
from db.models import CardNotice, Deputy, DutyCard
from db.vocabulary import CardState, CheckInMethod, DayStatus, Level
from station_app.domain.accounts import require_writer
from station_app.domain.duty_cards import (
    Arrival,
    CardArrival,
    CardCheck,
    CardFacts,
    Verdict,
    judge,
)
from station_app.services.attendance import attendance_record, attendances, check_in
from station_app.services.card_keys import KnownKey, known_key
from station_app.services.days import current_day
from station_app.services.latest_time import card_day, note_time
from station_app.store import Tx


def verify_card(tx: Tx, scanned: str) -> CardCheck:
    """What the card in ``scanned`` is worth today, by the keys and notices that are known here."""
    today, behind = card_day(tx)
    written = payload_in(scanned)
    if written is None:
        return CardCheck(Verdict.NO_CARD, today, clock_behind=behind)
    try:
        card = read_card(written)
    except BadCard:
        return CardCheck(Verdict.ALTERED, today, clock_behind=behind)
    said = card.payload
    key = known_key(tx, said.key_id)
    row = tx.session.get(DutyCard, said.card_id)
    verdict = judge(_facts(tx, card, key, row), today)
    if key is None or verdict is Verdict.ALTERED:
        # What an altered card says of itself is not shown as if it were so.
        return CardCheck(verdict, today, clock_behind=behind)
    deputy = None if said.deputy_id is None else tx.session.get(Deputy, said.deputy_id)
    return CardCheck(
        verdict=verdict,
        today=today,
        number=said.number,
        kind=said.kind,
        card_id=said.card_id,
        deputy_id=said.deputy_id,
        name="" if deputy is None else deputy.name,
        levels=() if deputy is None else tuple(Level(one) for one in deputy.levels),
        station=key.station_name,
        valid_from=said.valid_from,
        valid_to=said.valid_to,
        void_reason="" if row is None else row.void_reason,
        clock_behind=behind,
    )


def is_card(scanned: str) -> bool:
    """Whether what was scanned is, or was meant to be, a duty card."""
    return payload_in(scanned) is not None


def look_at_card(tx: Tx, scanned: str) -> CardArrival:
    """What a card is worth, for an account that may only look."""
    check = verify_card(tx, scanned)
    good = check.verdict is Verdict.GOOD
    return CardArrival(Arrival.NO_DAY if good else Arrival.REFUSED, check)


def arrive_by_card(tx: Tx, scanned: str, *, anyway: bool = False) -> CardArrival:
    """Verify a card and check its deputy in at the day that is open.

    ``anyway`` also takes a good card of another station, for a deputy who is known here.
    """
    require_writer(tx.actor)
    check = verify_card(tx, scanned)
    note_time(tx)
    good = check.verdict is Verdict.GOOD or (anyway and check.verdict is Verdict.ELSEWHERE)
    if not good:
        return CardArrival(Arrival.REFUSED, check)
    deputy = None if check.deputy_id is None else tx.session.get(Deputy, check.deputy_id)
    if deputy is None or deputy.retired_at is not None:
        return CardArrival(Arrival.NO_DEPUTY, check)
    day = current_day(tx)
    if day is None or day.status is not DayStatus.OPEN:
        return CardArrival(Arrival.NO_DAY, check)
    for one in attendances(tx, day.id):
        if one.deputy_id == deputy.id:
            return CardArrival(Arrival.TWICE, check, attendance_record(one, deputy))
    made = check_in(tx, day.id, deputy.id, method=CheckInMethod.CARD)
    return CardArrival(Arrival.CHECKED_IN, check, made)


def _facts(tx: Tx, card: SignedCard, key: KnownKey | None, row: DutyCard | None) -> CardFacts:
    if key is None:
        return CardFacts(known_key=False)
    said = card.payload
    return CardFacts(
        known_key=True,
        # A key speaks for its own station only.
        signed=said.station_id == key.station_id and card.is_signed(key.public_key),
        revoked=key.revoked,
        void=_is_void(tx, said.card_id, row),
        own=key.own,
        valid_from=said.valid_from,
        valid_to=said.valid_to,
    )


def _is_void(tx: Tx, card_id: UUID, row: DutyCard | None) -> bool:
    if row is not None:
        return row.state is CardState.VOID
    told = select(CardNotice.state).where(CardNotice.card_id == card_id)
    return CardState.VOID in set(tx.session.scalars(told))
