"""A record moves to another station with all that hangs on it; stations come from a file."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from central.config import Settings
from central.database import administered
from central.upkeep import wrong_digests
from db.wire import Mutation, Outcome, State
from tests.central.conftest import RunningCentre
from tests.central.device import Device, edit, mutation
from tests.central.terminal import Terminal


@pytest.fixture(scope="module")
def centre(
    make_settings: Callable[..., Settings], run_centre: Callable[..., RunningCentre]
) -> RunningCentre:
    return run_centre(make_settings())


PICTURE = b"\xff\xd8" + bytes(3000)
NAME = sha256(PICTURE).hexdigest()


def records_of_a_visit(device: Device) -> list[Mutation]:
    """A resident with a visit, an issue, an act on it and a picture; another one came along."""
    person, beside = mutation(1), mutation(2)
    visit = mutation(3, "visit", fields={
        "resident_id": (None, person.id.hex), "recorded_by": (None, uuid4().hex)})  # fmt: skip
    issue = mutation(4, "issue", fields={"visit_id": (None, visit.id.hex)})
    act = mutation(5, "issue_event", fields={"issue_id": (None, issue.id.hex)})
    photo = mutation(6, "photo", fields={"sha256": (None, NAME)})
    attached = mutation(7, "attachment", fields={
        "issue_id": (None, issue.id.hex), "photo_id": (None, photo.id.hex)})  # fmt: skip
    paper = mutation(8, "scanned_paper", fields={
        "record_id": (None, visit.id.hex), "photo_id": (None, photo.id.hex)})  # fmt: skip
    companion = mutation(9, "companion", fields={
        "visit_id": (None, visit.id.hex), "resident_id": (None, beside.id.hex)})  # fmt: skip
    made = [person, beside, visit, issue, act, photo, attached, paper, companion]
    device.push(*made)
    device.ask("PUT", f"/v1/blob/{NAME}?offset=0&size={len(PICTURE)}", PICTURE)
    return made


def test_a_resident_moves_with_visits_issues_and_pictures_and_back(
    central: Terminal, centre: RunningCentre
) -> None:
    (one, first), (other, second) = centre.station(), centre.station()
    here, there = centre.device(first), centre.device(second)
    made = records_of_a_visit(here)
    person, beside, visit, *_, companion = made
    assert central.json("move", one, other, "resident", str(person.id)) == {
        "ok": True, "records": 7}  # fmt: skip
    gone = {each.id for each in made} - {beside.id, companion.id}
    rows = there.pull_all()
    assert rows.keys() == gone
    assert rows[visit.id].body == {"resident_id": person.id.hex, "recorded_by": None}
    states = {row.id: row.state for row in here.pull_all().values()}
    assert {each for each, state in states.items() if state is State.EVICTED} == gone
    assert there.ask("GET", f"/v1/blob/{NAME}?offset=0")[2] == PICTURE
    assert here.ask("GET", f"/v1/blob/{NAME}?offset=0")[0] == 404
    [late] = here.push(edit(10, person.id, 1, name="李四"))
    assert (late.outcome, late.code) == (Outcome.REJECTED, "moved")
    [known] = there.push(edit(1, person.id, rows[person.id].row_version, name="李四"))
    assert known.outcome is Outcome.APPLIED
    assert central.json("move", other, one, "resident", str(person.id))["records"] == 7
    back = here.pull_all()[person.id]
    assert (back.state, (back.body or {})["name"]) == (State.LIVE, "李四")
    history = "SELECT row_version, stream_id FROM record_history WHERE id = %s ORDER BY 1"
    steps = centre.sql(history, person.id)
    assert {stream for _, stream in steps} == {here.own}
    with administered(centre.settings) as connection:
        assert wrong_digests(connection) == []
    assert central.json("verify", "--attachments") == {"ok": True, "wrong": []}


def test_who_moves_waits_for_the_pictures(central: Terminal, centre: RunningCentre) -> None:
    """Once it is gone there, the PC that took them has nothing to send any more."""
    (one, first), (other, _) = centre.station(), centre.station()
    here, portrait = centre.device(first), b"\xff\xd8 portrait"
    name = sha256(portrait).hexdigest()
    photo = mutation(1, "photo", fields={"sha256": (None, name)})
    deputy = mutation(2, "deputy", fields={"photo_id": (None, photo.id.hex)})
    paper = mutation(3, "scanned_paper", fields={
        "record_id": (None, deputy.id.hex), "photo_id": (None, photo.id.hex)})  # fmt: skip
    here.push(photo, deputy, paper)
    move = ("move", one, other, "deputy", str(deputy.id))
    assert "照片还没有全部交到中心" in central(*move).err
    here.ask("PUT", f"/v1/blob/{name}?offset=0&size={len(portrait)}", portrait)
    assert central.json(*move) == {"ok": True, "records": 3}


def test_a_picture_that_somebody_else_names_too_stays_and_goes_along(
    central: Terminal, centre: RunningCentre
) -> None:
    """One file at the issues of two residents is one picture; each keeps it."""
    (one, first), (other, second) = centre.station(), centre.station()
    here, there = centre.device(first), centre.device(second)
    made = records_of_a_visit(here)
    person, photo, paper = made[0], made[5], made[7]
    beside = mutation(10, "scanned_paper", fields={
        "record_id": (None, made[1].id.hex), "photo_id": (None, photo.id.hex)})  # fmt: skip
    here.push(beside)
    there.name(NAME)
    there.ask("PUT", f"/v1/blob/{NAME}?offset=0&size={len(PICTURE)}", PICTURE[:7])  # half of it
    central.json("move", one, other, "resident", str(person.id))
    rows = there.pull_all()
    double = UUID((rows[paper.id].body or {})["photo_id"])
    assert (rows[double].body or {})["sha256"] == NAME
    assert photo.id not in rows
    assert beside.id not in rows
    assert {here.pull_all()[each].state for each in (photo.id, beside.id)} == {State.LIVE}
    for device in (here, there):
        assert device.ask("GET", f"/v1/blob/{NAME}?offset=0")[2] == PICTURE
    with administered(centre.settings) as connection:
        assert wrong_digests(connection) == []


def test_what_cannot_move_alone_says_so(central: Terminal, centre: RunningCentre) -> None:
    (one, first), (other, second) = centre.station(), centre.station()
    here, beside = centre.device(first), centre.device(first)
    person = mutation(1)
    visit = mutation(2, "visit", fields={"resident_id": (None, person.id.hex)})
    here.push(person, visit)
    move = ("move", one, other)
    assert "属于一条 resident 记录" in central(*move, "visit", str(visit.id)).err
    assert "没有这条记录" in central(*move, "resident", uuid4().hex).err
    assert "就在这个站" in central("move", one, one, "resident", str(person.id)).err
    assert "没有代码为 XX 的联络站" in central("move", one, "XX", "resident", uuid4().hex).err
    there = centre.device(second)
    there.push(person)
    assert "已经有这条记录" in central(*move, "resident", str(person.id)).err
    there.push(mutation(2, id=person.id, op="delete", base=1, fields={}))
    here.push(edit(3, person.id, 1, name="甲"))
    [clash] = beside.push(edit(1, person.id, 1, name="乙"))
    assert clash.outcome is Outcome.CONFLICT
    assert "两个值" in central(*move, "resident", str(person.id)).err


def test_stations_come_from_a_file(central: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "stations.csv"
    file.write_text(
        "代码,名称,区域\nKQ01,长春路街道,KY\nKQ02,白云街道,\n坏 码,甲,KY\nKQ03,,KY\n", "gb18030"
    )
    said = central.json("import", "stations", str(file), "--region", "KY")
    assert said == {"ok": True, "count": 2, "changed": 2, "problems": {"4": "code", "5": "name"}}
    listed = {line["code"]: line["name"] for line in central.json("station", "list")["stations"]}
    assert (listed["KQ01"], listed["KQ02"]) == ("长春路街道", "白云街道")
    file.write_text("代码,名称\nKQ01,长春路街道\nKQ02,白云街道办事处\n", "utf-8")
    assert central.json("import", "stations", str(file), "--region", "KY")["changed"] == 1
    assert "没有代码为 XX 的区域" in central("import", "stations", str(file), "--region", "XX").err
    file.write_text("区域\nKY\n", "utf-8")
    assert "“代码”和“名称”" in central("import", "stations", str(file)).err
