"""Everything that is kept, for a new PC: resumable at any page, whatever happens in between."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from central.database import administered
from central.upkeep import new_epoch, prune
from db import wire
from db.wire import Problem, State
from tests.central.conftest import RunningCentre
from tests.central.device import Device, Said, edit, mutation


def page(device: Device, since: int = 0, at: int = 0, limit: int = 2) -> wire.PullAnswer:
    return device.get(
        wire.PullAnswer, "/v1/snapshot", stream=device.own, since=since, at=at, limit=limit
    )


def whole(device: Device, first: wire.PullAnswer) -> dict[UUID, wire.Row]:
    rows, at = {row.id: row for row in first.rows}, first.head
    while first.more:
        first = page(device, first.next, at)
        rows |= {row.id: row for row in first.rows}
    return rows


def test_a_snapshot_has_what_lives_and_tells_what_is_gone(device: Device) -> None:
    made = [mutation(mid) for mid in range(1, 6)]
    device.push(*made, mutation(6, id=made[0].id, op="delete", base=1, fields={}))
    rows = whole(device, page(device))
    assert {row.id for row in rows.values() if row.state is State.LIVE} == {
        one.id for one in made[1:]
    }
    # A PC that was restored from an old image may still have it.
    assert (rows[made[0].id].state, rows[made[0].id].body) == (State.DELETED, None)


def test_an_empty_stream_has_an_empty_snapshot(device: Device) -> None:
    first = page(device)
    assert (first.rows, first.head, first.next, first.more) == ([], 0, 0, False)


def test_what_changes_between_two_pages_is_in_the_end_as_it_is(device: Device) -> None:
    made = [mutation(mid) for mid in range(1, 6)]
    device.push(*made)
    first = page(device)
    device.push(
        edit(6, made[0].id, 1, name="李四"),  # was in the first page
        mutation(7, id=made[1].id, op="delete", base=1, fields={}),  # was too
        mutation(8, id=made[4].id, op="delete", base=1, fields={}),  # was not yet
        mutation(9),
    )
    rows = whole(device, first)
    assert (rows[made[0].id].body or {})["name"] == "李四"
    assert rows[made[1].id].state is rows[made[4].id].state is State.DELETED
    live = {one for one, row in rows.items() if row.state is State.LIVE}
    assert live == {one for one, row in device.pull_all().items() if row.state is State.LIVE}


def test_a_pull_from_a_snapshots_end_continues_it(device: Device) -> None:
    made = [mutation(mid) for mid in range(1, 4)]
    device.push(*made)
    first = page(device, limit=50)
    last = mutation(4)
    device.push(last)
    assert [row.id for row in device.pull(first.next).rows] == [last.id]


def test_what_was_forgotten_in_between_means_to_begin_anew(
    device: Device, centre: RunningCentre
) -> None:
    made = [mutation(mid) for mid in range(1, 6)]
    device.push(*made)
    first = page(device)
    device.push(mutation(6, id=made[0].id, op="delete", base=1, fields={}))
    with administered(centre.settings) as connection:
        prune(connection, gone_for=timedelta(0))
    with pytest.raises(Said) as said:
        page(device, first.next, first.head)
    assert (said.value.status, said.value.refusal.problem) == (410, Problem.RESYNC)
    assert whole(device, page(device)).keys() == {one.id for one in made[1:]}


def test_a_restored_centre_in_between_means_to_begin_anew(
    device: Device, centre: RunningCentre
) -> None:
    device.push(*(mutation(mid) for mid in range(1, 6)))
    first = page(device)
    with administered(centre.settings) as connection:
        new_epoch(connection)
    with pytest.raises(Said) as said:
        device.get(wire.PullAnswer, "/v1/snapshot", stream=device.own, epoch=first.epoch,
                   since=first.next, at=first.head)  # fmt: skip
    assert (said.value.status, said.value.refusal.problem) == (409, Problem.EPOCH)


def test_a_place_beyond_the_head_is_of_another_epoch(device: Device) -> None:
    for since, at in ((9, 0), (0, 9)):
        with pytest.raises(Said) as said:
            page(device, since, at)
        assert said.value.refusal.problem is Problem.EPOCH
