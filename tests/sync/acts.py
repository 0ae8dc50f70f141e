"""What the short tests do at a PC, and what they look at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from db.models import Resident
from station_app.store import Tx
from station_app.sync.bundle import bundle_in, bundle_out
from tests.sync.centre import Centre
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


def by_stick(centre: Centre, pc: Bench) -> None:
    """One way to the centre and back with a stick."""
    _, answer = centre.desk.take_in(bundle_out(pc.store).file)
    bundle_in(pc.store, answer)


def pending(pc: Bench) -> int:
    return int(pc.rows("SELECT count(*) FROM outbox WHERE state = 'pending'")[0][0])


def names(pc: Bench) -> list[str]:
    return [row[0] for row in pc.rows("SELECT name FROM resident WHERE stream = '' ORDER BY name")]


def there(centre: Centre, pc: Bench) -> list[str]:
    rows = centre.records(pc.me.own)
    return sorted(body["name"] for (kind, _), (_, body) in rows.items() if kind == "resident")
