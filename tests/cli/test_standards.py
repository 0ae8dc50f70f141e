"""Dictionaries, deadlines and the calendar from the command line, as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from station_app.config import DataDir
from tests.cli.test_commands import answer, run


@pytest.fixture
def told(station: DataDir, password_file: Path) -> Any:
    """Runs a command on the station and returns its answer."""

    def do(*words: str | Path, ok: bool = True) -> dict[str, Any]:
        with_door = (
            *words, "--json", "--password-file", password_file, "--data-dir", station.root,
        )  # fmt: skip
        result = run(*with_door)
        assert (result.exit_code == 0) is ok, result.output
        return answer(result)

    return do


def test_a_dictionary_from_the_command_line(told: Any) -> None:
    told("dictionary", "add", "units", "wg", "网格中心")
    assert told("dictionary", "add", "units", "wg", "别的", ok=False)["fields"].keys() == {"code"}
    told("dictionary", "rename", "units", "wg", "街道网格中心")
    told("dictionary", "move", "units", "wg", "--by", "-99")
    told("dictionary", "retire", "units", "wg")
    first = told("dictionary", "list", "units")["entries"][0]
    assert (first["code"], first["name"], first["retired"]) == ("wg", "街道网格中心", True)
    told("dictionary", "retire", "units", "wg", "--again")
    assert not told("dictionary", "list", "units")["entries"][0]["retired"]
    reason = told("dictionary", "list", "decline_reasons")["entries"][0]
    told("dictionary", "rename", "decline_reasons", reason["code"], "涉诉")
    again = told("dictionary", "list", "decline_reasons")["entries"]
    kept = {one["code"]: one for one in again}[reason["code"]]
    assert (kept["name"], kept["text"]) == ("涉诉", reason["text"])
    assert not told("dictionary", "retire", "degrees", "solved", ok=False)["ok"]


def test_rules_and_calendar_from_the_command_line(told: Any, tmp_path: Path) -> None:
    known = told("rules", "list")
    body = known["versions"][0] | {"code": "local-2", "valid_from": "2030-01-01",
                                   "reply": {"working_days": 10}}  # fmt: skip
    file = tmp_path / "rules.json"
    file.write_text(json.dumps(body), "utf-8")
    added = told("rules", "add", file)
    assert [one["rule"] for one in added["changes"]] == ["reply"]
    assert told("rules", "add", file, ok=False)["fields"].keys() == {"code"}
    file.write_text("[", "utf-8")
    assert told("rules", "add", file, ok=False)["error"] == "ExchangeFault"
    assert told("rules", "list")["current"] == known["current"]
    assert not told("calendar", "show", "2027")["known"]
    table = tmp_path / "2027.csv"
    table.write_text("日期,类型,名称\n2027-01-01,休,元旦\n", "utf-8")
    assert told("calendar", "import", table)["changed"] == 1
    told("calendar", "set", "2027-01-02", "--off", "--name", "元旦")
    (shown,) = told("calendar", "show", "2027")["holidays"]
    assert shown == {"name": "元旦", "from": "2027-01-01", "to": "2027-01-02", "worked": []}
