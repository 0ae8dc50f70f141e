"""What must be seen at a PC while changes wait there (6): as the random histories ask for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from station_app.store.transaction import driver_of
from tests.sync import stories
from tests.sync.acts import pending
from tests.sync.faults import Fault
from tests.sync.machine import Exchange

NOTE = "SELECT note FROM resident"


@pytest.fixture(autouse=True)
def both_know_one_resident(scene: Exchange) -> None:
    stories.begun(scene)


def by_quarantine(scene: Exchange) -> None:
    scene.revoke_b()


def by_stick(scene: Exchange) -> None:
    scene.write_a_stick(pc="b")
    scene.hand_the_stick_in()


def with_a_lost_answer(scene: Exchange) -> None:
    scene.sync_badly(pc="b", sizes="large", at=1, fault=Fault.LOST_ANSWER, dies_at=0)


@pytest.mark.parametrize("handed_in", [by_quarantine, by_stick, with_a_lost_answer])
def test_what_was_refused_is_seen_until_its_pc_is_told(
    scene: Exchange, handed_in: Callable[[Exchange], None]
) -> None:
    scene.edit(pc="b", which=0, field="note", value="乙")
    scene.edit(pc="b", which=0, field="note", value="毒\0")
    handed_in(scene)
    assert [*scene.oracle.outcomes.values()][-2:] == ["applied", "rejected"]
    scene.a_pc_reads_its_own_writes()
    assert scene.pcs["b"].rows(NOTE) == [("毒\0",)]
    assert pending(scene.pcs["b"]) == 2


def test_what_waits_again_after_a_restore_hides_no_later_edit(scene: Exchange) -> None:
    scene.centre_is_backed_up()
    scene.edit(pc="a", which=0, field="note", value="甲")
    stories.both(scene)
    scene.edit(pc="b", which=0, field="note", value="乙")
    stories.both(scene)
    scene.centre_is_restored()
    scene.sync_badly(pc="a", sizes="large", at=1, fault=Fault.LOST_REQUEST, dies_at=0)
    assert pending(scene.pcs["a"]) == 1
    scene.a_pc_reads_its_own_writes()
    assert scene.pcs["a"].rows(NOTE) == [("乙",)]


def test_a_waiting_edit_that_is_not_seen_is_noticed(scene: Exchange) -> None:
    scene.edit(pc="b", which=0, field="note", value="乙")
    scene.a_pc_reads_its_own_writes()
    scene.pcs["b"].do(lambda tx: driver_of(tx.session).execute("UPDATE resident SET note = ''"))
    with pytest.raises(AssertionError, match=r"resident\.note \(6\)"):
        scene.a_pc_reads_its_own_writes()
    scene.sync(pc="b", sizes="large")
    scene.pcs["b"].do(lambda tx: driver_of(tx.session).execute("UPDATE resident SET note = '乙'"))
