"""The command line as an administrator meets it: words in, sentences, JSON and exit codes out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import xlsxwriter
from sqlalchemy import select
from typer.testing import CliRunner, Result

from db.models import Audit
from db.vocabulary import Op
from station_app import wiring
from station_app.cli.app import app
from station_app.config import DataDir
from station_app.store import keys
from tests.cli.conftest import PASSWORD


def run(*words: str | Path, typed: str = "") -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], input=typed)


def answer(result: Result) -> dict[str, Any]:
    told = json.loads(result.stdout)
    assert isinstance(told, dict)
    return told


def texts(pdf: Path) -> str:
    document = pypdfium2.PdfDocument(pdf)
    found = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return found


# -------------------------------------------------------------------------------------- set-up


def set_up_words(data: DataDir, code: str = "KY") -> Sequence[str | Path]:
    return (
        "setup",
        "--name",
        "葵英街道",
        "--code",
        code,
        "--head",
        "王秀英",
        "--data-dir",
        data.root,
    )


def test_set_up_tells_the_recovery_key_and_the_password_opens(
    data: DataDir, password_file: Path
) -> None:
    result = run(*set_up_words(data), "--password-file", password_file)
    assert result.exit_code == 0
    key = result.stdout.strip().rpartition("：")[2]
    assert keys.unlock_recovery(data, key) == keys.unlock(
        data, keys.list_slots(data)[0].id, PASSWORD
    )
    assert run("verify", "--data-dir", data.root, "--password-file", password_file).exit_code == 0


def test_a_rule_broken_at_set_up_is_told_field_by_field(data: DataDir) -> None:
    words = (*set_up_words(data, code="k"), "--password-file", "-", "--json")
    result = run(*words, typed=PASSWORD + "\n")
    assert result.exit_code == 1
    told = answer(result)
    assert (told["ok"], told["error"], list(told["fields"])) == (False, "RuleViolation", ["code"])
    assert not data.exists()


def test_a_second_set_up_leaves_the_first_alone(station: DataDir, password_file: Path) -> None:
    before = station.database.read_bytes()
    result = run(*set_up_words(station), "--password-file", password_file)
    assert result.exit_code == 1
    assert result.stderr.strip() == "这个文件夹里已经有一个联络站。"
    assert station.database.read_bytes() == before


def test_the_folder_may_stand_before_the_command(station: DataDir, password_file: Path) -> None:
    words = ("--data-dir", station.root, "verify", "--password-file", password_file, "--json")
    assert answer(run(*words)) == {"ok": True, "wrong": []}


# ------------------------------------------------------------------------------------ passwords


def test_a_wrong_password_is_a_misfortune(station: DataDir) -> None:
    words = ("verify", "--data-dir", station.root, "--password-file", "-")
    result = run(*words, typed="wrong password\n")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "密码" in result.stderr


def test_no_password_is_a_wrong_command(station: DataDir) -> None:
    result = run("verify", "--data-dir", station.root)
    assert result.exit_code == 2
    assert "--password-file" in result.stderr


def test_a_missing_password_file_is_a_wrong_command(station: DataDir, tmp_path: Path) -> None:
    words = ("verify", "--data-dir", station.root, "--password-file", tmp_path / "nowhere.txt")
    result = run(*words)
    assert result.exit_code == 2
    assert "nowhere.txt" in result.stderr


def test_an_unknown_account_is_told_who_there_is(station: DataDir, password_file: Path) -> None:
    words = ("verify", "--data-dir", station.root, "--password-file", password_file)
    result = run(*words, "--account", "operator-3")
    assert result.exit_code == 2
    assert "head-1" in result.stderr


def test_no_password_is_taken_from_the_command_itself() -> None:
    for command in ("setup", "verify", "backup", "restore", "print"):
        told = run(command, "--help").stdout
        assert "--password-file" in told
        assert "--password " not in told


# ----------------------------------------------------------------------------------- the others


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    path = tmp_path / "roster.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["姓名", "性别", "联系电话"])
        sheet.write_row(1, 0, ["赵秀兰", "女", "13800000001"])
        sheet.write_row(2, 0, ["钱伟", "男", "138-0000"])
        sheet.write_row(3, 0, ["合计", "", "2"])
    return path


def test_a_roster_is_imported_once_and_the_rest_is_listed(
    station: DataDir, password_file: Path, roster: Path, tmp_path: Path
) -> None:
    where = ("--data-dir", station.root, "--password-file", password_file, "--json")
    words = ("import", "deputies", roster, *where)
    first = answer(run(*words, "--problems", tmp_path / "problems.xlsx"))
    assert (first["added"], first["changed"], first["unchanged"]) == (2, 0, 0)
    assert {"3", "4"} <= first["rows"].keys()
    assert (tmp_path / "problems.xlsx").stat().st_size > 0
    second = answer(run(*words))
    assert (second["added"], second["changed"], second["unchanged"]) == (0, 0, 2)


def test_a_file_without_names_is_a_misfortune(
    station: DataDir, password_file: Path, tmp_path: Path
) -> None:
    nothing = tmp_path / "nothing.csv"
    nothing.write_text("1,2,3\n4,5,6\n", "utf-8")
    words = ("import", "deputies", nothing, "--data-dir", station.root)
    result = run(*words, "--password-file", password_file)
    assert result.exit_code == 1
    assert "姓名" in result.stderr


@pytest.mark.parametrize(
    ("form", "what"),
    [
        ("reception-form", "LF-KY-A-20261110-001"),
        ("receipt", "LF-KY-A-20261110-001"),
        ("ledger", "2026-11-10"),
        ("ledger", "2026-11-10 09:00"),
    ],
)
def test_a_form_is_printed_and_the_print_is_logged(
    station: DataDir, password_file: Path, tmp_path: Path, form: str, what: str
) -> None:
    out = tmp_path / "form.pdf"
    words = ("--data-dir", station.root, "--password-file", password_file)
    result = run("print", form, what, "--out", out, *words)
    assert result.exit_code == 0, result.stderr
    assert "加装电梯" in texts(out)
    slot = keys.list_slots(station)[0].id
    opened = wiring.open_station(station, slot, PASSWORD)
    with opened.store.read(opened.actor) as tx:
        logged = tx.session.scalars(select(Audit).where(Audit.op == Op.PRINT)).all()
    opened.close()
    assert len(logged) == 1


@pytest.mark.parametrize(
    ("form", "what"),
    [
        ("receipt", "LF-KY-A-20261110-002"),
        ("ledger", "2026-11-11"),
        ("ledger", "2025-11-10"),
        ("ledger", "yesterday"),
    ],
)
def test_what_is_not_there_cannot_be_printed(
    station: DataDir, password_file: Path, tmp_path: Path, form: str, what: str
) -> None:
    out = tmp_path / "form.pdf"
    words = ("--data-dir", station.root, "--password-file", password_file)
    result = run("print", form, what, "--out", out, *words)
    assert result.exit_code == 1
    assert result.stderr.strip()
    assert not out.exists()


def test_a_folder_that_takes_no_file_is_a_misfortune(
    station: DataDir, password_file: Path, tmp_path: Path
) -> None:
    words = ("--data-dir", station.root, "--password-file", password_file)
    result = run("print", "ledger", "2026-11-10", "--out", tmp_path / "no" / "x.pdf", *words)
    assert result.exit_code == 1
    assert "x.pdf" in result.stderr


def test_a_backup_is_restored_even_on_a_new_computer(
    station: DataDir, password_file: Path, tmp_path: Path
) -> None:
    words = ("--password-file", password_file, "--json")
    path = answer(run("backup", "--data-dir", station.root, *words))["path"]
    assert answer(run("restore", path, "--data-dir", station.root, *words))["ok"]
    new = tmp_path / "new computer"
    assert answer(run("restore", path, "--data-dir", new, *words))["ok"]
    out = tmp_path / "after.pdf"
    printed = run("print", "ledger", "2026-11-10", "--out", out, "--data-dir", new, *words)
    assert printed.exit_code == 0
    assert "加装电梯" in texts(out)


def test_a_damaged_backup_changes_nothing(station: DataDir, password_file: Path) -> None:
    words = ("--data-dir", station.root, "--password-file", password_file)
    path = Path(answer(run("backup", *words, "--json"))["path"])
    path.write_bytes(path.read_bytes()[:-4096] + bytes(4096))
    before = station.database.read_bytes()
    assert run("restore", path, *words).exit_code == 1
    assert station.database.read_bytes() == before


def test_a_damaged_station_is_told_and_ends_with_one(station: DataDir, password_file: Path) -> None:
    body = bytearray(station.database.read_bytes())
    body[-2000:-1000] = bytes(1000)
    station.database.write_bytes(body)
    words = ("verify", "--data-dir", station.root, "--password-file", password_file)
    result = run(*words)
    assert result.exit_code == 1
    assert result.stdout + result.stderr
