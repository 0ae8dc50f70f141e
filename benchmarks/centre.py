"""A centre as it runs in production, for the benchmarks: PostgreSQL and gateway processes."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from uuid_utils.compat import uuid7

from central import enrolment, stations
from central.config import Settings
from central.database import administered, prepare
from central.embedded import EmbeddedPostgres
from central.keys import make_keys

HOST, PORT = "127.0.0.1", 18_431
URL = f"http://{HOST}:{PORT}"


@dataclass(frozen=True, slots=True)
class Centre:
    """A running centre: its settings, and the processes of PostgreSQL and of the gateway."""

    settings: Settings
    postgres: int
    gateway: int

    def station(self, region: str = "DL") -> UUID:
        """A new station of the region."""
        with administered(self.settings) as connection:
            stations.add_region(connection, region, "大连")
            return stations.add_station(connection, uuid7().hex, "科园联络站", region)

    def code(self, station: UUID) -> str:
        """A one-time code for one more PC of a station."""
        with administered(self.settings) as connection:
            code, approve = enrolment.issue_code(connection, station, "甲")
            if approve:
                enrolment.approve_code(connection, code, "乙")
        return code


def memory(pid: int) -> float:
    """Megabytes that a process and its children hold, what they share counted once (Linux)."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
    family = {pid}
    while more := {one for one, parent in parents.items() if parent in family} - family:
        family |= more
    return sum(_proportional(one) for one in family) / 1024


def _proportional(pid: int) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


@contextmanager
def running(processes: int = 1, **environment: str) -> Iterator[Centre]:
    """A new, empty centre on this machine's loopback; gone with the block."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "data"
        server = EmbeddedPostgres(home / "postgres")
        try:
            prepare(server.url())
            make_keys(home)
            settings = Settings(server.gateway_url(), server.url(), home)
            with _gateway(settings, processes, environment) as gateway:
                yield Centre(settings, server.pid, gateway.pid)
        finally:
            server.stop()


@contextmanager
def _gateway(
    settings: Settings, processes: int, environment: dict[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    known = {
        "CENTRAL_DATABASE_URL": settings.gateway_url,
        "CENTRAL_ADMIN_URL": settings.admin_url,
        "CENTRAL_HOME": str(settings.home),
    }
    command = [sys.executable, "-m", "central", "serve", "--port", str(PORT),
               "--processes", str(processes)]  # fmt: skip
    gateway = subprocess.Popen(command, env=os.environ | known | environment,
                               stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)  # fmt: skip
    try:
        _wait(gateway)
        yield gateway
    finally:
        gateway.terminate()
        gateway.wait(20)


def _wait(gateway: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        if gateway.poll() is not None:
            raise RuntimeError("the gateway ended at once")
        with closing(http.client.HTTPConnection(HOST, PORT)) as connection:
            try:
                connection.request("GET", "/ready")
                if connection.getresponse().status == 200:
                    return
            except OSError:
                pass
        time.sleep(0.1)
    raise TimeoutError("the gateway does not answer")
