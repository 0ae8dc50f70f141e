"""Changes on their way out: pages, cursors, floors, old programs, streams above."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from central.database import administered
from central.publish import Wanted, publish, withdraw
from central.upkeep import prune
from db import wire
from db.wire import Problem, State
from tests.central.conftest import RunningCentre
from tests.central.device import Device, Said, edit, mutation


@pytest.mark.parametrize("size", [1, 3, 7, 2000])
def test_the_result_does_not_depend_on_the_page_size(device: Device, size: int) -> None:
    made = [mutation(mid) for mid in range(1, 8)]
    device.push(*made, edit(8, made[2].id, 1, name="李四"))
    rows = device.pull_all(size)
    assert rows.keys() == {one.id for one in made}
    assert sorted(row.rev for row in rows.values()) == [1, 2, 4, 5, 6, 7, 8]


def test_a_page_cut_is_asked_for_again_and_is_the_same(device: Device) -> None:
    device.push(*(mutation(mid) for mid in range(1, 6)))
    first = device.pull(2, 2)
    assert first == device.pull(2, 2)
    assert ([row.rev for row in first.rows], first.next, first.more) == ([3, 4], 4, True)


def test_a_cursor_at_the_head_gets_nothing(device: Device) -> None:
    device.push(mutation(1))
    page = device.pull(1)
    assert (page.rows, page.next, page.head, page.more) == ([], 1, 1, False)


def test_a_cursor_beyond_the_head_is_of_another_epoch(device: Device) -> None:
    with pytest.raises(Said) as said:
        device.pull(5)
    assert (said.value.status, said.value.refusal.problem) == (409, Problem.EPOCH)


def test_400_days_offline_push_then_snapshot(device: Device, centre: RunningCentre) -> None:
    made = [mutation(mid) for mid in range(1, 4)]
    device.push(*made, mutation(4, id=made[0].id, op="delete", base=1, fields={}))
    long_ago(centre, device, 500)
    with administered(centre.settings) as connection:
        assert prune(connection).records == 1
    assert device.hello(5).streams[device.own].floor == 4
    late = mutation(5)
    assert device.push(late)[0].rev == 5
    with pytest.raises(Said) as said:
        device.pull(3)
    assert (said.value.status, said.value.refusal.problem) == (410, Problem.RESYNC)
    page = device.get(wire.PullAnswer, "/v1/snapshot", stream=device.own)
    assert {row.id for row in page.rows} == {made[1].id, made[2].id, late.id}


def test_a_cursor_at_the_floor_is_good_and_every_one_below_is_not(
    device: Device, centre: RunningCentre
) -> None:
    made = [mutation(mid) for mid in range(1, 6)]
    device.push(*made, mutation(6, id=made[0].id, op="delete", base=1, fields={}), mutation(7))
    long_ago(centre, device, 500)
    with administered(centre.settings) as connection:
        prune(connection)
    assert [row.rev for row in device.pull(6).rows] == [7]
    for since in range(6):
        with pytest.raises(Said) as said:
            device.pull(since)
        assert said.value.refusal.problem is Problem.RESYNC


def test_what_is_gone_is_told_for_400_days(device: Device, centre: RunningCentre) -> None:
    made = mutation(1)
    device.push(made, mutation(2, id=made.id, op="delete", base=1, fields={}))
    long_ago(centre, device, 399)
    with administered(centre.settings) as connection:
        assert prune(connection).records == 0
    [row] = device.pull().rows
    assert (row.id, row.state, row.body) == (made.id, State.DELETED, None)


def test_what_is_forgotten_is_forgotten_with_its_history(
    device: Device, centre: RunningCentre
) -> None:
    made = mutation(1)
    device.push(made, mutation(2, id=made.id, op="delete", base=1, fields={}))
    with administered(centre.settings) as connection:
        prune(connection, gone_for=timedelta(0))
    count = "SELECT count(*) FROM record_history WHERE stream_id = %s"
    assert centre.sql(count, device.own) == [(0,)]
    again = mutation(3, id=made.id)
    assert [one.outcome for one in device.push(again)] == [wire.Outcome.APPLIED]


@pytest.mark.parametrize("target", ["/v1/pull", "/v1/snapshot"])
def test_another_stations_stream_is_out_of_scope(
    device: Device, centre: RunningCentre, target: str
) -> None:
    other = centre.device()
    other.push(mutation(1))
    epoch = other.hello(2).streams[other.own].epoch
    for stream in (other.own, "S:" + uuid4().hex, "R:XX", "", "S:\0"):
        with pytest.raises(Said) as said:
            device.get(wire.PullAnswer, target, stream=stream, epoch=epoch, since=0)
        assert (said.value.status, said.value.refusal.problem) == (403, Problem.SCOPE)


@pytest.mark.parametrize(
    "query",
    [{}, {"epoch": "x"}, {"since": "-1"}, {"since": "1e3"}, {"since": str(1 << 60)},
     {"limit": "x"}, {"since": "٣"}],
)  # fmt: skip
def test_a_query_that_is_none_is_malformed(device: Device, query: dict[str, str]) -> None:
    epoch = device.hello().streams[device.own].epoch
    given = {"stream": device.own, "epoch": epoch.hex, "since": "0"} | query
    if not query:
        del given["since"]
    with pytest.raises(Said) as said:
        device.get(wire.PullAnswer, "/v1/pull", **given)
    assert (said.value.status, said.value.refusal.problem) == (400, Problem.MALFORMED)


@pytest.mark.parametrize("limit", [0, 1 << 40])
def test_a_page_has_one_row_at_least_and_a_bound(device: Device, limit: int) -> None:
    device.push(mutation(1), mutation(2))
    assert len(device.pull(0, limit).rows) == (1 if limit == 0 else 2)


# ------------------------------------------------------------------------- what the centre writes


def test_what_the_centre_writes_into_a_station_arrives_there(
    device: Device, centre: RunningCentre
) -> None:
    made = mutation(1)
    device.push(made)
    with administered(centre.settings) as connection:
        publish(connection, device.own, [Wanted("resident", made.id, {"phone": "13800001234"})])
    [row] = device.pull(1).rows
    assert row.body is not None
    assert (row.body["phone"], row.body["name"], row.row_version) == ("13800001234", "张三", 2)
    assert row.device is None


def test_what_is_as_wanted_already_takes_no_revision(centre: RunningCentre) -> None:
    device, one = centre.device(), uuid4()
    wanted = [Wanted("deputy", one, {"name": "于桂芳", "levels": ["county"]})]
    with administered(centre.settings) as connection:
        assert len(publish(connection, "R:KY", wanted)) == 1
        assert publish(connection, "R:KY", wanted) == []
        assert len(withdraw(connection, "R:KY", "deputy", one)) == 1
        assert withdraw(connection, "R:KY", "deputy", uuid4()) == []
    assert device.pull_all(stream="R:KY")[one].state is State.DELETED


def test_a_region_reaches_the_stations_below_it_and_no_others(centre: RunningCentre) -> None:
    near, far = centre.device(), centre.device(centre.station("DL")[1])
    one, everywhere = uuid4(), uuid4()
    with administered(centre.settings) as connection:
        publish(connection, "R:KY", [Wanted("deputy", one, {"name": "于桂芳"})])
        publish(connection, "C:global", [Wanted("category", everywhere, {"name": "物业"})])
    assert one in near.pull_all(stream="R:KY")
    assert "R:KY" not in far.streams
    with pytest.raises(KeyError):
        far.pull_all(stream="R:KY")
    assert everywhere in far.pull_all(stream="C:global")


def test_deputies_of_a_region_are_written_by_the_centre_only(device: Device) -> None:
    # A station's push goes into its own stream whatever it names; a region's is beyond its reach.
    one = mutation(1, "deputy", fields={"name": (None, "外人")})
    device.push(one)
    assert one.id in device.pull_all()
    assert one.id not in device.pull_all(stream="R:KY")


# ----------------------------------------------------------------------------------- versions


def test_old_app_new_centre_hands_in_and_is_told_to_upgrade_before_it_reads(
    make_settings: Callable[..., Any], run_centre: Callable[..., RunningCentre]
) -> None:
    settings = make_settings()
    old = run_centre(settings).device()
    newer = run_centre(dataclasses.replace(settings, oldest_schema=2))
    old.port = newer.port
    assert not old.hello().pull_allowed
    assert old.push(mutation(1))[0].rev == 1
    for target in ("/v1/pull", "/v1/snapshot"):
        epoch = old.hello(2).streams[old.own].epoch
        with pytest.raises(Said) as said:
            old.get(wire.PullAnswer, target, stream=old.own, epoch=epoch, since=0)
        assert (said.value.status, said.value.refusal.problem) == (426, Problem.UPGRADE)


def test_new_app_old_centre_keeps_kinds_and_fields_it_does_not_know(device: Device) -> None:
    kind = mutation(1, "petition", schema=9, fields={"title": (None, "路灯")})
    field = mutation(2, schema=9, fields={"name": (None, "张三"), "blood_type": (None, "A")})
    assert [one.outcome for one in device.push(kind, field)] == [wire.Outcome.APPLIED] * 2
    rows = device.pull_all()
    assert rows[kind.id].body == {"title": "路灯"}
    assert rows[field.id].body == {"name": "张三", "blood_type": "A"}


def long_ago(centre: RunningCentre, device: Device, days: int) -> None:
    centre.sql(
        "UPDATE record SET updated_at = now() - %s WHERE stream_id = %s",
        timedelta(days=days),
        device.own,
    )
