"""What a revoked PC still has: kept apart, in bounds, taken in only by an administrator."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import msgspec
import pytest

from central.database import administered
from central.devices import list_devices, revoke
from central.quarantine import Accepted, accept
from db import wire
from db.wire import Outcome, Problem, encode
from tests.central.conftest import RunningCentre
from tests.central.device import Device, mutation


@pytest.fixture
def revoked(centre: RunningCentre) -> Device:
    device = centre.device()
    device.push(mutation(1))
    with administered(centre.settings) as connection:
        assert revoke(connection, UUID(device.keyid))
    return device


def hand_in(device: Device, *mutations: wire.Mutation) -> tuple[int, bytes]:
    status, _, body = device.ask("POST", "/v1/quarantine", encode(wire.Push(1, list(mutations))))
    return status, body


def taken_in(centre: RunningCentre, device: Device) -> Accepted:
    with administered(centre.settings) as connection:
        return accept(centre.gateway._centre.database, connection, UUID(device.keyid))


def held(centre: RunningCentre, device: Device) -> int:
    with administered(centre.settings) as connection:
        [one] = [one for one in list_devices(connection) if one["device_id"] == device.keyid]
    return int(one["quarantined"])


def test_it_waits_for_an_administrator(revoked: Device, centre: RunningCentre) -> None:
    late = mutation(2)
    assert hand_in(revoked, late)[0] == 202
    assert held(centre, revoked) == 1
    stream = centre.sql("SELECT head FROM stream WHERE stream_id = %s", revoked.own)
    assert stream == [(1,)]
    done = taken_in(centre, revoked)
    assert [one.outcome for one in done.results] == [Outcome.APPLIED]
    assert held(centre, revoked) == 0
    assert centre.sql("SELECT body FROM quarantine WHERE device_id = %s", UUID(revoked.keyid)) == [
        (b"",)]  # fmt: skip


def test_handed_in_twice_it_is_kept_once(revoked: Device, centre: RunningCentre) -> None:
    late = mutation(2)
    assert [hand_in(revoked, late)[0], hand_in(revoked, late)[0]] == [202, 202]
    assert held(centre, revoked) == 1
    taken_in(centre, revoked)
    assert hand_in(revoked, late)[0] == 202  # the answer was lost
    assert held(centre, revoked) == 0
    assert taken_in(centre, revoked).results == []


def test_overlapping_messages_take_effect_once(revoked: Device, centre: RunningCentre) -> None:
    second, third = mutation(2), mutation(3)
    hand_in(revoked, second)
    hand_in(revoked, second, third)
    done = taken_in(centre, revoked)
    assert (len(done.results), done.refused) == (3, [])
    assert centre.sql("SELECT head FROM stream WHERE stream_id = %s", revoked.own) == [(3,)]


def test_a_message_that_is_refused_stays_and_stops_no_other(
    revoked: Device, centre: RunningCentre
) -> None:
    hand_in(revoked, mutation(9))
    hand_in(revoked, mutation(2))
    done = taken_in(centre, revoked)
    assert (done.refused, [one.mid for one in done.results]) == ([Problem.GAP], [2])
    assert held(centre, revoked) == 1


def test_a_pc_in_good_standing_pushes_instead(device: Device) -> None:
    status, body = hand_in(device, mutation(1))
    assert (status, msgspec.json.decode(body, type=wire.Refusal).problem) == (403, Problem.SCOPE)


def test_there_is_a_bound(
    make_settings: Callable[..., Any], run_centre: Callable[..., RunningCentre]
) -> None:
    centre = run_centre(make_settings(quarantine_limit=2000))
    device = centre.device()
    with administered(centre.settings) as connection:
        revoke(connection, UUID(device.keyid))
    assert hand_in(device, mutation(1))[0] == 202
    big = mutation(2, fields={"name": (None, "x" * 3000)})
    status, body = hand_in(device, big)
    assert (status, msgspec.json.decode(body, type=wire.Refusal).problem) == (
        413, Problem.TOO_LARGE)  # fmt: skip


def test_nonsense_is_not_kept(revoked: Device, centre: RunningCentre) -> None:
    assert revoked.ask("POST", "/v1/quarantine", b"{}")[0] == 400
    assert held(centre, revoked) == 0


def test_revoking_nobody_is_told(centre: RunningCentre) -> None:
    with administered(centre.settings) as connection:
        assert not revoke(connection, UUID(int=5))
