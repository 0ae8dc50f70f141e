"""The rooms and their direction: who may import whom, read the clock, write rows."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

import db.models
from db.models import Base, Synced
from tests.architecture import sources

LINT = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command()"
#: Modules that sit outside the rooms (design: the only place where concrete things meet).
OUTSIDE = {"__init__", "__main__", "cli", "wiring", "config", "errors", "i18n"}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the import contracts of ``folder``."""
    return subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_every_import_goes_the_natural_way() -> None:
    told = lint(sources.ROOT)
    assert told.returncode == 0, told.stdout + told.stderr


@pytest.mark.parametrize(
    ("room", "line"),
    [
        ("station_app/domain", "import db.models"),
        ("station_app/domain", "import station_app.store"),
        ("station_app/store", "import station_app.services"),
        ("station_app/printing", "import station_app.exchange"),
        ("station_app/services", "import PySide6.QtCore"),
        ("station_app/ui", "import sqlalchemy"),
        ("station_app/ui", "from db.models import base"),
        ("station_app/ui", "import central"),
        ("db", "import station_app.domain"),
        ("station_app/services", "import station_app.wiring"),
    ],
)
def test_a_wrong_import_is_noticed(tmp_path: Path, room: str, line: str) -> None:
    for one in sources.modules("station_app/", "db/"):
        if one.endswith("__init__.py"):
            (tmp_path / one).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / one).write_text("", "utf-8")
    (tmp_path / "db/models/base.py").write_text("", "utf-8")
    for outside in OUTSIDE - {"__init__", "cli"}:
        (tmp_path / f"station_app/{outside}.py").write_text("", "utf-8")
    (tmp_path / "pyproject.toml").write_text(sources.text("pyproject.toml"), "utf-8")
    assert lint(tmp_path).returncode == 0
    (tmp_path / room / "wrong.py").write_text(line + "\n", "utf-8")
    assert lint(tmp_path).returncode != 0


def test_every_module_of_the_station_stands_in_a_room() -> None:
    contracts = tomllib.loads(sources.text("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    layers = " ".join(next(one for one in contracts if one["id"] == "direction")["layers"])
    rooms = {word.strip("()|") for word in layers.split()} - {""}
    found = {one.split("/")[1].removesuffix(".py") for one in sources.modules("station_app/")}
    assert found - OUTSIDE <= rooms


# ---------------------------------------------------------------------------------------- clock

CLOCKS = {"now", "today", "utcnow", "time", "localtime", "monotonic"}


def clock_reads(tree: ast.AST) -> Iterator[int]:
    """The lines that ask the machine for the time instead of taking it from the Tx."""
    for call in sources.calls(tree):
        owner, _, asked = sources.called(call).rpartition(".")
        if asked in CLOCKS and owner.rpartition(".")[2] in {"datetime", "date", "time"}:
            yield call.lineno


def test_rules_and_services_have_no_clock_of_their_own() -> None:
    names = sources.modules("station_app/domain/", "station_app/services/")
    found = {one: lines for one in names if (lines := list(clock_reads(sources.tree(one))))}
    assert not found


@pytest.mark.parametrize("line", ["datetime.now(UTC)", "date.today()", "time.time()"])
def test_a_clock_is_noticed(line: str) -> None:
    assert list(clock_reads(ast.parse(line))) == [1]
    assert {datetime.now.__name__, date.today.__name__} <= CLOCKS


# ----------------------------------------------------------------------------------------- rows

SYNCED = {
    one.class_.__name__: str(getattr(one.local_table, "name", ""))
    for one in Base.registry.mappers
    if issubclass(one.class_, Synced)
}
BULK = {"update", "delete", "insert"}
BULK_METHODS = {"bulk_save_objects", "bulk_insert_mappings", "bulk_update_mappings"}


def bulk_writes(tree: ast.AST) -> Iterator[int]:
    """The lines that write synced rows past the flush listener: no outbox row, no audit row."""
    for call in sources.calls(tree):
        name = sources.called(call).rpartition(".")[2]
        names = {one.id for arg in call.args for one in ast.walk(arg) if isinstance(one, ast.Name)}
        attributes = {
            one.attr for arg in call.args for one in ast.walk(arg) if isinstance(one, ast.Attribute)
        }
        if name in BULK_METHODS or (name in BULK and (names | attributes) & SYNCED.keys()):
            yield call.lineno
        on_query = "query(" in ast.unparse(call.func) if name in BULK else False
        if on_query or (name == "text" and _writes_synced_table(call)):
            yield call.lineno


def _writes_synced_table(call: ast.Call) -> bool:
    said = " ".join(
        str(one.value).lower() for one in ast.walk(call) if isinstance(one, ast.Constant)
    )
    verbs = ("update ", "delete from ", "insert into ", "replace into ")
    return any(f"{verb}{table}" in said for verb in verbs for table in SYNCED.values())


def test_no_synced_row_is_written_past_the_listener() -> None:
    names = [one for one in sources.modules("station_app/") if "/ui/" not in one]
    found = {one: lines for one in names if (lines := list(bulk_writes(sources.tree(one))))}
    assert not found


@pytest.mark.parametrize(
    "line",
    [
        "tx.session.execute(update(Visit).values(note=''))",
        "tx.session.execute(sqlalchemy.delete(models.Issue))",
        "tx.session.query(Visit).delete()",
        "tx.session.execute(text('update visit set note = null'))",
        "tx.session.bulk_save_objects(rows)",
    ],
)
def test_a_bulk_write_is_noticed(line: str) -> None:
    assert list(bulk_writes(ast.parse(line)))


def test_ordinary_rows_are_no_bulk_write() -> None:
    lines = "tx.session.delete(row); tx.session.add(Visit()); found.update(names); delete(Outbox)"
    assert not list(bulk_writes(ast.parse(lines)))
    assert {"Visit", "Issue", "Resident"} <= SYNCED.keys() <= set(db.models.__all__)
