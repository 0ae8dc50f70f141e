"""Ledgers on the command line: imported, known again, listed, taken back, exported."""

from __future__ import annotations

from pathlib import Path

from station_app.config import DataDir
from tests.cli.test_commands import answer, run
from tests.exchange.spreadsheets import workbook

SAMPLE = Path(__file__).parents[1] / "exchange" / "samples" / "ledger-2025.xlsx"


def test_a_ledger_is_imported_once_and_taken_back(station: DataDir, password_file: Path) -> None:
    where = ("--data-dir", station.root, "--password-file", password_file, "--json")
    told = answer(run("import", "ledger", SAMPLE, *where))
    assert (told["ok"], told["added"], told["known"]) == (True, 420, 0)
    assert (told["visits"], told["days_made"], told["unstated"]) == (420, 12, 55)
    assert len(told["rows"]) == 15  # the title, and fourteen second phones
    again = answer(run("import", "ledger", SAMPLE, *where))
    assert (again["added"], again["known"], again["batch"]) == (0, 420, None)
    [listed] = answer(run("import", "list", *where))["imports"]
    assert (listed["id"], listed["file"]) == (told["batch"], "ledger-2025.xlsx")
    back = answer(run("import", "undo", told["batch"], *where))
    assert (back["taken_back"], back["kept"]) == (420, {})
    assert answer(run("import", "list", *where))["imports"][0]["undone"] is True
    refused = run("import", "undo", told["batch"], *where)
    assert (refused.exit_code, answer(refused)["error"]) == (1, "Conflict")


def test_a_ledger_without_dates_is_refused_in_words(
    station: DataDir, password_file: Path, tmp_path: Path
) -> None:
    rows = [["来访人", "联系电话", "反映问题"], ["张三", "13800000001", "路灯不亮"]]
    file = workbook(tmp_path / "a.xlsx", rows)
    where = ("--data-dir", station.root, "--password-file", password_file)
    result = run("import", "ledger", file, *where)
    assert result.exit_code == 1
    assert "没有找到这些列：接待日期" in result.output


def test_a_ledger_is_exported(station: DataDir, password_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.xlsx"
    where = ("--data-dir", station.root, "--password-file", password_file, "--json")
    words = ("export", "ledger", "--out", out, "--from", "2026-11-01", "--phones", "report")
    told = answer(run(*words, *where))
    assert (told["ok"], told["rows"]) == (True, 1)
    assert out.stat().st_size > 4000
