"""What the centre said of pushed changes, brought into the file in one transaction (sync.md §5).

Most changes were simply applied: then nothing but the version moves. A refused or conflicting one
gives way to the centre's value, with the changes still waiting on top of it.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
import sqlcipher3

from db.vocabulary import Op
from db.wire import Body, Mutation, Outcome, Result, State
from station_app.store import Change, Tx
from station_app.store.transaction import driver_of
from station_app.sync import outbox, rows
from station_app.sync.derive import Touched
from station_app.sync.identity import centres_now
from station_app.sync.kinds import kinds
from station_app.sync.moments import stored

_GIVES_WAY = frozenset({Outcome.CONFLICT, Outcome.REJECTED})
#: Refusals of what the centre has not, or no longer has.
_NOT_THERE = frozenset({"unknown_record", "moved", "erased"})
_json = msgspec.json.Encoder(uuid_format="hex").encode

Key = tuple[str, str]


class Shadow(NamedTuple):
    """The centre's copy of a record that has waiting changes; no body: it is gone there."""

    row_version: int
    state: str
    body: Body | None


def take_results(
    tx: Tx, mutations: list[Mutation], results: list[Result], *, at: datetime | None = None
) -> bool:
    """Mark ``mutations`` as answered and bring their records in line with ``results``.

    ``at``: when the centre said so, by its own clock, if not just now. Returns whether each of
    their records is now as the centre has it: a pull would tell nothing new.
    """
    driver = driver_of(tx.session)
    at = at or centres_now(driver, tx.now)
    by_record: dict[Key, list[tuple[Mutation, Result]]] = defaultdict(list)
    for mutation, result in zip(mutations, results, strict=True):
        by_record[mutation.kind, mutation.id.hex].append((mutation, result))
    known = {key: read_shadow(driver, key) for key in _shadowed(driver, by_record.keys())}
    slow = {
        key: answered
        for key, answered in by_record.items()
        if any(
            result.outcome in _GIVES_WAY or result.present or _older(known.get(key), result)
            for _, result in answered
        )
    }
    # Children give way first: a parent that goes with them must not leave an empty place behind.
    order = {name: place for place, name in enumerate(reversed(kinds()))}
    known_kinds = sorted((key for key in slow if key[0] in order), key=lambda key: order[key[0]])
    before = {key: _base(driver, key) for key in known_kinds}
    outbox.acknowledge(driver, results, stored(at))
    equal = _move_versions(driver, by_record)
    touched = Touched(driver)
    for key, base in before.items():
        _give_way(tx, touched, key, base, slow[key])
    _move_shadows(driver, {key: pairs for key, pairs in by_record.items() if key not in slow})
    _purge_erased(driver, by_record)
    shadowed = _drop_shadows(driver, by_record.keys())
    touched.settle(tx)
    send_pictures(driver, mutations, results)
    return equal and not shadowed


def read_shadow(driver: sqlcipher3.Connection, key: Key) -> Shadow | None:
    """The centre's copy of a record with waiting changes, if one has come since."""
    row = driver.execute(
        "SELECT row_version, state, body FROM shadow WHERE kind = ? AND record_id = ?", key
    ).fetchone()
    return None if row is None else Shadow(row[0], row[1], msgspec.json.decode(row[2] or "null"))


def write_shadow(driver: sqlcipher3.Connection, key: Key, stream: str, shadow: Shadow) -> None:
    """Keep the centre's copy of a record that has waiting changes."""
    driver.execute(
        "INSERT INTO shadow (kind, record_id, stream, row_version, state, body)"
        " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (kind, record_id) DO UPDATE SET"
        " stream = excluded.stream, row_version = excluded.row_version,"
        " state = excluded.state, body = excluded.body",
        (*key, stream, shadow.row_version, shadow.state, _json(shadow.body).decode()),
    )


def _base(driver: sqlcipher3.Connection, key: Key) -> Body | None:
    """The centre's copy as far as it is known here, before the answer is taken in."""
    shadow = read_shadow(driver, key)
    if shadow is not None:
        return shadow.body
    kind = kinds()[key[0]]
    there = rows.versions(driver, kind, [key[1]])  # a placeholder is nothing
    here = rows.bodies(driver, kind, there).get(key[1])
    return outbox.roll_back(here, outbox.pending_of(driver, [key])[key])


def _give_way(
    tx: Tx,
    touched: Touched,
    key: Key,
    base: Body | None,
    answered: list[tuple[Mutation, Result]],
) -> None:
    driver = driver_of(tx.session)
    shadow, kind = read_shadow(driver, key), kinds()[key[0]]
    there = shadow is not None or rows.versions(driver, kind, [key[1]])
    # What is neither here nor in what was read since went after such an answer was given.
    read = 0 if there else _read_to(driver)
    for mutation, result in answered:
        if not (_older(shadow, result) or 0 < result.rev <= read):
            base = after(base, mutation, result)
    waiting = outbox.pending_of(driver, [key])[key]
    if waiting:
        # If the centre has nothing of it, that is kept too: no waiting deletion tells of it then.
        version = shadow.row_version if shadow else answered[-1][0].base
        # Erased stays erased until the last answer: then what was sent of it goes too.
        gone = State.ERASED if shadow and shadow.state == State.ERASED.value else State.DELETED
        state = State.LIVE if base is not None else gone
        write_shadow(driver, key, "", Shadow(version, state.value, base))
    wanted = outbox.fold(base, waiting)
    here = rows.bodies(driver, kind, [key[1]]).get(key[1])
    if wanted == here:
        return
    if wanted is None:
        rows.remove(driver, kind, [key[1]], now=stored(tx.now))
        touched.removed(kind.name, [key[1]])
    else:
        version = shadow.row_version if shadow else answered[-1][0].base
        version = rows.versions(driver, kind, [key[1]]).get(key[1], version)
        row = rows.Pulled(key[1], version, wanted)
        rows.put(driver, kind, [row], stream="", now=stored(tx.now))
        touched.written(kind.name, [key[1]], [wanted])
    op = Op.DELETE if wanted is None else Op.EDIT if here is not None else Op.ADD
    tx.changes.add(Change(kind.name, UUID(key[1]), op))


def after(base: Body | None, mutation: Mutation, result: Result) -> Body | None:
    """The centre's copy after one answered change, as far as the answer tells."""
    if result.outcome is Outcome.REJECTED:
        # A deletion of what the centre has not (any more) brings nothing back.
        return None if mutation.op == Op.DELETE and result.code in _NOT_THERE else base
    if result.outcome is not Outcome.CONFLICT and not result.present:
        return outbox.fold(base, [mutation])
    present = {name: value for name, value in (result.present or {}).items() if value is not None}
    if mutation.op == Op.DELETE or base is None:
        # A deletion met an edit, or an edit a deletion: the centre's row stays what it was.
        return None if base is None else base | present
    # An empty present value may also mean that the record is deleted: the pull will tell.
    new = {
        name: pair[1]
        for name, pair in mutation.fields.items()
        if name not in (result.present or {})
    }
    return base | new | present


def _older(shadow: Shadow | None, result: Result) -> bool:
    """Whether the answer tells of a time before the shadow: it was given to an earlier life."""
    return shadow is not None and result.row_version <= shadow.row_version


def _move_versions(
    driver: sqlcipher3.Connection, by_record: dict[Key, list[tuple[Mutation, Result]]]
) -> bool:
    """Move to the centre's version where nobody else can have changed the record in between.

    Otherwise the next edit here would claim to have seen what it has not: the pull moves those.
    Whether all records are now of the centre's version, or gone here as there.
    """
    equal, read = True, _read_to(driver)
    by_kind: dict[str, list[tuple[str, list[Result]]]] = defaultdict(list)
    for (kind, record_id), answered in by_record.items():
        if kind in kinds():
            by_kind[kind].append((record_id, [result for _, result in answered]))
            equal &= all(result.outcome is Outcome.APPLIED for _, result in answered)
        else:
            equal = False
    for name, records in by_kind.items():
        known = rows.versions(driver, kinds()[name], [one for one, _ in records])
        moved = []
        for record_id, results in records:
            before = known.get(record_id)
            if before is None:
                equal &= by_record[name, record_id][-1][0].op == Op.DELETE
                continue
            version = _followed(before, [one for one in results if one.rev > read])
            equal &= version == results[-1].row_version
            if version != before:
                moved.append((record_id, version))
        rows.stamp(driver, kinds()[name], moved)
    return equal


def _read_to(driver: sqlcipher3.Connection) -> int:
    """The revision that the own stream was read to: an answer from before it moves nothing."""
    row = driver.execute(
        "SELECT rev FROM cursor JOIN identity ON stream = 'S:' || station_id WHERE mode = ''"
    ).fetchone()
    return 0 if row is None else int(row[0])


def _followed(version: int, results: list[Result]) -> int:
    for one in results:
        if one.outcome is not Outcome.APPLIED or one.row_version != version + 1:
            break
        version += 1
    return version


def _move_shadows(
    driver: sqlcipher3.Connection, by_record: dict[Key, list[tuple[Mutation, Result]]]
) -> None:
    for kind, record_id in _shadowed(driver, by_record.keys()):
        shadow = read_shadow(driver, (kind, record_id))
        assert shadow is not None  # it was just listed
        body = shadow.body
        for mutation, result in by_record[kind, record_id]:
            if not _older(shadow, result):
                body = after(body, mutation, result)
        write_shadow(driver, (kind, record_id), "", shadow._replace(body=body))


def _shadowed(driver: sqlcipher3.Connection, keys: Any) -> list[Key]:
    found: list[Key] = driver.execute("SELECT kind, record_id FROM shadow").fetchall()
    return [key for key in found if key in keys]


def _drop_shadows(driver: sqlcipher3.Connection, keys: Any) -> list[Key]:
    """A record that has nothing waiting any more is its own copy. Which of ``keys`` had one."""
    shadowed = _shadowed(driver, keys)
    waiting = outbox.pending_of(driver, shadowed)
    driver.executemany(
        "DELETE FROM shadow WHERE kind = ? AND record_id = ?",
        [key for key in shadowed if key[0] in kinds() and not waiting[key]],
    )
    return shadowed


def _purge_erased(
    driver: sqlcipher3.Connection, by_record: dict[Key, list[tuple[Mutation, Result]]]
) -> None:
    erased = {
        key
        for key, answered in by_record.items()
        if any(result.code == "erased" for _, result in answered)
    }
    gone = driver.execute("SELECT kind, record_id FROM shadow WHERE state = ?", (State.ERASED,))
    outbox.empty(driver, erased | (set(gone.fetchall()) & by_record.keys()))


def send_pictures(
    driver: sqlcipher3.Connection, mutations: list[Mutation], results: list[Result]
) -> None:
    """A picture is sent once the centre has its record."""
    tasks = []
    for mutation, result in zip(mutations, results, strict=True):
        if mutation.kind == "photo" and mutation.op == Op.ADD:
            sha256 = mutation.fields.get("sha256", (None, None))[1]
            if sha256 and result.outcome is not Outcome.REJECTED:
                tasks.append((sha256,))
    driver.executemany("INSERT OR IGNORE INTO blob_task (sha256, way) VALUES (?, 'out')", tasks)
