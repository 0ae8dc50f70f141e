"""Any file an operator may pick becomes rows of values, or a sentence that says why not."""

from __future__ import annotations

import random
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from station_app.errors import ExchangeFault
from station_app.exchange.grid import read_grid
from station_app.exchange.sheet import text_of
from tests.exchange.spreadsheets import SAMPLES, csv_file, workbook

HEADS = ["姓名", "联系电话", "备注"]
PERSON = ["周䶮", "13800000003", "带，标点；的文字"]


def test_cells_read_as_people_see_them() -> None:
    assert text_of(13800000003.0) == "13800000003"
    assert text_of(58.1) == "58.1"
    assert text_of(True) == "TRUE"
    assert text_of(date(1953, 4, 1)) == "1953-04-01"
    assert text_of(datetime(1953, 4, 1)) == "1953-04-01"  # noqa: DTZ001 (spreadsheets have no zone)


def test_row_numbers_and_merged_cells_are_those_of_the_program() -> None:
    grid = read_grid(SAMPLES / "deputies.xlsx")
    assert grid.names == ("代表名册", "填表说明")
    sheet = grid.sheets[0]
    assert len(sheet.rows) == 315
    assert sheet.texts(4)[1] == "李\u3000𬱖"
    assert sheet.texts(7)[13] == "13800000003"
    assert (2, 5, 2, 9) in sheet.spans


def test_blank_rows_above_count(tmp_path: Path) -> None:
    grid = read_grid(workbook(tmp_path / "a.xlsx", [[], [], ["", "姓名"]]))
    assert grid.sheets[0].texts(2) == ("", "姓名")


@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_other_workbooks(ending: str) -> None:
    sheet = read_grid(SAMPLES / f"roster.{ending}").sheet("名册")
    assert sheet.texts(3) == ("李\u3000𬱖", "女", "1953-04-01", "√", "", "13800000003")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_text_tables(tmp_path: Path, encoding: str, separator: str) -> None:
    rows = [HEADS, PERSON, ["", "", ""], PERSON]
    path = csv_file(tmp_path / "名册.csv", rows, encoding=encoding, separator=separator)
    sheet = read_grid(path).sheet("名册")
    assert [sheet.texts(row) for row in (0, 1, 3)] == [tuple(HEADS), tuple(PERSON), tuple(PERSON)]
    assert not sheet.exact


def test_characters_that_gb18030_moved_out_of_the_private_area(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("姓名,电话\n王".encode("gb18030") + b"\xfe\x59\xfe\x51,1\n")
    assert read_grid(path).sheets[0].texts(1)[0] == "王\u9fb4\U00020087"


def test_formulas_show_their_value_and_errors_their_sign(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_formula(0, 0, '="13800000003"', None, "13800000003")
        sheet.write_formula(0, 1, "=NA()", None, "#N/A")
        sheet.write_formula(0, 2, "=1/0", None, "#DIV/0!")
    assert read_grid(path).sheets[0].texts(0) == ("13800000003", "#N/A", "#DIV/0!")


def test_a_hidden_sheet_comes_last_and_an_empty_one_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("空")
        book.add_worksheet("隐").write(0, 0, "x")
        book.add_worksheet("显").write(0, 0, "y")
        book.get_worksheet_by_name("空").activate()
        book.get_worksheet_by_name("隐").hide()
    assert read_grid(path).names == ("显", "隐")


BAD = {
    "空文件": b"",
    "照片": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" * 20,
    "网页": b"<html><table><tr><td>1</td></tr></table></html>",
    "压缩包": b"PK\x03\x04" + b"x" * 50,
    "旧文件": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "乱码": b"\xff\xff\xfe\x00" * 9,
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_spreadsheet_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"{name}.xlsx"
    path.write_bytes(BAD[name])
    with pytest.raises(ExchangeFault):
        read_grid(path)


def test_each_misfortune_has_its_own_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ExchangeFault, match="找不到"):
        read_grid(tmp_path / "没有.xlsx")
    with pytest.raises(ExchangeFault, match="密码"):
        read_grid(SAMPLES / "locked.xlsx")
    with pytest.raises(ExchangeFault, match="没有内容"):
        read_grid(workbook(tmp_path / "a.xlsx", []))
    with pytest.raises(ExchangeFault, match="没有名为“乙”"):
        read_grid(SAMPLES / "roster.xls").sheet("乙")

    def held(_: Path) -> bytes:
        raise PermissionError  # what Windows says while WPS has the file open

    monkeypatch.setattr(Path, "read_bytes", held)
    with pytest.raises(ExchangeFault, match="关闭后再试"):
        read_grid(SAMPLES / "roster.xls")


def test_a_stray_cell_at_the_far_end_does_not_end_the_program(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "姓名")
        sheet.write(1048575, 16383, "x")
    with pytest.raises(ExchangeFault, match="第1048576行"):
        read_grid(path)


def test_formats_without_content_do_not_make_a_sheet_large(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "姓名")
        sheet.write_blank(1048575, 16383, None, book.add_format({"bold": True}))
    assert len(read_grid(path).sheets[0].rows) == 1


def test_an_ods_that_repeats_its_rows_to_the_end_is_refused(tmp_path: Path) -> None:
    import zipfile

    cell = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
    body = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(SAMPLES / "roster.ods") as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "content.xml":
                text = text.replace(b"</table:table>", body.encode() + b"</table:table>")
            new.writestr(name, text)
    with pytest.raises(ExchangeFault, match="太大"):
        read_grid(path)


@pytest.mark.parametrize("name", ["roster.xls", "roster.ods", "deputies.xlsx"])
def test_a_damaged_workbook_is_refused_or_read(tmp_path: Path, name: str) -> None:
    whole = (SAMPLES / name).read_bytes()
    chance = random.Random(name)
    path = tmp_path / name
    refused = 0
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 20)):
            data[chance.randrange(8, len(data))] = chance.randrange(256)
        path.write_bytes(data[: chance.choice([len(data), chance.randrange(8, len(data))])])
        try:
            read_grid(path)
        except ExchangeFault:
            refused += 1
    assert refused > 10
