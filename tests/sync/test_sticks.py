"""A station without any network: whatever happens, carrying sticks to and fro ends it well."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from central.upkeep import prune
from tests.sync.acts import Pc, add, by_stick, change, names, pending, remove, there
from tests.sync.centre import Centre
from tests.sync.desk import Bench, bench_from
from tests.sync.faults import Network

#: As many ways to the centre and back as anything here may take.
JOURNEYS = 3


@pytest.fixture
def copied(centre: Centre, tmp_path: Path) -> Iterator[Callable[[Bench], Bench]]:
    """A second PC with a copy of a PC's disk."""
    made: list[Bench] = []

    def copy(pc: Bench) -> Bench:
        image = pc.image(tmp_path / "image")
        shutil.copytree(image, tmp_path / "copy")
        made.append(bench_from(tmp_path / "copy", Network(centre.transport)))
        return made[-1]

    yield copy
    for one in made:
        one.close()


def ends_well(centre: Centre, *pcs: Bench, expected: list[str]) -> None:
    """After a few journeys nothing waits, and all have what the centre has."""
    for _ in range(JOURNEYS):
        for pc in pcs:
            by_stick(centre, pc)
    for pc in pcs:
        assert pending(pc) == 0
        assert names(pc) == there(centre, pc) == expected
        assert pc.records() == centre.records(pc.me.own)


def test_a_copy_whose_changes_bear_the_same_numbers_becomes_a_life_of_its_own(
    bench: Pc, centre: Centre, copied: Callable[[Bench], Bench]
) -> None:
    a = bench("a")
    copy = copied(a)
    add(copy, "甲")
    by_stick(centre, copy)
    add(a, "乙")
    add(a, "丙")
    ends_well(centre, a, copy, expected=["丙", "乙", "甲"])
    assert a.me.letter != copy.me.letter


def test_a_pc_restored_from_its_image_hands_its_new_work_in(
    bench: Pc, centre: Centre, tmp_path: Path
) -> None:
    a = bench("a")
    image = a.image(tmp_path / "image")
    add(a, "甲")
    by_stick(centre, a)
    a.restore(image)
    add(a, "乙")
    add(a, "丙")
    ends_well(centre, a, expected=["丙", "乙", "甲"])


@pytest.mark.parametrize("works_on", [True, False])
def test_what_a_restored_centre_forgot_is_handed_in_again(
    bench: Pc, centre: Centre, station: UUID, *, works_on: bool
) -> None:
    a = bench("a")
    saved = centre.save(station)
    add(a, "甲")
    by_stick(centre, a)
    centre.restore(station, saved)
    if works_on:
        change(a, note="仍在处理")
        add(a, "乙")
    ends_well(centre, a, expected=["乙", "甲"] if works_on else ["甲"])


def test_a_pc_below_the_floor_reads_everything_anew(bench: Pc, centre: Centre) -> None:
    a, b = bench("a"), bench("b")
    add(a, "甲")
    by_stick(centre, a)
    by_stick(centre, b)
    remove(b)
    by_stick(centre, b)
    with centre.administered() as connection:
        prune(connection, gone_for=timedelta(0))
    change(a, note="晚到")
    ends_well(centre, a, b, expected=[])
