"""The revisions of a station's file lead to exactly what the models say."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from db.models import Base
from station_app.config import DataDir
from station_app.store import Store, keys, upgrade
from station_app.store.connection import connect, write_engine


@pytest.fixture
def migrated(tmp_path: Path) -> Path:
    """A file made by running every revision from nothing."""
    path, key = tmp_path / "migrated.db", keys.new_key()
    engine = write_engine(path, key)
    upgrade.run_revisions(engine)
    with engine.connect() as connection:
        assert differences(connection) == []
    engine.dispose()
    return path.rename(tmp_path / f"{key.hex()}.db")


def differences(connection: Connection) -> list[Any]:
    def ours(_: Any, name: str | None, kind: str, *__: Any) -> bool:
        return not (kind == "table" and (name or "").startswith("find_"))

    options = {"compare_type": True, "include_object": ours}
    return list(
        compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata)
    )


def test_all_revisions_give_what_create_gives(migrated: Path, data: DataDir) -> None:
    key = bytes.fromhex(migrated.stem)
    Store.create(data, key).close()
    with closing(connect(migrated, key)) as one, closing(connect(data.database, key)) as other:
        assert tables(one) == tables(other)
        assert upgrade.stored_revision(one) == upgrade.stored_revision(other)


def tables(driver: Any) -> dict[str, Any]:
    """Every table with its columns, keys and indexes, however its SQL was written."""
    found = {}
    listed = driver.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_stat%'"
    ).fetchall()
    for (name,) in listed:
        indexes = {}
        for _, index, unique, _, partial in driver.execute(f"PRAGMA index_list({name})").fetchall():
            covered = tuple(row[2] for row in driver.execute(f"PRAGMA index_info({index})"))
            indexes[covered, unique, partial] = True
        columns = {row[1:] for row in _columns(driver, name)}
        references = {row[2:] for row in driver.execute(f"PRAGMA foreign_key_list({name})")}
        found[name] = (columns, references, indexes)
    return found


def _columns(driver: Any, table: str) -> list[tuple[Any, ...]]:
    return [
        tuple(row[:4]) + tuple(row[5:]) for row in driver.execute(f"PRAGMA table_info({table})")
    ]


def test_head_is_the_newest_revision_and_revisions_are_in_order() -> None:
    scripts = ScriptDirectory(str(upgrade.SCRIPTS))
    assert scripts.get_heads() == [upgrade.HEAD]
    walked = [script.revision for script in scripts.walk_revisions()]
    assert walked == sorted(walked, reverse=True)
