"""Certify the keys that stations sign duty cards with, and tell all stations of void cards.

What stations hand in of their own keys and cards is published in the highest region above them, so
that every station below it can verify a card without asking anybody (docs/duty-card.md).
"""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from central.database import Connection
from central.publish import Wanted, publish
from db.card_code import certify, key_id
from db.vocabulary import CardState

_NAMESPACE = UUID("0d9b1f3a-5a43-5c0e-8d5b-6a3d3f0c77e2")

_STATIONS = """
WITH RECURSIVE above(station_id, code, parent) AS (
    SELECT s.station_id, r.code, r.parent FROM station s JOIN region r ON r.code = s.region
    UNION ALL
    SELECT a.station_id, r.code, r.parent FROM region r JOIN above a ON a.parent = r.code
)
SELECT s.stream_id, s.name, 'R:' || a.code FROM above a JOIN station s USING (station_id)
WHERE a.parent IS NULL ORDER BY s.stream_id
"""
_KEYS = """
SELECT body FROM record WHERE stream_id = %s AND kind = 'card_key' AND state = 0 ORDER BY rev
"""
#: Void cards, and those whose notice says void though they no longer are.
_CARDS = """
SELECT id, body FROM record WHERE stream_id = %s AND kind = 'duty_card' AND state = 0
    AND (body->>'state' = 'void' OR id IN (SELECT (body->>'card_id')::uuid FROM record
        WHERE stream_id = %s AND kind = 'card_notice' AND state = 0 AND body->>'state' = 'void'))
ORDER BY rev
"""


class Published(NamedTuple):
    """How many keys and notices were new or changed."""

    keys: int
    notices: int


def publish_cards(connection: Connection, centre: Ed25519PrivateKey) -> Published:
    """Certify and publish what is new; what is told already takes no revision."""
    keys: dict[str, list[Wanted]] = defaultdict(list)
    notices: dict[str, list[Wanted]] = defaultdict(list)
    for stream, name, top in connection.execute(_STATIONS).fetchall():
        for (body,) in connection.execute(_KEYS, [stream]).fetchall():
            keys[top] += _issuer(body, name, centre)
        for card, body in connection.execute(_CARDS, [stream, top]).fetchall():
            notices[top] += _notice(card, body)
    return Published(_told(connection, keys), _told(connection, notices))


def revoke_key(connection: Connection, name: str) -> int:
    """Refuse all cards that the key called ``name`` signed; in how many regions it was known."""
    found = connection.execute(
        "SELECT stream_id, id FROM record WHERE kind = 'card_issuer' AND state = 0"
        " AND body->>'key_id' = %s AND body->>'revoked_at' IS NULL",
        [name],
    ).fetchall()
    for stream, one in found:
        publish(connection, stream, [Wanted("card_issuer", one, {"revoked_at": _now()})])
    return len(found)


def list_keys(connection: Connection) -> list[dict[str, Any]]:
    """Every certified key with its station."""
    rows = connection.execute(
        "SELECT body->>'key_id', body->>'station_name', body->>'created_at',"
        " body->>'revoked_at' FROM record WHERE kind = 'card_issuer' AND state = 0 ORDER BY 2, 3"
    )
    names = ("key_id", "station", "certified_at", "revoked_at")
    return [dict(zip(names, row, strict=True)) for row in rows]


def _told(connection: Connection, wanted: dict[str, list[Wanted]]) -> int:
    return sum(len(publish(connection, top, _dated(connection, top, records)))
               for top, records in wanted.items())  # fmt: skip


def _dated(connection: Connection, top: str, records: list[Wanted]) -> list[Wanted]:
    """A record that is not there yet says when it was made."""
    known = {
        one
        for (one,) in connection.execute(
            "SELECT id FROM record WHERE stream_id = %s AND kind = ANY (%s) AND state = 0",
            [top, list({one.kind for one in records})],
        )
    }
    made = {"created_at": _now()}
    return [one if one.id in known else Wanted(one.kind, one.id, made | one.fields)
            for one in records]  # fmt: skip


def _issuer(body: dict[str, Any], station: str, centre: Ed25519PrivateKey) -> list[Wanted]:
    try:
        public = bytes.fromhex(body["public_key"])
        of = UUID(body["station_id"])
    except (KeyError, ValueError, TypeError):
        return []  # a damaged or foreign program's key is certified by nobody
    if len(public) != 32 or key_id(public) != body.get("key_id"):
        return []
    fields = {
        "key_id": body["key_id"],
        "public_key": public.hex(),
        "station_id": of.hex,
        "station_name": station,
        "certificate": certify(public, of, centre).hex(),
    }
    return [Wanted("card_issuer", uuid5(_NAMESPACE, f"{public.hex()}/{of.hex}"), fields)]


def _notice(card: UUID, body: dict[str, Any]) -> list[Wanted]:
    fields = {
        "card_id": card.hex,
        "station_id": body.get("station_id"),
        "state": body.get("state", CardState.VOID.value),
        "voided_at": body.get("voided_at"),
    }
    return [Wanted("card_notice", uuid5(_NAMESPACE, card.hex), fields)]


def _now() -> str:
    return datetime.now(UTC).isoformat().replace("+00:00", "Z")
