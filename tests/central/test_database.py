"""Roles, migrations, and what a transaction of the gateway may last."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from psycopg.conninfo import make_conninfo
from sqlalchemy import create_engine, pool

from central.config import BadSetting, Settings, settings_from
from central.database import (
    ADMIN,
    GATEWAY,
    MIGRATIONS,
    OWNER,
    READER,
    Database,
    TooOld,
    administered,
    prepare,
)
from central.embedded import EmbeddedPostgres
from central.refused import Refused
from central.serve import is_ready

SHAPE = """
SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
JOIN pg_namespace n ON n.oid = relnamespace
WHERE nspname = 'public' AND attnum > 0 AND NOT attisdropped ORDER BY 1, 2
"""


@pytest.fixture
def empty(postgres: EmbeddedPostgres, request: pytest.FixtureRequest) -> str:
    """A database with nothing in it."""
    name = "empty_" + str(abs(hash(request.node.name)) % 10**9)
    with psycopg.connect(postgres.url(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return postgres.url(name)


def ask(url: str, query: str, *values: Any) -> list[tuple[Any, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(query.encode(), values).fetchall()


def test_an_empty_database_becomes_a_centre_and_again_without_harm(empty: str) -> None:
    prepare(empty)
    shape = ask(empty, SHAPE)
    assert ("record", "body", "jsonb", False) in shape
    ask(empty, "UPDATE stream SET head = 5 RETURNING 1")
    prepare(empty)
    assert ask(empty, SHAPE) == shape
    assert ask(empty, "SELECT head FROM stream") == [(5,)]


def test_two_that_prepare_at_once_are_no_trouble(empty: str) -> None:
    faults: list[BaseException] = []

    def go() -> None:
        try:
            prepare(empty)
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=go) for _ in range(3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert not faults
    assert ask(empty, "SELECT count(*) FROM stream") == [(1,)]


def test_migrations_go_down_and_up_again(empty: str) -> None:
    prepare(empty)
    shape = ask(empty, SHAPE)
    migrate(empty, "downgrade", "base")
    assert {table for table, *_ in ask(empty, SHAPE)} <= {"alembic_version", "alembic_version_pkc"}
    migrate(empty, "upgrade", "head")
    assert ask(empty, SHAPE) == shape


def migrate(url: str, way: str, to: str) -> None:
    engine = create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(url),
                           poolclass=pool.NullPool)  # fmt: skip
    with engine.begin() as connection:
        connection.exec_driver_sql(f"SET ROLE {OWNER}")
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        getattr(command, way)(config, to)


def test_passwords_are_set_when_given(empty: str) -> None:
    prepare(empty, {GATEWAY: "first", ADMIN: "second"})
    before = dict(ask(empty, "SELECT rolname, rolpassword FROM pg_authid WHERE rolname LIKE %s",
                      "liaison_%"))  # fmt: skip
    assert before[GATEWAY].startswith("SCRAM-SHA-256$")
    prepare(empty, {GATEWAY: "first anew"})
    after = dict(ask(empty, "SELECT rolname, rolpassword FROM pg_authid WHERE rolname LIKE %s",
                     "liaison_%"))  # fmt: skip
    assert after[GATEWAY] != before[GATEWAY]
    assert after[ADMIN] == before[ADMIN]


def test_an_administrator_need_not_be_a_superuser(empty: str) -> None:
    """As in production: somebody who may make roles and owns the database."""
    dba = "dba_of_a_city"
    database = psycopg.conninfo.conninfo_to_dict(empty)["dbname"]
    with psycopg.connect(empty, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {dba} LOGIN CREATEROLE".encode())
        connection.execute(f"ALTER DATABASE {database} OWNER TO {dba}".encode())
        for role in (OWNER, ADMIN, GATEWAY, READER):
            connection.execute(f"GRANT {role} TO {dba} WITH ADMIN OPTION".encode())
    try:
        url = make_conninfo(empty, user=dba)
        prepare(url)
        assert ask(url, "SELECT count(*) FROM pg_class WHERE relname = 'record'") == [(1,)]
    finally:
        with psycopg.connect(empty, autocommit=True) as connection:
            connection.execute(f"ALTER DATABASE {database} OWNER TO postgres".encode())
            connection.execute(f"DROP OWNED BY {dba}".encode())
            for role in (OWNER, ADMIN, GATEWAY, READER):
                connection.execute(f"REVOKE {role} FROM {dba}".encode())
            connection.execute(f"DROP ROLE {dba}".encode())


def test_an_old_postgresql_is_refused(empty: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("central.database._OLDEST", 10**9)
    with pytest.raises(TooOld):
        prepare(empty)
    assert ask(empty, SHAPE) == []


@pytest.mark.parametrize(
    "setting", ["lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout"]
)
def test_a_gateway_that_hangs_holds_nobody_up_for_long(
    make_settings: Callable[..., Settings], setting: str
) -> None:
    database = Database(make_settings())
    database.open()
    with database.connection() as connection:
        row = connection.execute("SELECT current_setting(%s)", [setting]).fetchone()
    database.close()
    assert row is not None
    assert row[0] in ("10s", "1min")


def test_a_database_that_is_not_there_is_busy_not_broken(
    make_settings: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("central.database.WAIT_SECONDS", 0.5)
    settings = Settings("host=127.0.0.1 port=1 dbname=none", "", make_settings().home)
    database = Database(settings)
    database.open()
    with pytest.raises(Refused) as refused, database.connection():
        pass
    database.close()
    assert refused.value.status == 503


def test_a_database_without_tables_is_not_ready(
    empty: str, make_settings: Callable[..., Settings]
) -> None:
    for url, ready in ((empty, False), (make_settings().gateway_url, True)):
        database = Database(Settings(url, "", Path()))
        database.open()
        assert is_ready(database) is ready
        database.close()


def test_an_administrators_transaction_that_fails_leaves_nothing(
    make_settings: Callable[..., Settings],
) -> None:
    settings = make_settings()
    twice = "INSERT INTO region VALUES ('XX', 'x')"
    with pytest.raises(psycopg.IntegrityError), administered(settings) as connection:
        [connection.execute(twice) for _ in range(2)]
    assert ask(settings.admin_url, "SELECT 1 FROM region WHERE code = 'XX'") == []


# -------------------------------------------------------------------------------------- settings


def test_settings_come_from_the_environment() -> None:
    settings = settings_from({
        "CENTRAL_DATABASE_URL": "dbname=a", "CENTRAL_ADMIN_URL": "dbname=b",
        "CENTRAL_HOME": "/somewhere", "CENTRAL_BATCH": "100", "CENTRAL_PAGE": "50",
        "CENTRAL_POLL": "5", "CENTRAL_JITTER": "2.5", "CENTRAL_CONNECTIONS": "3",
        "CENTRAL_WAITING": "9", "CENTRAL_OLDEST_SCHEMA": "2",
    })  # fmt: skip
    assert (settings.gateway_url, settings.admin_url) == ("dbname=a", "dbname=b")
    assert (settings.policy.batch, settings.policy.page) == (100, 50)
    assert (settings.policy.poll, settings.policy.jitter) == (5.0, 2.5)
    assert (settings.connections, settings.waiting, settings.oldest_schema) == (3, 9, 2)
    assert settings.blobs == settings.home / "blobs"


def test_a_setting_that_is_no_number_is_named() -> None:
    with pytest.raises(BadSetting, match="CENTRAL_PAGE"):
        settings_from({"CENTRAL_PAGE": "many"})
