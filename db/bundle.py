"""Bundles: the messages of a sync as one file on a USB stick, signed and sealed (sync.md §10)."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from db import packing
from db.wire import Hello, HelloAnswer, PullAnswer, Push, PushAnswer, encode

MAGIC = b"LIAISON-BUNDLE-1\n"
#: Largest bundle once opened, in bytes.
LIMIT = 1 << 30
#: Who the centre is in a bundle; a device is its id as hex.
CENTRE = "centre"

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


class BadBundle(Exception):
    """A file that is no bundle, is not for us, is damaged, or was not made by who it says."""


class BundleOut(msgspec.Struct, frozen=True):
    """What a device hands in: its hello, its queue in batches, attachments by SHA-256."""

    hello: Hello
    pushes: list[Push]
    blobs: dict[str, bytes] = {}


class BundlePage(msgspec.Struct, frozen=True):
    """Rows of one stream, read as those of ``/v1/pull`` or, a ``snapshot``, of ``/v1/snapshot``."""

    page: PullAnswer
    snapshot: bool = False


class BundleAnswer(msgspec.Struct, frozen=True):
    """What the centre says to a bundle. ``refusal`` says why it took only ``answers`` in.

    ``about`` has the uuid of each change that ``answers`` speak of, in order: by the time the
    answer is read the PC may have been restored and have given the same mids to other changes.
    """

    hello: HelloAnswer
    answers: list[PushAnswer]
    pages: list[BundlePage]
    blobs: dict[str, bytes] = {}
    refusal: str = ""
    about: list[UUID] = []


class Letter(msgspec.Struct, frozen=True):
    """An opened bundle: who says it, and the signature that still has to be checked."""

    sender: str
    recipient: str
    body: bytes
    signature: bytes


Message = TypeVar("Message", BundleOut, BundleAnswer)


def seal(
    message: BundleOut | BundleAnswer,
    *,
    key: Ed25519PrivateKey,
    sender: str,
    recipient: str,
    recipient_key: X25519PublicKey,
) -> bytes:
    """``message`` as a file that only the recipient can open, and only the sender can have made."""
    body = encode(message)
    letter = Letter(sender, recipient, body, key.sign(_signed(sender, recipient, body)))
    packed, coding = packing.pack(msgspec.json.encode(letter))
    plain = (b"z" if coding else b"-") + packed
    return MAGIC + _SUITE.encrypt(plain, recipient_key, info=_info(recipient))


def open_letter(file: bytes, key: X25519PrivateKey, recipient: str, limit: int = LIMIT) -> Letter:
    """Open a bundle that is for ``recipient``; ``limit`` in bytes. Raises BadBundle."""
    if not file.startswith(MAGIC):
        raise BadBundle("this file is no bundle")
    try:
        plain = _SUITE.decrypt(file[len(MAGIC) :], key, info=_info(recipient))
        coding = "gzip" if plain[:1] == b"z" else ""
        letter = msgspec.json.decode(packing.unpack(plain[1:], coding, limit), type=Letter)
    except (InvalidTag, ValueError, RecursionError, packing.Oversize, packing.BadPacking):
        raise BadBundle("damaged, or for somebody else") from None
    if letter.recipient != recipient:
        raise BadBundle("for somebody else")
    return letter


def sender_device(letter: Letter) -> UUID:
    """The device that says it made the bundle. Raises BadBundle."""
    try:
        return UUID(hex=letter.sender)
    except ValueError:
        raise BadBundle("from nobody") from None


def read_letter(letter: Letter, key: Ed25519PublicKey, kind: type[Message]) -> Message:
    """The message, if ``key`` signed it. Raises BadBundle."""
    try:
        key.verify(letter.signature, _signed(letter.sender, letter.recipient, letter.body))
        return msgspec.json.decode(letter.body, type=kind)
    except (InvalidSignature, msgspec.MsgspecError, RecursionError):
        raise BadBundle("not made by who it says") from None


def _signed(sender: str, recipient: str, body: bytes) -> bytes:
    return MAGIC + f"{sender}\n{recipient}\n".encode() + body


def _info(recipient: str) -> bytes:
    return MAGIC + recipient.encode()
