"""The client and the gateway stopped at their n-th step, for every n; then all goes on as it must.

A step of the client is each request (before and after it) and each edge of a writing transaction;
one of the gateway is each statement, and each commit before and after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from central.embedded import EmbeddedPostgres
from tests.sync.centre import Centre
from tests.sync.faults import Fault, FragileConnection
from tests.sync.machine import Exchange
from tests.sync.stories import both

Play = Callable[[Callable[[Exchange, int], bool]], int]

#: More steps than an exchange has: a loop that gets there has found no end.
MOST = 150


@pytest.fixture(scope="module")
def play(
    postgres: EmbeddedPostgres, template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Play]:
    """Tells the story for n = 0, 1, … until the stop no longer comes in the exchange."""
    centre = Centre(postgres, tmp_path_factory.mktemp("centre"))

    class Stopped(Exchange):
        pass

    Stopped.centre, Stopped.template = centre, template

    def once(stop: Callable[[Exchange], bool]) -> bool:
        scene = Stopped()
        scene.join()
        scene.add(pc="b", name="乙")
        both(scene)
        scene.receive(pc="a", name="甲")
        scene.edit(pc="a", which=0, field="note", value="丙")
        scene.edit(pc="b", which=0, field="note", value="丁")
        scene.add_photo(pc="a", one=b"x")
        scene.sync(pc="b", sizes="large")
        struck = stop(scene)
        scene.teardown()
        return struck

    def play_all(stop_at: Callable[[Exchange, int], bool]) -> int:
        for n in count():
            assert n < MOST
            if not once(partial(_at, stop_at, n)):
                return n
        raise AssertionError

    yield play_all
    centre.close()


def _at(stop_at: Callable[[Exchange, int], bool], n: int, scene: Exchange) -> bool:
    return stop_at(scene, n)


def test_the_client_killed_at_every_edge_of_every_transaction(play: Play) -> None:
    def stop(scene: Exchange, n: int) -> bool:
        return scene.pcs["a"].sync(killed_at=n) is None

    assert play(stop) > 10


@pytest.mark.parametrize("fault", [Fault.KILLED_BEFORE, Fault.KILLED_AFTER, Fault.LOST_ANSWER])
def test_the_client_stopped_at_every_request(play: Play, fault: Fault) -> None:
    def stop(scene: Exchange, n: int) -> bool:
        return scene.pcs["a"].sync(at=n, fault=fault) is None

    assert play(stop) > 4


def test_the_gateway_killed_at_every_statement_and_commit(play: Play) -> None:
    def stop(scene: Exchange, n: int) -> bool:
        FragileConnection.steps = n
        try:
            return scene.pcs["a"].sync(fault=Fault.GATEWAY_KILLED, at=MOST) is None
        finally:
            FragileConnection.steps = None

    assert play(stop) > 20
