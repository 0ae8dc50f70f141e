"""Whether the station holds what the centre holds: one number a stream (sync.md §8)."""

from __future__ import annotations

from uuid import UUID

import sqlcipher3

from db.wire import DIGEST_MODULUS, DigestAnswer, DigestRequest, State, digest_part
from station_app.store import Store
from station_app.store.transaction import driver_of
from station_app.sync import outbox
from station_app.sync.client import Client
from station_app.sync.identity import Me
from station_app.sync.kinds import kinds
from station_app.sync.pull import places


def digest_of(driver: sqlcipher3.Connection, stream: str, *, own: bool) -> int:
    """The sum over every record of a stream that the centre has, as this file knows them."""
    total = 0
    for kind in kinds().values():
        found = driver.execute(
            f"SELECT id, row_version FROM {kind.table} WHERE stream = ? AND row_version > 0",
            ("" if own else stream,),
        )
        for record_id, version in found:
            total += digest_part(kind.name, UUID(record_id), version, State.LIVE)
    unknown = driver.execute(
        "SELECT kind, record_id, row_version, state FROM shadow WHERE stream = ?", (stream,)
    )
    for name, record_id, version, state in unknown:
        if name not in kinds():
            total += digest_part(name, UUID(record_id), version, State(state))
    return total % DIGEST_MODULUS


def unequal(store: Store, me: Me, client: Client) -> list[str]:
    """The streams whose revision is the centre's and whose digest is not.

    Streams with anything on its way are left for the next time.
    """
    with store.read(me.actor) as tx:
        driver = driver_of(tx.session)
        if outbox.queue(driver).pending:
            return []
        asked = {
            name: (place.rev, f"{digest_of(driver, name, own=name == me.own):016x}")
            for name, place in places(driver).items()
            if not place.mode and not place.held
        }
    if not asked:
        return []
    answer = client.ask("POST", "/v1/digest", DigestRequest(asked), DigestAnswer)
    return [
        name
        for name, (rev, theirs) in answer.streams.items()
        if name in asked and asked[name][0] == rev and asked[name][1] != theirs
    ]
