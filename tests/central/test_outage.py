"""PostgreSQL stopped, started and killed outright: all or nothing, and the gateway recovers."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import Any

import psycopg
import pytest

from central.database import administered
from central.embedded import EmbeddedPostgres
from central.upkeep import wrong_digests
from db import wire
from db.wire import Mutation, Outcome, Problem, Result
from tests.central.conftest import RunningCentre, new_settings, server_in_a_folder
from tests.central.device import Device, Said, mutation

PATIENCE_S = 60.0


class Server:
    """The PostgreSQL of this file, which only these tests may harm."""

    def __init__(self, embedded: EmbeddedPostgres) -> None:
        self.embedded = embedded
        self._inner = embedded._server

    def stop(self) -> None:
        self._inner._stop()

    def start(self) -> None:
        self._inner.ensure_postgres_running()

    def kill(self) -> None:
        """kill -9, the server's own process and with it everything that hangs on it."""
        pid = self.embedded.pid
        told = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True,
                              text=True, check=False)  # fmt: skip
        for one in (pid, *map(int, told.stdout.split())):
            _kill(one)
        deadline = time.monotonic() + PATIENCE_S
        while _lives(pid):
            assert time.monotonic() < deadline
        # Where nobody buries dead processes a zombie would be taken for a running server.
        sockets = self._inner.get_postmaster_info().socket_dir or self._inner.pgdata
        for lock in (self._inner.pgdata / "postmaster.pid", *sockets.glob(".s.PGSQL*")):
            lock.unlink(missing_ok=True)


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _lives(pid: int) -> bool:
    told = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True,
                          check=False)  # fmt: skip
    return told.stdout.strip()[:1] not in ("", "Z")


@pytest.fixture(scope="module")
def postgres() -> Iterator[EmbeddedPostgres]:
    with server_in_a_folder() as server:
        yield server


@pytest.fixture(scope="module")
def server(postgres: EmbeddedPostgres) -> Server:
    return Server(postgres)


@pytest.fixture(scope="module")
def centre(
    postgres: EmbeddedPostgres,
    tmp_path_factory: pytest.TempPathFactory,
    run_centre: Callable[..., RunningCentre],
) -> RunningCentre:
    return run_centre(new_settings(postgres, tmp_path_factory.mktemp("outage"), "outage"))


@pytest.fixture(autouse=True)
def _again(
    monkeypatch: pytest.MonkeyPatch, centre: RunningCentre, server: Server
) -> Iterator[None]:
    """Nobody waits ten seconds for a connection in here; each test leaves a running server."""
    monkeypatch.setattr(centre.gateway._centre.database._pool, "timeout", 1.0)
    yield
    server.start()


def status_of(centre: RunningCentre, path: str) -> int:
    return Device("127.0.0.1", centre.port).ask("GET", path, headers={})[0]


def patiently(act: Callable[[], Any]) -> Any:
    """As a station does it: again after a while, as long as the centre is busy or away."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            return act()
        except Said as said:
            if said.refusal.problem is not Problem.BUSY or not said.refusal.retry_after:
                raise
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_postgresql_stopped_and_started_again(server: Server, centre: RunningCentre) -> None:
    device = centre.device()
    device.push(mutation(1))
    server.stop()
    with pytest.raises(Said) as said:
        device.push(mutation(2))
    assert (said.value.status, said.value.refusal.problem) == (503, Problem.BUSY)
    assert (status_of(centre, "/ready"), status_of(centre, "/health")) == (503, 200)
    server.start()
    later = mutation(2)
    assert patiently(lambda: device.push(later))[0].rev == 2
    assert status_of(centre, "/ready") == 200
    assert sorted(row.rev for row in device.pull_all().values()) == [1, 2]


def test_an_outage_of_any_length_ends_with_it(server: Server, centre: RunningCentre) -> None:
    device = centre.device()
    server.stop()
    # Longer than the pool tries by itself, so that it has given up when the server comes back.
    over = time.monotonic() + 4
    while time.monotonic() < over:
        with pytest.raises(Said):
            device.hello()
    server.start()
    began = time.monotonic()
    patiently(device.hello)
    assert time.monotonic() - began < 10


def test_connections_cut_by_the_server_are_replaced(centre: RunningCentre) -> None:
    device = centre.device()
    for mid in range(1, 4):
        centre.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                   " WHERE application_name = 'liaison gateway'")  # fmt: skip
        made = mutation(mid)
        assert patiently(lambda made=made: device.push(made))[0].rev == mid  # type: ignore[misc]  # a lambda with a default


def test_postgresql_killed_mid_transaction_leaves_all_or_nothing(
    server: Server, centre: RunningCentre
) -> None:
    device = centre.device()
    batch = [mutation(mid) for mid in range(1, 51)]
    lock = psycopg.connect(centre.settings.admin_url)
    lock.execute("LOCK TABLE mutation_result IN SHARE MODE")
    with ThreadPoolExecutor(1) as pool:
        pushing = pool.submit(device.push, *batch)
        # Records and history are written, the answers are not: the transaction is half done.
        deadline = time.monotonic() + PATIENCE_S
        while not centre.sql("SELECT 1 FROM pg_locks WHERE NOT granted"):
            assert time.monotonic() < deadline
        server.kill()
        with pytest.raises(Said) as said:
            pushing.result()
    lock.close()
    assert said.value.refusal.problem is Problem.BUSY
    server.start()
    assert centre.sql("SELECT head FROM stream WHERE stream_id = %s", device.own) == [(0,)]
    assert centre.sql("SELECT count(*) FROM record WHERE stream_id = %s", device.own) == [(0,)]
    results = patiently(lambda: device.push(*batch))
    assert [one.rev for one in results] == list(range(1, 51))


@pytest.mark.parametrize("seed", range(4))
def test_postgresql_killed_at_any_moment_loses_and_doubles_nothing(
    server: Server, centre: RunningCentre, seed: int
) -> None:
    dice = Random(seed)
    _, station = centre.station()
    pcs = [centre.device(station) for _ in range(3)]
    queues = [[mutation(mid) for mid in range(1, 121)] for _ in pcs]

    def work(pc: Device, queue: list[Mutation]) -> list[Result]:
        results: list[Result] = []
        while len(results) < len(queue):
            part = queue[len(results) : len(results) + dice.randint(1, 9)]
            results += patiently(lambda part=part: pc.push(*part))  # type: ignore[misc]  # a lambda with a default
        return results

    with ThreadPoolExecutor(3) as pool:
        working = [pool.submit(work, *one) for one in zip(pcs, queues, strict=True)]
        for _ in range(2):
            wait_for_head(centre, pcs[0], dice.randint(5, 60))
            server.kill()
            server.start()
        results = [one.result() for one in working]
    assert all(one.outcome is Outcome.APPLIED for told in results for one in told)
    rows = pcs[0].pull_all()
    assert rows.keys() == {one.id for queue in queues for one in queue}
    assert sorted(row.rev for row in rows.values()) == list(range(1, 361))
    with administered(centre.settings) as connection:
        assert wrong_digests(connection) == []
    told = {one.rev for some in results for one in some}
    assert told == set(range(1, 361))


def wait_for_head(centre: RunningCentre, device: Device, more: int) -> None:
    """Until ``more`` changes were taken in, or all of them."""
    query = "SELECT head FROM stream WHERE stream_id = %s"
    [(began,)] = centre.sql(query, device.own)
    deadline = time.monotonic() + PATIENCE_S
    while centre.sql(query, device.own)[0][0] < min(began + more, 360):
        assert time.monotonic() < deadline


def test_a_snapshot_and_a_pull_survive_a_kill_between_their_pages(
    server: Server, centre: RunningCentre
) -> None:
    device = centre.device()
    made = [mutation(mid) for mid in range(1, 21)]
    device.push(*made)
    epoch = device.hello(21).streams[device.own].epoch
    server.kill()
    server.start()

    def page(since: int) -> wire.PullAnswer:
        answer = patiently(lambda: device.get(wire.PullAnswer, "/v1/pull", stream=device.own,
                                              epoch=epoch, since=since, limit=8))  # fmt: skip
        assert isinstance(answer, wire.PullAnswer)
        return answer

    seen, since, more = [], 0, True
    while more:
        one = page(since)
        seen += [row.id for row in one.rows]
        since, more = one.next, one.more
    assert seen == [one.id for one in made]
