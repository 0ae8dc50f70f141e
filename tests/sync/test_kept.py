"""How long answered changes are kept in the queue of a PC, and what is left of them then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID

import pytest
import sqlcipher3

from central.erasure import erase
from db.models import Photo, Resident
from station_app.services.sync_state import dismiss_refused, list_waiting, status
from station_app.store import Tx
from station_app.store.transaction import driver_of
from station_app.sync import outbox
from station_app.sync.moments import stored
from station_app.sync.outbox import KEPT
from tests.sync.acts import Pc, add, by_stick, change, names, there
from tests.sync.centre import Centre
from tests.sync.desk import Bench

Exchanged = Callable[[Centre, Bench], None]


def over_the_network(_: Centre, pc: Bench) -> None:
    pc.sync(check=True)


def refused_once(pc: Bench) -> int:
    """A change that the centre does not take, and one after it; returns the mid of the first."""
    add(pc, "毒\0")  # PostgreSQL has no such text
    add(pc)
    pc.sync()
    [(mid,)] = pc.rows("SELECT mid FROM outbox WHERE state = 'rejected'")
    return int(mid)


def age(pc: Bench, by: timedelta = KEPT + timedelta(days=1)) -> None:
    """As if everything in the queue had been answered that long ago."""
    was = stored(datetime.now(UTC) - by)
    with pc.store.write(pc.actor) as tx:
        tx.session.connection().exec_driver_sql("UPDATE outbox SET acked_at = ?", (was,))


def queued(pc: Bench) -> list[str]:
    return [fields for (fields,) in pc.rows("SELECT fields FROM outbox ORDER BY mid")]


@pytest.mark.parametrize("exchange", [over_the_network, by_stick])
def test_what_was_answered_long_ago_goes(bench: Pc, centre: Centre, exchange: Exchanged) -> None:
    a = bench("a")
    add(a)
    a.sync()
    age(a, KEPT - timedelta(days=1))
    exchange(centre, a)
    assert queued(a)
    age(a)
    exchange(centre, a)
    assert queued(a) == []


@pytest.mark.parametrize("exchange", [over_the_network, by_stick])
def test_behind_a_refusal_that_nobody_has_read_nothing_is_left_but_numbers(
    bench: Pc, centre: Centre, exchange: Exchanged
) -> None:
    a = bench("a")
    refused = refused_once(a)
    age(a)
    exchange(centre, a)
    [first, *others] = queued(a)
    assert "毒" in first
    assert others == ["{}"]
    a.do(lambda tx: dismiss_refused(tx, refused))
    exchange(centre, a)
    assert queued(a) == []


def test_numbers_alone_do_no_harm_when_the_centre_is_restored(
    bench: Pc, centre: Centre, station: UUID
) -> None:
    a, b = bench("a"), bench("b")
    refused_once(a)
    b.sync()
    saved = centre.save(station)
    change(b, note="乙")
    b.sync()
    age(a)
    a.sync()
    centre.restore(station, saved)
    for pc in (a, b, a):
        pc.sync()
    assert names(a) == names(b) == ["于桂芳"]
    assert a.rows("SELECT note FROM resident") == b.rows("SELECT note FROM resident") == [("乙",)]


def test_numbers_alone_take_nothing_down_when_the_centre_never_had_their_records(
    bench: Pc, centre: Centre, station: UUID
) -> None:
    """What was erased since the backup is handed in again as changes of nothing."""
    a, whole = bench("a"), b"%PDF-1.4 whole"
    saved = centre.save(station)

    def received(tx: Tx) -> None:
        tx.session.add(Resident(name="于桂芳", sort_key="yuguifang"))
        tx.session.add(Photo(sha256=sha256(whole).hexdigest(), body=whole))

    a.do(received)
    a.sync()
    [(photo,)] = a.rows("SELECT id FROM photo")
    with centre.administered() as connection:
        erase(connection, a.me.own, ("photo", photo))
    a.sync()
    assert "{}" in queued(a)
    centre.restore(station, saved)
    a.sync()
    assert names(a) == there(centre, a) == ["于桂芳"]
    assert a.rows("SELECT count(*) FROM outbox WHERE state = 'rejected'") == [(0,)]


def test_what_waits_is_found_without_a_walk_through_what_is_kept(bench: Pc) -> None:
    a = bench("a")
    add(a)
    with a.store.write(a.actor) as tx:
        driver = driver_of(tx.session)
        _answer(driver, 60)
        # As after a day without a network: SQLite has learnt that all changes wait.
        driver.execute("UPDATE outbox SET state = 'pending'")
        driver.execute("ANALYZE outbox")
        driver.execute("UPDATE outbox SET state = 'sent' WHERE mid > 1")
        _answer(driver, 5000)
        steps: list[int] = []
        for look in (
            lambda: outbox.batch(driver, 500),
            lambda: outbox.pending_keys(driver),
            lambda: status(tx, unknown=0),
            lambda: list_waiting(tx),
        ):
            steps.append(0)
            driver.set_progress_handler(lambda: _count(steps), 100)
            look()
            driver.set_progress_handler(None, 0)
    assert max(steps) < 10, steps


def _answer(driver: sqlcipher3.Connection, count: int) -> None:
    """As if so many changes more had been made and answered."""
    same = "group_id, kind, record_id, op, base_version, fields, schema_version, hlc"
    driver.execute(
        f"INSERT INTO outbox (uuid, state, {same}) WITH RECURSIVE n(i) AS (SELECT 1"
        " UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
        f" SELECT printf('%016d%016d', ?1, i), 'sent', {same} FROM n, outbox WHERE mid = 1",
        (count,),
    )


def _count(steps: list[int]) -> None:
    steps[-1] += 1
