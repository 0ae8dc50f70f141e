"""PostgreSQL: roles, migrations, and transactions that see one device's streams and no more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from alembic import command
from alembic.config import Config
from psycopg import sql
from psycopg_pool import ConnectionPool, PoolTimeout, TooManyRequests
from sqlalchemy import create_engine, pool

from central.config import Settings
from central.refused import Refused
from db.wire import Problem

Connection = psycopg.Connection[tuple[Any, ...]]

OWNER, ADMIN, GATEWAY = "liaison_owner", "liaison_admin", "liaison_gateway"
#: For reporting tools: reads the schema ``report`` and writes nothing.
READER = "liaison_reader"
MIGRATIONS = Path(__file__).resolve().parent.parent / "db" / "migrations" / "central"

#: A client that waits longer is told to come back: nobody waits at a full door.
WAIT_SECONDS = 10.0
RETRY_SECONDS = 5.0
_LOCK = 0x6C696169736F6E
_OLDEST = 150_000


@dataclass(frozen=True, slots=True)
class Caller:
    """A device in its own transaction: ``own`` is its station's stream, written by nobody else."""

    device: UUID
    station: UUID
    own: str
    streams: tuple[str, ...]
    status: str


class Database:
    """The gateway's connections. Its role owns nothing and sees what ``enter`` opens for it."""

    def __init__(self, settings: Settings) -> None:
        self._pool = ConnectionPool(
            settings.gateway_url,
            connection_class=psycopg.Connection[tuple[Any, ...]],
            min_size=1,
            max_size=settings.connections,
            max_waiting=settings.waiting,
            timeout=WAIT_SECONDS,
            # It gives up quickly and the next request tries again: back as soon as PostgreSQL is.
            reconnect_timeout=2.0,
            kwargs={"application_name": "liaison gateway", "connect_timeout": 5},
            configure=_narrow,
            open=False,
        )

    def open(self) -> None:
        """Connect; a database that is still starting is waited for in the background."""
        self._pool.open(wait=False)

    def close(self) -> None:
        """Let all connections go."""
        self._pool.close()

    def stands(self) -> dict[str, int]:
        """How many connections there are, are free, and how many requests wait for one."""
        told = self._pool.get_stats()
        names = {"open": "pool_size", "free": "pool_available", "waited_for": "requests_waiting"}
        return {name: told.get(key, 0) for name, key in names.items()}

    @contextmanager
    def connection(self, wait: float | None = None) -> Iterator[Connection]:
        """One transaction without a device. Raises Refused(BUSY) when none is free in time."""
        try:
            lent = self._pool.connection(wait)
            connection = lent.__enter__()
        except (PoolTimeout, TooManyRequests):
            raise Refused(Problem.BUSY, retry_after=RETRY_SECONDS) from None
        with _handed_back(lent):
            yield connection

    @contextmanager
    def entered(self, device: UUID) -> Iterator[tuple[Connection, Caller]]:
        """One transaction that sees the streams of ``device`` alone.

        Raises Refused(UNKNOWN) for a device that this centre never enrolled.
        """
        with self.connection() as connection:
            yield connection, enter(connection, device)


def _narrow(connection: Connection) -> None:
    """Be the gateway whoever logged in; hold no lock for long if this process hangs."""
    connection.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(GATEWAY)))
    # Every statement finds its rows by an index. A plan kept from the day a table was empty would
    # read the whole of it, again and again until PostgreSQL has looked at the table anew.
    connection.execute("SET enable_seqscan = off")
    connection.execute("SET lock_timeout = '10s'")
    connection.execute("SET statement_timeout = '60s'")
    connection.execute("SET idle_in_transaction_session_timeout = '60s'")
    connection.commit()


def enter(connection: Connection, device: UUID) -> Caller:
    """Narrow the transaction to the streams of ``device``. Raises Refused(UNKNOWN)."""
    row = connection.execute("SELECT station, status, streams FROM enter(%s)", [device]).fetchone()
    if row is None or row[0] is None:
        raise Refused(Problem.UNKNOWN)
    return Caller(device, row[0], own_stream(row[0]), tuple(row[2]), row[1])


def own_stream(station: UUID) -> str:
    """The name of a station's stream."""
    return f"S:{station.hex}"


@contextmanager
def administered(settings: Settings) -> Iterator[Connection]:
    """One transaction of the administrator, who sees every stream."""
    with psycopg.connect(settings.admin_url, application_name="liaison admin") as connection:
        connection.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(ADMIN)))
        yield connection


class TooOld(Exception):
    """A PostgreSQL before version 15; the text is its version."""


def prepare(url: str, passwords: Mapping[str, str] | None = None) -> None:
    """Make roles and tables, or bring them up to date; again and again without harm.

    ``url`` logs in as somebody who may create roles; ``passwords`` are by role. Raises TooOld.
    """
    with psycopg.connect(url) as connection:
        if connection.info.server_version < _OLDEST:
            raise TooOld(connection.info.parameter_status("server_version"))
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        for role in (OWNER, ADMIN, GATEWAY, READER):
            _make_role(connection, role, (passwords or {}).get(role, ""))
        _give(connection, "GRANT CREATE, USAGE ON SCHEMA public TO {}", OWNER)
        for role in (ADMIN, GATEWAY, READER):
            _give(connection, "GRANT USAGE ON SCHEMA public TO {}", role)
        database = sql.Identifier(connection.info.dbname)
        connection.execute(sql.SQL("GRANT CREATE ON DATABASE {} TO {}").format(
            database, sql.Identifier(OWNER)))  # fmt: skip
    _migrate(url)


def _make_role(connection: Connection, role: str, password: str) -> None:
    known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    if not known:
        login = "NOLOGIN" if role == OWNER else "LOGIN"
        connection.execute(sql.SQL("CREATE ROLE {} " + login).format(sql.Identifier(role)))
    _give(connection, "GRANT {} TO CURRENT_USER", role)
    if password:
        connection.execute(
            sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), password)
        )


def _give(connection: Connection, statement: Any, role: str) -> None:
    connection.execute(sql.SQL(statement).format(sql.Identifier(role)))


def _migrate(url: str) -> None:
    engine = create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(url),
                           poolclass=pool.NullPool)  # fmt: skip
    with engine.begin() as connection:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        connection.exec_driver_sql(f"SET ROLE {OWNER}")
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


@contextmanager
def _handed_back(lent: Any) -> Iterator[None]:
    try:
        yield
    except BaseException as error:
        lent.__exit__(type(error), error, error.__traceback__)
        raise
    lent.__exit__(None, None, None)
