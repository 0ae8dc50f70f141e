"""Conflict records: what both sides wanted, kept for a person to choose (docs/sync.md §6)."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID, uuid5

from db.wire import Body, Mutation

CONFLICT = "conflict"


class Side(NamedTuple):
    """Who wanted a value and when; ``hlc`` is the hybrid logical time of that PC."""

    actor: UUID | None
    hlc: str


def conflict_id(mutation: Mutation, name: str, version: int, writer: str) -> UUID:
    """The id of a conflict: one for each present value and each writer who disagrees with it.

    ``version`` is the row version that the present value came with. A second edit of the same
    field by the same writer thus lands on the first one's conflict instead of making another.
    """
    return uuid5(mutation.id, f"{mutation.kind}:{name}:{version}:{writer}")


def conflict_body(
    mutation: Mutation,
    name: str,
    pair: tuple[Any, Any],
    there: Side,
    here: Side,
    created_at: str,
) -> Body:
    """A conflict as it travels. ``pair`` is (present value, wanted value) of the field.

    ``there`` wrote the present value, ``here`` wanted the other; ``op`` is "delete" when a
    deletion met an edit. ``resolved_at`` stays None until somebody has chosen.
    """
    return {
        "record_kind": mutation.kind,
        "record_id": mutation.id.hex,
        "field": name,
        "op": mutation.op,
        "present": pair[0],
        "wanted": pair[1],
        "present_actor_id": there.actor.hex if there.actor else None,
        "wanted_actor_id": here.actor.hex if here.actor else None,
        "present_hlc": there.hlc,
        "wanted_hlc": here.hlc,
        "created_at": created_at,
        "resolved_at": None,
        "resolved_by": None,
    }
