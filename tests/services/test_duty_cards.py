"""Duty cards: issued, signed, numbered, made void, replaced; and what a scanned one is worth."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from uuid import UUID

import pytest

from db.card_code import card_text, read_card
from db.models import Audit, CardKey, Outbox, OwnCardKey
from db.vocabulary import CardKind, CardState, CheckInMethod, Level
from station_app.domain.days import DayDraft
from station_app.domain.deputies import DeputyDraft
from station_app.domain.duty_cards import Arrival, CardDraft, CardRecord, Standing, Verdict
from station_app.domain.lists import Listing
from station_app.errors import Conflict, RuleViolation
from station_app.services import days
from station_app.services.card_checks import arrive_by_card, verify_card
from station_app.services.deputies import retire_deputy, save_deputy
from station_app.services.duty_cards import (
    count_cards,
    issue_cards,
    list_cards,
    reissue_card,
    restore_card,
    set_card_address,
    void_card,
)
from station_app.services.latest_time import forget_time
from station_app.wiring import OpenStation
from tests.services.casework import Clock

TODAY = date(2026, 11, 10)
END = date(2026, 12, 31)


@pytest.fixture
def deputy(station: OpenStation) -> UUID:
    with station.store.write(station.actor) as tx:
        return save_deputy(tx, DeputyDraft("于桂芳", levels=(Level.CITY, Level.COUNTY))).id


@pytest.fixture
def card(station: OpenStation, deputy: UUID) -> CardRecord:
    with station.store.write(station.actor) as tx:
        (made,) = issue_cards(tx, [CardDraft(CardKind.TERM, deputy, TODAY, END)])
    return made


def worth(station: OpenStation, signed: str) -> Verdict:
    with station.store.read(station.actor) as tx:
        return verify_card(tx, card_text(signed)).verdict


def test_cards_are_numbered_signed_and_registered(station: OpenStation, deputy: UUID) -> None:
    with station.store.write(station.actor) as tx:
        term = CardDraft(CardKind.TERM, deputy, TODAY, END)
        first, second = issue_cards(tx, [term, replace(term, valid_from=END)])
        assert (first.number, second.number) == ("KY-A-2026-0001", "KY-A-2026-0002")
        assert (first.name, first.levels) == ("于桂芳", (Level.CITY, Level.COUNTY))
        assert read_card(first.signed).payload.number == first.number
        assert tx.session.query(OwnCardKey).count() == tx.session.query(CardKey).count() == 1
    with station.store.read(station.actor) as tx:
        sent = {row.kind for row in tx.session.query(Outbox)}
        assert {"duty_card", "card_key"} <= sent
        private = tx.session.query(OwnCardKey).one().private_key.hex()
        assert all(private not in str(row.fields) for row in tx.session.query(Outbox))
        assert {"duty_card"} <= {row.kind for row in tx.session.query(Audit)}


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (CardDraft(CardKind.TERM, None, TODAY, END), "deputy_id"),
        (CardDraft(CardKind.TERM, UUID(int=1), END, TODAY), "valid_to"),
        (CardDraft(CardKind.TERM, UUID(int=1), date(2025, 1, 1), date(2026, 11, 9)), "valid_to"),
        (CardDraft(CardKind.TERM, UUID(int=1), TODAY, date(2036, 1, 1)), "valid_to"),
        (CardDraft(CardKind.DAY, None, TODAY, END), "valid_to"),
    ],
)
def test_cards_that_make_no_sense_are_refused(
    station: OpenStation, draft: CardDraft, field: str
) -> None:
    with pytest.raises(RuleViolation) as found, station.store.write(station.actor) as tx:
        issue_cards(tx, [draft])
    assert set(found.value.fields) == {field}


def test_nobody_who_serves_no_longer_gets_a_card(station: OpenStation, deputy: UUID) -> None:
    with station.store.write(station.actor) as tx:
        retire_deputy(tx, deputy, reason="调离")
        with pytest.raises(Conflict):
            issue_cards(tx, [CardDraft(CardKind.TERM, deputy, TODAY, END)])


def test_a_void_card_is_refused_until_that_is_taken_back(
    station: OpenStation, card: CardRecord
) -> None:
    assert worth(station, card.signed) is Verdict.GOOD
    with station.store.write(station.actor) as tx:
        with pytest.raises(RuleViolation):
            void_card(tx, card.id, reason=" ")
        assert void_card(tx, card.id, reason="遗失").state is CardState.VOID
        with pytest.raises(Conflict):
            void_card(tx, card.id, reason="遗失")
        found = verify_card(tx, card_text(card.signed))
        assert (found.verdict, found.void_reason) == (Verdict.VOID, "遗失")
        restore_card(tx, card.id)
    assert worth(station, card.signed) is Verdict.GOOD


def test_a_card_is_replaced_once(station: OpenStation, card: CardRecord) -> None:
    with station.store.write(station.actor) as tx:
        made = reissue_card(tx, card.id, reason="照片更换")
        assert (made.valid_from, made.valid_to, made.deputy_id) == (TODAY, END, card.deputy_id)
        with pytest.raises(Conflict):
            restore_card(tx, card.id)
        with pytest.raises(Conflict):
            reissue_card(tx, card.id, reason="照片更换")
        void = list_cards(tx, Listing("number", filters={"standing": Standing.VOID})).rows
        assert [(one.id, one.replaced_by) for one in void] == [(card.id, made.id)]
        assert count_cards(tx, Listing("number", filters={"standing": Standing.VALID})) == 1
        assert count_cards(tx, Listing("number", text="于桂")) == 2
        assert count_cards(tx, Listing("number", text="a-2026-0002")) == 1
        assert count_cards(tx, Listing("number", text="%")) == 0
    assert worth(station, card.signed) is Verdict.VOID
    assert worth(station, made.signed) is Verdict.GOOD


def test_an_altered_card_tells_nothing_of_itself(station: OpenStation, card: CardRecord) -> None:
    place = 170
    letter = "A" if card.signed[place] != "A" else "B"
    altered = card.signed[:place] + letter + card.signed[place + 1 :]
    with station.store.read(station.actor) as tx:
        found = verify_card(tx, card_text(altered))
        assert (found.verdict, found.number, found.name) == (Verdict.ALTERED, "", "")
        assert verify_card(tx, card_text(card.signed[:-1])).verdict is Verdict.ALTERED
        assert verify_card(tx, "6901234567892").verdict is Verdict.NO_CARD


def test_a_clock_set_back_brings_no_card_to_life_again(
    station: OpenStation, card: CardRecord, clock: Clock
) -> None:
    clock.move(days=60)
    assert worth(station, card.signed) is Verdict.EXPIRED
    with station.store.write(station.actor) as tx:
        assert arrive_by_card(tx, card_text(card.signed)).arrival is Arrival.REFUSED
    clock.move(days=-60)
    with station.store.read(station.actor) as tx:
        found = verify_card(tx, card_text(card.signed))
        assert (found.verdict, found.clock_behind) == (Verdict.EXPIRED, True)
    with station.store.write(station.actor) as tx:
        forget_time(tx)
    assert worth(station, card.signed) is Verdict.GOOD


def test_a_card_is_not_good_before_its_first_day(station: OpenStation, deputy: UUID) -> None:
    later = TODAY + timedelta(days=3)
    with station.store.write(station.actor) as tx:
        (made,) = issue_cards(tx, [CardDraft(CardKind.DAY, deputy, later, later)])
    assert worth(station, made.signed) is Verdict.NOT_YET


def test_a_deputy_checks_in_by_card_once(station: OpenStation, card: CardRecord) -> None:
    with station.store.write(station.actor) as tx:
        assert arrive_by_card(tx, card_text(card.signed)).arrival is Arrival.NO_DAY
        day = days.save_day(tx, DayDraft(TODAY, time(9), time(11, 30)))
        days.open_day(tx, day.id)
        came = arrive_by_card(tx, card_text(card.signed))
        assert came.arrival is Arrival.CHECKED_IN
        assert came.attendance is not None
        assert came.attendance.method is CheckInMethod.CARD
        again = arrive_by_card(tx, card_text(card.signed))
        assert (again.arrival, again.attendance) == (Arrival.TWICE, came.attendance)


def test_a_day_card_of_the_desk_checks_nobody_in(station: OpenStation) -> None:
    with station.store.write(station.actor) as tx:
        (made,) = issue_cards(tx, [CardDraft(CardKind.DAY, None, TODAY, TODAY)])
        days.open_day(tx, days.save_day(tx, DayDraft(TODAY, time(9), time(11, 30))).id)
        assert arrive_by_card(tx, card_text(made.signed)).arrival is Arrival.NO_DEPUTY


@pytest.mark.parametrize(
    "wrong", ["lz.example.gov.cn", "https://联络站.cn", "https://a.cn/?c=", "https://" + "a" * 60]
)
def test_an_address_that_no_small_code_holds_is_refused(station: OpenStation, wrong: str) -> None:
    with pytest.raises(RuleViolation) as found, station.store.write(station.actor) as tx:
        set_card_address(tx, wrong)
    assert set(found.value.fields) == {"address"}
