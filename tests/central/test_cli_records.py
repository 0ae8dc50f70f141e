"""The administrator's commands on records: rosters, edits, erasure, epochs, verifying."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from central.config import Settings
from tests.central.conftest import RunningCentre
from tests.central.device import mutation
from tests.central.terminal import Terminal


@pytest.fixture(scope="module")
def centre(
    make_settings: Callable[..., Settings], run_centre: Callable[..., RunningCentre]
) -> RunningCentre:
    return run_centre(make_settings())


def test_import_roster(central: Terminal, centre: RunningCentre, tmp_path: Path) -> None:
    file = tmp_path / "roster.csv"
    file.write_text("姓名,性别,层级\n于桂芳,女,区\n李丽,不详,区\n", "utf-8")
    said = central.json("import", "roster", str(file), "--region", "KY")
    assert said == {"ok": True, "count": 2, "changed": 2, "problems": {"3": "gender"}}
    again = central("import", "roster", str(file), "--region", "KY")
    assert "2" in again.out
    assert central.json("import", "roster", str(file), "--region", "KY")["changed"] == 0
    names = {
        (row.body or {}).get("name") for row in centre.device().pull_all(stream="R:KY").values()
    }
    assert {"于桂芳", "李丽"} <= names
    file.write_text("电话\n1\n", "utf-8")
    assert "姓名" in central("import", "roster", str(file), "--region", "KY").err
    file.write_text("姓名\n甲\n", "utf-8")
    assert "没有数据流" in central("import", "roster", str(file), "--region", "XX").err


def test_edit(central: Terminal, centre: RunningCentre) -> None:
    one, station = centre.station()
    device, made = centre.device(station), mutation(1)
    device.push(made)
    said = central.json("edit", one, "resident", str(made.id), "phone=13800001234", "name=李四")
    assert said == {"ok": True, "outcome": "applied"}
    body = device.pull_all()[made.id].body or {}
    assert (body["phone"], body["name"]) == ("13800001234", "李四")  # a phone stays a text
    assert central.json("edit", one, "resident", made.id.hex, "name=李四")["outcome"] == "noop"
    fresh = uuid4().hex
    assert "没有这条记录" in central("edit", "R:KY", "deputy", fresh, "name=甲").err
    assert (
        central("edit", "R:KY", "deputy", fresh, "name=甲", 'levels=["city"]', "--new").status == 0
    )
    row = device.pull_all(stream="R:KY")[UUID(fresh)]
    assert row.body == {"name": "甲", "levels": ["city"]}


def test_edit_refuses_what_is_no_field_no_kind_no_stream(
    central: Terminal, centre: RunningCentre
) -> None:
    one, station = centre.station()
    device, made = centre.device(station), mutation(1)
    device.push(made, mutation(2, "issue_event", id=made.id))
    edit = ("edit", one)
    assert "没有这些字段：phoen" in central(*edit, "resident", str(made.id), "phoen=1").err
    assert "没有“person”" in central(*edit, "person", str(made.id), "name=x").err
    assert "没有数据流" in central("edit", "R:XX", "resident", str(made.id), "name=x").err
    assert "没有代码为 XX 的联络站" in central("edit", "XX", "resident", str(made.id), "name=x").err
    assert central(*edit, "resident", str(made.id), "name").status == 2
    assert central(*edit, "resident", "no-uuid", "name=x").status == 2
    refused = central(*edit, "issue_event", str(made.id), "created_at=x")
    assert (refused.status, "append_only" in refused.err) == (1, True)


def test_erase(central: Terminal, centre: RunningCentre) -> None:
    one, station = centre.station()
    device, body = centre.device(station), b"picture"
    name = sha256(body).hexdigest()
    photo = mutation(1, "photo", fields={"sha256": (None, name)})
    device.push(photo)
    device.ask("PUT", f"/v1/blob/{name}?offset=0&size={len(body)}", body)
    assert list(centre.settings.blobs.rglob(name))
    assert central.json("erase", one, "photo", str(photo.id)) == {"ok": True, "attachments": 1}
    assert not list(centre.settings.blobs.rglob(name))
    assert central("erase", one, "photo", str(photo.id)).status == 1


def test_restore_epoch_prune_and_verify(central: Terminal, centre: RunningCentre) -> None:
    device = centre.device()
    device.push(mutation(1))
    assert central.json("restore-epoch")["streams"] >= 4
    assert "新" in central("restore-epoch").out
    assert central.json("prune") == {"ok": True, "records": 0, "answers": 0, "blobs": 0}
    assert central("prune", "--days", "30").status == 2  # what is gone is told for 400 days
    assert central.json("verify", "--attachments") == {"ok": True, "wrong": []}
    centre.sql("UPDATE stream SET digest = 1 WHERE stream_id = %s", device.own)
    broken = central("verify", "--json")
    assert broken.status == 1
    assert json.loads(broken.out) == {"ok": False, "wrong": [f"数据流 {device.own}"]}
    assert device.own in central("verify").out
    centre.sql("DELETE FROM record WHERE stream_id = %s", device.own)
    centre.sql("UPDATE stream SET digest = 0 WHERE stream_id = %s", device.own)
