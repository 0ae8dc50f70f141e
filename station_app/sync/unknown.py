"""Records that the centre does not have after a restore: handed in anew, or taken away here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

import msgspec
from uuid_utils.compat import uuid7

from db.policy import SCHEMA_VERSION
from db.vocabulary import Op
from db.wire import Body
from station_app.domain.accounts import require_head
from station_app.domain.sync import UnknownRecord
from station_app.store import Change, Tx
from station_app.store.transaction import driver_of
from station_app.sync import rows
from station_app.sync.derive import Touched
from station_app.sync.kinds import kinds
from station_app.sync.moments import stored

_encode = msgspec.json.Encoder(uuid_format="hex").encode


class Removed(NamedTuple):
    """A record taken away here, and what it said, so that it can be put back."""

    record: UnknownRecord
    body: Body


def hand_in(tx: Tx, records: Iterable[UnknownRecord]) -> int:
    """Let these records wait to be handed in as new ones; returns how many. Only for the head."""
    require_head(tx.actor)
    driver = driver_of(tx.session)
    group = uuid7().hex
    made: list[tuple[object, ...]] = []
    millis = int(tx.now.timestamp() * 1000)
    for name, ids in _by_kind(records).items():
        for record_id, body in rows.bodies(driver, kinds()[name], ids).items():
            fields = {field: (None, value) for field, value in body.items()}
            made.append(
                (uuid7().hex, group, name, record_id, Op.ADD.value, 0,
                 _encode(fields).decode(), SCHEMA_VERSION, f"{millis:013d}-{len(made):06d}",
                 tx.actor.id.hex)
            )  # fmt: skip
    driver.executemany(
        "INSERT INTO outbox (uuid, group_id, kind, record_id, op, base_version, fields,"
        " schema_version, hlc, actor_id, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending')",
        made,
    )
    return len(made)


def take_away(tx: Tx, records: Iterable[UnknownRecord]) -> tuple[Removed, ...]:
    """Remove these records here; returns what they said. Only for the head."""
    require_head(tx.actor)
    driver = driver_of(tx.session)
    touched = Touched(driver)
    removed: list[Removed] = []
    by_kind = _by_kind(records)
    for name in (one for one in reversed(kinds()) if one in by_kind):
        known = rows.bodies(driver, kinds()[name], by_kind[name])
        removed += [Removed(UnknownRecord(name, by_kind[name][one]), known[one]) for one in known]
        touched.changing(name, known)
        rows.remove(driver, kinds()[name], known, now=stored(tx.now))
        touched.removed(name, known)
    touched.settle(tx)
    for one in removed:
        tx.changes.add(Change(one.record.kind, one.record.record_id, Op.DELETE))
        tx.note(Op.DELETE, one.record.kind, one.record.record_id, why="unknown")
    return tuple(removed)


def put_back(tx: Tx, removed: Iterable[Removed]) -> None:
    """Take a removal back."""
    require_head(tx.actor)
    driver = driver_of(tx.session)
    touched = Touched(driver)
    gone = list(removed)
    for name in kinds():
        back = [one for one in gone if one.record.kind == name]
        pulled = [rows.Pulled(one.record.record_id.hex, 0, one.body) for one in back]
        rows.put(driver, kinds()[name], pulled, stream="", now=stored(tx.now))
        touched.written(name, [one.id for one in pulled], [one.body for one in pulled])
    touched.settle(tx)
    for one in gone:
        tx.changes.add(Change(one.record.kind, one.record.record_id, Op.ADD))
        tx.note(Op.ADD, one.record.kind, one.record.record_id, why="unknown")


def _by_kind(records: Iterable[UnknownRecord]) -> dict[str, dict[str, UUID]]:
    found: dict[str, dict[str, UUID]] = {}
    for one in records:
        found.setdefault(one.kind, {})[one.record_id.hex] = one.record_id
    return found
