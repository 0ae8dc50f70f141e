"""A whole small world: a real centre on a real PostgreSQL, and stations with real files."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import psycopg

from central import enrolment, stations
from central.config import Settings
from central.database import administered, prepare
from central.embedded import EmbeddedPostgres
from central.gateway import Gateway
from central.keys import make_keys
from central.serve import application
from db.vocabulary import Level, Role, StationKind
from station_app.config import DataDir
from station_app.domain.accounts import Actor
from station_app.domain.residents import ResidentDraft
from station_app.domain.station import StationDraft
from station_app.services import dictionaries
from station_app.services.residents import save_resident
from station_app.services.station import create_station
from station_app.store import Store, keys
from station_app.sync.enrolment import join
from station_app.sync.once import sync_once
from station_app.sync.report import SyncReport

URL = "http://127.0.0.1:1"
START = datetime(2026, 11, 10, 1, 0, tzinfo=UTC)
_numbers = itertools.count(1)


@dataclass
class Clock:
    """A clock that a test turns; stations may have their own error on top."""

    at: datetime = START

    def __call__(self) -> datetime:
        self.at += timedelta(milliseconds=1)
        return self.at


class Centre:
    """A prepared database with a gateway in this process."""

    def __init__(self, postgres: EmbeddedPostgres, home: Path, **more: Any) -> None:
        self.postgres = postgres
        self.name = f"sync_{next(_numbers)}"
        self._sql("postgres", f"CREATE DATABASE {self.name}")
        prepare(postgres.url(self.name))
        make_keys(home)
        self.settings = Settings(
            postgres.gateway_url(self.name), postgres.url(self.name), home, **more
        )
        with administered(self.settings) as connection:
            stations.add_region(connection, "KY", "开元")
        self.gateway: Gateway = application(self.settings)

    @property
    def transport(self) -> httpx.BaseTransport:
        """The way to the gateway, without a network in between."""
        return httpx.WSGITransport(app=self.gateway)

    def station(self) -> UUID:
        """A new station of the region."""
        with administered(self.settings) as connection:
            code = f"ST{next(_numbers)}"
            return stations.add_station(connection, code, "测试站", "KY")

    def code(self, station: UUID) -> str:
        """A one-time code for one more PC of a station."""
        with administered(self.settings) as connection:
            code, approve = enrolment.issue_code(connection, station, "甲")
            if approve:
                assert enrolment.approve_code(connection, code, "乙")
        return code

    def sql(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Ask the database itself, past every wall."""
        with psycopg.connect(self.settings.admin_url) as connection:
            cursor = connection.execute(query.encode(), values)
            return cursor.fetchall() if cursor.description else []

    def records(self, station: UUID) -> dict[tuple[str, UUID], tuple[int, dict[str, Any]]]:
        """Everything that lives in a station's stream: version and body, nulls left out."""
        return {
            (kind, one): (
                version,
                {name: value for name, value in body.items() if value is not None},
            )
            for kind, one, version, body in self.sql(
                "SELECT kind, id, row_version, body FROM record WHERE stream_id = %s AND state = 0",
                f"S:{station.hex}",
            )
        }

    def stream(self, stream: str) -> tuple[int, int]:
        """Head and digest of a stream."""
        [(head, digest)] = self.sql("SELECT head, digest FROM stream WHERE stream_id = %s", stream)
        return head, int(digest)

    def save(self, station: UUID) -> dict[str, list[str]]:
        """A backup of everything that belongs to one station."""
        return {
            table: [row[0] for row in self.sql(f"SELECT t::text FROM {table} t WHERE {where}",
                                               *self._whose(where, station))]
            for table, where in _STATION_TABLES.items()
        }  # fmt: skip

    def restore(self, station: UUID, saved: dict[str, list[str]]) -> None:
        """Put a backup back, as an administrator does: with a new epoch."""
        with psycopg.connect(self.settings.admin_url) as connection:
            for table, where in reversed(_STATION_TABLES.items()):
                if table != "stream":
                    values = self._whose(where, station)
                    connection.execute(f"DELETE FROM {table} WHERE {where}".encode(), values)
            for table, lines in saved.items():
                if table != "stream":
                    for line in lines:
                        connection.execute(
                            f"INSERT INTO {table} SELECT (%s::public.{table}).*".encode(), [line]
                        )
            [line] = saved["stream"]
            connection.execute(
                "UPDATE stream s SET head = o.head, digest = o.digest, floor_rev = o.floor_rev,"
                " epoch = gen_random_uuid() FROM (SELECT (%s::stream).*) o"
                " WHERE s.stream_id = o.stream_id",
                [line],
            )

    @staticmethod
    def _whose(where: str, station: UUID) -> list[Any]:
        return [f"S:{station.hex}" if "stream_id" in where else station]

    def close(self) -> None:
        self.gateway.close()

    def _sql(self, database: str, statement: str) -> None:
        with psycopg.connect(self.postgres.url(database), autocommit=True) as connection:
            connection.execute(statement.encode())


_OF_DEVICE = "device_id IN (SELECT device_id FROM device WHERE station_id = %s)"
_STATION_TABLES = {
    "stream": "stream_id = %s",
    "record": "stream_id = %s",
    "record_history": "stream_id = %s",
    "incarnation": _OF_DEVICE,
    "mutation_result": _OF_DEVICE,
}


@dataclass
class Desk:
    """One PC of a station."""

    store: Store
    data: DataDir
    key: bytes
    actor: Actor
    clock: Clock
    transport: httpx.BaseTransport | None = None
    reports: list[SyncReport] = field(default_factory=list)

    def sync(self, **more: Any) -> SyncReport:
        """One exchange with the centre."""
        given: dict[str, Any] = {"transport": self.transport} | more
        self.reports.append(sync_once(self.store, **given))
        return self.reports[-1]

    def add(self, name: str = "张三", phone: str = "") -> UUID:
        """A new resident."""
        with self.store.write(self.actor) as tx:
            return save_resident(tx, ResidentDraft(name, phone)).id

    def do(self, act: Callable[..., Any], *args: Any, **named: Any) -> Any:
        """One act of the services in one transaction."""
        with self.store.write(self.actor) as tx:
            return act(tx, *args, **named)

    def ask(self, act: Callable[..., Any], *args: Any, **named: Any) -> Any:
        """Read something in a transaction of its own."""
        with self.store.read(self.actor) as tx:
            return act(tx, *args, **named)

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """What the file says."""
        from station_app.store.transaction import driver_of

        with self.store.read(self.actor) as tx:
            return driver_of(tx.session).execute(sql, values).fetchall()  # type: ignore[no-any-return]  # the driver has no types


def new_desk(folder: Path, clock: Clock | None = None, *, name: str = "王秀英") -> Desk:
    """A PC that was just set up, with its station's row, its head and the dictionaries."""
    clock = clock or Clock()
    data, key = DataDir(folder), keys.new_key()
    store = Store.create(data, key, clock=clock)
    from uuid_utils.compat import uuid7

    from station_app.domain.accounts import AccountDraft
    from station_app.services import accounts

    actor = Actor(uuid7(), name, Role.HEAD)
    with store.write(actor) as tx:
        create_station(tx, StationDraft("葵英街道", "KY", StationKind.STATION, "人大代表联络站"))
        accounts.add_account(tx, AccountDraft(name, Role.HEAD), slot="")
        dictionaries.seed_dictionaries(tx)
    return Desk(store, data, key, actor, clock)


def make_template(folder: Path) -> None:
    """A station that was set up, for the random histories: small, with two deputies."""
    import msgspec
    from uuid_utils.compat import uuid7

    from station_app.domain.accounts import AccountDraft
    from station_app.domain.deputies import DeputyDraft
    from station_app.services import accounts, deputies

    key, actor = keys.new_key(), Actor(uuid7(), "王秀英", Role.HEAD)
    store = Store.create(DataDir(folder), key, clock=Clock())
    with store.write(actor) as tx:
        create_station(tx, StationDraft("葵英街道", "KY", StationKind.STATION, "人大代表联络站"))
        accounts.add_account(tx, AccountDraft("王秀英", Role.HEAD), slot="")
        for name in ("于桂芳", "李丽"):
            deputies.save_deputy(tx, DeputyDraft(name, levels=(Level.COUNTY,)))
    store.close()
    facts = {"key": key.hex(), "actor": actor.id.hex}
    (folder / "facts.json").write_bytes(msgspec.json.encode(facts))


def joined(centre: Centre, station: UUID, desk: Desk) -> Desk:
    """The PC as a device of the station."""
    desk.transport = centre.transport
    join(desk.store, desk.actor, URL, centre.code(station), transport=desk.transport)
    return desk
