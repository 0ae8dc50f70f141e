"""The roster of deputies: a CSV file as people make them, read again and again without harm."""

from __future__ import annotations

from pathlib import Path

import pytest

from central.roster import NoNames, new_deputy, read_roster

GOOD = """姓名,性别,民族,出生日期,代表层级,工作单位及职务,选区,手机
于桂芳,女,汉,1970-05,区、市,开元街道办事处主任,第三选区,13900000001
李  丽,男,满,1980-01,镇,,第四选区,
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "roster.csv"
    path.write_text(GOOD, "utf-8")
    return path


def test_columns_are_known_by_what_people_call_them(file: Path) -> None:
    first, second = (one.fields for one in read_roster(file, "KY").deputies)
    assert (first["name"], first["gender"], first["ethnicity"]) == ("于桂芳", "female", "汉")
    assert (first["levels"], first["born_on"]) == (["city", "county"], "1970-05")
    assert (first["position"], first["phone"]) == ("开元街道办事处主任", "13900000001")
    assert (second["levels"], second["phone"]) == (["township"], "")


def test_the_same_file_gives_the_same_deputies(file: Path) -> None:
    assert read_roster(file, "KY") == read_roster(file, "KY")


def test_a_corrected_phone_is_the_same_deputy(file: Path) -> None:
    before = read_roster(file, "KY").deputies
    file.write_text(GOOD.replace("13900000001", "13900000002"), "utf-8")
    after = read_roster(file, "KY").deputies
    assert [one.id for one in before] == [one.id for one in after]
    assert after[0].fields["phone"] == "13900000002"


def test_another_region_has_deputies_of_its_own(file: Path) -> None:
    here, there = read_roster(file, "KY").deputies, read_roster(file, "DL").deputies
    assert not {one.id for one in here} & {one.id for one in there}


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_of_excel_or_of_others_is_read(file: Path, coding: str) -> None:
    file.write_text(GOOD, coding)
    assert [one.fields["name"] for one in read_roster(file, "KY").deputies] == ["于桂芳", "李  丽"]


def test_what_was_not_understood_is_told_by_line(file: Path) -> None:
    lines = ["姓名,性别,层级", "甲,女,区", "乙,不详,区", "丙,男,星际", ",男,区", ",,", "甲,女,区"]
    file.write_text("\n".join(lines), "utf-8")
    read = read_roster(file, "KY")
    assert read.problems == {3: "gender", 4: "levels", 5: "name"}
    assert [one.fields["name"] for one in read.deputies] == ["甲", "乙", "丙"]


@pytest.mark.parametrize("text", ["", "电话,性别\n1,男\n", "\n\n"])
def test_a_file_without_names_is_refused(file: Path, text: str) -> None:
    file.write_text(text, "utf-8")
    with pytest.raises(NoNames):
        read_roster(file, "KY")


def test_a_new_deputy_has_all_that_a_deputy_has(file: Path) -> None:
    from db.models import Deputy
    from db.policy import travelling

    made = new_deputy(read_roster(file, "KY").deputies[0])
    optional = {"extra", "retired_at", "photo_id"}
    assert made.fields.keys() <= set(travelling(Deputy))
    assert set(travelling(Deputy)) - made.fields.keys() <= optional
