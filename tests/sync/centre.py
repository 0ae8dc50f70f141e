"""A real centre on a real PostgreSQL, with gateways in this process, that can be put back."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import httpx
import psycopg

from central import enrolment, stations
from central.blobstore import place, store_of
from central.bundle import Desk as StickDesk
from central.config import Settings
from central.database import ADMIN, Connection, prepare
from central.embedded import EmbeddedPostgres
from central.gateway import Gateway
from central.keys import load_keys, make_keys
from central.observe import Observer
from central.serve import centre_on
from central.upkeep import SKIPPED
from db.policy import SCHEMA_VERSION
from db.wire import Policy
from tests.sync.faults import FragileDatabase

#: Gateways that stand side by side: how large their batches and pages are.
SIZES = {"tiny": Policy(1, 2), "small": Policy(3, 4), "large": Policy()}
#: A gateway that lets only newer programs read.
STRICT = "strict"
_numbers = itertools.count(1)


class Backup(NamedTuple):
    """What belongs to one station: the rows of each table as text, and the attachments' files."""

    rows: dict[str, list[str]]
    files: dict[Path, bytes]


class Centre:
    """A prepared database with gateways in this process; ``more`` are settings."""

    def __init__(self, postgres: EmbeddedPostgres, home: Path, **more: Any) -> None:
        self.postgres = postgres
        self.name = f"sync_{next(_numbers)}"
        with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {self.name}".encode())
        prepare(postgres.url(self.name))
        make_keys(home)
        self.settings = Settings(
            postgres.gateway_url(self.name), postgres.url(self.name), home, **more
        )
        self._asking = psycopg.connect(self.settings.admin_url, autocommit=True)
        self._admin = psycopg.connect(self.settings.admin_url, autocommit=True)
        self._admin.execute(f"SET ROLE {ADMIN}")
        self.database = FragileDatabase(replace(self.settings, connections=2))
        self.database.open()
        self.files = store_of(self.settings, load_keys(home).rest)
        self.gateways: dict[str, Gateway] = {}
        self.region()

    @property
    def transport(self) -> httpx.BaseTransport:
        """The way to the gateway, without a network in between."""
        return self.way("")

    def way(self, sizes: str) -> httpx.BaseTransport:
        """The way to the gateway with these ``sizes``; "" has the settings that were given."""
        if sizes not in self.gateways:
            settings = replace(self.settings, policy=SIZES.get(sizes, self.settings.policy))
            if sizes == STRICT:
                settings = replace(settings, oldest_schema=SCHEMA_VERSION + 1)
            made = centre_on(settings, self.database)
            self.gateways[sizes] = Gateway(made, Observer(lambda: True))
        return httpx.WSGITransport(app=self.gateways[sizes])

    @property
    def desk(self) -> StickDesk:
        """Where sticks are handed in."""
        return self.gateway._centre.desk

    @property
    def gateway(self) -> Gateway:
        self.way("")
        return self.gateways[""]

    @contextmanager
    def administered(self) -> Iterator[Connection]:
        """One transaction of the administrator."""
        with self._admin.transaction():
            yield self._admin

    def region(self) -> str:
        """A new region; the stations that are added next lie in it."""
        self.code_of_region = f"KY{next(_numbers)}"
        with self.administered() as connection:
            return stations.add_region(connection, self.code_of_region, "开元")

    def station(self) -> UUID:
        """A new station of the region."""
        with self.administered() as connection:
            code = f"ST{next(_numbers)}"
            return stations.add_station(connection, code, "测试站", self.code_of_region)

    def code(self, station: UUID) -> str:
        """A one-time code for one more PC of a station."""
        with self.administered() as connection:
            code, approve = enrolment.issue_code(connection, station, "甲")
            if approve:
                assert enrolment.approve_code(connection, code, "乙")
        return code

    def sql(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Ask the database itself, past every wall."""
        cursor = self._asking.execute(query.encode(), values)
        return cursor.fetchall() if cursor.description else []

    def records(self, stream: str) -> dict[tuple[str, UUID], tuple[int, dict[str, Any]]]:
        """Everything that lives in a stream: version and body, nulls left out."""
        return {
            (kind, one): (
                version,
                {name: value for name, value in body.items() if value is not None},
            )
            for kind, one, version, body in self.sql(
                "SELECT kind, id, row_version, body FROM record WHERE stream_id = %s AND state = 0",
                stream,
            )
        }

    def stream(self, stream: str) -> tuple[int, int]:
        """Head and digest of a stream."""
        [(head, digest)] = self.sql("SELECT head, digest FROM stream WHERE stream_id = %s", stream)
        return head, int(digest)

    def pictures(self, stream: str) -> set[str]:
        """The attachments that lie with a stream, each as its name says; no other file does."""
        rows = self.sql("SELECT sha256, complete FROM blob WHERE stream_id = %s", stream)
        lying = {path.name for path in self._folder(stream).glob("*/*")}
        assert lying <= {name for name, _ in rows}, "a file that nobody knows of"
        whole = {name for name, complete in rows if complete}
        for name in whole:
            body = b"".join(part for _, part in self.files.parts(stream, name))
            assert sha256(body).hexdigest() == name
        return whole

    def _folder(self, stream: str) -> Path:
        return self.settings.blobs / place(stream, "")

    def save(self, station: UUID) -> Backup:
        """A backup of everything that belongs to one station."""
        folder = self._folder(f"S:{station.hex}")
        files = {path: path.read_bytes() for path in folder.glob("*/*")}
        rows = {
            table: [row[0] for row in self.sql(f"SELECT t::text FROM {table} t WHERE {where}",
                                               *_whose(where, station))]
            for table, where in _STATION_TABLES.items()
        }  # fmt: skip
        return Backup(rows, files)

    def restore(self, station: UUID, backup: Backup) -> None:
        """Put a backup back, as an administrator does: with a new epoch."""
        saved = backup.rows
        for path in self._folder(f"S:{station.hex}").glob("*/*"):
            path.unlink()
        for path, kept in backup.files.items():
            path.write_bytes(kept)
        with psycopg.connect(self.settings.admin_url) as connection:
            for table, where in reversed(_STATION_TABLES.items()):
                if table not in _KEPT:
                    values = _whose(where, station)
                    connection.execute(f"DELETE FROM {table} WHERE {where}".encode(), values)
            for table, lines in saved.items():
                if table not in _KEPT:
                    insert = (
                        f"INSERT INTO {table} SELECT (one::public.{table}).*"
                        " FROM unnest(%s::text[]) AS one"
                    )
                    connection.execute(insert.encode(), [lines])
            [line] = saved["stream"]
            connection.execute(
                "UPDATE stream s SET head = o.head, digest = o.digest, floor_rev = o.floor_rev,"
                " epoch = gen_random_uuid() FROM (SELECT (%s::stream).*) o"
                " WHERE s.stream_id = o.stream_id",
                [line],
            )
            [line] = saved["station"]
            connection.execute(
                f"UPDATE station s SET letters = o.skipped FROM (SELECT {SKIPPED} AS skipped,"
                " station_id FROM (SELECT (%s::station).*)) o"
                " WHERE s.station_id = o.station_id".encode(),
                [line],
            )

    def close(self) -> None:
        for gateway in self.gateways.values():
            gateway.close()
        self.database.close()
        self._asking.close()
        self._admin.close()


#: Rows that others refer to: they are put back as they were, not made anew.
_KEPT = ("stream", "station")


def _whose(where: str, station: UUID) -> list[Any]:
    return [f"S:{station.hex}" if "stream_id" in where else station]


_OF_DEVICE = "device_id IN (SELECT device_id FROM device WHERE station_id = %s)"
_STATION_TABLES = {
    "stream": "stream_id = %s",
    "record": "stream_id = %s",
    "record_history": "stream_id = %s",
    "incarnation": _OF_DEVICE,
    "mutation_result": _OF_DEVICE,
    "station": "station_id = %s",
    "blob": "stream_id = %s",
}
