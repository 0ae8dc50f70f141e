"""The first words of every exchange: where this PC stands, and what the centre says to that."""

from __future__ import annotations

from uuid import UUID

import msgspec
import sqlcipher3

from db.policy import SCHEMA_VERSION
from db.wire import PROTOCOL, Cursor, Hello, HelloAnswer
from station_app import __version__
from station_app.services.latest_time import note_centres_time
from station_app.store import Tx
from station_app.store.transaction import driver_of
from station_app.sync import outbox
from station_app.sync.identity import Me, note
from station_app.sync.moments import told
from station_app.sync.pull import places
from station_app.sync.restored import take_hello


def hello_of(driver: sqlcipher3.Connection, me: Me) -> Hello:
    """What this PC says of itself."""
    queue = outbox.queue(driver)
    cursors = {
        # A stream that is read anew counts as never read.
        one.stream: Cursor(epoch=UUID(one.epoch), rev=one.rev)
        for one in places(driver).values()
        if not one.mode
    }
    return Hello(
        PROTOCOL, __version__, SCHEMA_VERSION, me.incarnation, queue.next_mid, me.acked_mid,
        cursors, queue.kept_mid, me.renew,
    )  # fmt: skip


def take_answer(tx: Tx, me: Me, answer: HelloAnswer, *, carried: bool = False) -> None:
    """Bring this PC in line with what the centre says of it.

    An answer that was ``carried`` on a stick is old: it says nothing of this PC's clock.
    """
    driver = driver_of(tx.session)
    if not carried:
        theirs = told(answer.server_time)
        note(driver, clock_off=round((tx.now - theirs).total_seconds()))
        note_centres_time(tx, theirs)
    note(driver, policy=msgspec.json.encode(answer.policy).decode())
    take_hello(driver, me, answer)
