"""Pictures travel after their records, by their SHA-256, and go on where they were cut."""

from __future__ import annotations

from hashlib import sha256
from uuid import UUID

import sqlcipher3

from db.vocabulary import Op
from station_app.store import Change, Store
from station_app.store.transaction import driver_of
from station_app.sync.client import Client, Offline, Raw
from station_app.sync.identity import Me

#: Bytes sent at once; a cut costs at most this much.
PART = 1 << 20
_NOT_THERE = frozenset({404})


def move_pictures(store: Store, me: Me, client: Client) -> set[Change]:
    """Send and fetch what still waits. Raises Offline, Refused."""
    with store.read(me.actor) as tx:
        tasks = driver_of(tx.session).execute("SELECT sha256, way FROM blob_task").fetchall()
    changes: set[Change] = set()
    for name, way in tasks:
        if way == "out":
            _send(store, me, client, name)
        else:
            changes |= _fetch(store, me, client, name)
    return changes


def _send(store: Store, me: Me, client: Client, name: str) -> None:
    with store.read(me.actor) as tx:
        picture = picture_of(driver_of(tx.session), name)
    if picture is not None and sha256(picture).hexdigest() == name:
        # One that is not what its name says would be refused each time, and all behind it wait.
        target = f"/v1/blob/{name}"
        at = _offset(client.send("HEAD", target, also=_NOT_THERE))
        while at < len(picture):
            query = f"?offset={at}&size={len(picture)}"
            done = _offset(client.send("PUT", target + query, picture[at : at + PART]))
            if done <= at:
                raise Offline
            at = done
    _done(store, me, name, "out")


def _fetch(store: Store, me: Me, client: Client, name: str) -> set[Change]:
    picture = b""
    while True:
        target = f"/v1/blob/{name}?offset={len(picture)}"
        part = client.send("GET", target, also=_NOT_THERE)
        if part.status == 404:
            return set()  # its PC has not sent it yet
        picture += part.body
        if not part.body or len(picture) >= int(part.headers["upload-length"]):
            break
    if sha256(picture).hexdigest() != name:
        raise Offline
    return keep_picture(store, me, name, picture)


def keep_picture(store: Store, me: Me, name: str, picture: bytes) -> set[Change]:
    """Put a picture into the records that wait for it."""
    with store.write(me.actor) as tx:
        driver = driver_of(tx.session)
        found = driver.execute(
            "UPDATE photo SET body = ? WHERE sha256 = ? AND length(body) = 0 RETURNING id",
            (picture, name),
        ).fetchall()
        tx.changes |= {Change("photo", UUID(row[0]), Op.EDIT) for row in found}
        driver.execute("DELETE FROM blob_task WHERE sha256 = ? AND way = 'in'", (name,))
    return tx.changes


def picture_of(driver: sqlcipher3.Connection, name: str) -> bytes | None:
    """A picture by its SHA-256; None if it is gone meanwhile."""
    row = driver.execute(
        "SELECT body FROM photo WHERE sha256 = ? AND length(body) > 0", (name,)
    ).fetchone()
    return None if row is None else row[0]


def _done(store: Store, me: Me, name: str, way: str) -> None:
    with store.write(me.actor) as tx:
        driver_of(tx.session).execute(
            "DELETE FROM blob_task WHERE sha256 = ? AND way = ?", (name, way)
        )


def _offset(answer: Raw) -> int:
    text = answer.headers.get("upload-offset", "")
    if not text.isdigit():
        raise Offline
    return int(text)
