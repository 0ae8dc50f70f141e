"""Figures and reports on the command line: as words, as data, as files."""

from __future__ import annotations

from pathlib import Path

import pytest

from station_app.config import DataDir
from tests.cli.test_commands import answer, run


def test_figures_are_told_in_words_and_as_data(station: DataDir, password_file: Path) -> None:
    where = ("--data-dir", station.root, "--password-file", password_file)
    period = ("--from", "2026-11-01", "--until", "2026-11-30")
    told = run("figures", *period, *where)
    assert "2026年11月" in told.output
    assert "意见建议\t1\t条" in told.output
    data = answer(run("figures", *period, *where, "--json"))
    assert data["period"]["kind"] == "month"
    counted = {one["figure"]: one["now"]["part"] for one in data["figures"]}
    assert (counted["visits"], counted["people"], counted["receptions"]) == (1, 1, 0)
    assert run("figures", "--campaign", "没有的", *where).exit_code == 1
    assert run("figures", "--from", "2026-11-30", "--until", "2026-11-01", *where).exit_code == 2


@pytest.mark.parametrize(("ending", "begins"), [("pdf", b"%PDF"), ("docx", b"PK"), ("xlsx", b"PK")])
def test_a_report_is_written(
    ending: str, begins: bytes, station: DataDir, password_file: Path, tmp_path: Path
) -> None:
    out = tmp_path / f"report.{ending}"
    where = ("--data-dir", station.root, "--password-file", password_file, "--json")
    told = answer(run("report", "--out", out, "--freeze", *where))
    assert out.read_bytes().startswith(begins)
    assert told["frozen"] is not None
    assert run("report", "--out", tmp_path / "a.txt", *where).exit_code == 2
