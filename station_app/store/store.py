"""Store: the station's file, opened; reads have their own connections, writes take turns."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, tzinfo
from typing import Self

import sqlcipher3
from sqlalchemy import Engine

from station_app.config import DataDir
from station_app.domain.accounts import Actor
from station_app.domain.moments import ZONE
from station_app.errors import FaultKind, StoreFault
from station_app.i18n import tr
from station_app.store.backup import Reason, copy_to_backups
from station_app.store.changes import StationSession, watch
from station_app.store.connection import read_engine, write_engine
from station_app.store.faults import fault, fault_of_sqlite, told
from station_app.store.journal import Chain, load_chain, start_chain
from station_app.store.locks import FolderLock
from station_app.store.transaction import Tx, driver_of
from station_app.store.upgrade import make_tables, needs_upgrade, run_revisions

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Now, aware, in UTC."""
    return datetime.now(UTC)


class Store:
    """The encrypted file of one station, held open. Made by ``open`` or ``create``."""

    def __init__(
        self, data: DataDir, key: bytes, lock: FolderLock, clock: Clock, zone: tzinfo
    ) -> None:
        self.data = data
        self._key = key
        self._lock = lock
        self._clock = clock
        self._zone = zone
        self._turn = threading.Lock()
        self._waiting: set[int] = set()
        self._closed = False
        self._writer_thread: int | None = None
        self._chain: Chain | None = None
        self._writer: Engine = write_engine(data.database, key)
        self._readers: Engine = read_engine(data.database, key)

    @classmethod
    def open(
        cls, data: DataDir, key: bytes, *, clock: Clock = system_clock, zone: tzinfo = ZONE
    ) -> Self:
        """Open the station's file with its data key; ``zone`` is the station's.

        Raises StoreFault: MISSING, NOT_ENCRYPTED, IN_USE, READ_ONLY, DAMAGED (also for a key that
        does not fit), NEWER.
        """
        if not data.database.exists():
            raise fault(FaultKind.MISSING)
        lock = FolderLock(data.lock)
        try:
            with told(data.root):
                store = cls(data, key, lock, clock, zone)
                store._load()
        except BaseException:
            lock.release()
            raise
        return store

    @classmethod
    def create(
        cls, data: DataDir, key: bytes, *, clock: Clock = system_clock, zone: tzinfo = ZONE
    ) -> Self:
        """Make a new encrypted file with the newest schema and open it.

        Raises FileExistsError rather than touch an existing file, StoreFault as ``open``.
        """
        if data.database.exists():
            raise FileExistsError(data.database)
        with told(data.root):
            data.root.mkdir(parents=True, exist_ok=True)
        lock = FolderLock(data.lock)
        try:
            with told(data.root):
                build(data, key)
        finally:
            lock.release()
        return cls.open(data, key, clock=clock, zone=zone)

    @contextmanager
    def read(self, actor: Actor) -> Iterator[Tx]:
        """A snapshot to read from; several threads may have one each. Writing in it fails."""
        self._require_open()
        session = StationSession(self._readers, autoflush=False, expire_on_commit=False)
        try:
            yield self._tx(session, actor)
        except Exception as error:
            self._translate(error)
            raise
        finally:
            session.close()

    @contextmanager
    def write(self, actor: Actor) -> Iterator[Tx]:
        """The transaction that writes: durable when the block ends, undone by any exception.

        Raises StoreFault when the disk is full, read-only, damaged or busy.
        """
        with self._my_turn():
            self._require_open()
            session = StationSession(self._writer, expire_on_commit=False)
            tx = self._tx(session, actor)
            try:
                chain = self._chain = self._chain or load_chain(driver_of(session))
                seen = watch(session, tx, chain.copy())
                tx._note = seen.note
                yield tx
                seen.may_commit = True
                session.commit()
                self._chain = seen.chain
            except Exception as error:
                session.rollback()
                self._translate(error)
                raise
            finally:
                session.close()

    @property
    def wanted(self) -> bool:
        """Whether somebody waits to write: a long transaction may be undone and tried again."""
        return bool(self._waiting)

    def local_now(self) -> datetime:
        """This moment on the station's own clock, aware."""
        return self._clock().astimezone(self._zone)

    @property
    def key(self) -> bytes:
        """The data key, for backups of this file and for new key slots."""
        return self._key

    def close(self) -> None:
        """Fold the log into the file, let go of it and let the next program in."""
        try:
            with self._my_turn(), self._writer.connect() as connection:
                driver: sqlcipher3.Connection = connection.connection.driver_connection
                driver.execute("PRAGMA optimize")
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except Exception as error:
            # A full or lost disk must not keep the program from closing: the log stays valid.
            if fault_of_sqlite(getattr(error, "orig", None) or error, self.data.root) is None:
                raise
        finally:
            self._closed = True
            self._readers.dispose()
            self._writer.dispose()
            self._lock.release()

    def _load(self) -> None:
        with self._writer.connect() as connection:
            driver = connection.connection.driver_connection
            old = needs_upgrade(driver)
        if old:
            copy_to_backups(self.data, self._key, self.local_now(), Reason.UPGRADE)
            run_revisions(self._writer)
        self._chain = load_chain(driver)

    def _tx(self, session: StationSession, actor: Actor) -> Tx:
        local = self.local_now()
        return Tx(session, actor, local.astimezone(UTC), local.date(), self._zone)

    def _require_open(self) -> None:
        """A thread that waited for the network may come back to a file that was let go of."""
        if self._closed:
            raise StoreFault(FaultKind.OTHER, tr("The station is closed."))

    @contextmanager
    def _my_turn(self) -> Iterator[None]:
        if self._writer_thread == threading.get_ident():
            raise RuntimeError("a transaction cannot be opened within another")
        me = threading.get_ident()
        self._waiting.add(me)
        with self._turn:
            self._waiting.discard(me)
            self._writer_thread = me
            try:
                yield
            finally:
                self._writer_thread = None

    def _translate(self, error: Exception) -> None:
        known = fault_of_sqlite(getattr(error, "orig", None) or error, self.data.root)
        if known is not None:
            raise known from error


def build(data: DataDir, key: bytes) -> None:
    """Make the tables of a new file."""
    engine = write_engine(data.database, key)
    try:
        with engine.begin() as connection:
            make_tables(connection)
            start_chain(connection.connection.driver_connection, secrets.token_bytes(32))
    finally:
        engine.dispose()
