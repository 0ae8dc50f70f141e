"""An older file is backed up and brought to the newest schema, all or nothing."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from db.vocabulary import Role
from station_app.config import MIGRATIONS, DataDir
from station_app.store import Store, backup, keys, upgrade
from station_app.store.connection import connect
from tests.store.conftest import ACTOR
from tests.store.people import add_resident, add_visit
from tests.store.test_store import names

GOOD = """
    with op.batch_alter_table("resident") as table:
        table.add_column(sa.Column("nickname", sa.String(), nullable=True))
        table.alter_column("note", existing_type=sa.String(), nullable=True)
"""
BREAKS_OFF = GOOD + '    op.execute("INSERT INTO no_such_table VALUES (1)")\n'
LOSES_ROWS = '    op.execute("DELETE FROM account")\n    op.execute("DELETE FROM resident")\n'


@pytest.fixture
def older(
    data: DataDir, key: bytes, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A closed file with one resident; a next revision can be put into the returned folder."""
    keys.add_slot(data, key, Role.HEAD, "password")
    with store.write(ACTOR) as tx:
        add_visit(tx, add_resident(tx, "张伟"), "LF-1")
    store.close()
    scripts = tmp_path / "scripts"
    shutil.copytree(upgrade.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(upgrade, "SCRIPTS", scripts)
    monkeypatch.setattr(upgrade, "HEAD", "9999")
    return scripts / "versions"


def write_revision(folder: Path, body: str) -> None:
    newest = upgrade_head()
    (folder / "9999_next.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n"
        f"revision = '9999'\ndown_revision = {newest!r}\n\n\ndef upgrade() -> None:\n{body}"
    )


def upgrade_head() -> str:
    from alembic.script import ScriptDirectory

    [head] = ScriptDirectory(str(MIGRATIONS / "station")).get_heads()
    return head


def test_an_older_file_is_backed_up_and_upgraded(data: DataDir, key: bytes, older: Path) -> None:
    write_revision(older, GOOD)
    with closing(Store.open(data, key)) as store:
        assert names(store) == ["张伟"]
        with store.write(ACTOR) as tx:
            add_resident(tx, "李丽")
    with closing(connect(data.database, key)) as driver:
        assert upgrade.stored_revision(driver) == "9999"
        columns = [row[1] for row in driver.execute("PRAGMA table_info(resident)")]
        assert "nickname" in columns
        assert driver.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    [made] = backup.list_backups(data)
    assert made.reason is backup.Reason.UPGRADE
    assert backup.is_sound(made.path, key)
    assert made.keys.read_bytes() == data.keys.read_bytes()


@pytest.mark.parametrize("body", [BREAKS_OFF, LOSES_ROWS])
def test_an_upgrade_that_breaks_off_changes_nothing(
    data: DataDir, key: bytes, store: Store, older: Path, body: str
) -> None:
    write_revision(older, body)
    with closing(connect(data.database, key)) as driver:
        before = driver.execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall()
    with pytest.raises(Exception, match=r"no_such_table|损坏"):
        Store.open(data, key)
    with closing(connect(data.database, key)) as driver:
        assert driver.execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall() == before
        assert driver.execute("SELECT name FROM resident").fetchall() == [("张伟",)]
        assert upgrade.stored_revision(driver) == upgrade_head()
    assert len(backup.list_backups(data)) == 1


def test_a_file_that_is_up_to_date_opens_without_alembic(
    data: DataDir, key: bytes, store: Store
) -> None:
    import subprocess
    import sys

    store.close()
    code = (
        "import sys; from pathlib import Path; from station_app.config import MIGRATIONS, DataDir;"
        "from station_app.store import Store;"
        f"Store.open(DataDir(Path({str(data.root)!r})), bytes.fromhex({key.hex()!r})).close();"
        "print('alembic' in sys.modules)"
    )
    root = Path(__file__).parents[2]
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root
    )
    assert said.stdout.strip() == "False"
