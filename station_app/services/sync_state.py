"""What an operator sees of the exchange with the centre, and decides about it."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import JSON, ColumnElement, func, inspect, select

from db.models import Account, Conflict, Cursor, Identity, Outbox, Synced
from db.policy import models
from station_app.domain.accounts import require_head, require_writer
from station_app.domain.pinyin import sort_key
from station_app.domain.sync import (
    ConflictRecord,
    FieldChange,
    RefusedChange,
    SyncStatus,
    UnknownRecord,
    Waiting,
    refusal_words,
)
from station_app.errors import Conflict as ConflictError
from station_app.errors import NotFound, RuleViolation
from station_app.i18n import tr
from station_app.store import Tx

PENDING, REJECTED, CONFLICT, DISMISSED = "pending", "rejected", "conflict", "dismissed"
#: Said so, because after a day without a network SQLite believes that nearly all changes wait.
_WAITS = func.unlikely(Outbox.state == PENDING)


def status(tx: Tx, *, unknown: int | None = None) -> SyncStatus:
    """How the exchange stands.

    ``unknown`` is what was counted before, where it need not be counted anew: that looks at
    every record.
    """
    me = tx.session.scalars(select(Identity)).first()
    if me is None:
        return SyncStatus(joined=False)
    waiting = select(func.count(Outbox.group_id.distinct()), func.min(Outbox.hlc))
    pending, oldest = tx.session.execute(waiting.where(_WAITS)).one()
    held = tx.session.scalar(select(func.coalesce(func.sum(Cursor.held), 0)))
    return SyncStatus(
        joined=True,
        letter=me.letter,
        url=me.url,
        pending=pending,
        since=_moment(oldest),
        last_exchange_at=me.last_exchange_at,
        problem=me.problem,
        clock_off=me.clock_off,
        refused=_count(tx, Outbox.state == REJECTED),
        conflicts=_count(tx, Outbox.state == CONFLICT) + _open_conflicts(tx),
        held=held or 0,
        unknown=len(list_unknown(tx)) if unknown is None else unknown,
    )


def list_waiting(tx: Tx) -> tuple[Waiting, ...]:
    """What waits to be handed in, by kind; the kind with the oldest change first."""
    oldest = func.min(Outbox.hlc)
    query = select(Outbox.kind, func.count(Outbox.record_id.distinct()), oldest)
    rows = tx.session.execute(query.where(_WAITS).group_by(Outbox.kind).order_by(oldest))
    return tuple(Waiting(kind, records, _moment(since)) for kind, records, since in rows)


def list_refused(tx: Tx) -> tuple[RefusedChange, ...]:
    """What the centre did not accept and nobody has put aside yet, the oldest first."""
    query = select(Outbox).where(Outbox.state == REJECTED).order_by(Outbox.mid)
    return tuple(_refused(tx, row) for row in tx.session.scalars(query))


def dismiss_refused(tx: Tx, mid: int) -> None:
    """Somebody has read why a change was refused. Raises NotFound."""
    require_writer(tx.actor)
    row = tx.session.get(Outbox, mid)
    if row is None or row.state != REJECTED:
        raise NotFound(tr("This was put aside already."))
    row.state = DISMISSED
    tx.session.flush()


def recall_refused(tx: Tx, mid: int) -> None:
    """Show a change that was put aside again."""
    require_writer(tx.actor)
    row = tx.session.get(Outbox, mid)
    if row is not None and row.state == DISMISSED:
        row.state = REJECTED
        tx.session.flush()


def list_conflicts(tx: Tx) -> tuple[ConflictRecord, ...]:
    """What waits for somebody to choose, the oldest first; those still on their way included."""
    query = select(Conflict).where(Conflict.resolved_at.is_(None)).order_by(Conflict.created_at)
    known = [_conflict(tx, row) for row in tx.session.scalars(query.where(_stands()))]
    coming = select(Outbox).where(Outbox.state == CONFLICT).order_by(Outbox.mid)
    on_the_way = [one for row in tx.session.scalars(coming) for one in _coming(tx, row)]
    return (*known, *on_the_way)


def resolve_conflict(tx: Tx, conflict_id: UUID, value: Any) -> None:
    """Choose ``value`` (as it travels) for the field in question and close the conflict.

    Both travel as ordinary changes. Raises NotFound, Conflict for one that somebody closed
    already or whose record was deleted, RuleViolation for an impossible value.
    """
    require_writer(tx.actor)
    row = tx.session.get(Conflict, conflict_id)
    if row is None:
        raise NotFound(tr("This conflict is no longer there."))
    if row.resolved_at is not None:
        raise ConflictError(tr("Somebody else has chosen already."))
    if value != row.present:
        _write(tx, row, value)
    row.resolved_at = tx.now
    row.resolved_by = tx.actor.id
    tx.session.flush()


def reopen_conflict(tx: Tx, conflict_id: UUID) -> None:
    """Take a choice back: the field is what it was before, and both values wait again.

    Raises NotFound, Conflict as ``resolve_conflict`` does.
    """
    require_writer(tx.actor)
    row = tx.session.get(Conflict, conflict_id)
    if row is None:
        raise NotFound(tr("This conflict is no longer there."))
    if row.resolved_at is None:
        return
    if _record(tx, row) is not None and not _deletion(row):
        _write(tx, row, row.present)
    row.resolved_at = row.resolved_by = None
    tx.session.flush()


def confirm_removals(tx: Tx, *, confirmed: bool = True) -> None:
    """Yes, everything that the centre removed shall go here too; only the head may say so.

    It happens with the next exchange; until then ``confirmed=False`` takes the yes back.
    """
    require_head(tx.actor)
    for row in tx.session.scalars(select(Cursor).where(Cursor.held > 0)):
        row.confirmed = confirmed
    tx.session.flush()


def removals_confirmed(tx: Tx) -> bool:
    """Whether somebody has said yes to what is held."""
    held = tx.session.scalars(select(Cursor.confirmed).where(Cursor.held > 0)).all()
    return bool(held) and all(held)


def list_unknown(tx: Tx, limit: int = 200) -> tuple[UnknownRecord, ...]:
    """Records that are here, wait for nothing and are not at the centre, for a person to look at.

    They are left after this PC or the centre was restored to an earlier day.
    """
    found: list[UnknownRecord] = []
    waiting = select(Outbox.record_id).where(Outbox.state.in_((PENDING, REJECTED)))
    for kind, model in models().items():
        query = select(model.id).where(model.stream == "", model.row_version == 0)
        rows = tx.session.scalars(query.where(model.id.not_in(waiting)).limit(limit))
        found += [UnknownRecord(kind, one) for one in rows]
    return tuple(found[:limit])


def _stands() -> ColumnElement[bool]:
    """A conflict about a conflict would be of no use to anybody."""
    return Conflict.record_kind != Conflict.kind


def _count(tx: Tx, condition: ColumnElement[bool]) -> int:
    return tx.session.scalar(select(func.count()).select_from(Outbox).where(condition)) or 0


def _open_conflicts(tx: Tx) -> int:
    query = select(func.count()).select_from(Conflict).where(Conflict.resolved_at.is_(None))
    return tx.session.scalar(query.where(_stands())) or 0


def _refused(tx: Tx, row: Outbox) -> RefusedChange:
    code = str((row.result or {}).get("code", ""))
    made_at = _moment(row.hlc)
    assert made_at is not None  # every change bears its time
    return RefusedChange(
        mid=row.mid,
        kind=row.kind,
        record_id=row.record_id,
        made_at=made_at,
        actor=_name(tx, row.actor_id),
        fields=tuple(FieldChange(name, *pair) for name, pair in row.fields.items()),
        code=code,
        why=refusal_words(code),
    )


def _conflict(tx: Tx, row: Conflict) -> ConflictRecord:
    return ConflictRecord(
        id=row.id,
        kind=row.record_kind,
        record_id=row.record_id,
        field=row.field,
        present=row.present,
        wanted=row.wanted,
        present_actor=_name(tx, row.present_actor_id),
        wanted_actor=_name(tx, row.wanted_actor_id),
        present_at=_moment(row.present_hlc),
        wanted_at=_moment(row.wanted_hlc),
        deletion=_deletion(row) or _record(tx, row) is None,
    )


def _coming(tx: Tx, row: Outbox) -> Iterator[ConflictRecord]:
    """An answered change whose conflict record has not been read yet."""
    for name, present in ((row.result or {}).get("present") or {}).items():
        yield ConflictRecord(
            id=None,
            kind=row.kind,
            record_id=row.record_id,
            field=name,
            present=present,
            wanted=row.fields.get(name, (None, None))[1],
            present_actor="",
            wanted_actor=_name(tx, row.actor_id),
            present_at=None,
            wanted_at=_moment(row.hlc),
            deletion=row.op == "delete",
        )


def _write(tx: Tx, conflict: Conflict, value: Any) -> None:
    model = models().get(conflict.record_kind)
    record = _record(tx, conflict)
    if model is None or record is None:
        raise ConflictError(tr("The record was deleted; what was written stays to be read here."))
    typed = _typed(model, conflict.field, value)
    if isinstance(typed, UUID) and _target(model, conflict.field, tx, typed):
        raise ConflictError(tr("The record was deleted; what was written stays to be read here."))
    setattr(record, conflict.field, typed)
    if conflict.field == "name" and hasattr(model, "sort_key"):
        setattr(record, "sort_key", sort_key(str(typed)))  # noqa: B010  the model is not known here


def _record(tx: Tx, conflict: Conflict) -> Synced | None:
    """The record in question; None when it is gone."""
    model = models().get(conflict.record_kind)
    record: Synced | None = None if model is None else tx.session.get(model, conflict.record_id)
    return None if record is None or record.stream else record


def _deletion(conflict: Conflict) -> bool:
    """Whether one side deleted the record instead of writing the field."""
    return conflict.op == "delete"


def _target(model: type[Any], field: str, tx: Tx, wanted: UUID) -> bool:
    """Whether the field refers to a record that is not here."""
    column = inspect(model).columns[field]
    for key in column.foreign_keys:
        found = select(key.column).where(key.column == wanted)
        return tx.session.execute(found).first() is None
    return False


def _typed(model: type[Any], field: str, value: Any) -> Any:
    column = inspect(model).columns.get(field)
    if column is None or (value is None and not column.nullable):
        raise RuleViolation({"value": tr("This value does not fit here.")})
    if value is None or isinstance(column.type, JSON):
        return value
    wanted = column.type.python_type
    try:
        return (
            wanted(value)
            if issubclass(wanted, enum.Enum)
            else msgspec.convert(value, wanted, strict=False)
        )
    except (ValueError, msgspec.ValidationError) as error:
        raise RuleViolation({"value": tr("This value does not fit here.")}) from error


def _name(tx: Tx, account_id: UUID | None) -> str:
    found = None if account_id is None else tx.session.get(Account, account_id)
    return "" if found is None else found.name


def _moment(hlc: str | None) -> datetime | None:
    """When a hybrid logical time (``unixms-counter``) was."""
    millis = (hlc or "").partition("-")[0]
    return datetime.fromtimestamp(int(millis) / 1000, UTC) if millis.isdigit() else None
