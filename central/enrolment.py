"""How a PC becomes a device: a one-time code, a second person for a second PC (sync.md §11)."""

from __future__ import annotations

import secrets
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from uuid_utils.compat import uuid7

from central.database import Connection, Database
from central.keys import CentreKeys
from central.refused import Refused
from db.wire import Enrol, EnrolAnswer, Problem

CODE_LIFE = timedelta(minutes=10)
#: Without 0/O and 1/I/L, which people mix up; 16 letters of 31 are beyond guessing.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_GROUPS, _GROUP = 4, 4


def new_code() -> str:
    """A one-time code such as ``7KQM-…``, to be read out on the telephone."""
    letters = [secrets.choice(ALPHABET) for _ in range(_GROUPS * _GROUP)]
    parts = ["".join(letters[at : at + _GROUP]) for at in range(0, len(letters), _GROUP)]
    return "-".join(parts)


def code_hash(code: str) -> bytes:
    """What is stored of a code; typed hyphens, spaces and small letters do not matter."""
    letters = "".join(letter for letter in code.upper() if letter in ALPHABET)
    return sha256(b"enrolment " + letters.encode()).digest()


def issue_code(connection: Connection, station: UUID, issued_by: str) -> tuple[str, bool]:
    """A new code for a station, and whether a second person must approve it first."""
    code = new_code()
    row = connection.execute(
        "INSERT INTO enrolment (code_sha256, station_id, issued_by, needs_approval, expires_at)"
        " SELECT %s, %s, %s, EXISTS (SELECT 1 FROM device WHERE station_id = %s"
        " AND status = 'active'), now() + %s RETURNING needs_approval",
        [code_hash(code), station, issued_by, station, CODE_LIFE],
    ).fetchone()
    assert row is not None  # an INSERT that did not raise has a row
    return code, bool(row[0])


def approve_code(connection: Connection, code: str, approved_by: str) -> bool:
    """Approve a code as a second person; False if it is unknown, over, or was one's own."""
    done = connection.execute(
        "UPDATE enrolment SET approved_by = %s WHERE code_sha256 = %s AND issued_by <> %s"
        " AND device_id IS NULL AND expires_at > now()",
        [approved_by, code_hash(code), approved_by],
    )
    return done.rowcount == 1


def enrol(database: Database, keys: CentreKeys, message: Enrol, signed_by: str) -> EnrolAnswer:
    """Register a PC. The same PC may ask again with the same code if the answer was lost.

    ``signed_by`` is the key that signed the request: it must be the one that is registered.
    Raises Refused(SCOPE) whose text says why: used, unknown, expired, unapproved, key.
    """
    if signed_by != message.sign_key:
        raise Refused(Problem.UNSIGNED)
    with database.connection() as connection:
        row = connection.execute(
            "SELECT problem, device, station, its_letter FROM join_station(%s, %s, %s, %s, %s, %s)",
            [code_hash(message.code), uuid7(), _public(message.sign_key),
             _public(message.seal_key), message.app_version[:40], message.schema_version],
        ).fetchone()  # fmt: skip
        assert row is not None  # a function always answers
        problem, device, station, letter = row
        if problem:
            raise Refused(Problem.SCOPE, problem)
        streams = connection.execute("SELECT streams FROM enter(%s)", [device]).fetchone()
        named = connection.execute("SELECT code, name FROM my_station()").fetchone()
        assert streams is not None
        assert named is not None
        return EnrolAnswer(
            device, station, letter, streams[0], keys.sign_public, keys.seal_public, *named
        )


def _public(key: str) -> bytes:
    try:
        raw = bytes.fromhex(key)
    except ValueError:
        raise Refused(Problem.MALFORMED, "a key is hex") from None
    if len(raw) != 32:
        raise Refused(Problem.MALFORMED, "a key has 32 bytes")
    return raw
