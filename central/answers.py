"""What was answered to mutations before: asked again, the centre says the same (sync.md §5)."""

from __future__ import annotations

from uuid import UUID

import msgspec

from central.database import Connection
from central.refused import Refused
from db.wire import Mutation, Problem, Result, body_hash

_UUID, _HASH = 16, 32

_encode = msgspec.json.Encoder(uuid_format="hex").encode
_decode = msgspec.json.Decoder(list[Result]).decode


def keep(
    connection: Connection,
    device: UUID,
    incarnation: int,
    mutations: list[Mutation],
    results: list[Result],
) -> None:
    """Store what became of a batch, and how far the device's queue is done."""
    connection.execute(
        "INSERT INTO mutation_result VALUES (%s, %s, %s, %s, %s, %s, %s)",
        [device, incarnation, mutations[0].mid, mutations[-1].mid,
         b"".join(one.uuid.bytes for one in mutations),
         b"".join(body_hash(one) for one in mutations),
         _encode(results).decode()],
    )  # fmt: skip
    connection.execute(
        "UPDATE incarnation SET last_mid = %s WHERE device_id = %s AND incarnation = %s",
        [mutations[-1].mid, device, incarnation],
    )


def told(
    connection: Connection, device: UUID, incarnation: int, mutations: list[Mutation]
) -> list[Result]:
    """What was answered to mutations that came before.

    Raises Refused(MID_REUSE) if one of them is not the one that came with this mid, or if that is
    not known any more: a PC restored from an old image would be told that its new work is here.
    """
    if not mutations:
        return []
    stored: dict[int, tuple[Result, bytes]] = {}
    for first, hashes, results in connection.execute(
        "SELECT mid, body_sha256, result::text FROM mutation_result WHERE device_id = %s"
        " AND incarnation = %s AND mid <= %s AND to_mid >= %s",
        [device, incarnation, mutations[-1].mid, mutations[0].mid],
    ):
        for place, result in enumerate(_decode(results)):
            stored[first + place] = result, hashes[_HASH * place : _HASH * (place + 1)]
    answers = []
    for mutation in mutations:
        known = stored.get(mutation.mid)
        if known is None or known[1] != body_hash(mutation):
            raise Refused(Problem.MID_REUSE, expected=mutation.mid)
        answers.append(known[0])
    return answers


def told_in_another_life(
    connection: Connection, incarnation: int, mutations: list[Mutation]
) -> dict[UUID, Result]:
    """What became of mutations that came from another life of this PC, under another mid.

    A PC that was restored, cloned or joined anew hands in what its earlier life may have handed in
    already; a uuid is never applied twice at a station. Only changes made before this life began
    are looked up, so that a PC's everyday costs nothing.
    """
    wanted = {one.uuid for one in mutations}
    found: dict[UUID, Result] = {}
    for uuids, results in connection.execute(
        "SELECT uuids, result::text FROM told_at_station(%s)", [incarnation]
    ):
        known = [UUID(bytes=uuids[at : at + _UUID]) for at in range(0, len(uuids), _UUID)]
        if not wanted.isdisjoint(known):
            both = zip(known, _decode(results), strict=True)
            found |= {one: result for one, result in both if one in wanted}
    return found


def as_now(mutation: Mutation, result: Result) -> Result:
    """An earlier answer, under the mid that the mutation has now."""
    return msgspec.structs.replace(result, mid=mutation.mid)
