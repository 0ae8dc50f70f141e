"""Real processes, real sockets, real kill -9: the station, the gateway and PostgreSQL."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from random import Random
from uuid import UUID

import pytest

from central.embedded import EmbeddedPostgres
from db.models import Resident
from station_app.errors import SyncFault
from station_app.sync.enrolment import join
from station_app.sync.once import sync_once
from station_app.sync.outbox import PENDING
from tests.central.processes import Served, served
from tests.sync.centre import Centre
from tests.sync.desk import Bench, bench_from
from tests.sync.faults import Network
from tests.sync.proxy import FaultProxy, Mishap

#: More exchanges than any of these faults needs.
TRIES = 10


@pytest.fixture(scope="module")
def own_postgres() -> Iterator[EmbeddedPostgres]:
    """A server that only these tests harm."""
    with tempfile.TemporaryDirectory(prefix="harmed-") as folder:
        Path(folder).chmod(0o755)  # where tests run as root the server has a user of its own
        server = EmbeddedPostgres(Path(folder) / "data")
        yield server
        server.stop()


@pytest.fixture(scope="module")
def own_centre(
    own_postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Centre]:
    made = Centre(own_postgres, tmp_path_factory.mktemp("home"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def gateway(own_centre: Centre, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(own_centre.settings, tmp_path_factory.mktemp("log") / "gateway.log") as one:
        yield one


@pytest.fixture
def proxy(gateway: Served) -> Iterator[FaultProxy]:
    with FaultProxy(gateway.port) as one:
        yield one


@pytest.fixture
def joined(
    own_centre: Centre, proxy: FaultProxy, template: Path, tmp_path: Path
) -> Iterator[Callable[[str], Bench]]:
    """PCs of one station that speak through the proxy."""
    station, made = own_centre.station(), list[Bench]()

    def make(name: str) -> Bench:
        shutil.copytree(template, tmp_path / name)
        pc = bench_from(tmp_path / name, Network(own_centre.transport))
        join(pc.store, pc.actor, proxy.url, own_centre.code(station))
        made.append(pc)
        return pc

    yield make
    for pc in made:
        pc.close()


def add(pc: Bench, name: str) -> None:
    pc.do(lambda tx: tx.session.add(Resident(name=name, sort_key=name)))


def names(pc: Bench) -> list[str]:
    return [row[0] for row in pc.rows("SELECT name FROM resident ORDER BY name")]


def until_quiet(pc: Bench) -> None:
    """Exchange until nothing waits: with this network it takes a few tries."""
    for _ in range(TRIES):
        with suppress(SyncFault):
            sync_once(pc.store)
            if pc.rows("SELECT count(*) FROM outbox WHERE state = ?", PENDING) == [(0,)]:
                return
    raise AssertionError("the queue did not empty")


def at_the_centre(centre: Centre, pc: Bench) -> set[UUID]:
    return {one for kind, one in centre.records(pc.me.own) if kind == "resident"}


@pytest.mark.parametrize("mishap", [one for one in Mishap if one is not Mishap.NONE])
def test_a_network_that_misbehaves_loses_and_doubles_nothing(
    own_centre: Centre, proxy: FaultProxy, joined: Callable[[str], Bench], mishap: Mishap
) -> None:
    a, b = joined("a"), joined("b")
    sync_once(b.store)
    for at in range(5):
        add(a, f"第{at}人")
        proxy.plan([*[Mishap.NONE] * at, mishap])
        until_quiet(a)
        assert mishap in proxy.met or len(proxy.met) <= at
    until_quiet(b)
    assert names(a) == names(b) == [f"第{at}人" for at in range(5)]
    assert len(at_the_centre(own_centre, a)) == 5


def test_kill_9_of_the_station_again_and_again_on_a_bad_network(
    own_centre: Centre, proxy: FaultProxy, joined: Callable[[str], Bench]
) -> None:
    a, b = joined("a"), joined("b")
    chance, committed = Random(9), set[UUID]()
    for _ in range(4):
        proxy.plan(chance.choices(list(Mishap), k=200))
        a.close()
        committed |= _killed(a.data.root, chance.randrange(1, 8))
        a.start_again()
    proxy.plan([])
    until_quiet(a)
    until_quiet(b)
    assert committed
    assert committed <= at_the_centre(own_centre, a)
    assert names(a) == names(b)
    a.check_derived()
    b.check_derived()


def _killed(folder: Path, after: int) -> set[UUID]:
    """Let a PC work until it has said ``after`` ids, then kill it outright; what it said."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.sync.pc", str(folder)], stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    said = [process.stdout.readline() for _ in range(after)]
    process.send_signal(signal.SIGKILL)
    said += process.stdout.read().splitlines(keepends=True)
    process.wait()
    process.stdout.close()
    return {UUID(line.decode().strip()) for line in said if line.endswith(b"\n") and len(line) > 32}


def test_kill_9_of_the_gateway_and_the_end_of_postgresql(
    own_centre: Centre,
    own_postgres: EmbeddedPostgres,
    proxy: FaultProxy,
    joined: Callable[[str], Bench],
    tmp_path: Path,
) -> None:
    a, b = joined("a"), joined("b")
    with served(own_centre.settings, tmp_path / "killed.log") as doomed:
        proxy.upstream = doomed.port
        add(a, "甲")
        sync_once(a.store)
        os.killpg(doomed.process.pid, signal.SIGKILL)
        doomed.process.wait()
        add(a, "乙")
        with pytest.raises(SyncFault) as told:
            sync_once(a.store)
        assert told.value.kind == "offline"
    with served(own_centre.settings, tmp_path / "next.log") as following:
        proxy.upstream = following.port
        until_quiet(a)
        own_postgres._server._stop()
        add(a, "丙")
        with pytest.raises(SyncFault) as told:
            sync_once(a.store)
        assert told.value.kind == "busy"
        own_postgres._server.ensure_postgres_running()
        following.wait_for()
        until_quiet(a)
        until_quiet(b)
    assert names(a) == names(b) == ["丙", "乙", "甲"]
