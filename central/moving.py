"""Move a record to another station, with what hangs on it: gone here, living on there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple
from uuid import UUID, uuid5

from sqlalchemy import inspect

from central.blobstore import BlobStore
from central.database import Connection
from central.erasure import attachments_of, papers_of, remove_attachment
from central.publish import Wanted, mutation_of
from central.records import (
    AMONG,
    Key,
    Stamped,
    Step,
    Stream,
    Written,
    columns,
    load,
    lock_stream,
    write,
)
from db.conflicts import CONFLICT
from db.merge import Present
from db.policy import models
from db.vocabulary import Op
from db.wire import DIGEST_MODULUS, State, digest_part

#: What a record names and loses when it moves: who typed it, on which day's sheet it stood.
_LET_GO = frozenset({"account", "day", "activity"})
#: What comes along with a record that needs it.
_ALONG = frozenset({"photo"})


class Belongs(Exception):
    """The record hangs on one that would stay; the text is that one's kind."""


class There(Exception):
    """The other station has it too: the centre was restored, and the move forgotten by half."""


class Unsettled(Exception):
    """Somebody must settle a conflict first: its values would be lost."""


class Unsent(Exception):
    """A picture of it has not come yet, and would be lost: its PC sends only what it has."""


class Link(NamedTuple):
    """A field of a kind that names a record of another."""

    kind: str
    field: str
    target: str
    needed: bool


@dataclass
class Moved:
    """What went along, and the files that the old station does not need any more."""

    records: dict[Key, Present] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)


@cache
def links() -> tuple[Link, ...]:
    """Every field that names another record."""
    kind_of = {model.__table__.name: name for name, model in models().items()}
    return tuple(
        Link(name, attribute.key, kind_of[key.column.table.name], not column.nullable)
        for name, model in models().items()
        for attribute in inspect(model).column_attrs
        for column in attribute.columns
        for key in column.foreign_keys
        if not column.info.get("derived") and key.column.table.name in kind_of
    )


def move(
    connection: Connection, store: BlobStore, source: str, target: str, key: Key
) -> Moved | None:
    """Move a record and all that hangs on it into another stream; None if it is not there.

    Its history goes along. What names it and stays gets a held place at its station; what it
    names and need not is let go, but for its pictures: one that somebody else here names too is
    doubled. ``files`` of the result lie with the old stream still: they are removed before the
    commit. Raises Belongs, There, Unsettled, Unsent.
    """
    streams = {name: lock_stream(connection, name) for name in sorted((source, target))}
    moved = Moved(_closure(connection, source, key))
    if not moved.records:
        return None
    _make_sure_settled(connection, source, moved.records)
    there = load(connection, target, moved.records)
    if any(present.state is State.LIVE for present in there.values()):
        raise There
    _make_sure_sent(connection, source, moved.records)
    files = attachments_of(connection, source, list(moved.records))
    doubles = _doubles(connection, source, target, moved.records)
    shared = {one: moved.records.pop(one) for one in doubles}
    out, into = Written(), Written()
    for one, present in moved.records.items():
        _evict(streams[source], out, one, present)
        known = there.get(one)
        version = max(present.row_version, known.row_version if known else 0) + 1
        _settle(streams[target], into, one, _freed(one, present, version, doubles))
    known_doubles = load(connection, target, doubles.values())
    for one, present in shared.items():
        known = known_doubles.get(doubles[one])
        if known is None or known.state is not State.LIVE:
            version = (known.row_version if known else 0) + 1
            made = Present(version, State.LIVE, present.body, present.field_versions)
            _settle(streams[target], into, doubles[one], made)
    _carry(connection, source, target, moved.records)
    write(connection, streams[source], out)
    write(connection, streams[target], into)
    for name in sorted(files):
        if _copy(connection, store, source, target, name) and remove_attachment(
            connection, source, name
        ):
            moved.files.add(name)
    return moved


def _closure(connection: Connection, stream_id: str, root: Key) -> dict[Key, Present]:
    """The record, and all that cannot be without those already found. Raises Belongs."""
    found = _living(connection, stream_id, [root])
    if not found:
        return {}
    for link in _needs(root[0]):
        parent = found[root].body.get(link.field)
        if parent and _living(connection, stream_id, [(link.target, parent)]):
            raise Belongs(link.target)
    while True:
        hanging = _living(connection, stream_id, _children(connection, stream_id, found))
        coming = hanging | _living(connection, stream_id, _possessions(found | hanging))
        fresh = {
            one: present
            for one, present in coming.items()
            if one not in found and _may_come(connection, stream_id, one, present, found | coming)
        }
        if not fresh:
            return found
        found |= fresh


def _possessions(found: dict[Key, Present]) -> list[Key]:
    return [
        (link.target, present.body[link.field])
        for (kind, _), present in found.items()
        for link in links()
        if link.kind == kind and link.target in _ALONG and present.body.get(link.field)
    ]


def _may_come(
    connection: Connection, stream_id: str, key: Key, present: Present, found: dict[Key, Present]
) -> bool:
    """Whether nothing that a record needs stays behind."""
    needed = [(link.target, present.body.get(link.field)) for link in _needs(key[0])]
    missing = [(kind, one) for kind, one in needed if one and (kind, one) not in found]
    return not _living(connection, stream_id, missing)


def _needs(kind: str) -> list[Link]:
    return [link for link in links() if link.kind == kind and link.needed]


def _living(connection: Connection, stream_id: str, keys: Iterable[Key]) -> dict[Key, Present]:
    known = load(connection, stream_id, keys)
    return {one: present for one, present in known.items() if present.state is State.LIVE}


def _children(connection: Connection, stream_id: str, found: dict[Key, Present]) -> list[Key]:
    """The records that name one of those found."""
    keys = list[Key]()
    for link in links():
        parents = [one for kind, one in found if kind == link.target and kind not in _ALONG]
        if parents:
            rows = connection.execute(
                "SELECT id FROM record WHERE stream_id = %s AND kind = %s AND state = 0"
                " AND body->>%s = ANY(%s)",
                [stream_id, link.kind, link.field, parents],
            )
            keys += [(link.kind, one.hex) for (one,) in rows.fetchall()]
    keys += papers_of(connection, stream_id, found)
    return list(dict.fromkeys(keys))


def _make_sure_settled(connection: Connection, stream_id: str, keys: Iterable[Key]) -> None:
    waiting = connection.execute(
        "SELECT 1 FROM record WHERE stream_id = %s AND kind = %s AND state = 0"
        " AND body->>'record_id' = ANY(%s) AND body->>'resolved_at' IS NULL LIMIT 1",
        [stream_id, CONFLICT, [one for _, one in keys]],
    ).fetchone()
    if waiting:
        raise Unsettled


def _make_sure_sent(connection: Connection, stream_id: str, records: dict[Key, Present]) -> None:
    names = {present.body.get("sha256") for (kind, _), present in records.items()
             if kind == "photo"}  # fmt: skip
    come = connection.execute(
        "SELECT sha256 FROM blob WHERE stream_id = %s AND complete AND sha256 = ANY (%s)",
        [stream_id, list(names)],
    ).fetchall()
    if len(come) < len(names):
        raise Unsent


def _doubles(
    connection: Connection, source: str, target: str, records: dict[Key, Present]
) -> dict[Key, Key]:
    """The pictures that a record which stays names too, each with its double in the new stream."""
    rows = connection.execute(
        "SELECT DISTINCT body->>'photo_id' FROM record WHERE stream_id = %s AND state = 0"
        f" AND body->>'photo_id' = ANY(%s) AND NOT {AMONG}".encode(),
        [source, [one for kind, one in records if kind == "photo"], *columns(records)],
    ).fetchall()
    return {("photo", one): ("photo", uuid5(UUID(one), target).hex) for (one,) in rows}


def _evict(stream: Stream, written: Written, key: Key, present: Present) -> None:
    part = digest_part(*key, present.row_version, State.LIVE)
    stream.head += 1
    stream.digest = (stream.digest - part) % DIGEST_MODULUS
    gone = Present(present.row_version + 1, State.EVICTED)
    written.records[key] = Stamped(gone, stream.head, None, 0)


def _settle(stream: Stream, written: Written, key: Key, present: Present) -> None:
    stream.head += 1
    part = digest_part(*key, present.row_version, State.LIVE)
    stream.digest = (stream.digest + part) % DIGEST_MODULUS
    written.records[key] = Stamped(present, stream.head, None, 0)
    about = mutation_of(Wanted(key[0], UUID(key[1]), {}), Op.EDIT, present.row_version - 1, {})
    written.history.append(Step(key, present.row_version, {}, about, None))


def _freed(key: Key, present: Present, version: int, doubles: dict[Key, Key]) -> Present:
    """The record as it lives on: what it names and leaves behind is let go."""
    left = {link.field for link in links() if link.kind == key[0] and link.target in _LET_GO}
    body = {name: None if name in left else value for name, value in present.body.items()}
    double = doubles.get(("photo", body.get("photo_id") or ""))
    if double:
        body["photo_id"] = double[1]
    return Present(version, State.LIVE, body, present.field_versions)


def _carry(connection: Connection, source: str, target: str, keys: Iterable[Key]) -> None:
    """Take the history along: personal data are kept once."""
    pairs = columns(keys)
    connection.execute(
        f"DELETE FROM record_history WHERE stream_id = %s AND {AMONG}".encode(), [target, *pairs]
    )
    connection.execute(
        f"UPDATE record_history SET stream_id = %s WHERE stream_id = %s AND {AMONG}".encode(),
        [target, source, *pairs],
    )


def _copy(connection: Connection, store: BlobStore, source: str, target: str, name: str) -> bool:
    """Let an attachment lie with the new stream too; False if it never arrived."""
    done = connection.execute(
        "INSERT INTO blob AS there (stream_id, sha256, size, stored, complete)"
        " SELECT %s, sha256, size, stored, complete FROM blob"
        " WHERE stream_id = %s AND sha256 = %s AND complete"
        " ON CONFLICT (stream_id, sha256) DO UPDATE"
        " SET size = excluded.size, stored = excluded.stored, complete = true"
        " WHERE NOT there.complete",
        [target, source, name],
    )
    if done.rowcount:
        for offset, part in store.parts(source, name):
            store.put(target, name, offset, part)
    there = connection.execute(
        "SELECT 1 FROM blob WHERE stream_id = %s AND sha256 = %s AND complete", [target, name]
    ).fetchone()
    return there is not None
