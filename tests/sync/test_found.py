"""What the random histories found, each told as a short story, so that it never comes back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from db.models import Resident
from station_app.store import Tx
from tests.sync.desk import Bench

Pc = Callable[[str], Bench]


def add(pc: Bench, name: str = "于桂芳") -> None:
    pc.do(lambda tx: tx.session.add(Resident(name=name, sort_key=name)))


def first(tx: Tx) -> Any:
    return tx.session.query(Resident).order_by(Resident.id).first()


def change(pc: Bench, **fields: str) -> None:
    def act(tx: Tx) -> None:
        row = first(tx)
        for name, value in fields.items():
            setattr(row, name, value)

    pc.do(act)


def remove(pc: Bench) -> None:
    pc.do(lambda tx: tx.session.delete(first(tx)))


def test_what_was_deleted_meanwhile_goes_from_a_pc_restored_from_its_image(
    bench: Pc, tmp_path: Path
) -> None:
    a, b = bench("a"), bench("b")
    add(a)
    a.sync()
    image = a.image(tmp_path / "image")
    add(a, "李丽")
    a.sync()
    b.sync()
    remove(b)
    b.sync()
    a.restore(image)
    a.sync()
    assert a.rows("SELECT count(*) FROM resident") == [(1,)]
    assert a.rows("SELECT count(*) FROM resident WHERE row_version = 0") == [(0,)]


def test_a_change_handed_in_by_an_earlier_life_counts_once_whatever_the_clock_says(
    bench: Pc, tmp_path: Path
) -> None:
    a, b = bench("a"), bench("b")
    add(a)
    a.sync()
    a.clock.at += timedelta(days=400)
    change(a, note="甲")
    image = a.image(tmp_path / "image")
    a.sync()
    b.sync()
    change(b, note="乙")
    b.sync()
    a.restore(image)
    a.sync()
    b.sync()
    for pc in (a, b):
        assert pc.rows("SELECT note FROM resident") == [("乙",)]
        assert pc.rows("SELECT count(*) FROM conflict") == [(0,)]
