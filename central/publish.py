"""What the centre itself writes: region and global records, and edits of stations' records."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from uuid_utils.compat import uuid7

from central.database import Connection
from central.push import fold_into
from central.records import load
from db.policy import SCHEMA_VERSION
from db.vocabulary import Op
from db.wire import Mutation, Result, State


@dataclass(frozen=True, slots=True)
class Wanted:
    """A record as the centre wants it; fields that are not named stay as they are."""

    kind: str
    id: UUID
    fields: dict[str, Any]


def publish(connection: Connection, stream_id: str, wanted: Iterable[Wanted]) -> list[Result]:
    """Write records into a stream; what is there already as wanted takes no revision."""
    records = list(wanted)
    present = load(connection, stream_id, {(one.kind, one.id.hex) for one in records})
    mutations = []
    for one in records:
        known = present.get((one.kind, one.id.hex))
        live = known is not None and known.state is State.LIVE
        body = known.body if known and live else {}
        fields = {
            name: (body.get(name), value)
            for name, value in one.fields.items()
            if not live or body.get(name) != value
        }
        if fields:
            version = known.row_version if known else 0
            op = Op.EDIT if live else Op.ADD
            mutations.append(mutation_of(one, op, version, fields))
    return fold_into(connection, stream_id, mutations) if mutations else []


def withdraw(connection: Connection, stream_id: str, kind: str, record_id: UUID) -> list[Result]:
    """Delete a record at the centre."""
    key = (kind, record_id.hex)
    known = load(connection, stream_id, [key]).get(key)
    if known is None:
        return []
    wanted = Wanted(kind, record_id, {})
    fields = {name: (value, None) for name, value in known.body.items()}
    mutation = mutation_of(wanted, Op.DELETE, known.row_version, fields)
    return fold_into(connection, stream_id, [mutation])


def mutation_of(one: Wanted, op: Op, base: int, fields: dict[str, tuple[Any, Any]]) -> Mutation:
    """A change that the centre itself makes."""
    return Mutation(
        mid=0,
        uuid=uuid7(),
        group=uuid7(),
        kind=one.kind,
        id=one.id,
        op=op.value,
        base=base,
        fields=fields,
        schema=SCHEMA_VERSION,
        hlc=f"{int(time.time() * 1000):013d}-000000",
    )
