"""Short histories told step by step: each meets one of the seventeen things that must hold.

``run.py drill sync_guards`` tells them with the guard taken out: then each must fail.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from tests.sync.faults import Fault
from tests.sync.machine import Exchange

Story = Callable[[Exchange], None]


def begun(scene: Exchange) -> None:
    """Both PCs of the station know one resident."""
    scene.add(pc="a", name="甲")
    both(scene)


def both(scene: Exchange, sizes: str = "large") -> None:
    for pc in ("a", "b", "a"):
        scene.sync(pc=pc, sizes=sizes)


def the_centre_is_restored_and_asks_again(scene: Exchange) -> None:
    scene.centre_is_backed_up()
    begun(scene)
    scene.centre_is_restored()


def what_is_refused_is_told(scene: Exchange) -> None:
    scene.add(pc="a", name="毒\0")
    scene.add(pc="a", name="乙")
    scene.sync(pc="a", sizes="large")


def a_restored_pc_hands_in_again(scene: Exchange) -> None:
    begun(scene)
    scene.edit(pc="a", which=0, field="note", value="乙")
    scene.take_image(pc="a")
    both(scene)
    scene.edit(pc="b", which=0, field="note", value="丙")
    both(scene)
    scene.restore_image(pc="a")


def an_answer_is_lost(scene: Exchange) -> None:
    scene.add(pc="a", name="甲")
    scene.sync_badly(pc="a", sizes="small", at=1, fault=Fault.LOST_ANSWER, dies_at=0)


def one_resident_is_deleted(scene: Exchange) -> None:
    begun(scene)
    scene.centre_removes(which=0, erased=False)


def one_resident_is_erased(scene: Exchange) -> None:
    begun(scene)
    scene.centre_removes(which=0, erased=True)


def a_change_waits_while_another_is_read(scene: Exchange) -> None:
    begun(scene)
    scene.centre_edits(which=0, field="address", value="中")
    for at in range(2, 5):  # somebody types between handing in and reading
        scene.write_during_sync(pc="a", sizes="large", at=at, which=0, value="乙丙丁戊"[at - 1])
        scene.a_pc_reads_its_own_writes()


def a_group_is_half_impossible(scene: Exchange) -> None:
    scene.add(pc="a", name="乙")
    begun(scene)
    scene.centre_removes(which=1, erased=True)
    scene.edit_two_in_one_act(pc="a", which=0, one="丙", other="丁")
    scene.sync(pc="a", sizes="large")


def a_lot_is_read_in_small_pages(scene: Exchange) -> None:
    for _ in range(3):
        scene.receive(pc="a", name="甲")
    scene.sync(pc="a", sizes="large")
    scene.sync(pc="b", sizes="tiny")


def two_edit_one_field(scene: Exchange) -> None:
    begun(scene)
    scene.edit(pc="a", which=0, field="note", value="乙")
    scene.edit(pc="b", which=0, field="note", value="丙")
    scene.edit(pc="b", which=0, field="address", value="丁")
    both(scene)


def two_stations_work(scene: Exchange) -> None:
    begun(scene)
    scene.add(pc="c", name="丁")
    scene.sync(pc="c", sizes="large")
    scene.sync(pc="a", sizes="large")


def a_pc_was_away_while_the_centre_forgot(scene: Exchange) -> None:
    scene.add(pc="a", name="乙")
    begun(scene)
    scene.centre_removes(which=0, erased=False)
    scene.centre_edits(which=0, field="note", value="中")
    scene.sync(pc="a", sizes="large")
    scene.centre_forgets_what_is_gone()
    scene.sync(pc="b", sizes="large")


def a_clock_is_a_year_ahead(scene: Exchange) -> None:
    begun(scene)
    scene.pcs["a"].clock.at += timedelta(days=400)
    scene.sync(pc="a", sizes="large")


def a_newer_program_has_written(scene: Exchange) -> None:
    begun(scene)
    scene.centre_edits(which=0, field="nickname", value="中")
    both(scene)
    scene.edit(pc="b", which=0, field="note", value="乙")
    both(scene)


def much_waits(scene: Exchange) -> None:
    for name in ("甲", "乙", "丙", "丁"):
        scene.add(pc="a", name=name)
    scene.sync(pc="a", sizes="tiny")
