"""Cards of the register as they are printed: who is on them, with photo, hours and code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from sqlalchemy import select

from db.card_code import card_text
from db.models import DutyCard, ReceptionDay
from db.vocabulary import CardKind, CardState, DayStatus, Op
from station_app.domain.duty_cards import CardRecord
from station_app.domain.lists import Listing
from station_app.domain.station import StationRecord
from station_app.errors import NotFound
from station_app.i18n import tr
from station_app.printing.cards.board import deputy_board
from station_app.printing.cards.faces import CardFace
from station_app.printing.cards.shapes import Shape
from station_app.printing.cards.sheets import CARD, LANYARD, card_sheets
from station_app.printing.cards.table_top import table_top
from station_app.services.deputies import get_deputy, get_photo, list_deputies
from station_app.services.duty_cards import card_address, get_card
from station_app.services.station import get_station
from station_app.store import Tx

Print = tuple[str, Callable[[], bytes]]


def cards_print(tx: Tx, cards: Sequence[CardRecord], shape: Shape) -> Print:
    """Title and maker of the PDF of these cards; that they are printed is logged."""
    if not cards:
        raise NotFound(tr("There is no card to print."))
    station, address = get_station(tx), card_address(tx)
    faces = [_face(tx, one, station, address) for one in cards]
    for one in cards:
        tx.note(Op.PRINT, "duty_card", one.id, why=shape.value)
    if len(cards) == 1:
        title = tr("Card {number}", number=cards[0].number)
    else:
        title = tr("Duty cards: {n}", n=len(cards))
    if shape is Shape.TABLE_TOP:
        return title, partial(table_top, faces, station, printed_on=tx.today)
    kind = LANYARD if shape is Shape.LANYARD else CARD
    return title, partial(card_sheets, faces, station, printed_on=tx.today, kind=kind)


def board_print(tx: Tx) -> Print:
    """Title and maker of the board of all deputies who serve, each with the code of their card."""
    station, address = get_station(tx), card_address(tx)
    faces, at = [], None
    while True:
        page = list_deputies(tx, Listing("name"), at=at)
        faces += [_on_board(tx, one.id, address) for one in page.rows]
        at = page.after
        if at is None:
            break
    if not faces:
        raise NotFound(tr("No deputies yet"))
    tx.note(Op.PRINT, "deputy", None, why="board")
    return tr("Board of deputies"), partial(deputy_board, faces, station, printed_on=tx.today)


def _face(tx: Tx, card: CardRecord, station: StationRecord, address: str) -> CardFace:
    photo = get_photo(tx, card.photo_id) if card.photo_id is not None else None
    hours, place = station.opening_hours, station.address
    if card.kind is CardKind.DAY:
        hours, place = _of_day(tx, card, hours, place)
    return CardFace(
        name=card.name,
        levels=card.levels,
        photo=photo or None,
        number=card.number,
        valid_from=card.valid_from,
        valid_to=card.valid_to,
        code=card_text(card.signed, address),
        hours=hours,
        place=place,
    )


def _of_day(tx: Tx, card: CardRecord, hours: str, place: str) -> tuple[str, str]:
    """Hours and place of the reception on the day of a day card."""
    query = select(ReceptionDay).where(
        ReceptionDay.held_on == card.valid_from, ReceptionDay.status != DayStatus.CANCELLED
    )
    day = tx.session.scalars(query.order_by(ReceptionDay.starts)).first()
    if day is None:
        return hours, place
    begins, ends = (f"{at.hour}:{at.minute:02d}" for at in (day.starts, day.ends))
    return f"{begins}–{ends}", day.place or place


def _on_board(tx: Tx, deputy_id: UUID, address: str) -> CardFace:
    deputy = get_deputy(tx, deputy_id)
    photo = get_photo(tx, deputy.photo_id) if deputy.photo_id is not None else None
    card = _valid_card(tx, deputy_id)
    return CardFace(
        name=deputy.name,
        levels=deputy.levels,
        photo=photo or None,
        number="" if card is None else card.number,
        valid_from=None,
        valid_to=None,
        code="" if card is None else card_text(card.signed, address),
        place=deputy.deputy_group,
        unit=deputy.electoral_unit,
        position=deputy.position,
    )


def _valid_card(tx: Tx, deputy_id: UUID) -> CardRecord | None:
    """The deputy's card for the term that is valid longest today."""
    query = select(DutyCard.id).where(
        DutyCard.deputy_id == deputy_id,
        DutyCard.card_kind == CardKind.TERM,
        DutyCard.state == CardState.ISSUED,
        DutyCard.valid_from <= tx.today,
        DutyCard.valid_to >= tx.today,
    )
    found = tx.session.scalars(query.order_by(DutyCard.valid_to.desc(), DutyCard.id)).first()
    return None if found is None else get_card(tx, found)
