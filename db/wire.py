"""The messages between station and centre, one definition for both sides (docs/sync.md §4)."""

from __future__ import annotations

from enum import StrEnum
from hashlib import blake2b, sha256
from typing import Annotated, Any
from uuid import UUID

import msgspec
from msgspec import Meta

#: The version of these messages; both sides add fields only, and ignore those they do not know.
PROTOCOL = 1

#: Numbers that JSON, SQLite and PostgreSQL all hold; which life of a PC; a text without NUL.
Count = Annotated[int, Meta(ge=0, le=1 << 53)]
Version = Annotated[int, Meta(ge=0, le=(1 << 31) - 1)]
Life = Annotated[int, Meta(ge=1, le=1 << 30)]
Plain = Annotated[str, Meta(max_length=200, pattern=r"^[^\x00]*$")]
#: A public key as hex.
Key = Annotated[str, Meta(pattern="^[0-9a-f]{64}$", max_length=64)]

#: Values as they travel: UUIDs as hex, dates and moments in ISO 8601, enums by their word.
Body = dict[str, Any]


class Outcome(StrEnum):
    """What became of one mutation. All but ``DUPLICATE`` are stored and told again on a resend."""

    APPLIED = "applied"
    MERGED = "merged"
    NOOP = "noop"
    CONFLICT = "conflict"
    REJECTED = "rejected"
    DUPLICATE = "duplicate"


class State(StrEnum):
    """Where a record is. ``EVICTED``: moved to another station. ``ERASED``: purged everywhere."""

    LIVE = "live"
    DELETED = "deleted"
    EVICTED = "evicted"
    ERASED = "erased"


class Problem(StrEnum):
    """Why a request was refused; each has exactly one thing that the station does about it."""

    GAP = "gap"
    MID_REUSE = "mid_reuse"
    EPOCH = "epoch"
    RESYNC = "resync"
    UPGRADE = "upgrade"
    REVOKED = "revoked"
    SCOPE = "scope"
    UNSIGNED = "unsigned"
    STALE = "stale"
    UNKNOWN = "unknown"
    TOO_LARGE = "too_large"
    BUSY = "busy"
    MALFORMED = "malformed"


class Cursor(msgspec.Struct, frozen=True):
    """How far a device has read one stream."""

    epoch: UUID
    rev: Count


class Hello(msgspec.Struct, frozen=True):
    """A device reports where it stands. ``next_mid`` is the mid its next change will get.

    ``kept_mid`` is the oldest change it still has, to be sent again if the centre was restored
    (0: all). ``renew`` asks for a new incarnation after ``mid_reuse``: this PC is a clone.
    """

    protocol: Version
    app_version: Plain
    schema_version: Version
    incarnation: Life
    next_mid: Count
    acked_mid: Count
    cursors: dict[str, Cursor]
    kept_mid: Count = 0
    renew: bool = False


class Head(msgspec.Struct, frozen=True):
    """Where one stream stands at the centre; below ``floor`` only a snapshot helps."""

    epoch: UUID
    head: int
    floor: int


class Policy(msgspec.Struct, frozen=True):
    """How the centre wants to be spoken to; seconds, and rows a message."""

    batch: int = 500
    page: int = 2000
    poll: float = 60.0
    jitter: float = 30.0


class HelloAnswer(msgspec.Struct, frozen=True):
    """What the centre knows of the device, and the streams it may read.

    Another ``incarnation`` than the device's own: this PC was restored from an old image or is a
    clone. It goes on as the new one with the mid after ``last_mid`` and with the new ``letter``
    on its paper numbers, and reads its streams anew (docs/sync.md §8).
    """

    protocol: int
    last_mid: int
    incarnation: int
    streams: dict[str, Head]
    server_time: str
    policy: Policy
    pull_allowed: bool = True
    letter: str = ""


class Mutation(msgspec.Struct, frozen=True, omit_defaults=True):
    """One change of one record: ``fields`` is ``{name: [old, new]}``.

    ``base`` is the row version of the centre that the change was made on (0: never seen there).
    Mutations of one ``group`` are applied all or none.
    """

    mid: Count
    uuid: UUID
    group: UUID
    kind: str
    id: UUID
    op: str
    base: Count
    fields: dict[str, tuple[Any, Any]]
    schema: Count
    hlc: str
    actor: UUID | None = None
    args: Body | None = None


class Push(msgspec.Struct, frozen=True):
    """Mutations in the order of their mid, without a hole."""

    incarnation: Life
    mutations: list[Mutation]


class Result(msgspec.Struct, frozen=True, omit_defaults=True):
    """What became of one mutation. ``rev`` and ``row_version`` are the record's afterwards.

    ``code`` and ``text`` say why it was rejected; ``present`` holds the centre's values of the
    fields that conflicted, that gave way to who came first, or that spoke against it.
    """

    mid: int
    outcome: Outcome
    rev: int = 0
    row_version: int = 0
    code: str = ""
    text: str = ""
    present: Body | None = None


class PushAnswer(msgspec.Struct, frozen=True):
    """One result each, in order."""

    results: list[Result]
    last_mid: int


class Row(msgspec.Struct, frozen=True, omit_defaults=True):
    """One record as the centre has it; ``body`` is None unless it is live.

    ``device`` and ``mid`` tell whose change stamped it last, so that an echo is recognised.
    """

    kind: str
    id: UUID
    rev: int
    row_version: int
    state: State
    body: Body | None = None
    device: UUID | None = None
    mid: int = 0


class PullAnswer(msgspec.Struct, frozen=True):
    """The rows of one stream beyond a revision; go on at ``next`` while ``more``."""

    stream: str
    epoch: UUID
    rows: list[Row]
    next: int
    head: int
    more: bool


class DigestRequest(msgspec.Struct, frozen=True):
    """A device's digest of each stream at its cursor."""

    streams: dict[str, tuple[Count, str]]


class DigestAnswer(msgspec.Struct, frozen=True):
    """For each stream the centre's (revision, digest); equal revisions must have equal digests."""

    streams: dict[str, tuple[int, str]]


class Refusal(msgspec.Struct, frozen=True, omit_defaults=True):
    """Every answer that is not 2xx. ``expected`` is the mid that the centre waits for.

    ``server_time`` (ISO 8601) comes with ``stale``: sign again with a clock set right.
    """

    problem: Problem
    text: str = ""
    expected: int = 0
    retry_after: float = 0.0
    server_time: str = ""


class Enrol(msgspec.Struct, frozen=True):
    """A new PC introduces itself with its one-time code and the public halves of its keys (hex)."""

    code: Annotated[str, Meta(max_length=200)]
    sign_key: Key
    seal_key: Key
    app_version: Plain
    schema_version: Version


class EnrolAnswer(msgspec.Struct, frozen=True):
    """Who the PC is from now on, the centre's public keys (hex), how its station is called."""

    device_id: UUID
    station_id: UUID
    letter: str
    streams: list[str]
    centre_sign_key: str
    centre_seal_key: str
    station_code: str = ""
    station_name: str = ""


_encoder = msgspec.json.Encoder(uuid_format="hex", order="deterministic")


def encode(message: msgspec.Struct) -> bytes:
    """A message as bytes, the same bytes for the same message."""
    return _encoder.encode(message)


def body_hash(mutation: Mutation) -> bytes:
    """What a resent mid must agree with, else the mid was used twice (32 bytes)."""
    return sha256(encode(mutation)).digest()


def digest_part(kind: str, record_id: UUID | str, row_version: int, state: State) -> int:
    """One record's part in its stream's digest: parts are added modulo 2⁶⁴; an id as text is hex.

    Only a live record counts: what is gone leaves no trace in a snapshot, and is forgotten some
    day, so that a device that never knew of it must have the same digest.
    """
    if state is not State.LIVE:
        return 0
    one = record_id if isinstance(record_id, str) else record_id.hex
    text = f"{kind}:{one}:{row_version}:live"
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")


DIGEST_MODULUS = 1 << 64
