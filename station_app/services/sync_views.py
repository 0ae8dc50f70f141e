"""What waits for a person in the exchange, in words: which record, which field, which values."""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Boolean, Integer, String, Text, inspect

from db.models import (
    Account,
    Attendance,
    Category,
    Deputy,
    Issue,
    IssueEvent,
    ReceptionDay,
    Resident,
    Station,
    Unit,
    Visit,
)
from db.policy import models
from db.vocabulary import (
    Channel,
    CheckInMethod,
    DayKind,
    DayStatus,
    Gender,
    Level,
    Op,
    Role,
    RoleClass,
    StationKind,
    Urgency,
)
from station_app.domain import words
from station_app.domain.issue_words import urgency_word
from station_app.domain.moments import local
from station_app.domain.phones import mask_phone
from station_app.domain.sync import ConflictRecord, RefusedChange
from station_app.domain.sync_words import field_word, kind_word
from station_app.i18n import tr
from station_app.services.dictionaries import category_paths
from station_app.store import Tx

#: Fields whose whole value is shown only on the record, and logged (domain.md §8).
PRIVATE = frozenset({"phone", "other_phone"})
_LONG = frozenset({"text", "note", "profile"})

_WORDS: dict[type[enum.Enum], Callable[[Any], str]] = {
    Channel: words.channel_word,
    CheckInMethod: words.check_in_word,
    DayKind: words.day_kind_word,
    DayStatus: words.day_status_word,
    Gender: words.gender_word,
    Role: words.role_word,
    RoleClass: words.role_class_word,
    StationKind: words.station_kind_word,
    Urgency: urgency_word,
}


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
    editor, choices = ("", ()) if conflict.deletion else _editor(kind, name)
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
        if one.new not in (None, "", [], {}) and not _inner(one.name)
    )
    return RefusedView(change, title_of(tx, change.kind, change.record_id, change), fields)


def title_of(tx: Tx, kind: str, record_id: UUID, change: RefusedChange | None = None) -> str:
    """What kind of record it is and how people know it; a ``change`` tells of one that is gone."""
    model = models().get(kind)
    record = None if model is None else tx.session.get(model, record_id)
    name = _name(tx, record) if record is not None else ""
    if not name and change is not None:
        told = {one.name: one.new or one.old for one in change.fields}
        name = str(told.get("name") or told.get("title") or told.get("number") or "")
    return tr("{kind} “{name}”", kind=kind_word(kind), name=name) if name else kind_word(kind)


def value_words(tx: Tx, kind: str, field: str, value: Any) -> str:
    """A value, as it travels, as people read it."""
    if value is None or value in ("", [], {}):
        return tr("value|(empty)")
    column = _column(kind, field)
    if field == "category":
        return category_paths(tx).get(str(value), str(value))
    if field == "levels" and isinstance(value, list):
        return words.levels_words(Level(one) for one in value if one in set(Level))
    if field == "deputy_ids" and isinstance(value, list):
        names = (_name(tx, tx.session.get(Deputy, UUID(one))) for one in value)
        return tr("levels|, ").join(name for name in names if name)
    if column is None:
        return str(value)
    for key in column.foreign_keys:
        return _referred(tx, key.column.table.name, value)
    return _plain(column.type.python_type, value)


def _masked(tx: Tx, kind: str, field: str, value: Any) -> str:
    if field in PRIVATE and isinstance(value, str):
        return mask_phone(value)
    return value_words(tx, kind, field, value)


def _plain(wanted: type[Any], value: Any) -> str:
    try:
        if issubclass(wanted, enum.Enum):
            return _WORDS[wanted](wanted(value))
        if issubclass(wanted, datetime):
            return f"{local(msgspec.convert(value, datetime)):%Y-%m-%d %H:%M}"
        if issubclass(wanted, time):
            return f"{msgspec.convert(value, time):%H:%M}"
    except (ValueError, KeyError, msgspec.ValidationError):
        pass  # a word of a newer program is shown as it is
    return str(value)


def _editor(kind: str, field: str) -> tuple[str, tuple[tuple[Any, str], ...]]:
    column = _column(kind, field)
    if column is None or column.foreign_keys or field in ("category", "levels", "deputy_ids"):
        return "", ()
    wanted = column.type.python_type
    if issubclass(wanted, enum.Enum):
        known = tuple((one.value, _WORDS[wanted](one)) for one in wanted if wanted in _WORDS)
        return ("choice", known) if known else ("", ())
    if isinstance(column.type, String | Text):
        return ("lines" if field in _LONG else "line"), ()
    if isinstance(column.type, Integer) and not isinstance(column.type, Boolean):
        return "line", ()
    return ("line" if wanted in (date, time) else ""), ()


def _column(kind: str, field: str) -> Any:
    model = models().get(kind)
    return None if model is None else inspect(model).columns.get(field)


def _inner(field: str) -> bool:
    """Fields that tell a person nothing."""
    return field in ("extra", "created_at", "details", "sha256", "body", "actor_id")


def _referred(tx: Tx, table: str, value: Any) -> str:
    model = next((one for one in models().values() if one.__tablename__ == table), None)
    try:
        record = None if model is None else tx.session.get(model, UUID(str(value)))
    except ValueError:
        record = None
    return _name(tx, record) or tr("value|(a record that is not here)")


def _name(tx: Tx, record: Any) -> str:
    """How people know a record."""
    if isinstance(record, Resident | Deputy | Station | Account | Category | Unit):
        return record.name
    if isinstance(record, Issue):
        return record.title
    if isinstance(record, IssueEvent):
        return _name(tx, tx.session.get(Issue, record.issue_id))
    if isinstance(record, ReceptionDay):
        return f"{record.held_on:%Y-%m-%d}"
    if isinstance(record, Visit):
        return _name(tx, tx.session.get(Resident, record.resident_id))
    if isinstance(record, Attendance):
        return record.name or _name(tx, tx.session.get(Deputy, record.deputy_id))
    return ""
