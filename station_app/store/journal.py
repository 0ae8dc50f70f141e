"""What a transaction did, written as outbox and audit rows in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import blake2b, sha256
from typing import Any
from uuid import UUID

import msgspec
import sqlcipher3
from uuid_utils.compat import uuid7

from db.models import Synced
from db.policy import SCHEMA_VERSION
from db.vocabulary import Op
from station_app.errors import FaultKind
from station_app.store.faults import fault

AUDIT_KEY = "audit_key"
AUDIT_HEAD = "audit_head"
_LINK_BYTES = 32
_FIRST_LINK = bytes(_LINK_BYTES)

_OUTBOX = (
    "INSERT INTO outbox (uuid, group_id, kind, record_id, op, base_version, fields,"
    " schema_version, hlc, actor_id, state) VALUES (?,?,?,?,?,?,?,?,?,?,'pending')"
)
_AUDIT = (
    "INSERT INTO audit (seq, at, actor_id, op, kind, record_id, fields, digest, link)"
    " VALUES (?,?,?,?,?,?,?,?,?)"
)
_KEEP = (
    "INSERT INTO setting (name, value) VALUES (?, ?)"
    " ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)

_encode = msgspec.json.Encoder(uuid_format="hex", order="deterministic").encode


class Entry:
    """One changed record of a transaction; ``fields`` maps a name to (old, new)."""

    __slots__ = ("base_version", "fields", "id", "kind", "op", "record")

    def __init__(self, record: Synced, op: Op, fields: dict[str, tuple[Any, Any]]) -> None:
        self.record = record
        self.kind = record.kind
        self.id = record.id
        self.op = op
        self.base_version = record.row_version
        self.fields = fields

    def merge(self, fields: dict[str, tuple[Any, Any]]) -> None:
        """Take a later edit in: what was old stays old, what went back is no change."""
        for name, (old, new) in fields.items():
            first = self.fields[name][0] if name in self.fields else old
            if first == new:
                self.fields.pop(name, None)
            else:
                self.fields[name] = (first, new)


@dataclass(slots=True)
class Chain:
    """Where the audit chain and the clock of changes stand. ``key`` is the chain's own key."""

    key: bytes
    seq: int
    link: bytes
    tick: tuple[int, int]

    def copy(self) -> Chain:
        """A chain to go on with; this one stays for the case of a rollback."""
        return replace(self)

    def stamp(self, now: datetime) -> str:
        """The next hybrid logical time ``unixms-counter``; it never goes back as a clock may."""
        millis = int(now.timestamp() * 1000)
        last, count = self.tick
        self.tick = (millis, 0) if millis > last else (last, count + 1)
        return f"{self.tick[0]:013d}-{self.tick[1]:06d}"

    def forge(self, values: tuple[Any, ...]) -> bytes:
        """The next link over ``values`` (at, actor, op, kind, record, fields, digest)."""
        self.seq += 1
        self.link = link_of(self.key, self.link, self.seq, values)
        return self.link


def link_of(key: bytes, before: bytes, seq: int, values: tuple[Any, ...]) -> bytes:
    """The link of audit row ``seq`` whose columns are ``values``, after the link ``before``."""
    message = before + _encode((seq, *values))
    return blake2b(message, key=key, digest_size=_LINK_BYTES).digest()


def first_chain(key: bytes) -> Chain:
    """The chain before its first row."""
    return Chain(key, 0, _FIRST_LINK, (0, 0))


def load_chain(connection: sqlcipher3.Connection) -> Chain:
    """The chain as the file has it. Raises StoreFault(DAMAGED) when its key was taken away."""
    kept = dict(
        connection.execute(
            "SELECT name, value FROM setting WHERE name IN (?, ?)", (AUDIT_KEY, AUDIT_HEAD)
        )
    )
    if AUDIT_KEY not in kept:
        raise fault(FaultKind.DAMAGED)
    head = msgspec.json.decode(kept[AUDIT_HEAD])
    newest = connection.execute("SELECT hlc FROM outbox ORDER BY mid DESC LIMIT 1").fetchone()
    millis, _, count = newest[0].partition("-") if newest else ("0", "", "0")
    return Chain(
        key=bytes.fromhex(msgspec.json.decode(kept[AUDIT_KEY])),
        seq=head["seq"],
        link=bytes.fromhex(head["link"]),
        tick=(int(millis), int(count)),
    )


def start_chain(connection: sqlcipher3.Connection, key: bytes) -> None:
    """Put the beginning of an audit chain into a new file."""
    connection.execute(_KEEP, (AUDIT_KEY, _encode(key.hex()).decode()))
    _keep_head(connection, 0, _FIRST_LINK)


def write_outbox(
    connection: sqlcipher3.Connection,
    entries: Iterable[Entry],
    *,
    chain: Chain,
    actor_id: UUID,
    now: datetime,
) -> list[tuple[Any, ...]]:
    """Add one outbox row an entry; return (op, kind, record id, field names, digest) for each."""
    group = uuid7().hex
    rows, traces = [], []
    for entry in entries:
        body = _encode(dict(_portable(entry.fields)))
        record = entry.id.hex
        rows.append(
            (uuid7().hex, group, entry.kind, record, entry.op.value, entry.base_version,
             body.decode(), SCHEMA_VERSION, chain.stamp(now), actor_id.hex)
        )  # fmt: skip
        digest = digest_of(chain.key, body)
        traces.append((entry.op.value, entry.kind, record, ",".join(entry.fields), digest))
    connection.executemany(_OUTBOX, rows)
    return traces


def withdraw(connection: sqlcipher3.Connection, record_ids: Iterable[UUID]) -> None:
    """Empty the waiting changes of records that are gone: nobody outside has heard of them.

    Each stays in its place, as the queue must have no holes, and changes nothing of the station's
    own record. The audit keeps what happened.
    """
    gone = _encode([one.hex for one in record_ids]).decode()
    connection.execute(
        "UPDATE outbox SET op = 'edit', kind = 'station', fields = '{}', base_version = 0,"
        " record_id = (SELECT id FROM station WHERE stream = '' LIMIT 1)"
        " WHERE record_id IN (SELECT value FROM json_each(?)) AND state = 'pending'",
        (gone,),
    )


def write_audit(
    connection: sqlcipher3.Connection,
    traces: Iterable[tuple[Any, ...]],
    *,
    chain: Chain,
    actor_id: UUID,
    now: datetime,
) -> None:
    """Lengthen the audit chain by one row a trace and keep where it ends."""
    at = f"{now.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"
    rows = []
    for op, kind, record, names, digest in traces:
        values = (at, actor_id.hex, op, kind, record, names, digest.hex())
        link = chain.forge(values)
        rows.append((chain.seq, at, actor_id.hex, op, kind, record, names, digest, link))
    connection.executemany(_AUDIT, rows)
    _keep_head(connection, chain.seq, chain.link)


def digest_of(key: bytes, body: bytes) -> bytes:
    """The keyed digest of changed values: it proves them without telling them."""
    return blake2b(body, key=key, digest_size=_LINK_BYTES).digest()


def _keep_head(connection: sqlcipher3.Connection, seq: int, link: bytes) -> None:
    connection.execute(_KEEP, (AUDIT_HEAD, _encode({"seq": seq, "link": link.hex()}).decode()))


def _portable(fields: dict[str, tuple[Any, Any]]) -> Iterator[tuple[str, list[Any]]]:
    """``fields`` as JSON can carry them; pictures only by their SHA-256."""
    for name, pair in fields.items():
        yield (
            name,
            [
                {"sha256": sha256(value).hexdigest()} if isinstance(value, bytes) else value
                for value in pair
            ],
        )
