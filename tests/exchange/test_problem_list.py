"""The list of unread rows is safe to open and can be mended and imported."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from station_app.errors import ExchangeFault
from station_app.exchange.grid import read_grid
from station_app.exchange.problem_list import write_problems
from station_app.exchange.roster import RosterReading, read_roster
from tests.exchange.spreadsheets import TODAY, workbook


@pytest.fixture
def reading(tmp_path: Path) -> RosterReading:
    rows = [
        ["姓　名", "代表层级", "", "联系电话", "备注"],
        ["", "市", "区", "", ""],
        ["王大明", "√", "", "138xxxx0001", "甲"],
        ["李丽", "", "√", "13800000002", "乙"],
        [],
        ["", "", "√", "13800000003", "无名"],
    ]
    path = workbook(tmp_path / "r.xlsx", rows, merged=[(0, 1, 0, 2)])
    return read_roster(path, today=TODAY)


def test_unread_rows_with_their_reasons(tmp_path: Path, reading: RosterReading) -> None:
    path = tmp_path / "list.xlsx"
    assert write_problems(reading, path) == 2
    sheet = read_grid(path).sheet("待核对")
    assert sheet.texts(0)[:3] == ("原表行号", "需核对的原因", "姓 名")
    assert sheet.texts(1)[:3] == ("3", "D列：看不准是不是电话号码", "王大明")
    assert sheet.texts(2)[:3] == ("6", "这一行没有姓名", "")


def test_the_list_can_be_imported_as_it_is(tmp_path: Path, reading: RosterReading) -> None:
    path = tmp_path / "list.xlsx"
    write_problems(reading, path)
    again = read_roster(path, today=TODAY)
    fields = ["name", "level:city", "level:county", "phone", "note"]
    assert [column.field for column in again.columns] == [None, None, *fields]
    assert again.drafts == reading.drafts[:1]


def test_no_text_runs_as_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    rows = ["姓名,电话,备注", "=王大明,@x,=HYPERLINK(1)", "+李丽,-1,@SUM(A1)"]
    path.write_text("\n".join(rows), encoding="utf-8")
    out = tmp_path / "list.xlsx"
    assert write_problems(read_roster(path, today=TODAY), out) == 2
    with zipfile.ZipFile(out) as pack:
        sheet = pack.read("xl/worksheets/sheet1.xml").decode()
        styles = pack.read("xl/styles.xml").decode()
    assert "<f>" not in sheet
    assert 'quotePrefix="1"' in styles
    assert "=HYPERLINK(1)" in read_grid(out).sheets[0].texts(1)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path, reading: RosterReading) -> None:
    with pytest.raises(ExchangeFault, match="无法保存"):
        write_problems(reading, tmp_path / "none" / "list.xlsx")
