"""What the QR of a duty card carries: a compact payload, signed with Ed25519 (docs/duty-card.md).

One definition for the station, which signs and verifies, and the centre, whose page verifies.
"""

from __future__ import annotations

import re
import unicodedata
from base64 import b32decode, b32encode
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from db.vocabulary import CardKind

VERSION = 1
#: Days are counted from here in two bytes: to the year 2199.
EPOCH = date(2020, 1, 1)
#: What is signed begins with this, so that a signature made for something else never fits.
CARD_CONTEXT = b"liaison duty card 1\n"
KEY_CONTEXT = b"liaison card key 1\n"
#: Stands before a payload where no address is known to lead to.
BARE = "LK1:"
#: Stands between the address and the payload.
PATH = "/C/"

_KINDS = {CardKind.TERM: 1, CardKind.DAY: 2}
_KIND_OF = {number: kind for kind, number in _KINDS.items()}
_HEAD = 2 + 8 + 16 + 16 + 16 + 2 + 2 + 1
_SIGNATURE = 64
_NOBODY = UUID(int=0)
_NUMBER = re.compile(rb"[0-9A-Z-]{0,24}")
_CODE = re.compile(r"(?:HTTPS?://[^\s?#]{1,120}/C/|LK1:)([A-Z2-7]{100,260})")


class BadCard(ValueError):
    """This is no payload of a duty card, or not one that was written as it should be."""


@dataclass(frozen=True, slots=True)
class CardPayload:
    """What a card says of itself. ``deputy_id`` is None for a day card of the desk.

    ``key_id`` (16 hex digits) names the key that signs; ``number`` is printed on the card.
    Both days are valid days.
    """

    kind: CardKind
    card_id: UUID
    deputy_id: UUID | None
    station_id: UUID
    valid_from: date
    valid_to: date
    key_id: str
    number: str


@dataclass(frozen=True, slots=True)
class SignedCard:
    """A payload as it was read; whether ``signature`` fits ``body`` is for ``is_signed`` to say."""

    payload: CardPayload
    body: bytes
    signature: bytes

    def is_signed(self, public_key: bytes) -> bool:
        """Whether the key that the card names has signed it."""
        if key_id(public_key) != self.payload.key_id:
            return False
        return _fits(public_key, self.signature, CARD_CONTEXT + self.body)


def key_id(public_key: bytes) -> str:
    """The name of a key: the first 8 bytes of its SHA-256, in hex."""
    return sha256(public_key).hexdigest()[:16]


def sign_card(payload: CardPayload, key: Ed25519PrivateKey) -> str:
    """The signed payload in base32, as the QR carries it. Raises BadCard for what does not fit."""
    body = pack(payload)
    return _base32(body + key.sign(CARD_CONTEXT + body))


def card_text(signed: str, address: str = "") -> str:
    """The text of the QR: the address that a resident's phone opens, and the payload in it."""
    plain = address.strip().rstrip("/").upper()
    return f"{plain}{PATH}{signed}" if plain else BARE + signed


def payload_in(scanned: str) -> str | None:
    """The payload in what was scanned, or None if it is no duty card.

    Forgives what a keyboard scanner does to it: small letters, full-width signs, blanks around.
    """
    plain = unicodedata.normalize("NFKC", scanned).strip().upper()
    found = _CODE.fullmatch(plain)
    return None if found is None else found[1]


def pack(payload: CardPayload) -> bytes:
    """The bytes that are signed. Raises BadCard for a number or days that do not fit."""
    number = payload.number.encode("ascii", "replace")
    days = [(one - EPOCH).days for one in (payload.valid_from, payload.valid_to)]
    if not _NUMBER.fullmatch(number) or not all(0 <= one < 1 << 16 for one in days):
        raise BadCard
    return b"".join(
        (
            bytes((VERSION, _KINDS[payload.kind])),
            bytes.fromhex(payload.key_id),
            payload.card_id.bytes,
            (payload.deputy_id or _NOBODY).bytes,
            payload.station_id.bytes,
            *(one.to_bytes(2, "big") for one in days),
            bytes((len(number),)),
            number,
        )
    )


def read_card(signed: str) -> SignedCard:
    """Read a payload in base32. Raises BadCard unless it is written in the one right way."""
    try:
        raw = b32decode(signed + "=" * (-len(signed) % 8))
    except ValueError as error:
        raise BadCard from error
    if _base32(raw) != signed or len(raw) < _HEAD + _SIGNATURE:
        raise BadCard
    body, signature = raw[:-_SIGNATURE], raw[-_SIGNATURE:]
    kind = _KIND_OF.get(body[1])
    number = body[_HEAD:]
    if body[0] != VERSION or kind is None or body[_HEAD - 1] != len(number):
        raise BadCard
    if not _NUMBER.fullmatch(number):
        raise BadCard
    ids = [UUID(bytes=body[at : at + 16]) for at in (10, 26, 42)]
    days = [EPOCH + timedelta(int.from_bytes(body[at : at + 2], "big")) for at in (58, 60)]
    payload = CardPayload(
        kind, ids[0], None if ids[1] == _NOBODY else ids[1], ids[2], days[0], days[1],
        body[2:10].hex(), number.decode("ascii"),
    )  # fmt: skip
    return SignedCard(payload, body, signature)


def certify(public_key: bytes, station_id: UUID, centre: Ed25519PrivateKey) -> bytes:
    """The centre's word that ``public_key`` is a key of that station."""
    return centre.sign(_claim(public_key, station_id))


def is_certified(
    public_key: bytes, station_id: UUID, certificate: bytes, centre_key: bytes
) -> bool:
    """Whether the centre with ``centre_key`` has certified the key for that station."""
    return _fits(centre_key, certificate, _claim(public_key, station_id))


def _claim(public_key: bytes, station_id: UUID) -> bytes:
    return KEY_CONTEXT + public_key + station_id.bytes


def _fits(public_key: bytes, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _base32(raw: bytes) -> str:
    return b32encode(raw).decode("ascii").rstrip("=")
