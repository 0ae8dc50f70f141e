"""How each kind of record is merged; both sides read this one table (docs/sync.md §6)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import inspect

from db.models import Base, Synced

#: The version of the kinds' fields. A change says which one it was made under.
SCHEMA_VERSION = 4


class Merging(StrEnum):
    """``APPEND``: only added. ``FIELDS``: per-field merge, conflicts go to a person.

    ``CENTRE``: stations read it and send suggestions.
    """

    APPEND = "append"
    FIELDS = "fields"
    CENTRE = "centre"


@dataclass(frozen=True, slots=True)
class KindPolicy:
    """The policy of one kind.

    ``commands`` are fields that change only from the stated old value: another present value
    rejects the whole mutation, and the operator acts again. ``first_wins`` are fields that tell
    when, by whom or why: who comes later gives way in silence, as when two PCs both close one
    conflict.
    """

    merging: Merging
    commands: frozenset[str] = frozenset()
    first_wins: frozenset[str] = frozenset()


_FIELDS = KindPolicy(Merging.FIELDS)

POLICIES: dict[str, KindPolicy] = {
    "absence": _FIELDS,
    "account": _FIELDS,
    "activity": _FIELDS,
    "assistance": _FIELDS,
    "attachment": _FIELDS,
    "attendance": _FIELDS,
    "calendar_day": _FIELDS,
    "card_issuer": KindPolicy(Merging.CENTRE),
    "card_key": KindPolicy(Merging.APPEND),
    "card_notice": KindPolicy(Merging.CENTRE),
    "category": _FIELDS,
    "companion": KindPolicy(Merging.APPEND),
    "conflict": KindPolicy(Merging.FIELDS, first_wins=frozenset({"resolved_at", "resolved_by"})),
    "day": KindPolicy(Merging.FIELDS, frozenset({"status"})),
    "deputy": _FIELDS,
    "deputy_suggestion": _FIELDS,
    "dictionary_entry": _FIELDS,
    "duty": _FIELDS,
    # Two PCs that both void a card mean the same; whether it is void is nothing to pass over.
    "duty_card": KindPolicy(
        Merging.FIELDS, first_wins=frozenset({"void_reason", "voided_at", "replaced_by"})
    ),
    "issue": _FIELDS,
    "issue_event": KindPolicy(Merging.APPEND),
    "meeting": _FIELDS,
    "photo": KindPolicy(Merging.APPEND),
    "recurrence": _FIELDS,
    "report_snapshot": KindPolicy(Merging.APPEND),
    "resident": _FIELDS,
    "rule_set": KindPolicy(Merging.APPEND),
    "scanned_paper": _FIELDS,
    "station": _FIELDS,
    "suggestion": KindPolicy(Merging.APPEND),
    "suggestion_event": KindPolicy(Merging.APPEND),
    "unit": _FIELDS,
    "visit": _FIELDS,
}


def models() -> dict[str, type[Any]]:
    """Kind → model of everything that travels."""
    found = (mapper.class_ for mapper in Base.registry.mappers)
    return {one.kind: one for one in found if issubclass(one, Synced)}


def travelling(model: type[Any]) -> tuple[str, ...]:
    """The fields of a kind that travel: every column but the id and the derived ones."""
    return tuple(
        attribute.key
        for attribute in inspect(model).column_attrs
        for column in attribute.columns
        if not column.primary_key and not column.info.get("derived")
    )
