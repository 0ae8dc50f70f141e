"""After a restore: of the centre, of this PC, or of a copy of it (sync.md §8)."""

from __future__ import annotations

import sqlcipher3

from db.wire import Head, HelloAnswer
from station_app.sync import outbox
from station_app.sync.enrolment import use_letter
from station_app.sync.identity import Me, note

#: Why a snapshot is taken: see db/models/sync.py.
FRESH, RESYNC, COMPARE, RESTORED = "fresh", "resync", "compare", "restored"


def take_hello(driver: sqlcipher3.Connection, me: Me, answer: HelloAnswer) -> None:
    """Bring this PC in line with what the centre knows of it."""
    if answer.incarnation != me.incarnation:
        # This file is an old image or a copy: from here on it is a life of its own.
        note(driver, incarnation=answer.incarnation)
        use_letter(driver, answer.letter or me.letter)
        _read_anew(driver, me.own, answer.streams[me.own], _compared(driver, me.own))
    note(driver, renew=False)
    if answer.last_mid < me.acked_mid:
        outbox.send_again(driver, answer.last_mid)
    known = dict(driver.execute("SELECT stream, epoch FROM cursor").fetchall())
    for stream, head in answer.streams.items():
        if stream not in known:
            _read_anew(driver, stream, head, FRESH)
        elif known[stream] != head.epoch.hex:
            _read_anew(driver, stream, head, RESTORED)
    for stream in known.keys() - answer.streams.keys():
        driver.execute("DELETE FROM cursor WHERE stream = ?", (stream,))
        driver.execute("DELETE FROM stage WHERE stream = ?", (stream,))


def _compared(driver: sqlcipher3.Connection, stream: str) -> str:
    """How a new life reads: if the centre was restored just before, as after that."""
    kept = driver.execute(
        "SELECT mode FROM cursor WHERE stream = ? AND mode = ?", (stream, RESTORED)
    ).fetchone()
    return COMPARE if kept is None else RESTORED


def read_anew(driver: sqlcipher3.Connection, stream: str, mode: str) -> None:
    """Take a snapshot of a stream next, in ``mode``."""
    driver.execute("DELETE FROM stage WHERE stream = ?", (stream,))
    driver.execute(
        "UPDATE cursor SET mode = ?, rev = 0, next_rev = 0, held = 0, confirmed = 0"
        " WHERE stream = ?",
        (mode, stream),
    )


def _read_anew(driver: sqlcipher3.Connection, stream: str, head: Head, mode: str) -> None:
    driver.execute(
        "INSERT OR IGNORE INTO cursor (stream, epoch, rev, mode, next_rev, held, confirmed)"
        " VALUES (?, ?, 0, '', 0, 0, 0)",
        (stream, head.epoch.hex),
    )
    driver.execute("UPDATE cursor SET epoch = ? WHERE stream = ?", (head.epoch.hex, stream))
    read_anew(driver, stream, mode)


def lower_bases(driver: sqlcipher3.Connection) -> None:
    """Changes sent again may be based on versions that the restored centre never had.

    Lowered to what it has, they meet the changes of others as conflicts instead of passing
    over them in silence.
    """
    driver.execute(
        "UPDATE outbox SET base_version = min(base_version, coalesce((SELECT row_version"
        " FROM shadow s WHERE s.kind = outbox.kind AND s.record_id = outbox.record_id), 0))"
        " WHERE state = 'pending'"
    )


def settle_in(driver: sqlcipher3.Connection, live: set[tuple[str, str]]) -> None:
    """A new PC of a known station: what its set-up made, and the station has, gives way.

    ``live`` is (kind, id in hex) of everything in the station's stream. Nothing was sent yet, so
    that the waiting changes may still be altered; as changes of nothing they keep their mids.
    """
    known = min((record_id for kind, record_id in live if kind == "station"), default=None)
    if known is not None:
        _adopt_station(driver, known)
    made = driver.execute(
        "SELECT mid, kind, record_id FROM outbox WHERE state = 'pending' AND op = 'add'"
    ).fetchall()
    twins = [(mid,) for mid, kind, record_id in made if (kind, record_id) in live]
    driver.executemany("UPDATE outbox SET op = 'edit', fields = '{}' WHERE mid = ?", twins)


def _adopt_station(driver: sqlcipher3.Connection, known: str) -> None:
    """The station has one row; the one of this PC's set-up gives way to it."""
    driver.execute("DELETE FROM station WHERE id <> ? AND stream = ''", (known,))
    driver.execute(
        "UPDATE outbox SET op = 'edit', fields = '{}', record_id = ?"
        " WHERE kind = 'station' AND record_id <> ? AND state = 'pending'",
        (known, known),
    )
