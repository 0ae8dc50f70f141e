"""Who this PC is at the centre: read and changed in short transactions of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
import sqlcipher3
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from db.vocabulary import Role
from db.wire import Policy
from station_app.domain.accounts import Actor
from station_app.errors import SyncFault
from station_app.i18n import tr
from station_app.store import Store
from station_app.store.transaction import driver_of

_COLUMNS = (
    "url, device_id, station_id, letter, incarnation, sign_key, seal_key, centre_sign_key,"
    " centre_seal_key, acked_mid, renew, clock_off, problem, policy, last_check_at"
)


@dataclass(frozen=True, slots=True)
class Me:
    """This PC as the centre knows it. ``sign_key`` and ``seal_key`` are private halves."""

    url: str
    device_id: UUID
    station_id: UUID
    letter: str
    incarnation: int
    sign_key: bytes
    seal_key: bytes
    centre_sign_key: bytes
    centre_seal_key: bytes
    acked_mid: int
    renew: bool
    clock_off: int
    problem: str
    policy: Policy
    last_check_at: str | None

    @property
    def own(self) -> str:
        """The name of the station's own stream."""
        return f"S:{self.station_id.hex}"

    @property
    def signer(self) -> Ed25519PrivateKey:
        """The key that signs what this PC says."""
        return Ed25519PrivateKey.from_private_bytes(self.sign_key)

    @property
    def centre(self) -> Ed25519PublicKey:
        """The key that the centre signs with."""
        return Ed25519PublicKey.from_public_bytes(self.centre_sign_key)

    @property
    def actor(self) -> Actor:
        """Who the exchange acts as: the PC itself."""
        return Actor(self.device_id, "", Role.OPERATOR)


def who_am_i(store: Store) -> Me:
    """This PC's identity. Raises SyncFault("not_joined") before the station has joined."""
    with store.read(Actor(UUID(int=0), "", Role.VIEWER)) as tx:
        return me(driver_of(tx.session))


def me(driver: sqlcipher3.Connection) -> Me:
    """As ``who_am_i``, within a transaction."""
    row = driver.execute(f"SELECT {_COLUMNS} FROM identity").fetchone()
    if row is None:
        raise SyncFault("not_joined", tr("This station has not joined a centre yet."))
    url, device, station, letter, *rest = row
    incarnation, sign, seal, centre_sign, centre_seal, acked, renew, off, problem, policy, at = rest
    return Me(
        url, UUID(device), UUID(station), letter, incarnation, sign, seal, centre_sign,
        centre_seal, acked, bool(renew), off, problem,
        msgspec.convert(msgspec.json.decode(policy), Policy), at,
    )  # fmt: skip


def centres_now(driver: sqlcipher3.Connection, now: datetime) -> datetime:
    """``now`` by the centre's clock, as far as it is known: a PC's own may be a year off."""
    row = driver.execute("SELECT clock_off FROM identity").fetchone()
    return now if row is None else now - timedelta(seconds=row[0])


def note(driver: sqlcipher3.Connection, **facts: Any) -> None:
    """Change facts about this PC."""
    sets = ", ".join(f"{name} = ?" for name in facts)
    driver.execute(f"UPDATE identity SET {sets}", tuple(facts.values()))
