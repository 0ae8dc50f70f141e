"""Changes on their way in: order, resends, holes, groups, poison; over real HTTP."""

from __future__ import annotations

from uuid import uuid4

import pytest

from db.wire import Outcome, Problem, State
from tests.central.conftest import RunningCentre
from tests.central.device import Device, Said, edit, mutation


def test_what_was_handed_in_comes_back(device: Device) -> None:
    made = mutation(1)
    [result] = device.push(made)
    assert (result.outcome, result.rev, result.row_version) == (Outcome.APPLIED, 1, 1)
    page = device.pull()
    assert [(row.id, row.rev, row.state) for row in page.rows] == [(made.id, 1, State.LIVE)]
    assert page.rows[0].body == {"name": "张三", "created_at": "2026-11-10T01:00:00Z"}
    assert (page.rows[0].device, page.rows[0].mid) == (device_id(device), 1)
    assert not page.more
    assert page.next == page.head == 1


def test_history_keeps_who_and_when_whatever_stands_there(
    device: Device, centre: RunningCentre
) -> None:
    # Records of a batch lie side by side on their way to PostgreSQL: none may take another's place.
    first, second = mutation(1, actor=None, hlc="a b\n- null"), mutation(2, hlc="-")
    later = edit(3, first.id, 0, name="李四")
    device.push(first, second, later)
    told = centre.sql(
        "SELECT id, row_version, actor, hlc, mid, diff IS NULL, device FROM record_history"
        f" WHERE device = '{device_id(device)}' ORDER BY mid"
    )
    assert told == [
        (first.id, 1, None, first.hlc, 1, True, device_id(device)),
        (second.id, 1, second.actor, "-", 2, True, device_id(device)),
        (later.id, 2, later.actor, later.hlc, 3, False, device_id(device)),
    ]
    bodies = {row.id: row.body for row in device.pull().rows}
    assert bodies[first.id] == {"name": "李四", "created_at": "2026-11-10T01:00:00Z"}
    assert bodies[second.id] == {"name": "张三", "created_at": "2026-11-10T01:00:00Z"}


def test_answer_lost_gives_the_same_results_again(device: Device, centre: RunningCentre) -> None:
    batch = [mutation(1), mutation(2)]
    first = device.push(*batch)
    assert device.push(*batch) == first
    assert device.push(*batch, mutation(3))[:2] == first
    assert [row.rev for row in device.pull().rows] == [1, 2, 3]


def test_reordered_or_lost_requests_leave_a_hole_that_is_told(device: Device) -> None:
    device.push(mutation(1))
    with pytest.raises(Said) as said:
        device.push(mutation(3))
    assert (said.value.status, said.value.refusal.problem) == (409, Problem.GAP)
    assert said.value.refusal.expected == 2


def test_a_mid_used_twice_is_refused(device: Device) -> None:
    device.push(mutation(1))
    with pytest.raises(Said) as said:
        device.push(mutation(1))
    assert (said.value.status, said.value.refusal.problem) == (409, Problem.MID_REUSE)


def test_a_group_is_applied_whole_or_not_at_all(device: Device) -> None:
    group = uuid4()
    good, bad = mutation(1, group=group), edit(2, uuid4(), 0, name="李四")
    alone = mutation(3)
    bad = mutation(2, id=bad.id, op="edit", group=group)
    results = device.push(good, bad, alone)
    assert [(one.outcome, one.code) for one in results] == [
        (Outcome.REJECTED, "group"),
        (Outcome.REJECTED, "unknown_record"),
        (Outcome.APPLIED, ""),
    ]
    assert [row.id for row in device.pull().rows] == [alone.id]


def test_poison_is_rejected_and_the_queue_goes_on(device: Device) -> None:
    batch = [mutation(mid) for mid in range(1, 8)]
    batch[3] = mutation(4, fields={"name": (None, "a\0b")})
    results = device.push(*batch)
    assert [one.outcome for one in results].count(Outcome.APPLIED) == 6
    assert (results[3].outcome, results[3].code) == (Outcome.REJECTED, "refused")
    assert device.push(*batch) == results
    assert device.push(mutation(8))[0].outcome is Outcome.APPLIED


def test_a_state_that_was_not_expected_rejects_with_the_present_one(device: Device) -> None:
    made = mutation(1, "day", fields={"status": (None, "open"), "held_on": (None, "2026-11-10")})
    device.push(made)
    wrong = mutation(2, "day", id=made.id, op="edit", base=1,
                     fields={"status": ("planned", "cancelled")})  # fmt: skip
    [result] = device.push(wrong)
    assert (result.outcome, result.code) == (Outcome.REJECTED, "expected_state")
    assert result.present == {"status": "open"}


def device_id(device: Device) -> object:
    from uuid import UUID

    return UUID(hex=device.keyid)
