"""Rosters of the shapes that offices keep, and what is told of each row."""

from __future__ import annotations

import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from db.vocabulary import Level
from station_app.errors import ExchangeFault
from station_app.exchange.roster import RosterReading, read_roster, roster_fields
from tests.exchange.spreadsheets import SAMPLES, TODAY, csv_file, workbook

HEADS = ["姓名", "性别", "出生年月", "选举单位", "联系电话"]


def read(tmp_path: Path, *rows: list[Any], **how: Any) -> RosterReading:
    return read_roster(workbook(tmp_path / "r.xlsx", list(rows)), today=TODAY, **how)


def reasons(reading: RosterReading) -> dict[int, str | None]:
    return {entry.row_number: entry.skipped_reason for entry in reading.skipped}


# ------------------------------------------------------------------------------- other headers


def test_heads_with_blanks_remarks_and_english(tmp_path: Path) -> None:
    heads = ["序 号", "姓　 名*", "性 别（男/女）", "Date of birth", "手机\n号码"]
    reading = read(tmp_path, heads, [1, "王大明", "男", "1986.02", 13800000001])
    assert [c.field for c in reading.columns] == [None, "name", "gender", "born_on", "phone"]
    assert reading.columns[4].letter == "E"


def test_an_odd_head_over_phones_and_genders(tmp_path: Path) -> None:
    rows = [[f"王{c}", "男", f"1380000000{n}"] for n, c in enumerate("明华强")]
    reading = read(tmp_path, ["姓名", "甲", "怎么找到他"], *rows)
    assert [column.field for column in reading.columns] == ["name", "gender", "phone"]
    assert reading.drafts[2].phone == "13800000002"


def test_a_city_as_address_is_no_level(tmp_path: Path) -> None:
    reading = read(tmp_path, ["姓名", "市", "电话"], ["王大明", "大连市", "13800000001"])
    assert [column.field for column in reading.columns] == ["name", None, "phone"]


def test_levels_in_one_column_of_words(tmp_path: Path) -> None:
    reading = read(tmp_path, ["姓名", "代表层级"], ["王大明", "市、区"], ["李丽", "某某"])
    assert reading.drafts[0].levels == (Level.CITY, Level.COUNTY)
    assert [problem.text for problem in reading.doubtful[0].problems] == ["某某"]


def test_three_header_rows_and_groups_merged_down(tmp_path: Path) -> None:
    rows = [
        ["代表名册"],
        ["姓名", "代表层级", "", "", "选举单位", "电话"],
        ["", "上级", "", "本级", "", ""],
        ["", "省", "市", "区", "", ""],
        ["王大明", "", "√", "√", "湾里街道", 13800000001],
        ["李丽", "", "", "√", "", 13800000002],
    ]
    merged = [(0, 0, 0, 5), (1, 1, 1, 3), (2, 1, 2, 2), (4, 4, 5, 4)]
    reading = read_roster(workbook(tmp_path / "r.xlsx", rows, merged=merged), today=TODAY)
    assert reading.header_rows == (2, 3, 4)
    assert [draft.levels for draft in reading.drafts] == [
        (Level.CITY, Level.COUNTY),
        (Level.COUNTY,),
    ]
    assert [draft.electoral_unit for draft in reading.drafts] == ["湾里街道"] * 2


def test_names_and_posts_merged_over_several_columns(tmp_path: Path) -> None:
    rows = [
        ["姓名", "", "工作单位及职务", "", "", "电话"],
        ["王大明", "", "第三中学教师", "", "", 13800000001],
        ["第二代表团", "", "", "", "", ""],
        ["李丽", "", "环卫处班长", "", "", ""],
    ]
    merged = [(0, 0, 0, 1), (0, 2, 0, 4), (1, 2, 1, 4), (2, 0, 2, 5)]
    reading = read_roster(workbook(tmp_path / "r.xlsx", rows, merged=merged), today=TODAY)
    assert [(draft.name, draft.position) for draft in reading.drafts] == [
        ("王大明", "第三中学教师"),
        ("李丽", "环卫处班长"),
    ]
    assert reasons(reading) == {3: "分组标题，不是人员"}


def test_employer_and_post_in_two_columns_and_two_phone_columns(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        ["姓名", "工作单位", "职务", "电话", "手机"],
        ["王大明", "第三中学", "教师", "0411-83600001", "13800000001"],
    )
    draft = reading.drafts[0]
    assert draft.position == "第三中学教师"
    assert {draft.phone, draft.other_phone} == {"13800000001", "0411-83600001"}


def test_the_roster_is_found_on_another_sheet(tmp_path: Path) -> None:
    path = workbook(tmp_path / "r.xlsx", [["说明"], ["请填写"]], [HEADS, ["王大明"] + [""] * 4])
    reading = read_roster(path, today=TODAY)
    assert reading.sheet == "Sheet2"
    assert not read_roster(path, sheet="Sheet1", today=TODAY).understood


def test_gb18030_text_table(tmp_path: Path) -> None:
    rows = [HEADS, ["李　𬱖", "女", "79.6", "湾里街道", "13800000001、0411-83600001"]]
    path = csv_file(tmp_path / "r.csv", rows, encoding="gb18030", separator=",")
    draft = read_roster(path, today=TODAY).drafts[0]
    assert (draft.name, draft.born_on) == ("李𬱖", "1979-06")
    assert (draft.phone, draft.other_phone) == ("13800000001", "0411-83600001")


@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_other_workbooks(ending: str) -> None:
    reading = read_roster(SAMPLES / f"roster.{ending}", today=TODAY)
    assert reading.header_rows == (2, 3)
    assert [draft.born_on for draft in reading.drafts] == ["1953-04", "1979-06", "1958-12"]
    assert reading.drafts[0].levels == (Level.CITY,)


# ---------------------------------------------------------------------------------- corrections


def test_an_operator_can_correct_the_mapping(tmp_path: Path) -> None:
    rows = [["同志", "单位电话", "手机"], ["甲乙丙", "13800000001", "13800000002"]]
    path = workbook(tmp_path / "r.xlsx", rows)
    assert not read_roster(path, today=TODAY).understood
    reading = read_roster(path, mapping={0: "name", 1: "phone", 2: None}, header_row=1, today=TODAY)
    assert reading.drafts[0].name == "甲乙丙"
    assert reading.drafts[0].phone == "13800000001"
    assert reading.drafts[0].other_phone == ""
    assert reading.columns[0].confidence == 1.0


def test_a_field_set_by_hand_leaves_its_guessed_column(tmp_path: Path) -> None:
    rows = (["姓名", "联系电话", "备注"], ["王大明", "13800000001", "13800000002"])
    reading = read(tmp_path, *rows, mapping={2: "phone"})
    assert [column.field for column in reading.columns] == ["name", None, "phone"]
    assert reading.drafts[0].phone == "13800000002"


def test_a_sheet_without_header(tmp_path: Path) -> None:
    rows = [[f"王{c}明", f"1380000000{n}", "男"] for n, c in enumerate("大小中")]
    reading = read(tmp_path, *rows, header_row=0)
    assert [draft.name for draft in reading.drafts] == ["王大明", "王小明", "王中明"]
    assert reading.header_rows == ()


def test_without_header_nobody_is_imported_unasked(tmp_path: Path) -> None:
    rows = [["王大明", "13800000001"], ["李丽", "13800000002"]]
    assert read(tmp_path, *rows).drafts == ()


def test_the_odd_heads_of_a_list_are_no_person(tmp_path: Path) -> None:
    rows = [[n, f"王{c}", 13800000000 + n] for n, c in enumerate("明华强")]
    reading = read(tmp_path, ["次序", "来访人", "联系电话"], *rows)
    assert reading.header_rows == (1,)
    assert [draft.name for draft in reading.drafts] == ["王明", "王华", "王强"]


def test_wrong_corrections_are_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "r.xlsx", [HEADS])
    for how in ({"header_row": 9}, {"sheet": "无"}, {"mapping": {0: "x"}}, {"mapping": {99: None}}):
        with pytest.raises(ExchangeFault):
            read_roster(path, **how)


def test_every_field_has_a_chinese_label() -> None:
    fields = dict(roster_fields())
    assert fields["level:national"] == "层级：全国"
    assert len(set(fields.values())) == len(fields) == 18


# ------------------------------------------------------------------------- rows that are no people


@pytest.mark.parametrize(
    "row",
    [
        ["合　计", "", "", "", ""],
        ["共3名", "", "", "", ""],
        ["", "", "", "总计", "305人"],
        ["Total: 3", "", "", "", ""],
        ["备注：请按原样录入", "", "", "", ""],
        ["注1：略", "", "", "", ""],
        ["填表人：张三", "", "", "审核：李四", ""],
        ["例：张三", "男", "1986.02", "湾里街道", "13800000001"],
        ["第一代表团", "", "", "", ""],
        ["人民路街道", "", "", "", ""],
        ["", "男", "1986.02", "湾里街道", "13800000001"],
        ["——", "男", "1986.02", "湾里街道", ""],
        ["姓　名", "性别", "出生年月", "选举单位", "联系电话"],
        ["姓名", "性别", "", "", "联系电话"],
        ["名" * 51, "男", "", "", ""],
        ["#REF!", "男", "", "", ""],
        ["", "", " ", "", ""],
    ],
)
def test_a_row_that_is_no_person_is_skipped_with_its_reason(tmp_path: Path, row: list[Any]) -> None:
    people = [["王大明", "男", "1986.02", "湾里街道", "13800000001"]]
    people += [["赵国", "男", "1970.03", "湾里街道", "13800000003"]]
    reading = read(tmp_path, HEADS, people[0], row, people[1])
    assert [draft.name for draft in reading.drafts] == ["王大明", "赵国"]
    assert reasons(reading)[3]


def test_a_person_of_whom_only_the_name_is_known(tmp_path: Path) -> None:
    reading = read(tmp_path, HEADS, ["王大明"], ["古丽·买买提"])
    assert [draft.name for draft in reading.drafts] == ["王大明", "古丽·买买提"]


def test_a_total_in_a_remark_does_not_hide_the_person(tmp_path: Path) -> None:
    rows = (["姓名", "电话", "备注"], ["王大明", "13800000001", "合计三届"])
    assert read(tmp_path, *rows).drafts[0].note == "合计三届"


def test_repeats_are_skipped_and_namesakes_kept(tmp_path: Path) -> None:
    one = ["王大明", "男", "1986.02", "湾里街道", "13800000001"]
    reading = read(
        tmp_path,
        HEADS,
        one,
        list(one),
        ["王　大明", "男", "1986-02", "湾里街道", "13800000001"],
        ["王大明", "女", "1979.03", "湾里街道", "13800000002"],
    )
    assert [draft.phone for draft in reading.drafts] == ["13800000001", "13800000002"]
    assert reasons(reading) == {3: "与第2行是同一个人", 4: "与第2行是同一个人"}


# ----------------------------------------------------------------------- cells that cannot be read


def test_unread_cells_are_left_out_and_listed(tmp_path: Path) -> None:
    row = ["王大明", "不明", "属虎", "湾里街道", "138xxxx0001"]
    entry = read(tmp_path, HEADS, ["李丽", "女", "1986.02", "", 13800000001], row).doubtful[0]
    assert entry.row_number == 3
    assert [(p.column, p.text) for p in entry.problems] == [
        (1, "不明"),
        (2, "属虎"),
        (4, "138xxxx0001"),
    ]
    assert entry.draft is not None
    assert (entry.draft.gender, entry.draft.born_on, entry.draft.phone) == (None, "", "")
    assert entry.draft.electoral_unit == "湾里街道"


def test_errors_of_the_spreadsheet_are_listed(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADS)
        sheet.write_formula(1, 0, '="王"&"大明"', None, "王大明")
        sheet.write_formula(1, 3, "=NA()", None, "#N/A")
        sheet.write_formula(1, 4, "=1/0", None, "#DIV/0!")
    entry = read_roster(path, today=TODAY).doubtful[0]
    assert [(p.column, p.text) for p in entry.problems] == [(3, "#N/A"), (4, "#DIV/0!")]
    assert entry.draft is not None
    assert entry.draft.name == "王大明"
    assert entry.draft.electoral_unit == entry.draft.phone == ""


def test_a_third_number_is_listed(tmp_path: Path) -> None:
    row = ["王大明", "0411-83600001、13800000001、13800000002"]
    entry = read(tmp_path, ["姓名", "电话"], row).doubtful[0]
    assert entry.draft is not None
    assert (entry.draft.phone, entry.draft.other_phone) == ("13800000001", "13800000002")
    assert len(entry.problems) == 1


# ---------------------------------------------------------------------------------------- speed


def test_ten_thousand_rows_are_read_in_two_seconds(tmp_path: Path) -> None:
    start = date(1960, 1, 1)
    rows: list[list[Any]] = [
        ["姓名", "性别", "民族", "出生年月", "选举单位", "代表小组", "电话", "市", "区"]
    ]
    for n in range(10_000):
        born = (start + timedelta(days=n)).strftime("%Y.%m")
        name = f"王{chr(0x4E00 + n % 5000)}{chr(0x5E00 + n // 50)}"
        rows.append(
            [name, "女", "汉", born, "湾里街道", f"第{n % 18}小组", 13800000000 + n, "√", ""]
        )
    path = workbook(tmp_path / "r.xlsx", rows)
    begin = time.process_time()  # of this process only, however busy the machine
    reading = read_roster(path, today=TODAY)
    assert time.process_time() - begin < 2
    assert len(reading.drafts) == 10_000
    assert not reading.doubtful
