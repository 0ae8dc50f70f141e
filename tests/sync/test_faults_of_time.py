"""Rows of docs/sync.md §13 that are of time: restores, copies, clocks, years, versions."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from central.publish import Wanted, publish
from central.upkeep import prune
from db.wire import Problem
from station_app.sync.client import Refused
from tests.sync.acts import Pc, add, change, names, pending, remove, there
from tests.sync.centre import STRICT, Centre
from tests.sync.desk import bench_from
from tests.sync.faults import Network


def test_centre_restored_is_handed_everything_again(
    bench: Pc, centre: Centre, station: UUID
) -> None:
    a, b = bench("a"), bench("b")
    saved = centre.save(station)
    add(a)
    a.sync()
    b.sync()
    change(b, note="乙")
    b.sync()
    centre.restore(station, saved)
    for pc in (a, b, a):
        pc.sync()
    assert there(centre, a) == ["于桂芳"]
    assert a.rows("SELECT note FROM resident") == b.rows("SELECT note FROM resident")


def test_image_restored_is_noticed_and_overwrites_nothing(bench: Pc, tmp_path: Path) -> None:
    a, b = bench("a"), bench("b")
    add(a)
    a.sync()
    image = a.image(tmp_path / "image")
    change(a, note="新")
    a.sync()
    a.restore(image)
    a.sync()
    b.sync()
    assert a.me.incarnation == 2
    assert a.rows("SELECT note FROM resident") == b.rows("SELECT note FROM resident") == [("新",)]


def test_clone_becomes_a_life_of_its_own_with_a_letter_of_its_own(
    bench: Pc, centre: Centre, tmp_path: Path
) -> None:
    a = bench("a")
    a.image(tmp_path / "clone")
    clone = bench_from(tmp_path / "clone", Network(centre.transport))
    for pc, name in ((a, "于桂芳"), (clone, "李丽")):
        add(pc, name)
        pc.sync()
    a.sync()
    assert names(a) == names(clone) == ["于桂芳", "李丽"]
    assert len({(pc.me.incarnation, pc.me.letter) for pc in (a, clone)}) == 2
    clone.close()


@pytest.mark.parametrize("days", [-365, 365])
def test_clock_a_year_off_changes_no_order(bench: Pc, days: int) -> None:
    a, b = bench("a"), bench("b")
    add(a)
    a.sync()
    b.sync()
    a.clock.at += timedelta(days=days)
    change(a, note="先")
    a.sync()
    b.sync()
    change(b, note="后")
    b.sync()
    a.sync()
    assert a.rows("SELECT note FROM resident") == [("后",)]
    assert abs(a.me.clock_off) > 300 * 86_400


def test_400_days_offline_hands_in_then_takes_a_snapshot(bench: Pc, centre: Centre) -> None:
    a, b = bench("a"), bench("b")
    for name in ("于桂芳", "李丽"):
        add(a, name)
    a.sync()
    b.sync()
    remove(a)
    a.sync()
    with centre.administered() as connection:
        prune(connection, gone_for=timedelta(0))
    b.clock.at += timedelta(days=400)
    add(b, "王兰")
    b.sync()
    a.sync()
    assert names(a) == names(b) == there(centre, a) == ["李丽", "王兰"]


def test_old_app_hands_in_to_a_new_centre_and_reads_only_after_its_upgrade(
    bench: Pc, centre: Centre
) -> None:
    a = bench("a")
    add(a)
    a.network.inner = centre.way(STRICT)
    with pytest.raises(Refused) as told:
        a.sync()
    assert told.value.problem is Problem.UPGRADE
    assert (pending(a), there(centre, a)) == (0, ["于桂芳"])


def test_new_app_wrote_a_field_that_an_old_one_sends_back_untouched(
    bench: Pc, centre: Centre
) -> None:
    a = bench("a")
    add(a)
    a.sync()
    [(one,)] = a.rows("SELECT id FROM resident")
    with centre.administered() as connection:
        publish(connection, a.me.own, [Wanted("resident", UUID(one), {"nickname": "桂桂"})])
    a.sync()
    change(a, note="甲")
    a.sync()
    _, body = centre.records(a.me.own)["resident", UUID(one)]
    assert (body["nickname"], body["note"]) == ("桂桂", "甲")
