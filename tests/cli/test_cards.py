"""``station-app card``: issue, list, print, verify from the print, void."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from typer.testing import CliRunner, Result

from db.card_code import card_text
from db.vocabulary import Level
from station_app import wiring
from station_app.cli.app import app
from station_app.config import DataDir
from station_app.domain.deputies import DeputyDraft
from station_app.services.deputies import save_deputy
from station_app.store import keys
from tests.cli.conftest import PASSWORD

Say = Any


@pytest.fixture
def card(station: DataDir, password_file: Path) -> Say:
    """Runs ``card …`` with ``--json`` and tells what came back."""
    opened = wiring.open_station(station, keys.list_slots(station)[0].id, PASSWORD)
    with opened.store.write(opened.actor) as tx:
        for name in ("于桂芳", "宋贵森"):
            save_deputy(tx, DeputyDraft(name, levels=(Level.CITY,)))
    opened.close()

    def say(*words: str | Path) -> dict[str, Any]:
        where = ("--data-dir", station.root, "--password-file", password_file, "--json")
        result: Result = CliRunner().invoke(app, ["card", *map(str, (*words, *where))])
        assert result.exception is None or isinstance(result.exception, SystemExit)
        told: dict[str, Any] = json.loads(result.stdout)
        assert (result.exit_code == 0) is told["ok"]
        return told

    return say


def test_a_card_goes_from_issue_to_void(card: Say, tmp_path: Path) -> None:
    assert card("address", "https://lz.example.gov.cn")["address"] == "https://lz.example.gov.cn"
    made = card("issue", "于桂芳", "--until", "2099-12-31")
    assert not made["ok"]  # longer than a term
    assert card("issue", "王芳")["error"] == "NotFound"
    assert len(card("issue", "--all")["cards"]) == 2
    first, second = sorted(one["number"] for one in card("list")["cards"])

    out = tmp_path / "cards.pdf"
    assert card("print", first, "--out", out)["bytes"] > 0
    checked = card("verify", out)
    assert (checked["verdict"], checked["number"], checked["name"]) == ("good", first, "宋贵森")
    picture = tmp_path / "card.png"
    with pypdfium2.PdfDocument(out) as pdf:
        pdf[0].render(scale=2.5).to_pil().rotate(90, expand=True).save(picture)
    assert card("verify", picture)["verdict"] == "good"
    assert card("verify", tmp_path / "nowhere.png")["verdict"] == "no_card"

    done = card("void", first, "--reason", "遗失", "--reissue")
    assert done["card"]["number"] not in (first, second)
    assert card("verify", picture)["verdict"] == "void"
    assert [one["number"] for one in card("list", "--standing", "void")["cards"]] == [first]
    signed = next(one["signed"] for one in card("list")["cards"] if one["number"] == second)
    assert card("verify", card_text(signed).lower())["verdict"] == "good"
    for shape in ("lanyard", "table_top", "board"):
        assert card("print", "--as", shape, "--out", out)["ok"]
    assert card("clock")["ok"]
