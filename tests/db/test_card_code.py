"""The payload of duty cards: the vectors that docs/duty-card.md publishes, and what is refused."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from db import card_code
from db.card_code import BadCard, CardPayload, payload_in, read_card, sign_card
from db.vocabulary import CardKind
from station_app.config import ROOT
from station_app.domain.card_address import LONGEST
from station_app.printing import qr
from tests.drills.cards import drill


@pytest.fixture(scope="module")
def vectors() -> dict[str, Any]:
    text = (ROOT / "docs" / "duty-card.md").read_text("utf-8")
    (found,) = re.findall(r"```json\n(.*?)```", text, re.DOTALL)
    vectors: dict[str, Any] = json.loads(found)
    return vectors


@pytest.fixture(scope="module")
def key(vectors: dict[str, Any]) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(vectors["seed"]))


def payload_of(card: dict[str, Any], key_id: str) -> CardPayload:
    deputy = card["deputy_id"]
    return CardPayload(
        CardKind(card["kind"]), UUID(card["card_id"]), None if deputy is None else UUID(deputy),
        UUID(card["station_id"]), date.fromisoformat(card["valid_from"]),
        date.fromisoformat(card["valid_to"]), key_id, card["number"],
    )  # fmt: skip


def test_cards_are_signed_and_read_as_the_document_says(
    vectors: dict[str, Any], key: Ed25519PrivateKey
) -> None:
    public = bytes.fromhex(vectors["public_key"])
    assert key.public_key().public_bytes_raw() == public
    assert card_code.key_id(public) == vectors["key_id"]
    for card in vectors["cards"]:
        payload = payload_of(card, vectors["key_id"])
        assert card_code.pack(payload).hex() == card["body"]
        signed = payload_in(card["text"])
        assert signed == sign_card(payload, key)
        found = read_card(signed)
        assert found.payload == payload
        assert found.is_signed(public)


def test_the_certificate_is_the_centres_word_for_one_station(vectors: dict[str, Any]) -> None:
    public, centre = (bytes.fromhex(vectors[name]) for name in ("public_key", "centre_public_key"))
    station = UUID(vectors["cards"][0]["station_id"])
    signer = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(vectors["centre"]))
    made = card_code.certify(public, station, signer)
    assert made.hex() == vectors["certificate"]
    assert card_code.is_certified(public, station, made, centre)
    assert not card_code.is_certified(public, UUID(int=1), made, centre)
    assert not card_code.is_certified(public, station, made, public)
    assert not card_code.is_certified(public, station, b"", centre)


def test_what_the_document_refuses_is_refused(vectors: dict[str, Any]) -> None:
    public = bytes.fromhex(vectors["public_key"])
    changed = read_card(vectors["refused"]["another last day"])
    assert changed.payload.valid_to != date(2026, 12, 31)
    assert not changed.is_signed(public)
    with pytest.raises(BadCard):
        read_card(vectors["refused"]["spare bits set"])


def test_a_keyboard_scanner_may_do_to_it_what_such_scanners_do(vectors: dict[str, Any]) -> None:
    text = vectors["cards"][0]["text"]
    expected = payload_in(text)
    full_width = "".join(chr(ord(one) + 0xFEE0) if one.isalnum() else one for one in text)
    for scanned in (text.lower(), f"  {text}\t", full_width):
        assert payload_in(scanned) == expected
    for other in ("LF1:VAAAA.1", "https://lz.example.gov.cn/c/AEAV", "", text + "1", "x" + text):
        assert payload_in(other) is None


@pytest.mark.parametrize("address", ["", "https://lz.example.gov.cn", "http://" + "a" * 59])
def test_the_longest_text_still_fits_version_ten(key: Ed25519PrivateKey, address: str) -> None:
    assert len(address) <= LONGEST
    day = date(2199, 1, 1)
    name = card_code.key_id(key.public_key().public_bytes_raw())
    longest = CardPayload(CardKind.TERM, UUID(int=1), None, UUID(int=2), day, day, name, "W" * 24)
    side = qr.width(card_code.card_text(sign_card(longest, key), address))
    assert (side - 17) // 4 <= 10


def test_what_does_not_fit_is_not_signed(vectors: dict[str, Any], key: Ed25519PrivateKey) -> None:
    payload = payload_of(vectors["cards"][0], vectors["key_id"])
    for wrong in (
        replace(payload, number="W" * 25),
        replace(payload, number="葵英-1"),
        replace(payload, valid_from=date(2019, 12, 31)),
    ):
        with pytest.raises(BadCard):
            sign_card(wrong, key)


def test_no_altered_card_is_accepted() -> None:
    """The long version is ``run.py drill cards``."""
    tried, accepted = drill(1000, random.Random(20261110))
    assert accepted == []
    assert len(tried) == 12
