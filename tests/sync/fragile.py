"""A station's store for random histories: it may die at any edge, and opens and reads cheaply."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import sqlcipher3
from sqlalchemy import create_engine
from sqlalchemy.util import LRUCache

from station_app.domain.accounts import Actor
from station_app.store import Store, Tx
from station_app.store.changes import StationSession
from station_app.store.connection import connect
from tests.sync.faults import Killed

_DIALECT = create_engine("sqlite+pysqlite://", module=sqlcipher3).dialect
_COMPILED: Any = LRUCache(2000)


class Fragile(Store):
    """A store whose process may end at any edge of a writing transaction."""

    edges: int | None = None

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._free: list[sqlcipher3.Connection] = []
        # What SQLAlchemy has compiled for one file serves for all: a third of a history's time.
        for engine in (self._writer, self._readers):
            engine.dialect = engine.pool._dialect = _DIALECT
            engine._compiled_cache = _COMPILED

    @contextmanager
    def read(self, actor: Actor) -> Iterator[Tx]:
        """As everywhere, without the price of a session for who speaks to the driver alone."""
        self._require_open()
        looking = Looking(self)
        try:
            yield self._tx(looking, actor)  # type: ignore[arg-type]  # it is one when asked
        finally:
            looking.close()

    @contextmanager
    def write(self, actor: Actor) -> Iterator[Tx]:
        self._edge()
        with super().write(actor) as tx:
            yield tx
            self._edge()
        self._edge()

    def close(self) -> None:
        while self._free:
            self._free.pop().close()
        super().close()

    def begun(self) -> sqlcipher3.Connection:
        """A reading connection in a snapshot of its own; it is handed back with ``ended``."""
        free = self._free
        driver = free.pop() if free else connect(self.data.database, self.key, read_only=True)
        driver.execute("BEGIN")
        return driver

    def ended(self, driver: sqlcipher3.Connection) -> None:
        """The snapshot is not needed any more."""
        driver.execute("ROLLBACK")
        self._free.append(driver)

    def session(self) -> StationSession:
        """A session that only reads."""
        return StationSession(self._readers, autoflush=False, expire_on_commit=False)

    def _edge(self) -> None:
        if self.edges is not None:
            self.edges -= 1
            if self.edges < 0:
                raise Killed


class Lent(NamedTuple):
    """What ``driver_of`` looks through."""

    driver_connection: sqlcipher3.Connection

    @property
    def connection(self) -> Lent:
        return self


class Looking:
    """Stands in for a reading session, and becomes one when more than the driver is asked for."""

    def __init__(self, store: Fragile) -> None:
        self._store = store
        self._lent: Lent | None = None
        self._session: StationSession | None = None

    def connection(self) -> Lent:
        if self._lent is None:
            self._lent = Lent(self._store.begun())
        return self._lent

    def close(self) -> None:
        if self._lent is not None:
            self._store.ended(self._lent.driver_connection)
        if self._session is not None:
            self._session.close()

    def __getattr__(self, name: str) -> Any:
        if self._session is None:
            self._session = self._store.session()
        return getattr(self._session, name)
