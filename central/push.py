"""Take a device's changes in: one transaction a batch, in the order of their mids (sync.md §5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from uuid import UUID

import msgspec
import psycopg

from central.database import Caller, Connection, Database
from central.fold import Fold, Sides
from central.records import Written, keep_results, load, lock_stream, write
from central.refused import Refused
from db.conflicts import Side
from db.wire import Mutation, Outcome, Problem, Push, PushAnswer, Result, body_hash

#: What PostgreSQL raises for values that it cannot store, such as a text with a NUL in it.
_POISON = (psycopg.DataError, psycopg.IntegrityError, psycopg.errors.ProgramLimitExceeded)

_decode_results = msgspec.json.Decoder(list[Result]).decode


@dataclass(frozen=True, slots=True)
class Intake:
    """Whose queue is taken in. ``revoked_too``: an administrator has looked at it."""

    database: Database
    device: UUID
    incarnation: int
    revoked_too: bool = False


def push(
    database: Database, device: UUID, message: Push, *, revoked_too: bool = False
) -> PushAnswer:
    """Take a batch in and say what became of each mutation.

    If PostgreSQL refuses the batch it is halved until the group at fault stands alone; that one
    is rejected and the rest goes on. Raises Refused (GAP, MID_REUSE, REVOKED, UNKNOWN, BUSY).
    """
    if not _in_order(message.mutations):
        raise Refused(Problem.MALFORMED, "mids must follow each other")
    return _take(Intake(database, device, message.incarnation, revoked_too), message.mutations)


def _take(intake: Intake, mutations: list[Mutation]) -> PushAnswer:
    try:
        return _attempt(intake, mutations)
    except _POISON:
        halves = _halves(mutations)
    if halves is None:
        return _attempt(intake, mutations, refused=True)
    answers = [_take(intake, half) for half in halves]
    return PushAnswer([one for answer in answers for one in answer.results], answers[-1].last_mid)


def _attempt(intake: Intake, mutations: list[Mutation], *, refused: bool = False) -> PushAnswer:
    incarnation = intake.incarnation
    with intake.database.entered(intake.device) as (connection, caller):
        if caller.status != "active" and not intake.revoked_too:
            raise Refused(Problem.REVOKED)
        last_mid = _lock_queue(connection, caller, incarnation)
        known = [one for one in mutations if one.mid <= last_mid]
        fresh = mutations[len(known) :]
        if fresh and fresh[0].mid != last_mid + 1:
            raise Refused(Problem.GAP, expected=last_mid + 1)
        results = stored_results(connection, caller.device, incarnation, known)
        if fresh:
            results += _apply(connection, caller, incarnation, fresh, refused)
            last_mid = fresh[-1].mid
        return PushAnswer(results, last_mid)


def _apply(
    connection: Connection,
    caller: Caller,
    incarnation: int,
    fresh: list[Mutation],
    refused: bool,
) -> list[Result]:
    if refused:
        results = [Result(one.mid, Outcome.REJECTED, code="refused") for one in fresh]
    else:
        again = _told_before(connection, caller.device, incarnation, fresh)
        anew = [one for one in fresh if one.uuid not in again]
        made = {
            one.mid: one
            for one in fold_into(connection, caller.own, anew, caller.device, incarnation)
        }
        results = [made.get(one.mid) or _told(one, again[one.uuid]) for one in fresh]
    keep_results(connection, caller.device, incarnation, fresh, results)
    return results


def fold_into(
    connection: Connection,
    stream_id: str,
    mutations: list[Mutation],
    device: UUID | None,
    incarnation: int = 0,
) -> list[Result]:
    """Merge mutations into a stream under its lock; ``device`` None: the centre writes."""
    stream = lock_stream(connection, stream_id)
    table = load(connection, stream_id, {(one.kind, one.id) for one in mutations})
    writer = f"{device.hex}:{incarnation}" if device else ""
    now = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    fold = Fold(stream, table, {}, device, writer, now, Written())
    results = fold.take(mutations)
    if fold.conflicts:
        fold.sides |= _sides(connection, stream_id, fold.unknown_sides())
        fold.open_conflicts(load(connection, stream_id, fold.conflict_keys()))
    write(connection, stream, fold.written)
    return results


def stored_results(
    connection: Connection, device: UUID, incarnation: int, mutations: list[Mutation]
) -> list[Result]:
    """What was answered to mutations that came before; DUPLICATE when that is forgotten.

    Raises Refused(MID_REUSE) if one of them is not the one that came with this mid.
    """
    if not mutations:
        return []
    stored: dict[int, tuple[Result, bytes]] = {}
    for first, hashes, results in connection.execute(
        "SELECT mid, body_sha256, result::text FROM mutation_result WHERE device_id = %s"
        " AND incarnation = %s AND mid <= %s AND to_mid >= %s",
        [device, incarnation, mutations[-1].mid, mutations[0].mid],
    ):
        for place, result in enumerate(_decode_results(results)):
            stored[first + place] = result, hashes[32 * place : 32 * place + 32]
    answers = []
    for mutation in mutations:
        if mutation.mid not in stored:
            answers.append(Result(mutation.mid, Outcome.DUPLICATE))
            continue
        result, digest = stored[mutation.mid]
        if digest != body_hash(mutation):
            raise Refused(Problem.MID_REUSE, expected=mutation.mid)
        answers.append(result)
    return answers


def _told_before(
    connection: Connection, device: UUID, incarnation: int, mutations: list[Mutation]
) -> dict[UUID, Result]:
    """What became of mutations that came in an earlier life of this PC, under another mid."""
    if incarnation == 1:
        return {}
    wanted = {one.uuid for one in mutations}
    found: dict[UUID, Result] = {}
    for uuids, results in connection.execute(
        "SELECT uuids, result::text FROM mutation_result WHERE device_id = %s"
        " AND incarnation < %s ORDER BY incarnation, mid",
        [device, incarnation],
    ):
        told = [UUID(bytes=uuids[at : at + 16]) for at in range(0, len(uuids), 16)]
        if not wanted.isdisjoint(told):
            both = zip(told, _decode_results(results), strict=True)
            found |= {one: result for one, result in both if one in wanted}
    return found


def _told(mutation: Mutation, result: Result) -> Result:
    return msgspec.structs.replace(result, mid=mutation.mid)


def _sides(connection: Connection, stream_id: str, versions: set[tuple[str, UUID, int]]) -> Sides:
    wanted = list(versions)
    rows = connection.execute(
        "SELECT kind, id, row_version, actor, hlc FROM record_history WHERE stream_id = %s"
        " AND (kind, id, row_version) IN"
        " (SELECT * FROM unnest(%s::text[], %s::uuid[], %s::int[]))",
        [stream_id, *([one[place] for one in wanted] for place in range(3))],
    )
    return {(kind, one, version): Side(actor, hlc) for kind, one, version, actor, hlc in rows}


def _lock_queue(connection: Connection, caller: Caller, incarnation: int) -> int:
    row = connection.execute(
        "SELECT last_mid FROM incarnation WHERE device_id = %s AND incarnation = %s FOR UPDATE",
        [caller.device, incarnation],
    ).fetchone()
    if row is None:
        # A restored centre does not know this life of the PC; hello makes it known.
        raise Refused(Problem.EPOCH, "say hello first")
    return int(row[0])


def _in_order(mutations: Iterable[Mutation]) -> bool:
    mids = [one.mid for one in mutations]
    return bool(mids) and mids[0] > 0 and mids == list(range(mids[0], mids[0] + len(mids)))


def _halves(mutations: list[Mutation]) -> tuple[list[Mutation], list[Mutation]] | None:
    """The mutations in two halves without tearing a group; None if they are one group."""
    groups = [list(run) for _, run in groupby(mutations, key=lambda one: one.group)]
    if len(groups) < 2:
        return None
    middle = len(groups) // 2
    first = [one for group in groups[:middle] for one in group]
    return first, mutations[len(first) :]
