"""Two PCs of a station and the centre write the same record: what stays, what conflicts."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from central.database import administered
from central.publish import Wanted, publish
from db.wire import Mutation, Outcome, Row, State
from tests.central.conftest import RunningCentre
from tests.central.device import Device, edit, mutation


@pytest.fixture
def pcs(centre: RunningCentre) -> tuple[Device, Device]:
    _, station = centre.station()
    return centre.device(station), centre.device(station)


def conflicts(device: Device) -> list[dict[str, Any]]:
    rows = device.pull_all().values()
    return [row.body or {} for row in rows if row.kind == "conflict"]


def record(device: Device, one: Mutation) -> Row:
    return device.pull_all()[one.id]


def test_different_fields_both_survive(pcs: tuple[Device, Device]) -> None:
    a, b = pcs
    made = mutation(1)
    a.push(made)
    assert a.push(edit(2, made.id, 1, phone="1"))[0].outcome is Outcome.APPLIED
    assert b.push(edit(1, made.id, 1, name="李四"))[0].outcome is Outcome.MERGED
    body = record(a, made).body or {}
    assert (body["phone"], body["name"]) == ("1", "李四")
    assert not conflicts(a)


def test_the_same_field_gives_exactly_one_conflict_with_both_values(
    pcs: tuple[Device, Device],
) -> None:
    a, b = pcs
    made = mutation(1)
    a.push(made)
    mine, theirs = edit(2, made.id, 1, phone="1"), edit(1, made.id, 1, phone="2", note="x")
    a.push(mine)
    [result] = b.push(theirs)
    assert (result.outcome, result.present) == (Outcome.CONFLICT, {"phone": "1"})
    body = record(a, made).body or {}
    assert (body["phone"], body["note"]) == ("1", "x")  # the other field is applied
    [conflict] = conflicts(a)
    assert (conflict["present"], conflict["wanted"], conflict["field"]) == ("1", "2", "phone")
    assert UUID(conflict["present_actor_id"]) == mine.actor
    assert UUID(conflict["wanted_actor_id"]) == theirs.actor
    assert (conflict["present_hlc"], conflict["wanted_hlc"]) == (mine.hlc, theirs.hlc)
    assert conflict["resolved_at"] is None
    b.push(theirs)
    assert len(conflicts(a)) == 1


def test_the_same_value_is_no_conflict(pcs: tuple[Device, Device]) -> None:
    a, b = pcs
    made = mutation(1)
    a.push(made, edit(2, made.id, 1, phone="1"))
    assert b.push(edit(1, made.id, 1, phone="1"))[0].outcome is Outcome.NOOP
    assert not conflicts(a)


def test_ones_own_later_edit_is_no_conflict(device: Device) -> None:
    made = mutation(1)
    device.push(made, edit(2, made.id, 1, phone="1"), edit(3, made.id, 1, phone="2"))
    assert (record(device, made).body or {})["phone"] == "2"
    assert not conflicts(device)


def test_an_edit_of_the_centre_and_of_a_station_conflict_too(
    device: Device, centre: RunningCentre
) -> None:
    made = mutation(1)
    device.push(made)
    with administered(centre.settings) as connection:
        publish(connection, device.own, [Wanted("resident", made.id, {"phone": "centre"})])
    assert device.push(edit(2, made.id, 1, phone="station"))[0].outcome is Outcome.CONFLICT
    [conflict] = conflicts(device)
    assert (conflict["present"], conflict["present_actor_id"]) == ("centre", None)


def test_edit_after_delete_keeps_the_text_and_leaves_the_row_deleted(
    pcs: tuple[Device, Device],
) -> None:
    a, b = pcs
    made = mutation(1)
    a.push(made, mutation(2, id=made.id, op="delete", base=1, fields={}))
    assert b.push(edit(1, made.id, 1, name="李四"))[0].outcome is Outcome.CONFLICT
    assert record(a, made).state is State.DELETED
    [conflict] = conflicts(a)
    assert (conflict["wanted"], conflict["present"]) == ("李四", None)


def test_delete_after_edit_leaves_the_row_until_a_person_has_looked(
    pcs: tuple[Device, Device],
) -> None:
    a, b = pcs
    made = mutation(1)
    a.push(made, edit(2, made.id, 1, phone="1"))
    gone = mutation(1, id=made.id, op="delete", base=1, fields={})
    assert b.push(gone)[0].outcome is Outcome.CONFLICT
    assert record(a, made).state is State.LIVE
    assert {one["op"] for one in conflicts(a)} == {"delete"}


def test_two_pcs_settle_one_conflict_and_the_first_wins(pcs: tuple[Device, Device]) -> None:
    a, b = pcs
    made = mutation(1)
    a.push(made, edit(2, made.id, 1, phone="1"))
    b.push(edit(1, made.id, 1, phone="2"))
    [row] = [row for row in a.pull_all().values() if row.kind == "conflict"]
    first = mutation(3, "conflict", id=row.id, op="edit", base=1,
                     fields={"resolved_at": (None, "2026-11-10T02:00:00Z")})  # fmt: skip
    second = mutation(2, "conflict", id=row.id, op="edit", base=1,
                      fields={"resolved_at": (None, "2026-11-10T03:00:00Z")})  # fmt: skip
    assert a.push(first)[0].outcome is Outcome.APPLIED
    [told] = b.push(second)
    assert (told.outcome, told.present) == (
        Outcome.NOOP, {"resolved_at": "2026-11-10T02:00:00Z"})  # fmt: skip
    [conflict] = conflicts(a)
    assert conflict["resolved_at"] == "2026-11-10T02:00:00Z"


@pytest.mark.parametrize("kind", ["issue_event", "companion", "suggestion"])
def test_what_is_only_added_is_never_changed(device: Device, kind: str) -> None:
    made = mutation(1, kind, fields={"note": (None, "x")})
    device.push(made)
    changed = mutation(2, kind, id=made.id, op="edit", base=1, fields={"note": ("x", "y")})
    gone = mutation(3, kind, id=made.id, op="delete", base=1, fields={})
    assert [one.code for one in device.push(changed, gone)] == ["append_only"] * 2
    assert (record(device, made).body or {})["note"] == "x"


def test_n_appended_anywhere_are_n_everywhere(centre: RunningCentre) -> None:
    _, station = centre.station()
    pcs = [centre.device(station) for _ in range(3)]
    for pc in pcs:
        pc.push(*(mutation(mid, "issue_event") for mid in range(1, 6)))
    assert [len(pc.pull_all()) for pc in pcs] == [15, 15, 15]


@pytest.mark.parametrize("size", [1, 2, 5, 50])
def test_the_result_does_not_depend_on_the_batch_size(device: Device, size: int) -> None:
    made = [mutation(mid) for mid in range(1, 6)]
    queue = [*made, *(edit(6 + n, one.id, 1, name=str(n)) for n, one in enumerate(made)),
             mutation(11, id=made[0].id, op="delete", base=2, fields={}),
             edit(12, made[0].id, 2, name="late"), edit(13, made[1].id, 2, phone="1")]  # fmt: skip
    results = [
        one for at in range(0, len(queue), size) for one in device.push(*queue[at : at + size])
    ]
    # The revision of a record within one batch is its last one; everything else is the same.
    seen = [(one.outcome, one.row_version, one.code) for one in results]
    assert seen[10:] == [(Outcome.APPLIED, 3, ""), (Outcome.CONFLICT, 3, ""),
                         (Outcome.APPLIED, 3, "")]  # fmt: skip
    rows = device.pull_all()
    assert rows[made[0].id].state is State.DELETED
    assert rows[made[1].id].body == {"name": "1", "phone": "1",
                                     "created_at": "2026-11-10T01:00:00Z"}  # fmt: skip
    assert sorted(row.rev for row in rows.values())[-1] <= 14


def test_history_keeps_every_step_with_old_and_new(device: Device, centre: RunningCentre) -> None:
    made = mutation(1)
    device.push(made, edit(2, made.id, 1, name="李四"), edit(3, made.id, 2, name="王五"))
    steps = centre.sql(
        "SELECT row_version, diff, device, mid FROM record_history"
        " WHERE stream_id = %s AND id = %s ORDER BY row_version", device.own, made.id,
    )  # fmt: skip
    assert [one[1] for one in steps] == [
        None, {"name": ["张三", "李四"]}, {"name": ["李四", "王五"]}]  # fmt: skip
    assert {one[2] for one in steps} == {UUID(device.keyid)}
    assert [one[3] for one in steps] == [1, 2, 3]


def test_a_change_of_nothing_does_no_harm_to_its_group(device: Device) -> None:
    """What it said was erased at the station; what it was about the centre never had."""
    group = uuid4()
    outcomes = device.push(
        mutation(1, op="edit", fields={}, group=group),
        mutation(2, "issue_event", op="edit", fields={}, group=group),
        mutation(3, group=group),
    )
    assert [one.outcome for one in outcomes] == [Outcome.NOOP, Outcome.NOOP, Outcome.APPLIED]
