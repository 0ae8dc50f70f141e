"""A real PostgreSQL for the session, a database and a gateway behind real HTTP for each module."""

from __future__ import annotations

import itertools
import socketserver
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import psycopg
import pytest

from central import enrolment, stations
from central.config import Settings
from central.database import administered, prepare
from central.embedded import EmbeddedPostgres
from central.gateway import Gateway
from central.keys import make_keys
from central.serve import application
from tests.central.device import Device
from tests.central.terminal import Terminal, terminal_of

_numbers = itertools.count(1)


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """A test's output is its result."""


class Threads(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 64


@dataclass
class RunningCentre:
    """A centre that answers on 127.0.0.1."""

    settings: Settings
    gateway: Gateway
    port: int
    region: str = "KY"

    def station(self, region: str | None = None) -> tuple[str, UUID]:
        """A new station; its code and its id."""
        code = f"ST{next(_numbers)}"
        with administered(self.settings) as connection:
            return code, stations.add_station(connection, code, "测试站", region or self.region)

    def device(self, station: UUID | None = None) -> Device:
        """A device enrolled at the station, or at a new one."""
        if station is None:
            _, station = self.station()
        with administered(self.settings) as connection:
            code, approve = enrolment.issue_code(connection, station, "甲")
            if approve:
                assert enrolment.approve_code(connection, code, "乙")
        device = Device("127.0.0.1", self.port)
        device.enrol(code)
        return device

    def sql(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Ask the database itself, past every wall."""
        with psycopg.connect(self.settings.admin_url) as connection:
            cursor = connection.execute(query, values)
            return cursor.fetchall() if cursor.description else []


@pytest.fixture(scope="session")
def postgres() -> Iterator[EmbeddedPostgres]:
    with server_in_a_folder() as server:
        yield server


@contextmanager
def server_in_a_folder() -> Iterator[EmbeddedPostgres]:
    """A PostgreSQL of its own. Not below pytest's folder: another run would take the rights away
    that the server's own user needs where tests run as root.
    """
    with tempfile.TemporaryDirectory(prefix="postgres-") as folder:
        Path(folder).chmod(0o755)
        server = EmbeddedPostgres(Path(folder) / "data")
        try:
            _hurry(server)
            yield server
        finally:
            server.stop()


def _hurry(server: EmbeddedPostgres) -> None:
    with psycopg.connect(server.url(), autocommit=True) as connection:
        # No test pulls the plug of the machine; dozens of databases are written out at the end.
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")


@pytest.fixture(scope="session")
def make_settings(
    postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., Settings]:
    """Settings of a new, prepared database with a region."""

    def make(**more: Any) -> Settings:
        name = f"centre_{next(_numbers)}"
        return new_settings(postgres, tmp_path_factory.mktemp(name), name, **more)

    return make


def new_settings(postgres: EmbeddedPostgres, home: Path, name: str, **more: Any) -> Settings:
    """Settings of a new, prepared database ``name`` with two regions."""
    with psycopg.connect(postgres.url(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    prepare(postgres.url(name))
    make_keys(home)
    settings = Settings(postgres.gateway_url(name), postgres.url(name), home, **more)
    with administered(settings) as connection:
        stations.add_region(connection, "DL", "大连")
        stations.add_region(connection, "KY", "开元", "DL")
    return settings


@pytest.fixture(scope="session")
def run_centre() -> Iterator[Callable[..., RunningCentre]]:
    """Start a gateway on settings; all end with the session."""
    running: list[tuple[Threads, Gateway]] = []

    def run(settings: Settings) -> RunningCentre:
        gateway = application(settings)
        server = Threads(("127.0.0.1", 0), Quiet)
        server.set_app(gateway)
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        running.append((server, gateway))
        return RunningCentre(settings, gateway, server.server_address[1])

    yield run
    for server, gateway in running:
        server.shutdown()
        server.server_close()
        gateway.close()


@pytest.fixture(scope="module")
def centre(
    make_settings: Callable[..., Settings], run_centre: Callable[..., RunningCentre]
) -> RunningCentre:
    """One centre for the module's tests; each takes stations of its own."""
    return run_centre(make_settings())


@pytest.fixture
def device(centre: RunningCentre) -> Device:
    """The first device of a new station."""
    return centre.device()


@pytest.fixture
def central(centre: RunningCentre, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """The administrator's terminal at the module's centre."""
    return terminal_of(centre.settings, monkeypatch)
