"""What administrators did: a chain of links, so that a removed or altered entry is found."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import blake2b

from central.database import Connection

_FIRST = bytes(32)
_LOCK = 0x6A6F75726E616C


def note(connection: Connection, act: str, who: str, target: str) -> None:
    """Add one act in the transaction that carries it out. ``target`` is a code or an id."""
    connection.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    last = connection.execute(
        "SELECT seq, link FROM audit_head ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    seq, before = (last[0] + 1, last[1]) if last else (1, _FIRST)
    at = datetime.now(UTC)
    connection.execute(
        "INSERT INTO audit_head VALUES (%s, %s, %s, %s, %s, %s)",
        [seq, at, act, who, target, _link(before, seq, at, act, who, target)],
    )


def broken_link(connection: Connection) -> int | None:
    """The first entry that does not follow from the one before it, or None."""
    before = _FIRST
    rows = connection.execute("SELECT seq, at, act, who, target, link FROM audit_head ORDER BY seq")
    for place, (seq, at, act, who, target, link) in enumerate(rows, 1):
        if seq != place or link != _link(before, seq, at, act, who, target):
            return place
        before = link
    return None


def _link(before: bytes, seq: int, at: datetime, act: str, who: str, target: str) -> bytes:
    said = "\x1f".join([str(seq), at.astimezone(UTC).isoformat(), act, who, target])
    return blake2b(before + said.encode(), digest_size=32).digest()
