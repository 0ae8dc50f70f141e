"""The gateway dies at its n-th step, for every n; really killed, at random moments, too."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from hashlib import sha256
from http.client import HTTPException
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import psycopg
import pytest

from central.config import Settings
from central.database import administered
from central.upkeep import wrong_digests
from db import wire
from db.wire import Mutation, Outcome, encode
from tests.central.conftest import RunningCentre
from tests.central.device import Device, Said, edit, mutation
from tests.central.processes import served

Send = tuple[str, str, bytes]


class Steps:
    """Counts every word of the gateway to PostgreSQL; at the ``last`` one the line is dead."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count, self.last = 0, 0
        for name in ("execute", "commit"):
            self._watch(monkeypatch, name, getattr(psycopg.Connection, name))

    def _watch(self, monkeypatch: pytest.MonkeyPatch, name: str, real: Callable[..., Any]) -> None:
        def word(connection: psycopg.Connection[Any], *given: Any, **named: Any) -> Any:
            if connection.info.parameter_status("application_name") != "liaison gateway":
                return real(connection, *given, **named)
            self.count += 1
            if self.count == self.last:
                connection.close()
                raise psycopg.OperationalError
            return real(connection, *given, **named)

        monkeypatch.setattr(psycopg.Connection, name, word)


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Steps:
    return Steps(monkeypatch)


def pushing(device: Device) -> list[Send]:
    made = mutation(1)
    first = [made, *(mutation(mid) for mid in range(2, 6)), edit(6, made.id, 1, name="李四")]
    second = [
        mutation(7, id=made.id, op="delete", base=2, fields={}),
        edit(8, made.id, 2, name="x"),
    ]
    return [("POST", "/v1/push", encode(wire.Push(1, some))) for some in (first, second)]


def attaching(device: Device) -> list[Send]:
    body = Random(1).randbytes(2000)
    name = sha256(body + device.keyid.encode()).hexdigest()
    body += device.keyid.encode()
    target = f"/v1/blob/{name}?offset={{}}&size={len(body)}"
    return [("PUT", target.format(at), body[at : at + 900]) for at in range(0, len(body), 900)]


def greeting(device: Device) -> list[Send]:
    hello = wire.Hello(1, "1.0", 1, 1, 1, 0, {})
    return [("POST", "/v1/hello", encode(hello)), ("POST", "/v1/digest",
            encode(wire.DigestRequest({device.own: (0, "")})))]  # fmt: skip


@pytest.mark.parametrize("story", [pushing, attaching, greeting])
def test_kill_of_the_gateway_at_every_step_leaves_a_committed_state(
    centre: RunningCentre, steps: Steps, story: Callable[[Device], list[Send]]
) -> None:
    whole = centre.device()
    steps.count = 0
    calm = [whole.ask(*one)[0] for one in story(whole)]
    most, seen = steps.count, 0
    assert most >= 3
    for last in range(1, most + 1):
        device = centre.device()
        sent, answers = story(device), []
        steps.count, steps.last = 0, last
        for one in sent:
            while (status := device.ask(*one)[0]) == 503:
                seen += 1
            answers.append(status)
        steps.last = 0
        assert answers == calm
        assert state(centre, device) == state(centre, whole), last
        with administered(centre.settings) as connection:
            assert wrong_digests(connection) == []
    assert seen >= most - len(sent)  # else nothing was ever broken off


def state(centre: RunningCentre, device: Device) -> list[Any]:
    """What the centre has of a station, without what differs from one station to another."""
    stream = device.own
    return [
        centre.sql("SELECT head FROM stream WHERE stream_id = %s", stream),
        centre.sql("SELECT kind, rev, row_version, state, body - 'record_id' - 'created_at'"
                   " - 'wanted_actor_id' - 'present_actor_id' FROM record"
                   " WHERE stream_id = %s ORDER BY rev", stream),
        centre.sql("SELECT kind, row_version, mid FROM record_history WHERE stream_id = %s"
                   " ORDER BY kind, mid, row_version", stream),
        centre.sql("SELECT size, stored, complete FROM blob WHERE stream_id = %s", stream),
        centre.sql("SELECT incarnation, last_mid FROM incarnation JOIN device USING (device_id)"
                   " JOIN station USING (station_id) WHERE stream_id = %s", stream),
    ]  # fmt: skip


def test_gateway_killed_at_any_moment_loses_and_doubles_nothing(
    make_settings: Callable[..., Settings],
    run_centre: Callable[..., RunningCentre],
    tmp_path: Path,
) -> None:
    centre = run_centre(make_settings())
    _, station = centre.station()
    pcs = [centre.device(station) for _ in range(2)]
    queues = [[mutation(mid) for mid in range(1, 201)] for _ in pcs]
    where: list[int] = []

    def work(pc: Device, queue: list[Mutation]) -> list[wire.Result]:
        results: list[wire.Result] = []
        while len(results) < len(queue):
            part = queue[len(results) : len(results) + 5]
            pc.port = where[-1]
            try:
                results += pc.push(*part)
            except (OSError, HTTPException, Said):
                continue
        return results

    dice = Random(5)
    with ThreadPoolExecutor(2) as pool:
        working: list[Future[list[wire.Result]]] = []
        for life in range(4):
            with served(centre.settings, tmp_path / f"{life}") as gateway:
                where.append(gateway.port)
                if not working:
                    working = [pool.submit(work, *one) for one in zip(pcs, queues, strict=True)]
                if life < 3:
                    wait_for_more(centre, pcs[0], dice.randint(5, 70))
                    os.killpg(gateway.process.pid, signal.SIGKILL)
                    gateway.process.wait()
                else:
                    results = [one.result() for one in working]
    assert all(one.outcome is Outcome.APPLIED for told in results for one in told)
    pcs[0].port = centre.port
    rows = pcs[0].pull_all()
    assert rows.keys() == {one.id for queue in queues for one in queue}
    assert sorted(row.rev for row in rows.values()) == list(range(1, 401))


def wait_for_more(centre: RunningCentre, device: Device, more: int) -> None:
    query = "SELECT head FROM stream WHERE stream_id = %s"
    [(began,)] = centre.sql(query, device.own)
    while centre.sql(query, device.own)[0][0] < min(began + more, 400):
        pass


def test_the_same_answers_whatever_was_broken_off(centre: RunningCentre, steps: Steps) -> None:
    device = centre.device()
    batch = [mutation(mid) for mid in range(1, 4)]
    body = encode(wire.Push(1, batch))
    steps.count, steps.last = 0, 4
    while device.ask("POST", "/v1/push", body)[0] == 503:
        pass
    first = device.ask("POST", "/v1/push", body)[2]
    told = msgspec.json.decode(first, type=wire.PushAnswer).results
    assert [one.rev for one in told] == [1, 2, 3]
    assert device.push(*batch) == told
