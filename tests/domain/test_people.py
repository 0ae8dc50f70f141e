"""Names, phones and pinyin as people really write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.domain.deputies import tidy_name
from station_app.domain.phones import is_phone, mask_phone, normalise_phone
from station_app.domain.pinyin import sort_key, spellings


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("李\u3000丽", "李丽"),
        (" 李\u3000𬱖 ", "李𬱖"),
        ("阿依古丽 • 买买提", "阿依古丽·买买提"),
        ("玛依努尔・吐尔逊江", "玛依努尔·吐尔逊江"),
        ("John   Smith", "John Smith"),
    ],
)
def test_a_name_loses_only_its_setting(typed: str, name: str) -> None:
    assert tidy_name(typed) == name


@given(st.text(max_size=30))
def test_tidying_twice_changes_nothing(typed: str) -> None:
    assert tidy_name(tidy_name(typed)) == tidy_name(typed)


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("１３８０００００００９", "13800000009"),
        ("138 0000 0004", "13800000004"),
        ("138-0000-0302", "13800000302"),
        ("+86 138 0000 0001", "13800000001"),
        ("041183600001", "0411-83600001"),
        ("(0411) 83600001", "0411-83600001"),
        ("01012345678", "010-12345678"),
        ("0411-83600001-802", "0411-83600001-802"),
        ("83600001转802", "83600001-802"),
        ("0411 83600001 转 8", "0411-83600001-8"),
    ],
)
def test_phones_become_uniform(typed: str, normal: str) -> None:
    assert normalise_phone(typed) == normal
    assert is_phone(normal)


@pytest.mark.parametrize("wrong", ["123", "1380000000", "23800000001", "abc", "138000000011"])
def test_what_cannot_be_called_is_not_a_phone(wrong: str) -> None:
    assert not is_phone(normalise_phone(wrong))


def test_a_masked_phone_shows_too_little_to_call() -> None:
    assert mask_phone("13800001234") == "138****1234"
    assert mask_phone("") == ""
    assert mask_phone("12345") == "1****"


def test_polyphones_are_found_by_every_reading() -> None:
    found = spellings("曾乐")
    assert {"zengle", "cengle", "zengyue", "zl", "cl", "zy"} <= set(found)


def test_a_name_of_rare_characters_still_has_a_sort_key() -> None:
    assert sort_key("李𬱖").startswith("li3 ")
    assert sort_key("张三") < sort_key("张四")
