"""The administrator's commands: each for people and with --json, in both languages, exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from typer.main import get_command

from central.cli import app
from central.config import Settings
from central.database import administered
from central.embedded import EmbeddedPostgres
from central.journal import broken_link
from tests.central.conftest import RunningCentre
from tests.central.device import Device, mutation
from tests.central.terminal import Terminal


@pytest.fixture(scope="module")
def centre(
    make_settings: Callable[..., Settings], run_centre: Callable[..., RunningCentre]
) -> RunningCentre:
    return run_centre(make_settings())


def code(prefix: str = "S") -> str:
    return prefix + uuid4().hex[:8]


# ------------------------------------------------------------------------------- for people, JSON


def test_version(central: Terminal) -> None:
    from central import __version__

    assert central("version").out == __version__
    assert central.json("version") == {"ok": True, "version": __version__}


def test_init_again_keeps_everything(central: Terminal, centre: RunningCentre) -> None:
    from central.keys import load_keys

    before = centre.sql("SELECT count(*) FROM stream")
    said = central.json("init")
    assert said["sign_key"] == load_keys(centre.settings.home).sign_public
    assert "已就绪" in central("init").out
    assert centre.sql("SELECT count(*) FROM stream") == before
    assert centre.sql("SELECT count(*) FROM report.resident") == [(0,)]


def test_region(central: Terminal) -> None:
    city, county = code("C"), code("D")
    assert central.json("region", "add", city, "某市") == {"ok": True, "stream": f"R:{city}"}
    assert central("region", "add", county, "某县", "--above", city).status == 0
    assert f"{county}\t某县\t{city}" in central("region", "list").out
    listed = central.json("region", "list")["regions"]
    assert {"code": county, "name": "某县", "above": city} in listed
    assert central("region", "add", county, "某区", "--above", city).status == 0  # renamed
    assert "某区" in central("region", "list").out


def test_a_region_cannot_lie_below_itself(central: Terminal) -> None:
    top, low = code("C"), code("D")
    central("region", "add", top, "某市")
    central("region", "add", low, "某县", "--above", top)
    assert "自己的下面" in central("region", "add", top, "某市", "--above", low).err
    assert central("region", "add", top, "某市", "--above", top).status == 1


def test_station(central: Terminal) -> None:
    one = code()
    made = central.json("station", "add", one, "葵英街道", "KY")
    assert UUID(made["station_id"]).version == 4
    assert f"{one}\t葵英街道\tKY\t0" in central("station", "list").out
    [listed] = [it for it in central.json("station", "list")["stations"] if it["code"] == one]
    assert listed["station_id"] == made["station_id"]


def test_what_does_not_fit_is_said_in_a_sentence(central: Terminal) -> None:
    one = code()
    central("station", "add", one, "甲", "KY")
    assert "已有别的联络站" in central("station", "add", one, "乙", "KY").err
    assert "没有这个区域" in central("station", "add", code(), "乙", "nowhere").err
    assert "没有这个区域" in central("region", "add", code(), "乙", "--above", "nowhere").err
    assert "只能用字母" in central("region", "add", "某 市", "乙").err


def test_enrol_and_approve(central: Terminal, centre: RunningCentre) -> None:
    one, station = centre.station()
    said = central.json("enrol", one, "--by", "甲")
    assert said["needs_approval"] is False
    Device("127.0.0.1", centre.port).enrol(said["code"])
    told = central("enrol", one, "--by", "甲").out
    assert "第二人" in told
    second = central.json("enrol", one, "--by", "甲")
    assert second["needs_approval"] is True
    own = central("enrol", "--approve", second["code"], "--by", "甲")
    assert own.status == 1
    assert central("enrol", "--approve", second["code"], "--by", "乙").out == "已批准。"
    assert Device("127.0.0.1", centre.port).enrol(second["code"]).station_id == station


def test_device_list_revoke_and_accept(central: Terminal, centre: RunningCentre) -> None:
    one, station = centre.station()
    device = centre.device(station)
    device.push(mutation(1))
    device.hello(2)
    assert f"{device.keyid}\t{one}\tA\tactive" in central("device", "list", "--station", one).out
    copied = centre.device(station)
    copied.hello(1, renew=True)
    assert f"{copied.keyid}\t{one}\tC\tactive" in central("device", "list", "--station", one).out
    centre.sql("DELETE FROM incarnation WHERE device_id = %s", UUID(copied.keyid))
    assert central("device", "revoke", device.keyid, "--by", "甲").status == 0
    fresh, _ = centre.station()
    assert central("device", "list", "--station", fresh).out == "还没有。"
    [listed] = central.json("device", "list", "--station", one)["devices"]
    assert (listed["status"], listed["last_mid"], listed["lives"]) == ("revoked", 1, 1)
    from db import wire

    for late in (mutation(2), mutation(9)):
        body = wire.encode(wire.Push(1, [late]))
        assert device.ask("POST", "/v1/quarantine", body)[0] == 202
    said = central("device", "accept", device.keyid, "--json")
    assert said.status == 1  # one message waits for what lies between
    assert json.loads(said.out) == {
        "ok": False, "count": 1, "outcomes": {"applied": 1}, "refused": ["gap"]}  # fmt: skip
    assert "仍留在隔离区" in central("device", "accept", device.keyid).out
    assert len(central.json("device", "list")["devices"]) >= 1


def test_bundle_in(central: Terminal, centre: RunningCentre, tmp_path: Path) -> None:
    from tests.central.test_bundle import bundled, opened

    device = centre.device()
    file = tmp_path / "KY.bundle"
    file.write_bytes(bundled(device, centre.gateway._centre.desk, mutation(1)))
    said = central.json("bundle", "in", str(file))
    assert said == {"ok": True, "answer": str(tmp_path / "KY.answer"), "device": device.keyid}
    assert opened(device, (tmp_path / "KY.answer").read_bytes()).answers[0].last_mid == 1
    other = tmp_path / "elsewhere"
    assert str(other) in central("bundle", "in", str(file), "--answer", str(other)).out
    file.write_bytes(b"a letter")
    assert "不是" in central("bundle", "in", str(file)).err
    assert str(tmp_path / "none") in central("bundle", "in", str(tmp_path / "none")).err


def test_what_administrators_did_is_in_the_journal(
    central: Terminal, centre: RunningCentre
) -> None:
    one = code()
    central("station", "add", one, "甲", "KY", "--by", "王")
    central("enrol", one, "--by", "李")
    acts = centre.sql("SELECT act, who FROM audit_head WHERE target = %s ORDER BY seq", one)
    assert acts == [("station", "王"), ("enrol", "李")]
    with administered(centre.settings) as connection:
        assert broken_link(connection) is None


# ------------------------------------------------------------------------------------ misfortunes


def test_a_misfortune_is_a_sentence_or_json_and_ends_with_1(central: Terminal) -> None:
    told = central("enrol", "nobody")
    assert (told.status, told.out) == (1, "")
    assert told.err == "没有代码为 nobody 的联络站。"
    said = central("enrol", "nobody", "--json")
    assert (said.status, said.err) == (1, "")
    assert json.loads(said.out)["ok"] is False
    assert central("enrol").status == 2


def test_in_english_too(central: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CENTRAL_LANGUAGE", "en")
    assert "There is no station nobody." in central("enrol", "nobody").err
    assert central("device", "list", "--station", "nobody").err == "There is no station nobody."


@pytest.mark.parametrize(
    ("setting", "value", "sentence"),
    [("CENTRAL_ADMIN_URL", "host=127.0.0.1 port=1", "连不上数据库"),
     ("CENTRAL_PAGE", "many", "CENTRAL_PAGE"),
     ("CENTRAL_ADMIN_URL", "", "CENTRAL_DATABASE_URL")],
)  # fmt: skip
def test_a_wrong_setting_is_told(
    central: Terminal, monkeypatch: pytest.MonkeyPatch, setting: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(setting, value)
    if not value:
        monkeypatch.delenv("CENTRAL_DATABASE_URL")
    told = central("station", "list")
    assert told.status == 1
    assert sentence in told.err


def test_before_init_it_says_so(
    centre: RunningCentre, central: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CENTRAL_HOME", str(tmp_path))
    assert "central init" in central("serve", "--port", "1").err


def test_a_database_without_tables_needs_init_first(
    central: Terminal, postgres: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CENTRAL_ADMIN_URL", postgres.url("postgres"))
    assert "central init" in central("station", "list").err
    monkeypatch.setattr("central.database.ADMIN", "nobody_of_that_name")
    assert "central init" in central("station", "list").err


def test_the_gateways_login_is_no_administrators(
    central: Terminal, centre: RunningCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CENTRAL_ADMIN_URL", centre.settings.gateway_url)
    told = central("station", "list")
    assert (told.status, "CENTRAL_ADMIN_URL" in told.err) == (1, True)


def test_serve_refuses_half_of_tls(central: Terminal, tmp_path: Path) -> None:
    assert "TLS" in central("serve", "--certificate", str(tmp_path / "none.pem")).err
    told = central("serve", "--certificate", str(tmp_path / "a"), "--key", str(tmp_path / "b"))
    assert (told.status, "none" in told.err or str(tmp_path) in told.err) == (1, True)


def test_help_speaks_both_languages(centre: RunningCentre) -> None:
    for language, word in (("zh", "各联络站"), ("en", "liaison stations")):
        environment = os.environ | {"CENTRAL_LANGUAGE": language, "PYTHONIOENCODING": "ascii"}
        ended = subprocess.run(
            [sys.executable, "-m", "central", "--help"],
            capture_output=True, encoding="utf-8", env=environment, check=False,
        )  # fmt: skip
        assert ended.returncode == 0
        assert word in ended.stdout
        for command in ("init", "serve", "trial", "enrol", "station", "region", "device", "bundle",
                        "import", "edit", "erase", "restore-epoch", "prune", "verify"):  # fmt: skip
            assert command in ended.stdout


def test_every_command_answers_with_json() -> None:
    without = [path for path, one in leaves(get_command(app))
               if not any("--json" in parameter.opts for parameter in one.params)]  # fmt: skip
    assert without == [("serve",)]  # it answers stations


def leaves(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command with its words."""
    for name, one in getattr(command, "commands", {}).items():
        yield from leaves(one, (*path, name))
    if not hasattr(command, "commands"):
        yield path, command
