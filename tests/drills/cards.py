"""`run.py drill cards`: altered duty cards, of which none may be accepted.

Each card is a good one first; then it is altered in its text or its bytes, in one of the ways in
which somebody would try, and must be refused by a station that knows the keys of two stations.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from base64 import b32decode, b32encode
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from db.card_code import (
    BadCard,
    CardPayload,
    card_text,
    key_id,
    pack,
    payload_in,
    read_card,
    sign_card,
)
from db.vocabulary import CardKind

CARDS = 50
_TEXT = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
#: The order of the curve's group: a signature's second half plus it means the same number.
_ORDER = 2**252 + 27742317777372353535851937790883648493


@dataclass(frozen=True)
class Issuer:
    """One station with its key, as another station knows it."""

    key: Ed25519PrivateKey
    station_id: UUID

    @property
    def public(self) -> bytes:
        return self.key.public_key().public_bytes_raw()


@dataclass(frozen=True)
class Scene:
    """Two stations whose keys are known, one nobody knows, and good cards of the first two."""

    issuers: tuple[Issuer, Issuer]
    stranger: Issuer
    cards: tuple[tuple[CardPayload, str], ...]

    def accepts(self, scanned: str) -> CardPayload | None:
        """What a station does with a scan, as far as it concerns signatures."""
        written = payload_in(scanned)
        if written is None:
            return None
        try:
            card = read_card(written)
        except BadCard:
            return None
        for one in self.issuers:
            fits = card.payload.station_id == one.station_id
            if fits and key_id(one.public) == card.payload.key_id and card.is_signed(one.public):
                return card.payload
        return None


def main(argv: list[str]) -> int:
    """Alter cards; 0 if none was accepted."""
    parser = argparse.ArgumentParser(prog="run.py drill cards", description="altered duty cards")
    parser.add_argument("--times", type=int, default=100_000, help="how many altered cards")
    parser.add_argument("--seed", type=int, default=None, help="for the same cards again")
    asked = parser.parse_args(argv)
    seed = time.time_ns() % 1_000_000 if asked.seed is None else asked.seed
    _say(f"seed {seed}")
    tried, accepted = drill(asked.times, random.Random(seed))
    for line in accepted:
        _say(line)
    said = ", ".join(f"{name} {count:,}" for name, count in sorted(tried.items()))
    _say(f"{asked.times:,} altered cards, {len(accepted)} accepted ({said})")
    return 1 if accepted else 0


def drill(times: int, chance: random.Random) -> tuple[Counter[str], list[str]]:
    """Alter ``times`` cards; how often in which way, and those that were accepted."""
    scene = _scene(chance)
    for payload, signed in scene.cards:
        assert scene.accepts(card_text(signed)) == payload, "a good card is refused"
    tried: Counter[str] = Counter()
    accepted: list[str] = []
    for _ in range(times):
        name, alter = chance.choice(_WAYS)
        payload, signed = chance.choice(scene.cards)
        altered = alter(scene, payload, signed, chance)
        if altered == signed:
            continue  # some alterations undo themselves
        tried[name] += 1
        if scene.accepts(card_text(altered, chance.choice(("", "https://lz.example.cn")))):
            accepted.append(f"{name}: {altered}")
    return tried, accepted


def _scene(chance: random.Random) -> Scene:
    def issuer() -> Issuer:
        seed = Ed25519PrivateKey.from_private_bytes(chance.randbytes(32))
        return Issuer(seed, UUID(bytes=chance.randbytes(16)))

    known, cards = (issuer(), issuer()), []
    for number in range(CARDS):
        one = known[number % 2]
        first = date(2026, 1, 1) + timedelta(chance.randrange(300))
        payload = CardPayload(
            chance.choice(tuple(CardKind)), UUID(bytes=chance.randbytes(16)),
            UUID(bytes=chance.randbytes(16)), one.station_id, first,
            first + timedelta(chance.randrange(400)), key_id(one.public), f"KY-A-2026-{number:04}",
        )  # fmt: skip
        cards.append((payload, sign_card(payload, one.key)))
    return Scene(known, issuer(), tuple(cards))


def _letter(_: Scene, __: CardPayload, signed: str, chance: random.Random) -> str:
    place = chance.randrange(len(signed))
    return signed[:place] + chance.choice(_TEXT) + signed[place + 1 :]


def _swapped(_: Scene, __: CardPayload, signed: str, chance: random.Random) -> str:
    place = chance.randrange(len(signed) - 1)
    return signed[:place] + signed[place + 1] + signed[place] + signed[place + 2 :]


def _cut(_: Scene, __: CardPayload, signed: str, chance: random.Random) -> str:
    return signed[: -chance.randrange(1, 20)]


def _longer(_: Scene, __: CardPayload, signed: str, chance: random.Random) -> str:
    return signed + "".join(chance.choices(_TEXT, k=chance.randrange(1, 9)))


def _bit(_: Scene, __: CardPayload, signed: str, chance: random.Random) -> str:
    raw = bytearray(_raw(signed))
    raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    return _text(bytes(raw))


def _bytes(_: Scene, __: CardPayload, signed: str, chance: random.Random) -> str:
    raw, place = bytearray(_raw(signed)), chance.randrange(100)
    raw[place : place + chance.randrange(1, 17)] = chance.randbytes(chance.randrange(1, 17))
    return _text(bytes(raw))


def _fields(_: Scene, payload: CardPayload, signed: str, chance: random.Random) -> str:
    changed = chance.choice(
        (
            replace(payload, valid_to=payload.valid_to + timedelta(chance.randrange(1, 999))),
            replace(payload, valid_from=payload.valid_from - timedelta(chance.randrange(1, 300))),
            replace(payload, deputy_id=UUID(bytes=chance.randbytes(16))),
            replace(payload, card_id=UUID(bytes=chance.randbytes(16))),
            replace(payload, number=f"KY-A-2026-{chance.randrange(1000, 9999)}"),
        )
    )
    return _text(pack(changed) + _raw(signed)[-64:])


def _other_signature(scene: Scene, _: CardPayload, signed: str, chance: random.Random) -> str:
    other = chance.choice(scene.cards)[1]
    return _text(_raw(signed)[:-64] + _raw(other)[-64:])


def _stranger(scene: Scene, payload: CardPayload, _: str, chance: random.Random) -> str:
    """Signed by somebody else, under their own key's name or the station's."""
    theirs = key_id(scene.stranger.public)
    changed = replace(payload, key_id=chance.choice((theirs, payload.key_id)))
    return sign_card(changed, scene.stranger.key)


def _other_station(scene: Scene, payload: CardPayload, _: str, chance: random.Random) -> str:
    """One station signs a card in the name of the other."""
    for one in scene.issuers:
        if one.station_id != payload.station_id:
            name = chance.choice((payload.key_id, key_id(one.public)))
            return sign_card(replace(payload, key_id=name), one.key)
    raise AssertionError("there are two stations")


def _same_number(_: Scene, __: CardPayload, signed: str, chance: random.Random) -> str:
    """The same signature written in another way: some libraries take that."""
    raw = _raw(signed)
    second = int.from_bytes(raw[-32:], "little") + _ORDER * chance.randrange(1, 8)
    return _text(raw[:-32] + second.to_bytes(32, "little"))


def _empty_signature(_: Scene, payload: CardPayload, __: str, chance: random.Random) -> str:
    """Points of small order, with which a careless check takes any message."""
    point = chance.choice((bytes(32), b"\1" + bytes(31), b"\xec" + b"\xff" * 30 + b"\x7f"))
    return _text(pack(payload) + point + bytes(32))


Way = Callable[[Scene, CardPayload, str, random.Random], str]
_WAYS: tuple[tuple[str, Way], ...] = (
    ("a letter", _letter), ("two letters", _swapped), ("cut", _cut), ("longer", _longer),
    ("a bit", _bit), ("bytes", _bytes), ("a field", _fields),
    ("another card's signature", _other_signature), ("a stranger's key", _stranger),
    ("another station's key", _other_station), ("the same signature anew", _same_number),
    ("no signature", _empty_signature),
)  # fmt: skip


def _raw(signed: str) -> bytes:
    return b32decode(signed + "=" * (-len(signed) % 8))


def _text(raw: bytes) -> str:
    return b32encode(raw).decode("ascii").rstrip("=")


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
