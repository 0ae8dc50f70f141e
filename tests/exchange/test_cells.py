"""Ticks, genders, names, phones, ethnic groups and levels as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.vocabulary import Gender, Level
from station_app.domain.phones import is_phone
from station_app.exchange.cells import (
    is_blank,
    read_ethnicity,
    read_gender,
    read_levels,
    read_name,
    read_phones,
    read_tick,
)


@pytest.mark.parametrize("text", ["√", "✓", "✔", "☑", "是", "1", "１", "Y", "y", "■", "●", "TRUE"])
def test_a_tick(text: str) -> None:
    assert read_tick(text) == (True, "")


@pytest.mark.parametrize("text", ["", " ", "×", "否", "0", "N", "□", "-", "——", "无", "/"])
def test_no_tick(text: str) -> None:
    assert read_tick(text) == (False, "")


def test_a_doubtful_tick_is_reported() -> None:
    for text in ("？", "○", "待定"):
        value, problem = read_tick(text)
        assert not value
        assert problem


def test_genders() -> None:
    assert [read_gender(text).value for text in ("女", " 男 ", "F", "male", "")] == [
        *(Gender.FEMALE, Gender.MALE, Gender.FEMALE, Gender.MALE, None)
    ]
    assert read_gender("未填写")[0] is None
    assert read_gender("未填写")[1]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("汉", "汉族"),
        ("汉 族", "汉族"),
        ("维吾尔", "维吾尔族"),
        ("土家族", "土家族"),
        ("蒙族", "蒙古族"),
        ("", ""),
        ("无", ""),
    ],
)
def test_ethnic_groups_become_uniform(text: str, name: str) -> None:
    assert read_ethnicity(text) == (name, "")


def test_an_unknown_ethnic_group_is_kept_and_reported() -> None:
    value, problem = read_ethnicity("穿青人")
    assert value == "穿青人"
    assert problem


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("李\u3000𬱖", "李𬱖"),
        ("张\u3000𠅤", "张𠅤"),
        ("马 \u200b丽", "马丽"),
        ("玛依努尔•吐尔逊江・艾山", "玛依努尔·吐尔逊江·艾山"),
        ("\U00031350氏", "\U00031350氏"),
    ],
)
def test_names(text: str, name: str) -> None:
    assert read_name(text) == (name, "")


@pytest.mark.parametrize("text", ["王\ue863", "王\U000f0000", "王?", "王\ufffd"])
def test_a_character_that_only_one_computer_knows_is_reported(text: str) -> None:
    value, problem = read_name(text)
    assert value == text
    assert f"U+{ord(text[-1]):04X}" in problem


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("13800000000", ("13800000000",)),
        ("１３８０００００００９", ("13800000009",)),
        ("138 0000 0004", ("13800000004",)),
        ("138-0000-0004", ("13800000004",)),
        ("+86 138 0000 0004", ("13800000004",)),
        ("8613800000004", ("13800000004",)),
        ("013800000004", ("13800000004",)),
        ("13800000001、0411-83600001", ("13800000001", "0411-83600001")),
        ("0411-83600001/13800000001", ("0411-83600001", "13800000001")),
        ("13800000001 0411-83600001", ("13800000001", "0411-83600001")),
        ("138 0000 0001 139 0000 0002", ("13800000001", "13900000002")),
        ("13800000001\n13800000002", ("13800000001", "13800000002")),
        ("13800000001；13800000001", ("13800000001",)),
        ("手机：13800000001，办公室：0411-83600001", ("13800000001", "0411-83600001")),
        ("13800000001（办）", ("13800000001",)),
        ("（0411）83600001", ("0411-83600001",)),
        ("83600001", ("83600001",)),
        ("86123456", ("86123456",)),
        ("无", ()),
        ("-", ()),
    ],
)
def test_phones(text: str, numbers: tuple[str, ...]) -> None:
    assert read_phones(text) == (numbers, "")


@pytest.mark.parametrize(
    "text",
    [
        *("1380000000", "138000000045", "1.38E+10", "138xxxx0001", "1380000", "138****0001"),
        *("1380000000113800000002", "见名片", "13800000001（已停机）", "23800000001"),
    ],
)
def test_what_is_no_number_for_certain_is_never_guessed(text: str) -> None:
    numbers, problem = read_phones(text)
    assert numbers == ()
    assert problem


def test_the_sound_number_beside_an_unread_one_is_kept() -> None:
    numbers, problem = read_phones("13800000001、0411-8360")
    assert numbers == ("13800000001",)
    assert problem


@given(st.text(alphabet="0123456789 -、/+86１办()\n", max_size=40))
def test_only_phones_come_out(text: str) -> None:
    numbers, problem = read_phones(text)
    assert all(map(is_phone, numbers))
    assert numbers or problem or is_blank(text) or not any(map(str.isdigit, text))


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("市、区", (Level.CITY, Level.COUNTY)),
        ("省市区三级", (Level.PROVINCIAL, Level.CITY, Level.COUNTY)),
        ("全国人大代表", (Level.NATIONAL,)),
        ("市级、县（区）级", (Level.CITY, Level.COUNTY)),
        ("县级市", (Level.COUNTY,)),
        ("自治区", (Level.PROVINCIAL,)),
        ("街道", (Level.TOWNSHIP,)),
        ("乡镇人大代表", (Level.TOWNSHIP,)),
        ("city, county", (Level.CITY, Level.COUNTY)),
        ("", ()),
    ],
)
def test_levels_in_words(text: str, levels: tuple[Level, ...]) -> None:
    assert read_levels(text) == (levels, "")


def test_a_named_congress_is_not_guessed() -> None:
    for text in ("瓦房店市", "代表", "三"):
        levels, problem = read_levels(text)
        assert levels == ()
        assert problem
