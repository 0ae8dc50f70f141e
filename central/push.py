"""Take a device's changes in: one transaction a batch, in the order of their mids (sync.md §5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from uuid import UUID

import psycopg

from central import answers
from central.database import Connection, Database
from central.fold import KIND, Fold, Sides
from central.records import (
    LOAD_OWN,
    Key,
    Stream,
    Written,
    load,
    lock_stream,
    presents,
    words,
    write,
)
from central.refused import Refused
from db.conflicts import Side
from db.merge import Present
from db.wire import Mutation, Outcome, Problem, Push, PushAnswer, Result

#: What PostgreSQL raises for values that it cannot store, such as a text with a NUL in it.
_POISON = (
    psycopg.DataError,
    psycopg.IntegrityError,
    psycopg.errors.ProgramLimitExceeded,
    psycopg.errors.StatementTooComplex,
)


#: Above every mid: of a life that has not said where it began every change is looked up.
_NEVER = 1 << 62


@dataclass(frozen=True, slots=True)
class Intake:
    """Whose queue is taken in. ``revoked_too``: an administrator has looked at it."""

    database: Database
    device: UUID
    incarnation: int
    revoked_too: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """What a batch's transaction finds, with the device's queue and its stream locked."""

    last_mid: int
    may_repeat: bool
    stream: Stream
    table: dict[Key, Present]


def push(
    database: Database, device: UUID, message: Push, *, revoked_too: bool = False
) -> PushAnswer:
    """Take a batch in and say what became of each mutation.

    If PostgreSQL refuses the batch it is halved until the group at fault stands alone; that one
    is rejected and the rest goes on. Raises Refused (GAP, MID_REUSE, REVOKED, UNKNOWN, BUSY,
    EPOCH: this life of the PC is not known here, say hello first).
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
    parts = [_take(intake, half) for half in halves]
    return PushAnswer([one for part in parts for one in part.results], parts[-1].last_mid)


def _attempt(intake: Intake, mutations: list[Mutation], *, refused: bool = False) -> PushAnswer:
    incarnation = intake.incarnation
    with intake.database.connection() as connection:
        found = _open(connection, intake, mutations)
        known = [one for one in mutations if one.mid <= found.last_mid]
        fresh = mutations[len(known) :]
        if fresh and fresh[0].mid != found.last_mid + 1:
            raise Refused(Problem.GAP, expected=found.last_mid + 1)
        results = answers.told(connection, intake.device, incarnation, known)
        if not fresh:
            return PushAnswer(results, found.last_mid)
        made, written = _merged(connection, intake, found, fresh, refused)
        # One round trip: the commit goes along with the writes.
        with connection.pipeline():
            write(connection, found.stream, written)
            answers.keep(connection, intake.device, incarnation, fresh, made)
            connection.commit()
        return PushAnswer(results + made, fresh[-1].mid)


def _open(connection: Connection, intake: Intake, mutations: list[Mutation]) -> Opened:
    """Lock the queue and the stream and read the records, in one round trip.

    The stream is always locked before its records are read, so that nobody writes in between.
    """
    with connection.pipeline():
        who = connection.execute("SELECT station, status, lives FROM enter(%s)", [intake.device])
        queue = connection.execute(
            # After a later life an older one is an image or a copy: all of it may have been told.
            "SELECT last_mid, CASE WHEN EXISTS (SELECT 1 FROM incarnation later WHERE"
            " later.device_id = i.device_id AND later.incarnation > i.incarnation) THEN NULL"
            " ELSE born_mid END FROM incarnation i"
            " WHERE device_id = %s AND incarnation = %s FOR UPDATE OF i",
            [intake.device, intake.incarnation],
        )
        stream = connection.execute(
            "SELECT stream_id, head, digest FROM stream"
            " WHERE stream_id = current_setting('app.own') FOR UPDATE"
        )
        rows = connection.execute(LOAD_OWN, words(_keys(mutations)))
    station, status, lives = who.fetchone() or (None, "", 0)
    place, home = queue.fetchone(), stream.fetchone()
    if station is None or home is None:
        raise Refused(Problem.UNKNOWN)
    if status != "active" and not intake.revoked_too:
        raise Refused(Problem.REVOKED)
    if place is None:
        # A restored centre does not know this life of the PC; hello makes it known.
        raise Refused(Problem.EPOCH, "say hello first")
    last_mid, born_mid = place
    may_repeat = lives > 1 and mutations[0].mid < (_NEVER if born_mid is None else born_mid)
    stands = Stream(home[0], home[1], int(home[2]))
    return Opened(int(last_mid), may_repeat, stands, presents(rows))


def _merged(
    connection: Connection, intake: Intake, found: Opened, fresh: list[Mutation], refused: bool
) -> tuple[list[Result], Written]:
    if refused:
        rejected = [Result(one.mid, Outcome.REJECTED, code="refused") for one in fresh]
        return rejected, Written()
    again: dict[UUID, Result] = {}
    if found.may_repeat:
        again = answers.told_in_another_life(connection, intake.incarnation, fresh)
    anew = [one for one in fresh if one.uuid not in again] if again else fresh
    writer = f"{intake.device.hex}:{intake.incarnation}"
    fold = _fold(connection, found.stream, found.table, anew, intake.device, writer)
    if not again:
        return fold.results, fold.written
    made = {one.mid: one for one in fold.results}
    told = [made.get(one.mid) or answers.as_now(one, again[one.uuid]) for one in fresh]
    return told, fold.written


def fold_into(connection: Connection, stream_id: str, mutations: list[Mutation]) -> list[Result]:
    """Merge mutations of the centre itself into a stream. Raises LookupError: no such stream."""
    stream = lock_stream(connection, stream_id)
    table = load(connection, stream_id, _keys(mutations))
    fold = _fold(connection, stream, table, mutations, None, "")
    write(connection, stream, fold.written)
    return fold.results


def _fold(
    connection: Connection,
    stream: Stream,
    table: dict[Key, Present],
    mutations: list[Mutation],
    device: UUID | None,
    writer: str,
) -> Fold:
    now = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    fold = Fold(stream, table, {}, device, writer, now)
    fold.take(mutations)
    if fold.conflicts:
        fold.sides |= _sides(connection, stream.stream_id, fold.unknown_sides())
        fold.open_conflicts(load(connection, stream.stream_id, fold.conflict_keys()))
    return fold


def _sides(connection: Connection, stream_id: str, versions: set[tuple[str, str, int]]) -> Sides:
    wanted = list(versions)
    rows = connection.execute(
        "SELECT found.* FROM unnest(%s::text[], %s::text[]::uuid[], %s::int[]) AS w(kind, id, n)"
        " CROSS JOIN LATERAL (SELECT h.kind, h.id, h.row_version, actor, hlc"
        " FROM record_history h WHERE stream_id = %s AND h.kind = w.kind AND h.id = w.id"
        " AND h.row_version = w.n LIMIT 1) AS found",
        [*([one[place] for one in wanted] for place in range(3)), stream_id],
    )
    return {(kind, one.hex, version): Side(actor, hlc) for kind, one, version, actor, hlc in rows}


def _keys(mutations: Iterable[Mutation]) -> set[Key]:
    return {(one.kind, one.id.hex) for one in mutations if KIND.fullmatch(one.kind)}


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
