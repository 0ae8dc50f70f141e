"""What keeps a centre right over the years: new epochs after restores, forgetting what is over."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import NamedTuple

from central.blobstore import BlobStore, Damaged
from central.database import Connection
from central.records import NUMBER
from db.wire import DIGEST_MODULUS, State, digest_part

#: A record that is gone is told for so long; a cursor from before needs a snapshot.
GONE_FOR = timedelta(days=400)
#: Stations keep what was acknowledged for 35 days; what was answered is kept longer.
ANSWERS_FOR = timedelta(days=60)
HALF_BLOBS_FOR = timedelta(days=30)
#: Behind the next Z, and at least ten letters on: far more than a station gives in a week.
SKIPPED = "((letters + 9) / 26 + 1) * 26"


class Pruned(NamedTuple):
    """How much was forgotten; ``blobs`` (stream, SHA-256): files to remove before the commit."""

    records: int
    answers: int
    blobs: list[tuple[str, str]]


def new_epoch(connection: Connection) -> int:
    """After a restore: all stations read their streams anew and hand in again; how many streams.

    Letters of PCs that were given after the backup are out there, on papers: they are skipped.
    """
    connection.execute(f"UPDATE station SET letters = {SKIPPED}")
    return connection.execute("UPDATE stream SET epoch = gen_random_uuid()").rowcount


def prune(connection: Connection, *, gone_for: timedelta = GONE_FOR) -> Pruned:
    """Forget what has been gone for long with its history, old answers, and half attachments."""
    gone = connection.execute(
        "WITH old AS (DELETE FROM record WHERE state <> ALL (%s) AND updated_at < now() - %s"
        " RETURNING stream_id, kind, id, rev), past AS (DELETE FROM record_history h USING old"
        " WHERE (h.stream_id, h.kind, h.id) = (old.stream_id, old.kind, old.id)), highest AS"
        " (SELECT stream_id, max(rev) AS rev FROM old GROUP BY stream_id), floors AS (UPDATE stream"
        " SET"
        " floor_rev = greatest(floor_rev, highest.rev) FROM highest"
        " WHERE stream.stream_id = highest.stream_id) SELECT count(*) FROM old",
        # That something was erased is told for ever: a PC that comes back after years must purge
        # it too, from its queue as well, and the marks say nothing of the person.
        [[NUMBER[State.LIVE], NUMBER[State.ERASED]], gone_for],
    ).fetchone()
    answers = connection.execute(
        "DELETE FROM mutation_result WHERE received_at < now() - %s", [ANSWERS_FOR]
    ).rowcount
    connection.execute("DELETE FROM enrolment WHERE expires_at < now() - interval '1 day'")
    halves = connection.execute(
        "DELETE FROM blob WHERE NOT complete AND received_at < now() - %s"
        " RETURNING stream_id, sha256",
        [HALF_BLOBS_FOR],
    ).fetchall()
    return Pruned(gone[0] if gone else 0, answers, [(one[0], one[1]) for one in halves])


def damaged_blobs(connection: Connection, store: BlobStore) -> list[tuple[str, str]]:
    """(stream, SHA-256) of every attachment that does not lie there as it was handed in."""
    damaged = []
    for stream_id, name in connection.execute(
        "SELECT stream_id, sha256 FROM blob WHERE complete ORDER BY stream_id, sha256"
    ).fetchall():
        digest = sha256()
        try:
            for _, part in store.parts(stream_id, name):
                digest.update(part)
        except Damaged:
            digest = sha256()
        if digest.hexdigest() != name:
            damaged.append((stream_id, name))
    return damaged


def wrong_digests(connection: Connection) -> list[str]:
    """The streams whose kept digest or head is not what their records say; none, if all is well."""
    wrong = []
    for stream_id, head, kept in connection.execute(
        "SELECT stream_id, head, digest FROM stream ORDER BY stream_id FOR SHARE"
    ).fetchall():
        digest, last = 0, 0
        for kind, one, version, rev in connection.execute(
            "SELECT kind, id, row_version, rev FROM record WHERE stream_id = %s AND state = 0",
            [stream_id],
        ):
            digest += digest_part(kind, one, version, State.LIVE)
            last = max(last, rev)
        if digest % DIGEST_MODULUS != int(kept) or last > head:
            wrong.append(stream_id)
    return wrong
