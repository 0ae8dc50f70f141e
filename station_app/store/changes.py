"""Listens to every flush: editions, times, outbox, audit, Changes; no service can forget them."""

from __future__ import annotations

from functools import cache
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, event, inspect, select
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction
from sqlalchemy.orm.attributes import instance_dict, instance_state

from db.models import Base, Synced
from db.vocabulary import Op
from station_app.errors import Conflict
from station_app.i18n import tr
from station_app.store import search_index
from station_app.store.journal import Chain, Entry, digest_of, withdraw, write_audit, write_outbox
from station_app.store.transaction import Change, Tx, driver_of


class StationSession(Session):
    """A session whose flushes are watched. Bulk methods would go unseen and are not there."""

    def _unwatched(self, *args: object, **named: object) -> Any:
        raise RuntimeError("bulk methods bypass the outbox and the audit")

    bulk_save_objects = bulk_insert_mappings = bulk_update_mappings = _unwatched


class Watch:
    """Collects what one writing transaction does and writes it down before the commit.

    Several edits of one record in one transaction are one edit: one edition, one outbox row.
    """

    def __init__(self, tx: Tx, chain: Chain) -> None:
        self.tx = tx
        self.chain = chain
        self.may_commit = False
        self._entries: dict[tuple[str, UUID], Entry] = {}
        self._notes: list[tuple[Any, ...]] = []

    def note(self, op: Op, kind: str, record_id: UUID | None, why: str) -> None:
        """Remember an act that changes nothing."""
        record = record_id.hex if record_id else None
        self._notes.append((op.value, kind, record, why, digest_of(self.chain.key, why.encode())))

    def before_flush(self) -> None:
        """Give new records their times, and edits their edition, so that both are stored."""
        session, now = self.tx.session, self.tx.now
        for record in session.new:
            if isinstance(record, Synced):
                record.updated_at = now
                if instance_dict(record).get("created_at") is None:
                    record.created_at = now
        for record in session.dirty:
            if isinstance(record, Synced):
                self._edited(record)
        for record in session.deleted:
            if isinstance(record, Synced):
                self._deleted(record)

    def after_flush(self) -> None:
        """Take the new records in: only now have they their defaults."""
        for record in self.tx.session.new:
            if isinstance(record, Synced):
                values = instance_dict(record)
                fields = {
                    name: (None, values[name])
                    for name in _columns(type(record))
                    if values.get(name) is not None
                }
                self._entries[record.kind, record.id] = Entry(record, Op.ADD, fields)
                self.tx.changes.add(Change(record.kind, record.id, Op.ADD))

    def before_commit(self) -> None:
        """Write outbox and audit rows of everything collected."""
        if not self.may_commit:
            raise RuntimeError("only the store commits")
        self.tx.session.flush()
        entries = [entry for entry in self._entries.values() if entry.fields]
        if not (entries or self._notes):
            return
        driver = driver_of(self.tx.session)
        about: dict[str, Any] = {
            "chain": self.chain, "actor_id": self.tx.actor.id, "now": self.tx.now,
        }  # fmt: skip
        traces = write_outbox(driver, entries, **about)
        write_audit(driver, traces + self._notes, **about)
        if self.tx.withdraw:
            withdraw(driver, [one.id for one in entries if one.op is Op.DELETE])
        search_index.refresh(self.tx.session, driver, entries)

    def _edited(self, record: Synced) -> None:
        changed = _changed(self.tx.session, record)
        if not changed:
            return
        columns = _columns(type(record))
        travelling = {name: pair for name, pair in changed.items() if name in columns}
        earlier = self._entries.get((record.kind, record.id))
        if earlier is None:
            self.tx.changes.add(Change(record.kind, record.id, Op.EDIT))
            if travelling:
                _require_own(record)
                record.edition += 1
                record.updated_at = self.tx.now
                self._entries[record.kind, record.id] = Entry(record, Op.EDIT, travelling)
        else:
            earlier.merge(travelling)

    def _deleted(self, record: Synced) -> None:
        _require_own(record)
        values = instance_dict(record) | {
            name: old for name, (old, _) in _changed(self.tx.session, record).items()
        }
        earlier = self._entries.pop((record.kind, record.id), None)
        self.tx.changes -= {Change(record.kind, record.id, op) for op in (Op.ADD, Op.EDIT)}
        if earlier and earlier.op is Op.ADD:
            return
        fields = {name: (values.get(name), None) for name in _columns(type(record))}
        if earlier:
            fields |= {name: (old, None) for name, (old, _) in earlier.fields.items()}
        fields = {name: pair for name, pair in fields.items() if pair[0] is not None}
        self._entries[record.kind, record.id] = Entry(record, Op.DELETE, fields)
        self.tx.changes.add(Change(record.kind, record.id, Op.DELETE))


def watch(session: Session, tx: Tx, chain: Chain) -> Watch:
    """Watch ``session`` for ``tx`` from now on."""
    found = Watch(tx, chain)
    session.info["watch"] = found
    return found


def _require_own(record: Synced) -> None:
    """Only the station's own records are changed here. Raises Conflict for those of the centre."""
    if record.stream:
        text = tr("The centre keeps this record. Send a suggestion to have it changed.")
        raise Conflict(text)


_known_columns: dict[str, tuple[str, ...]] = {}


def _columns(noun: type[Synced]) -> tuple[str, ...]:
    """The attributes of ``noun`` that travel, in the order of the table."""
    if noun.kind not in _known_columns:
        mapper = inspect(noun)
        _known_columns[noun.kind] = tuple(
            mapper.get_property_by_column(column).key
            for column in mapper.local_table.columns
            if not column.primary_key and not column.info.get("derived")
        )
    return _known_columns[noun.kind]


@cache
def _synced_tables() -> frozenset[Table]:
    return frozenset(
        cast("Table", mapper.local_table)
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, Synced)
    )


def _changed(session: Session, record: Synced) -> dict[str, tuple[Any, Any]]:
    """(old, new) of every column that the next flush will really change."""
    state, values = instance_state(record), instance_dict(record)
    known = dict(state.committed_state)
    unread = [name for name, old in known.items() if not _is_read(old)]
    if unread:
        known |= _stored(session, record, unread)
    return {name: (old, values.get(name)) for name, old in known.items() if old != values.get(name)}


def _is_read(old: object) -> bool:
    """Whether the session knew the value before it was overwritten."""
    from sqlalchemy.orm.base import NO_VALUE

    return old is not NO_VALUE


def _stored(session: Session, record: Synced, names: list[str]) -> dict[str, Any]:
    noun = type(record)
    wanted = select(*(getattr(noun, name) for name in names)).where(noun.id == record.id)
    with session.no_autoflush:
        return dict(session.execute(wanted).one()._mapping)


def _before_flush(session: Session, *_: object) -> None:
    found: Watch | None = session.info.get("watch")
    if found is None:
        raise RuntimeError("a reading transaction cannot write")
    found.before_flush()


def _after_flush(session: Session, *_: object) -> None:
    session.info["watch"].after_flush()


def _before_commit(session: Session) -> None:
    found: Watch | None = session.info.get("watch")
    if found is not None:
        found.before_commit()


def _no_savepoints(_: Session, transaction: SessionTransaction) -> None:
    """What a savepoint takes back would stay in the Watch."""
    if transaction.nested:
        raise RuntimeError("a Tx has no savepoints")


def _no_bulk(state: ORMExecuteState) -> None:
    """Refuse statements that change synced rows behind the listener's back."""
    if state.is_select:
        return
    table = getattr(state.statement, "table", None)
    if table in _synced_tables():
        raise RuntimeError(f"bulk change of {table} bypasses the outbox and the audit")


event.listen(StationSession, "before_flush", _before_flush)
event.listen(StationSession, "after_flush", _after_flush)
event.listen(StationSession, "before_commit", _before_commit)
event.listen(StationSession, "after_transaction_create", _no_savepoints)
event.listen(StationSession, "do_orm_execute", _no_bulk)
