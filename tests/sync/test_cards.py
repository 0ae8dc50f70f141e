"""A card of one station at the scanner of another: good offline, refused once it is void."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from central.cards import Published, list_keys, publish_cards, revoke_key
from central.keys import load_keys
from central.publish import Wanted, publish
from db.card_code import card_text
from db.vocabulary import CardKind, Level
from station_app.domain.deputies import DeputyDraft
from station_app.domain.duty_cards import CardDraft, CardRecord, Verdict
from station_app.services.card_checks import verify_card
from station_app.services.deputies import save_deputy
from station_app.services.duty_cards import (
    get_card,
    issue_cards,
    reissue_card,
    restore_card,
    void_card,
)
from station_app.sync.bundle import bundle_in, bundle_out
from tests.sync.centre import Centre
from tests.sync.world import Desk, joined, new_desk

END = date(2026, 12, 31)


@pytest.fixture
def other(centre: Centre, tmp_path: Path) -> Iterator[Desk]:
    """A PC of another station of the same region."""
    made = joined(centre, centre.station(), new_desk(tmp_path / "other"))
    made.sync()
    yield made
    made.store.close()


def issue(desk: Desk) -> CardRecord:
    who = desk.do(save_deputy, DeputyDraft("于桂芳", levels=(Level.CITY,))).id
    today = desk.clock().date()
    (card,) = desk.do(issue_cards, [CardDraft(CardKind.TERM, who, today, END)])
    made: CardRecord = card
    return made


def worth(desk: Desk, card: CardRecord) -> Verdict:
    found: Verdict = desk.ask(verify_card, card_text(card.signed)).verdict
    return found


def tell(centre: Centre) -> Published:
    with centre.administered() as connection:
        return publish_cards(connection, load_keys(centre.settings.home).sign)


def test_a_card_is_verified_by_another_station_and_refused_once_void(
    centre: Centre, pc: Callable[[str], Desk], other: Desk
) -> None:
    a = pc("a")
    card = issue(a)
    a.sync()
    other.sync()
    assert worth(other, card) is Verdict.UNKNOWN_KEY
    assert tell(centre).keys == 1
    other.sync()
    other.transport = None  # from here on without any network
    found = other.ask(verify_card, card_text(card.signed))
    assert (found.verdict, found.station, found.number) == (
        Verdict.ELSEWHERE, "测试站", card.number,
    )  # fmt: skip
    letter = "A" if card.signed[60] != "A" else "B"
    altered = card.signed[:60] + letter + card.signed[61:]
    assert other.ask(verify_card, card_text(altered)).verdict is Verdict.ALTERED
    other.transport = centre.transport

    a.do(void_card, card.id, reason="遗失")
    a.sync()
    assert tell(centre) == (0, 1)
    assert tell(centre) == (0, 0)
    assert worth(other, card) is Verdict.ELSEWHERE  # it has not heard yet
    other.sync()
    assert worth(other, card) is Verdict.VOID

    a.do(restore_card, card.id)
    a.sync()
    assert tell(centre) == (0, 1)
    other.sync()
    assert worth(other, card) is Verdict.ELSEWHERE


def test_keys_and_void_cards_travel_on_a_stick(
    centre: Centre, pc: Callable[[str], Desk], other: Desk
) -> None:
    def carry(desk: Desk) -> None:
        _, answer = centre.desk.take_in(bundle_out(desk.store).file)
        bundle_in(desk.store, answer)

    a = pc("a")
    card = issue(a)
    carry(a)
    tell(centre)
    carry(other)
    assert worth(other, card) is Verdict.ELSEWHERE
    a.do(void_card, card.id, reason="遗失")
    carry(a)
    tell(centre)
    carry(other)
    assert worth(other, card) is Verdict.VOID


def test_the_pcs_of_one_station_know_each_others_cards(a: Desk, b: Desk) -> None:
    card = issue(a)
    assert worth(b, card) is Verdict.UNKNOWN_KEY
    a.sync()
    b.sync()
    assert worth(b, card) is Verdict.GOOD
    assert b.ask(get_card, card.id).signed == card.signed
    b.do(void_card, card.id, reason="遗失")
    a.do(void_card, card.id, reason="丢了")
    b.sync()
    a.sync()
    b.sync()
    assert worth(a, card) is Verdict.VOID
    assert a.rows("SELECT count(*) FROM conflict") == [(0,)]
    assert a.ask(get_card, card.id).void_reason == b.ask(get_card, card.id).void_reason


def test_a_card_from_before_joining_is_certified_afterwards(
    centre: Centre, station: UUID, other: Desk, tmp_path: Path
) -> None:
    alone = new_desk(tmp_path / "alone")
    card = issue(alone)
    assert worth(alone, card) is Verdict.GOOD
    joined(centre, station, alone)
    alone.sync()
    tell(centre)
    other.sync()
    assert worth(other, card) is Verdict.ELSEWHERE
    assert worth(alone, card) is Verdict.GOOD
    alone.store.close()


def test_what_only_claims_to_be_certified_is_not_believed(
    centre: Centre, pc: Callable[[str], Desk], other: Desk
) -> None:
    a = pc("a")
    card = issue(a)
    a.sync()
    tell(centre)
    with centre.administered() as connection:
        stream = f"R:{centre.code_of_region}"
        rows = connection.execute(
            "SELECT id FROM record WHERE stream_id = %s AND kind = 'card_issuer'", [stream]
        ).fetchall()
        for (one,) in rows:
            publish(connection, stream, [Wanted("card_issuer", one, {"certificate": "00" * 64})])
    other.sync()
    assert worth(other, card) is Verdict.UNKNOWN_KEY


def test_a_revoked_key_opens_nothing(
    centre: Centre, pc: Callable[[str], Desk], other: Desk
) -> None:
    a = pc("a")
    card = issue(a)
    a.sync()
    tell(centre)
    with centre.administered() as connection:
        (name,) = {one["key_id"] for one in list_keys(connection)} & {
            row[0] for row in a.rows("SELECT key_id FROM card_key")
        }
        assert revoke_key(connection, name) == 1
        assert revoke_key(connection, name) == 0
    tell(centre)
    for desk in (a, other):
        desk.sync()
        assert worth(desk, card) is Verdict.REVOKED


def test_who_makes_a_card_void_second_gives_way_to_the_first(
    centre: Centre, pc: Callable[[str], Desk]
) -> None:
    """The second one also gave another card in its place; and had read the first meanwhile."""
    a, b = pc("a"), pc("b")
    card = issue(a)
    for desk in (a, b):
        desk.sync()
    a.do(void_card, card.id, reason="丢失")
    a.sync()
    late = iter([1])

    def typing(step: str) -> None:
        if step.startswith("pull S:") and next(late, 0):
            b.do(reissue_card, card.id, reason="损坏")

    b.sync(step=typing)
    for desk in (b, a):
        desk.sync()
    reasons = "SELECT void_reason, replaced_by IS NULL FROM duty_card ORDER BY number"
    assert a.rows(reasons) == b.rows(reasons) == [("丢失", 0), ("", 1)]
    assert a.rows("SELECT count(*) FROM conflict") == [(0,)]


def test_void_is_not_passed_over_by_who_showed_the_card_again(
    centre: Centre, pc: Callable[[str], Desk]
) -> None:
    """Whether a card is void is no matter of who came first: a person must look."""
    a, b = pc("a"), pc("b")
    card = issue(a)
    a.do(void_card, card.id, reason="丢失")
    for desk in (a, b):
        desk.sync()
    a.do(restore_card, card.id)
    b.do(restore_card, card.id)
    b.do(void_card, card.id, reason="又丢失")
    for desk in (a, b, a):
        desk.sync()
    fields = "SELECT field, present, wanted FROM conflict"
    assert a.rows(fields) == b.rows(fields) == [("state", '"issued"', '"void"')]
    assert a.rows("SELECT state FROM duty_card") == b.rows("SELECT state FROM duty_card")
