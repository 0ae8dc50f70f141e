"""Bring a station's file to the newest schema: a backup first, then all or nothing."""

from __future__ import annotations

from typing import Any

import sqlcipher3
from sqlalchemy import Connection, Engine

from db.models import Base
from station_app.config import MIGRATIONS
from station_app.errors import FaultKind
from station_app.store import facts, search_index, tally
from station_app.store.faults import fault

#: The newest revision in ``db/migrations/station``; a test keeps it true. Revisions are numbered,
#: so that an unknown higher one is known to come from a newer program.
HEAD = "0007"
SCRIPTS = MIGRATIONS / "station"


def stored_revision(driver: sqlcipher3.Connection) -> str:
    """The revision a file is at. Raises StoreFault(DAMAGED) when it says none."""
    known = driver.execute(
        "SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'"
    ).fetchone()[0]
    row = known and driver.execute("SELECT version_num FROM alembic_version").fetchone()
    if not row:
        raise fault(FaultKind.DAMAGED)
    revision: str = row[0]
    return revision


def needs_upgrade(driver: sqlcipher3.Connection) -> bool:
    """Whether a file is older than the program. Raises StoreFault(NEWER) when it is newer."""
    revision = stored_revision(driver)
    if revision > HEAD:
        raise fault(FaultKind.NEWER)
    return revision < HEAD


def make_tables(connection: Connection) -> None:
    """The newest schema in an empty file; the same as running all revisions, only faster."""
    Base.metadata.create_all(connection)
    for sql in (*search_index.SCHEMA, *tally.SCHEMA, *facts.SCHEMA):
        connection.exec_driver_sql(sql)
    connection.exec_driver_sql(
        "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL,"
        " CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
    )
    connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (HEAD,))


def run_revisions(engine: Engine) -> None:
    """Run every revision that the file has not seen, in one transaction.

    Raises StoreFault(DAMAGED) when rows would be left without the rows they refer to.
    """
    with engine.connect() as connection:
        driver: sqlcipher3.Connection = connection.connection.driver_connection
        # A table that is rebuilt is dropped for a moment; SQLite only allows this from outside.
        driver.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                _alembic(connection)
                if driver.execute("PRAGMA foreign_key_check").fetchone():
                    raise fault(FaultKind.DAMAGED)
        finally:
            driver.execute("PRAGMA foreign_keys=ON")


def _alembic(connection: Connection) -> None:
    # Only here: opening a file that is up to date must not wait for Alembic.
    from alembic import command
    from alembic.config import Config

    attributes: dict[str, Any] = {"connection": connection}
    config = Config(attributes=attributes)
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    command.upgrade(config, "head")
