"""Two walls: with the gateway's own check gone, PostgreSQL still gives nothing foreign."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from central import pull
from central.database import Caller, Connection, enter
from db import wire
from db.wire import Problem
from tests.central.conftest import RunningCentre
from tests.central.device import Device, Said, mutation

NAME = "b" * 64


@pytest.fixture(scope="module")
def centre(
    make_settings: Callable[..., Any], run_centre: Callable[..., RunningCentre]
) -> RunningCentre:
    return run_centre(make_settings())


@pytest.fixture(scope="module")
def victim(centre: RunningCentre) -> Device:
    """Another station with a row in every table that stations have rows in."""
    device = centre.device()
    body = b"a picture"
    name = sha256(body).hexdigest()
    device.push(mutation(1), mutation(2, "photo", fields={"sha256": (None, name)}))
    device.ask("PUT", f"/v1/blob/{name}?offset=0&size={len(body)}", body)
    centre.sql("INSERT INTO quarantine (device_id, body_sha256, body) VALUES (%s, '', '')",
               UUID(device.keyid))  # fmt: skip
    return device


@pytest.fixture
def thief(centre: RunningCentre) -> Device:
    return centre.device()


@pytest.fixture
def gateway(centre: RunningCentre, thief: Device) -> Iterator[Connection]:
    """The gateway's own login, in a transaction of the thief's device."""
    with psycopg.connect(centre.settings.gateway_url) as connection:
        enter(connection, UUID(thief.keyid))
        yield connection
        connection.rollback()


#: What makes a row another station's, table by table; none: the gateway has no business there.
FOREIGN = {
    "stream": "stream_id = %(stream)s",
    "record": "stream_id = %(stream)s",
    "record_history": "stream_id = %(stream)s",
    "blob": "stream_id = %(stream)s",
    "device": "device_id = %(device)s",
    "incarnation": "device_id = %(device)s",
    "mutation_result": "device_id = %(device)s",
    "quarantine": "device_id = %(device)s",
}
CLOSED = ("station", "enrolment", "audit_head")


def about(device: Device) -> dict[str, Any]:
    return {"stream": device.own, "device": UUID(device.keyid)}


# ---------------------------------------------------------------------------------- every table


def test_every_table_is_named_here(centre: RunningCentre) -> None:
    tables = centre.sql(
        "SELECT relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace"
        " WHERE nspname = 'public' AND relkind IN ('r', 'p') AND NOT relispartition"
    )
    known = {*FOREIGN, *CLOSED, "region", "alembic_version"}
    assert {name for (name,) in tables} == known


@pytest.mark.parametrize("table", FOREIGN)
def test_no_row_of_another_station_is_read(
    centre: RunningCentre, gateway: Connection, victim: Device, table: str
) -> None:
    query = f"SELECT count(*) FROM {table} WHERE {FOREIGN[table]}".encode()
    with psycopg.connect(centre.settings.admin_url) as admin:
        [there] = admin.execute(query, about(victim)).fetchall()
    assert there[0] > 0  # else this test could not fail
    assert gateway.execute(query, about(victim)).fetchone() == (0,)
    everything = gateway.execute(f"SELECT t::text FROM {table} t".encode()).fetchall()
    words = (victim.own, str(UUID(victim.keyid)))
    assert not [row for (row,) in everything if any(word in row for word in words)]


@pytest.mark.parametrize("table", FOREIGN)
@pytest.mark.parametrize("act", ["UPDATE {0} SET {1} WHERE {2}", "DELETE FROM {0} WHERE {2}"])
def test_no_row_of_another_station_is_changed(
    gateway: Connection, victim: Device, table: str, act: str
) -> None:
    column = FOREIGN[table].split()[0]
    query = act.format(table, f"{column} = {column}", FOREIGN[table]).encode()
    with suppress(psycopg.errors.InsufficientPrivilege):
        assert gateway.execute(query, about(victim)).rowcount == 0


FORGED = {
    "stream": "INSERT INTO stream (stream_id) VALUES (%(other)s)",
    "record": "INSERT INTO record VALUES (%(stream)s, 'resident', gen_random_uuid(), 99, 1, 0,"
    " '{}', '{}')",
    "record_history": "INSERT INTO record_history VALUES (%(stream)s, 'resident',"
    " gen_random_uuid(), 1, NULL, NULL, NULL, 0, '')",
    "blob": "INSERT INTO blob (stream_id, sha256, size) VALUES (%(stream)s, repeat('a', 64), 1)",
    "device": "INSERT INTO device (device_id, station_id, letter, public_key, seal_key)"
    " VALUES (gen_random_uuid(), gen_random_uuid(), 'Z', 'x', 'x')",
    "incarnation": "INSERT INTO incarnation (device_id, incarnation, letter)"
    " VALUES (%(device)s, 99, 'Z')",
    "mutation_result": "INSERT INTO mutation_result VALUES (%(device)s, 1, 99, 99, '', '', '[]')",
    "quarantine": "INSERT INTO quarantine (device_id, body_sha256, body)"
    " VALUES (%(device)s, 'x', 'x')",
}


@pytest.mark.parametrize("table", FORGED)
def test_no_row_is_slipped_into_another_station(
    gateway: Connection, victim: Device, table: str
) -> None:
    values = about(victim) | {"other": f"S:{uuid4().hex}"}
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        gateway.execute(FORGED[table].encode(), values)


def test_ones_own_rows_cannot_be_moved_to_another_station(
    gateway: Connection, thief: Device, victim: Device
) -> None:
    thief.push(mutation(1))
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        gateway.execute("UPDATE record SET stream_id = %s", [victim.own])


def test_streams_above_are_read_and_not_written(gateway: Connection) -> None:
    assert gateway.execute("SELECT 1 FROM stream WHERE stream_id = 'R:KY'").fetchone() == (1,)
    done = gateway.execute("UPDATE stream SET head = 9 WHERE stream_id = 'R:KY'")
    assert done.rowcount == 0
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        gateway.execute("INSERT INTO record VALUES ('R:KY', 'deputy', gen_random_uuid(), 9, 1, 0,"
                        " '{}', '{}')")  # fmt: skip


@pytest.mark.parametrize("table", CLOSED)
def test_tables_of_the_administrator_are_closed(gateway: Connection, table: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        gateway.execute(f"SELECT * FROM {table}".encode())


def test_partitions_are_no_way_around(gateway: Connection) -> None:
    for part in range(16):
        for table in ("record", "record_history"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), gateway.transaction():
                gateway.execute(f"SELECT * FROM {table}_{part:02d}".encode())


def test_nobody_is_nobody(centre: RunningCentre, victim: Device) -> None:
    assert victim.own
    with psycopg.connect(centre.settings.gateway_url) as connection:
        for table in FOREIGN:
            found = connection.execute(f"SELECT count(*) FROM {table}".encode()).fetchone()
            assert found == (0,), table


def test_another_device_cannot_be_given_a_new_life(gateway: Connection, victim: Device) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        gateway.execute("SELECT renew(%s, 0, 1)", [UUID(victim.keyid)])


def test_a_transaction_leaves_no_scope_behind(centre: RunningCentre, thief: Device) -> None:
    with psycopg.connect(centre.settings.gateway_url) as connection:
        enter(connection, UUID(thief.keyid))
        connection.commit()
        assert connection.execute("SELECT count(*) FROM stream").fetchone() == (0,)


# ---------------------------------------------------------------------------------- every route


@pytest.fixture
def no_check(monkeypatch: pytest.MonkeyPatch, victim: Device) -> None:
    """The gateway believes whatever stream it is told: only the database stands in the way."""

    def gullible(connection: Connection, device: UUID) -> Caller:
        real = enter(connection, device)
        return replace(real, own=victim.own, streams=(*real.streams, victim.own), status="active")

    monkeypatch.setattr(pull, "may_read", lambda *_: True)
    monkeypatch.setattr("central.database.enter", gullible)


@pytest.fixture
def name(victim: Device, centre: RunningCentre) -> str:
    [(one,)] = centre.sql("SELECT sha256 FROM blob WHERE stream_id = %s", victim.own)
    return str(one)


@pytest.mark.usefixtures("no_check")
def test_no_route_reads_another_station(
    thief: Device, victim: Device, centre: RunningCentre, name: str
) -> None:
    assert victim.own not in thief.hello().streams
    request = wire.DigestRequest({victim.own: (0, "")})
    assert thief.post(wire.DigestAnswer, "/v1/digest", request).streams == {}
    [(epoch,)] = centre.sql("SELECT epoch FROM stream WHERE stream_id = %s", victim.own)
    for target in ("/v1/pull", "/v1/snapshot"):
        with pytest.raises(Said) as said:
            thief.get(wire.PullAnswer, target, stream=victim.own, epoch=epoch, since=0)
        assert said.value.refusal.problem is Problem.SCOPE
    assert thief.ask("HEAD", f"/v1/blob/{name}")[0] == 404
    assert thief.ask("GET", f"/v1/blob/{name}")[0] == 404


def test_the_same_questions_are_answered_to_the_station_itself(victim: Device, name: str) -> None:
    assert victim.own in victim.hello(3).streams
    assert len(victim.pull_all()) == 2
    assert victim.ask("GET", f"/v1/blob/{name}")[0] == 200


@pytest.mark.usefixtures("no_check")
def test_no_route_writes_into_another_station(
    thief: Device, victim: Device, centre: RunningCentre, name: str
) -> None:
    def state() -> list[Any]:
        return [centre.sql(f"SELECT t::text FROM {table} t WHERE {where}".replace(
                    "%(stream)s", "%s").replace("%(device)s", "%s"),
                    victim.own if "stream" in where else UUID(victim.keyid))
                for table, where in FOREIGN.items()]  # fmt: skip

    before = state()
    thief.ask("PUT", f"/v1/blob/{NAME}?offset=0&size=1", b"x")
    thief.ask("PUT", f"/v1/blob/{name}?offset=0&size=9", b"x")
    assert thief.push(mutation(1))[0].rev == 1
    thief.ask("POST", "/v1/quarantine", wire.encode(wire.Push(1, [mutation(1)])))
    thief.hello(1, renew=True)
    assert state() == before
    assert [row.rev for row in thief.pull_all().values()] == [1]


@pytest.mark.usefixtures("no_check")
def test_the_gateways_own_check_is_really_gone(
    thief: Device, victim: Device, centre: RunningCentre
) -> None:
    with centre.gateway._centre.database.entered(UUID(thief.keyid)) as (_, caller):
        assert caller.own == victim.own
        assert pull.may_read(caller, "S:anything")
