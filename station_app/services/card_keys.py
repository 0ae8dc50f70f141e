"""The keys of duty cards: this PC's own, those of the station's other PCs, those of others."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select

from db.card_code import is_certified, key_id
from db.models import CardIssuer, CardKey, Identity, OwnCardKey
from station_app.services.station import get_station
from station_app.store import Tx


@dataclass(frozen=True, slots=True)
class KnownKey:
    """A key that cards may be verified with. ``own``: of a PC of this station."""

    public_key: bytes
    station_id: UUID
    station_name: str
    own: bool
    revoked: bool


def own_key(tx: Tx) -> Ed25519PrivateKey:
    """The key that this PC signs cards with; made the first time, and its public half told."""
    row = tx.session.scalars(select(OwnCardKey).order_by(OwnCardKey.made_at.desc())).first()
    if row is not None:
        return Ed25519PrivateKey.from_private_bytes(row.private_key)
    made = Ed25519PrivateKey.generate()
    public = made.public_key().public_bytes_raw()
    name = key_id(public)
    tx.session.add(OwnCardKey(key_id=name, private_key=made.private_bytes_raw(), made_at=tx.now))
    tx.session.add(CardKey(key_id=name, public_key=public.hex(), station_id=get_station(tx).id))
    tx.session.flush()
    return made


def known_key(tx: Tx, name: str) -> KnownKey | None:
    """The key called ``name``: of this station, or one that this station's centre certifies.

    What others claim without the centre's signature is as good as unknown.
    """
    issuer = _issuer(tx, name)
    own = tx.session.scalars(select(CardKey).where(CardKey.key_id == name)).first()
    if own is not None:
        revoked = issuer is not None and issuer.revoked
        station = get_station(tx)
        return KnownKey(_raw(own.public_key), own.station_id, station.title, True, revoked)
    return issuer


def _issuer(tx: Tx, name: str) -> KnownKey | None:
    centre = tx.session.scalar(select(Identity.centre_sign_key))
    if centre is None:
        return None
    for row in tx.session.scalars(select(CardIssuer).where(CardIssuer.key_id == name)):
        public, certificate = _raw(row.public_key), _raw(row.certificate)
        if is_certified(public, row.station_id, certificate, centre):
            revoked = row.revoked_at is not None
            return KnownKey(public, row.station_id, row.station_name, False, revoked)
    return None


def _raw(written: str) -> bytes:
    try:
        return bytes.fromhex(written)
    except ValueError:
        return b""
