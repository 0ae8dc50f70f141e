"""What waits for a person in the exchange, in words: which record, which field, which values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from db.policy import models
from db.vocabulary import Op
from station_app.domain.phones import mask_phone
from station_app.domain.sync import ConflictRecord, RefusedChange
from station_app.domain.sync_words import INNER, field_word, kind_word
from station_app.i18n import tr
from station_app.services.sync_values import editor_of, record_name, value_words
from station_app.store import Tx

#: Fields whose whole value is shown only on the record, and logged (domain.md §8).
PRIVATE = frozenset({"phone", "other_phone"})

#: What tells of a record that is gone, the best first.
_TELLING = ("name", "title", "topic", "what", "number", "held_on")


@dataclass(frozen=True, slots=True)
class ConflictView:
    """A conflict as a screen shows it.

    ``editor`` says how a third value is given: "line", "lines", "choice" (one of ``choices``, as
    they travel, with their words), or "" where there is nothing else to choose.
    """

    conflict: ConflictRecord
    title: str
    field: str
    present: str
    wanted: str
    editor: str = ""
    choices: tuple[tuple[Any, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RefusedView:
    """A refused change: which record, and each field with what it should have become."""

    change: RefusedChange
    title: str
    fields: tuple[tuple[str, str], ...]


def view_conflict(tx: Tx, conflict: ConflictRecord) -> ConflictView:
    """A conflict in words. Whole phone numbers leave a note in the audit: use a writing Tx."""
    kind, name = conflict.kind, conflict.field
    if name in PRIVATE:
        tx.note(Op.VIEW, kind, conflict.record_id, why=name)
    editor, choices = ("", ()) if conflict.deletion else editor_of(kind, name)
    return ConflictView(
        conflict,
        title_of(tx, kind, conflict.record_id),
        field_word(kind, name),
        value_words(tx, kind, name, conflict.present),
        value_words(tx, kind, name, conflict.wanted),
        editor,
        choices,
    )


def view_refused(tx: Tx, change: RefusedChange) -> RefusedView:
    """A refused change in words; phone numbers masked."""
    fields = tuple(
        (field_word(change.kind, one.name), _masked(tx, change.kind, one.name, one.new))
        for one in change.fields
        if one.new not in (None, "", [], {}) and one.name not in INNER
    )
    return RefusedView(change, title_of(tx, change.kind, change.record_id, change), fields)


def title_of(tx: Tx, kind: str, record_id: UUID, change: RefusedChange | None = None) -> str:
    """What kind of record it is and how people know it; a ``change`` tells of one that is gone."""
    model = models().get(kind)
    record = None if model is None else tx.session.get(model, record_id)
    name = record_name(tx, record) if record is not None else ""
    if not name and change is not None:
        told = {one.name: one.new or one.old for one in change.fields}
        name = str(next((told[one] for one in _TELLING if told.get(one)), ""))
    return tr("{kind} “{name}”", kind=kind_word(kind), name=name) if name else kind_word(kind)


def _masked(tx: Tx, kind: str, field: str, value: Any) -> str:
    if field in PRIVATE and isinstance(value, str):
        return mask_phone(value)
    return value_words(tx, kind, field, value)
