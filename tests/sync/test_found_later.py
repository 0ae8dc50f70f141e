"""What tens of thousands of random histories found: short histories that must end well.

At the end of each all come to rest and the seventeen things are looked at (holds.py).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.sync.machine import Exchange

Gone = Callable[[Exchange], None]


def residents(scene: Exchange, pc: str) -> list[str]:
    found = scene.pcs[pc].rows("SELECT name FROM resident WHERE stream = '' ORDER BY name")
    return [name for (name,) in found]


def test_what_a_stick_handed_in_is_kept_by_the_centres_clock(scene: Exchange) -> None:
    a = scene.pcs["a"]
    scene.add(pc="a", name="甲")
    scene.write_a_stick(pc="a")
    scene.hand_the_stick_in()
    a.clock.at -= timedelta(days=365)
    scene.read_the_answer()
    scene.sync(pc="a", sizes="small")
    assert a.rows("SELECT min(mid), max(state) FROM outbox") == [(1, "sent")]


def test_a_person_refused_and_then_deleted_stays_away(scene: Exchange) -> None:
    scene.add(pc="b", name="毒\0")
    scene.delete_duty_or_resident(pc="b", which=0)
    scene.sync(pc="b", sizes="tiny")
    assert residents(scene, "b") == []


def removed_and_forgotten(scene: Exchange) -> None:
    scene.centre_removes(which=0, erased=False)
    scene.centre_forgets_what_is_gone()


def moved(scene: Exchange) -> None:
    scene.centre_moves(which=0, home="a")


@pytest.mark.parametrize("goes", [removed_and_forgotten, moved])
@pytest.mark.parametrize("handed_in_by", ["a", "b"])
def test_a_deletion_of_what_the_centre_forgot_brings_nothing_back_to_a_pc_that_joins_anew(
    scene: Exchange, handed_in_by: str, goes: Gone
) -> None:
    scene.add(pc=handed_in_by, name="甲")
    for pc in ("a", "b"):
        scene.sync(pc=pc, sizes="large")
    goes(scene)
    scene.delete_duty_or_resident(pc="b", which=0)
    scene.revoke_b()
    scene.centre_forgets_what_is_gone()
    scene.join_anew()
    scene.sync(pc="b", sizes="large")
    assert residents(scene, "b") == []


@pytest.mark.parametrize("goes", [removed_and_forgotten, moved])
def test_old_answers_bring_nothing_back_to_a_pc_that_joins_anew(
    scene: Exchange, goes: Gone
) -> None:
    scene.add(pc="b", name="甲")
    scene.sync(pc="b", sizes="large")
    scene.edit(pc="b", which=0, field="note", value="毒\0")
    scene.sync(pc="b", sizes="large")
    goes(scene)
    scene.sync(pc="b", sizes="large")
    scene.revoke_b()
    scene.centre_forgets_what_is_gone()
    scene.join_anew()
    scene.sync(pc="b", sizes="large")
    assert residents(scene, "b") == []


def test_a_version_that_a_restored_centre_gives_again_is_read_again(scene: Exchange) -> None:
    scene.add(pc="a", name="甲")
    scene.sync(pc="a", sizes="large")
    scene.centre_is_backed_up()
    scene.centre_edits(which=0, field="note", value="改")
    scene.sync(pc="b", sizes="large")
    scene.edit(pc="a", which=0, field="address", value="戊")
    scene.centre_is_restored()
    scene.sync(pc="a", sizes="large")
    scene.sync(pc="b", sizes="large")
    both = [scene.pcs[pc].rows("SELECT note, address, row_version FROM resident") for pc in "ab"]
    assert both == [[("", "戊", 2)]] * 2


def test_a_copy_of_a_disk_hands_in_what_the_restored_centre_lost_of_it(scene: Exchange) -> None:
    scene.take_image(pc="a")
    scene.clone()
    scene.centre_is_backed_up()
    scene.clone_works_on(name="甲", sizes="small")
    scene.centre_is_restored()
    scene.receive(pc="a", name="乙")  # under the numbers that the copy has used
    for pc in ("a", "a2", "a"):
        scene.sync(pc=pc, sizes="large")
    assert residents(scene, "a") == residents(scene, "a2") == sorted(["乙", "随行", "甲"])


def test_two_copies_of_a_disk_that_both_went_on_hand_in_all_to_a_restored_centre(
    scene: Exchange,
) -> None:
    scene.take_image(pc="a")
    scene.clone()
    scene.centre_is_backed_up()
    for _ in range(2):
        scene.clone_works_on(name="甲", sizes="small")
    scene.centre_is_restored()
    scene.add(pc="a", name="乙")  # the copy is one change further on in the same life
    for pc in ("a", "a2", "a"):
        scene.sync(pc=pc, sizes="large")
    assert residents(scene, "a") == residents(scene, "a2") == sorted(["乙", "甲", "甲"])


def test_a_copy_of_a_disk_is_told_what_a_restored_centre_refused_to_the_other(
    scene: Exchange,
) -> None:
    scene.add(pc="b", name="甲")
    scene.centre_is_backed_up()
    for pc in ("b", "a"):
        scene.sync(pc=pc, sizes="large")
    scene.edit(pc="a", which=0, field="note", value="乙")
    scene.sync(pc="a", sizes="large")
    scene.take_image(pc="a")
    scene.clone()
    scene.centre_is_restored()
    scene.sync(pc="a", sizes="large")  # before b has handed the person in again
    scene.sync(pc="a2", sizes="large")
    refused = "SELECT count(*) FROM outbox WHERE state = 'rejected' AND fields LIKE '%note%'"
    assert scene.pcs["a"].rows(refused) == scene.pcs["a2"].rows(refused) == [(1,)]


def test_what_was_erased_makes_no_other_life_after_a_restore(scene: Exchange) -> None:
    scene.add(pc="a", name="甲")
    scene.add(pc="a", name="乙")
    scene.sync(pc="a", sizes="large")
    scene.centre_removes(which=0, erased=True)
    scene.sync(pc="a", sizes="large")
    scene.centre_is_backed_up()
    scene.centre_is_restored()
    scene.sync(pc="a", sizes="small")
    assert scene.pcs["a"].me.incarnation == 1


def test_of_an_erased_person_nothing_stays_in_the_queue_of_a_pc_that_joins_anew(
    scene: Exchange,
) -> None:
    scene.add(pc="b", name="随行")
    scene.edit(pc="b", which=0, field="community", value="甲")
    scene.sync(pc="b", sizes="large")
    scene.revoke_b()
    scene.join_anew()
    scene.centre_removes(which=0, erased=True)
    scene.sync(pc="b", sizes="tiny")  # answered one by one, as they were the first time
    told = scene.pcs["b"].rows("SELECT fields FROM outbox WHERE kind = 'resident'")
    assert told == [("{}",), ("{}",)]
