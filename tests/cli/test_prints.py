"""Forms from the command line: by number, by day, by period, and one of every form."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from station_app import wiring
from station_app.cli.prints import period
from station_app.config import DataDir
from station_app.domain.deputies import DeputyDraft
from station_app.errors import NotFound
from station_app.services.deputies import save_deputy
from station_app.store import keys
from tests.cli.conftest import PASSWORD
from tests.cli.test_commands import answer, run, texts


@pytest.mark.parametrize(
    ("form", "what", "holds"),
    [
        ("day-notice", "2026-11-10", "代表接待日公告"),
        ("sign-in-sheet", "2026-11-10", "代表进站签到表"),
        ("rota", "2026", "2026-11-10"),
        ("assignment-slip", "WZ-KY-A-20261110-001", "加装电梯"),
        ("issue-ledger", "2026-11", "WZ-KY-A-"),
        ("promise-ledger", "2026", "没有承诺事项"),
        ("legislation-ledger", "2026", "没有征集到立法意见"),
        ("eight-haves", "", "统一标牌"),
        ("star-materials", "2026", "评定年度：2026年度"),
        ("blank-forms", "2", "LF-KY-A-"),
    ],
)
def test_every_kind_of_form_is_found_by_its_word(
    station: DataDir, password_file: Path, tmp_path: Path, form: str, what: str, holds: str
) -> None:
    out = tmp_path / "form.pdf"
    words = ("--data-dir", station.root, "--password-file", password_file)
    result = run("print", form, what, "--out", out, *words)
    assert result.exit_code == 0, result.stderr
    assert holds in texts(out)


@pytest.mark.parametrize(
    ("form", "what"),
    [
        ("urging-letter", "WZ-KY-A-20261110-002"),
        ("meeting-record", "2026-11-10"),
        ("suggestion", "电梯"),
        ("rota", "autumn"),
        ("duty-list", "于"),
        ("duty-file", "于 2025"),
        ("blank-forms", "many"),
        ("blank-forms", "500"),
    ],
)
def test_what_cannot_be_found_is_said(
    station: DataDir, password_file: Path, tmp_path: Path, form: str, what: str
) -> None:
    out = tmp_path / "form.pdf"
    words = ("--data-dir", station.root, "--password-file", password_file)
    result = run("print", form, what, "--out", out, *words)
    assert result.exit_code == 1
    assert result.stderr.strip()
    assert not out.exists()


def test_the_year_of_a_deputy_is_this_one_or_the_one_named(
    station: DataDir, password_file: Path, tmp_path: Path
) -> None:
    opened = wiring.open_station(station, keys.list_slots(station)[0].id, PASSWORD)
    with opened.store.write(opened.actor) as tx:
        save_deputy(tx, DeputyDraft("于桂芳"))
        this_year = tx.today.year
    opened.close()
    out, words = tmp_path / "form.pdf", ("--data-dir", station.root, "--password-file")
    for form, what, year in (
        ("duty-file", "于桂芳", this_year),
        ("duty-points", "于桂芳 2024", 2024),
    ):
        result = run("print", form, what, "--out", out, *words, password_file)
        assert result.exit_code == 0, result.stderr
        assert f"{year}年1月1日 至" in texts(out)


def test_one_of_every_form_that_has_a_record(
    station: DataDir, password_file: Path, tmp_path: Path
) -> None:
    words = ("--data-dir", station.root, "--password-file", password_file, "--json")
    told = answer(run("print", "all", "--out", tmp_path / "all", *words))
    assert {one.name for one in (tmp_path / "all").iterdir()} == set(told["files"])
    assert {"reception_form.pdf", "day_ledger.pdf", "blank_forms.pdf"} <= set(told["files"])
    assert "urging_letter.pdf" not in told["files"]  # nothing was assigned


def test_a_period_is_a_year_a_month_or_a_day() -> None:
    assert period("2026") == (date(2026, 1, 1), date(2026, 12, 31))
    assert period("2024-02") == (date(2024, 2, 1), date(2024, 2, 29))
    assert period("2026-11-10") == (date(2026, 11, 10), date(2026, 11, 10))
    for wrong in ("", "2026-13", "2026-02-30", "11/2026"):
        with pytest.raises(NotFound):
            period(wrong)


def test_a_deputys_list_is_found_by_the_name(
    station: DataDir, password_file: Path, tmp_path: Path
) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("姓名,职务\n于桂芳,教师\n", encoding="utf-8")
    words = ("--data-dir", station.root, "--password-file", password_file)
    assert run("import", "deputies", roster, *words).exit_code == 0
    out = tmp_path / "form.pdf"
    result = run("print", "duty-list", "于桂芳", "--out", out, *words)
    assert result.exit_code == 0, result.stderr
    assert "于桂芳代表：" in texts(out)
    assert "没有安排值班" in texts(out)
