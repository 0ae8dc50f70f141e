"""Whatever is asked: no 5xx, no accepted nonsense; more by ``run.py drill api``."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from central.config import Settings
from central.database import administered
from central.upkeep import wrong_digests
from tests.central.conftest import RunningCentre
from tests.central.device import Device, mutation
from tests.central.fuzz import Fuzz, operations


@pytest.fixture(scope="module")
def centre(
    make_settings: Callable[..., Settings], run_centre: Callable[..., RunningCentre]
) -> RunningCentre:
    return run_centre(make_settings())


def test_every_message_is_described(centre: RunningCentre) -> None:
    assert len(operations(centre)) == 11


def test_no_fault_and_no_accepted_nonsense(centre: RunningCentre, device: Device) -> None:
    other = centre.device()
    other.push(mutation(1))
    fuzz = Fuzz(centre, device)
    fuzz.run(examples=15, at=1)
    assert fuzz.requests >= 11 * 15
    assert fuzz.done > 30, fuzz.statuses  # not everything may be stopped at the door
    reached = {route for route, status in fuzz.statuses if status < 300}
    assert {"POST /v1/push", "POST /v1/hello", "GET /v1/pull", "GET /v1/snapshot"} <= reached
    with administered(centre.settings) as connection:
        assert wrong_digests(connection) == []
    assert len(other.pull_all()) == 1
