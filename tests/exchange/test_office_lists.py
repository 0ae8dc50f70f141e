"""Lists as office spreadsheets: read back by a library, and opened by LibreOffice where it is."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from db.models import Audit
from db.vocabulary import Op, Role
from station_app import wiring
from station_app.config import DataDir
from station_app.domain.accounts import AccountDraft, Actor
from station_app.domain.deputies import DeputyDraft
from station_app.domain.exports import Exported, Purpose
from station_app.domain.ledgers import Fate
from station_app.domain.lists import Listing
from station_app.errors import ExchangeFault, NotAllowed, StationError
from station_app.exchange.ledger import ledger_file, read_ledger
from station_app.exchange.office_lists import Wanted, count, write_list
from station_app.exchange.office_sheet import Column, Shape, SheetPlan, write_sheet
from station_app.exchange.roster import read_roster
from station_app.services import deputies, exports, ledgers
from station_app.store import keys
from station_app.wiring import OpenStation
from tests.exchange.spreadsheets import SAMPLES, TODAY
from tests.services.conftest import PASSWORD, STATION, Clock

LISTINGS = {
    Exported.ISSUES: Listing("registered_at"),
    Exported.RESIDENTS: Listing("name"),
    Exported.DEPUTIES: Listing("name"),
    Exported.DAYS: Listing("held_on"),
    Exported.LEDGER: Listing(""),
}
DANGEROUS = '=HYPERLINK("x")'


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenStation]:
    """A station with the sample ledger of 2025 and a few deputies, one with a dangerous name."""
    data = DataDir(tmp_path_factory.mktemp("lists") / "station")
    wiring.set_up(data, STATION, AccountDraft("王秀英", Role.HEAD), PASSWORD, clock=Clock())
    opened = wiring.open_station(data, keys.list_slots(data)[0].id, PASSWORD, clock=Clock())
    path = SAMPLES / "ledger-2025.xlsx"
    reading = read_ledger(path, today=TODAY)
    with opened.store.write(opened.actor) as tx:
        deputies.save_deputy(tx, DeputyDraft("李丽", phone="13800000001", position=DANGEROUS))
        deputies.save_deputy(tx, DeputyDraft("张𠅤", phone="0411-83600001", born_on="1979-06"))
        ledgers.import_ledger(tx, ledger_file(path, reading.sheet), reading.drafts)
    yield opened
    opened.close()


def written(station: OpenStation, path: Path, what: Exported, **how: Any) -> list[list[Any]]:
    with station.store.read(station.actor) as tx:
        wanted = replace(Wanted(what, LISTINGS[what]), **how)
        assert write_list(tx, wanted, path) == count(tx, wanted)
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


@pytest.mark.parametrize("what", list(Exported))
def test_a_list_has_title_facts_heads_and_every_row(
    station: OpenStation, tmp_path: Path, what: Exported
) -> None:
    rows = written(station, tmp_path / "a.xlsx", what)
    expected = {Exported.DEPUTIES: 2, Exported.DAYS: 12}.get(what, 420)
    assert len(rows) == 3 + expected
    assert rows[0][0].startswith("葵英街道人大代表联络站")
    assert f"共 {expected} 条" in rows[1][0]
    assert all(rows[2])
    assert list(tmp_path.iterdir()) == [tmp_path / "a.xlsx"]


def test_dates_and_numbers_are_real_and_phones_masked(station: OpenStation, tmp_path: Path) -> None:
    rows = written(station, tmp_path / "a.xlsx", Exported.LEDGER)
    first = dict(zip(rows[2], rows[3], strict=True))
    assert first["接待日期"] == date(2025, 1, 10)
    assert isinstance(first["人数"], float)
    assert "****" in first["联系电话"]
    issues = written(station, tmp_path / "b.xlsx", Exported.ISSUES)
    assert issues[3][1] == datetime(2025, 1, 10, 9)  # noqa: DTZ001  a cell has no zone


def test_only_what_is_open_has_a_deadline(station: OpenStation, tmp_path: Path) -> None:
    """What an old ledger says is done asks for nothing; what it leaves open is overdue."""
    rows = written(station, tmp_path / "a.xlsx", Exported.ISSUES)
    lines = [dict(zip(rows[2], row, strict=True)) for row in rows[3:]]
    due = {state: {bool(one["办理期限"]) for one in lines if one["办理状态"] == state}
           for state in {one["办理状态"] for one in lines}}  # fmt: skip
    assert due == {"已登记": {True}, "已交办": {True}, "当场答复": {False}, "已办结": {False},
                   "不予受理": {False}}  # fmt: skip
    assert all(one["办理期限"] < TODAY for one in lines if one["办理期限"])


def test_no_text_can_run(station: OpenStation, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    rows = written(station, path, Exported.DEPUTIES)
    assert DANGEROUS in {row[5] for row in rows}
    with zipfile.ZipFile(path) as pack:
        assert b"<f>" not in pack.read("xl/worksheets/sheet1.xml")
        assert b"quotePrefix" in pack.read("xl/styles.xml")


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), max_size=6))
def test_any_text_comes_back_as_it_was(texts: list[str]) -> None:
    plan = SheetPlan("表", "标题", "说明", (Column("文字"), Column("数", Shape.NUMBER)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        rows = [[text] for text in ["<r><t>x</t></r>", "_x0041_", " 空格 ", *texts]]
        assert write_sheet(path, plan, rows, total=len(rows)) == len(rows)
        with zipfile.ZipFile(path) as pack:
            sheet = ElementTree.fromstring(pack.read("xl/worksheets/sheet1.xml"))
    found = [cell.text or "" for cell in sheet.iter(f"{{{NAMESPACE}}}t")][4:]
    assert [plain(text) for text in found] == [row[0] for row in rows]


def plain(written: str) -> str:
    """A cell's text with the escapes of the format (_x000D_) read."""
    return re.sub(r"_x([0-9A-F]{4})_", lambda hit: chr(int(hit[1], 16)), written)


NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def test_it_is_set_up_for_the_screen_and_for_print(station: OpenStation, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    written(station, path, Exported.ISSUES)
    with zipfile.ZipFile(path) as pack:
        sheet = pack.read("xl/worksheets/sheet1.xml").decode()
        names = pack.read("xl/workbook.xml").decode()
    assert 'topLeftCell="A4"' in sheet
    assert 'state="frozen"' in sheet
    assert '<autoFilter ref="A3:O423"/>' in sheet
    assert 'orientation="landscape"' in sheet
    assert 'paperSize="9"' in sheet
    assert 'fitToHeight="0"' in sheet
    assert "第 &amp;P 页，共 &amp;N 页" in sheet
    assert "_xlnm.Print_Titles" in names


def test_filters_and_period_narrow_what_is_written(station: OpenStation, tmp_path: Path) -> None:
    listing = Listing("registered_at", filters={"category": "zj-gn"})
    rows = written(station, tmp_path / "a.xlsx", Exported.ISSUES, listing=listing)
    assert len(rows) == 3 + 26
    day = date(2025, 5, 10)
    rows = written(station, tmp_path / "b.xlsx", Exported.LEDGER, first_on=day, last_on=day)
    assert len(rows) == 3 + 30
    assert "2025-05-10" in rows[0][0]


def test_our_own_ledger_read_again_changes_nothing(station: OpenStation, tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    written(station, path, Exported.LEDGER, phones=True)
    reading = read_ledger(path, today=TODAY)
    assert len(reading.drafts) == 420
    with station.store.write(station.actor) as tx:
        done = ledgers.import_ledger(tx, ledger_file(path, reading.sheet), reading.drafts)
    assert (done.count(Fate.PRESENT), done.batch_id) == (420, None)


def test_our_own_roster_is_read_again(station: OpenStation, tmp_path: Path) -> None:
    path = tmp_path / "名册.xlsx"
    written(station, path, Exported.DEPUTIES, phones=True)
    drafts = read_roster(path, today=TODAY).drafts
    assert {(one.name, one.phone, one.born_on) for one in drafts} == {
        ("李丽", "13800000001", ""),
        ("张𠅤", "0411-83600001", "1979-06"),
    }


def test_given_up_half_way_no_file_is_left(station: OpenStation, tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        assert (done, total) == (0, 420)
        raise StationError("stop")

    with station.store.read(station.actor) as tx, pytest.raises(StationError):
        write_list(tx, Wanted(Exported.ISSUES, LISTINGS[Exported.ISSUES]), tmp_path / "a.xlsx",
                   report=stop)  # fmt: skip
    assert not list(tmp_path.iterdir())


def test_a_place_that_cannot_be_written_is_told(station: OpenStation, tmp_path: Path) -> None:
    with pytest.raises(ExchangeFault):
        written(station, tmp_path / "missing" / "a.xlsx", Exported.DAYS)


def test_an_export_is_logged_and_whole_phones_need_the_right(station: OpenStation) -> None:
    viewer = Actor(station.actor.id, station.actor.name, Role.VIEWER)
    with pytest.raises(NotAllowed), station.store.write(viewer) as tx:
        exports.log_export(tx, Exported.RESIDENTS, purpose=Purpose.REPORT)
    with station.store.write(station.actor) as tx:
        exports.log_export(tx, Exported.RESIDENTS, purpose=Purpose.REPORT)
    with station.store.read(station.actor) as tx:
        last = tx.session.scalars(select(Audit).where(Audit.op == Op.EXPORT)).all()[-1]
    assert (last.kind, last.fields, last.actor_id) == (
        "resident", "residents,phones,report", station.actor.id,
    )  # fmt: skip


@pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed on this machine"
)
def test_libreoffice_opens_what_we_write(station: OpenStation, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    rows = written(station, path, Exported.LEDGER)
    subprocess.run(
        ["soffice", "--headless", "--convert-to", "ods", "--outdir", str(tmp_path), str(path)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    found = CalamineWorkbook.from_path(tmp_path / "a.ods").get_sheet_by_index(0).to_python()
    assert [row[2] for row in found[2:]] == [row[2] for row in rows[2:]]
