"""When two descriptions are one person."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.domain.deputies import DeputyDraft
from station_app.domain.deputies_matching import match_people, maybe_same_person, same_person

WANG = DeputyDraft(
    name="王大明",
    born_on="1986-02",
    electoral_unit="湾里街道",
    position="第三中学教师",
    phone="13800000001",
    other_phone="0411-83600001",
)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"name": "王 大明"},
        {"born_on": "", "electoral_unit": "", "position": ""},
        {"born_on": "1987-05", "other_phone": ""},
        {"phone": "0411-83600001", "other_phone": "13800000001"},
        {"phone": "138 0000 0001"},
        {"phone": "", "other_phone": "", "born_on": "1986-02-13", "position": ""},
        {"phone": "0411-83600001", "other_phone": "", "born_on": ""},
    ],
)
def test_surely_one_person(changes: dict[str, str]) -> None:
    assert same_person(WANG, replace(WANG, **changes))  # type: ignore[arg-type]  # texts only


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "王小明"},
        {"phone": "13900000009", "other_phone": ""},
        {"phone": "", "other_phone": "", "born_on": "1979-02"},
        {"phone": "", "other_phone": "", "electoral_unit": "葵英街道", "position": ""},
        {"phone": "0411-83600001", "other_phone": "", "born_on": "1979-02"},
        {"phone": "", "other_phone": "", "born_on": "1986"},
    ],
)
def test_not_surely_one_person(changes: dict[str, str]) -> None:
    assert not same_person(WANG, replace(WANG, **changes))  # type: ignore[arg-type]  # texts only


def test_a_new_phone_is_possible_only() -> None:
    moved = replace(WANG, phone="13900000009", other_phone="")
    assert maybe_same_person(WANG, moved)
    assert match_people([moved], [WANG]) == [0]
    twin = replace(moved, phone="13700000007")
    assert match_people([moved, twin], [WANG]) == [None, None]
    assert match_people([moved], [WANG, twin]) == [None]


def test_a_sure_match_goes_before_a_possible_one() -> None:
    moved = replace(WANG, phone="13900000009", other_phone="")
    assert match_people([moved, WANG], [WANG]) == [None, 0]


def test_bare_names_match_themselves_again() -> None:
    bare = DeputyDraft(name="李丽")
    assert match_people([bare], [bare]) == [0]
    assert match_people([bare], [replace(bare, phone="13800000005")]) == [0]
    assert match_people([bare, bare], [bare, bare]) == [0, 1]


PEOPLE = st.builds(
    DeputyDraft,
    name=st.sampled_from(["王大明", "李丽"]),
    phone=st.sampled_from(["", "13800000001", "13800000002"]),
    other_phone=st.sampled_from(["", "0411-83600001"]),
    born_on=st.sampled_from(["", "1986", "1986-02", "1979-03"]),
    electoral_unit=st.sampled_from(["", "湾里街道"]),
    position=st.sampled_from(["", "教师"]),
)


@given(PEOPLE, PEOPLE)
def test_the_rule_has_no_direction(one: DeputyDraft, other: DeputyDraft) -> None:
    assert same_person(one, one)
    assert same_person(one, other) == same_person(other, one)
    assert maybe_same_person(one, other) == maybe_same_person(other, one)
    assert maybe_same_person(one, other) or not same_person(one, other)


@given(st.lists(PEOPLE, max_size=6), st.lists(PEOPLE, max_size=6))
def test_no_record_is_given_twice(drafts: list[DeputyDraft], records: list[DeputyDraft]) -> None:
    given_out = [index for index in match_people(drafts, records) if index is not None]
    assert len(given_out) == len(set(given_out))


@given(st.lists(PEOPLE, max_size=6))
def test_what_was_imported_is_all_found_again(people: list[DeputyDraft]) -> None:
    kept: list[DeputyDraft] = []
    for person in people:  # a reading holds nobody twice
        if not any(same_person(person, other) for other in kept):
            kept.append(person)
    assert match_people(kept, kept) == list(range(len(kept)))
