"""The words of the field: every member has one, in both languages and on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum
from typing import Any

import pytest

from db.vocabulary import (
    AskedHow,
    Channel,
    CheckInMethod,
    Clock,
    DayKind,
    DayStatus,
    Degree,
    Finding,
    Gender,
    Handling,
    IssueEventKind,
    IssueStatus,
    Level,
    Rater,
    Rating,
    Role,
    RoleClass,
    Stage,
    StationKind,
    Supervisor,
    Turn,
    Urgency,
)
from station_app import i18n
from station_app.domain import case_words, issue_words, words
from station_app.domain.search import Found

EVERY: list[tuple[type[Enum], Callable[..., str]]] = [
    (Channel, words.channel_word),
    (CheckInMethod, words.check_in_word),
    (DayKind, words.day_kind_word),
    (DayStatus, words.day_status_word),
    (Degree, issue_words.degree_word),
    (Found, words.found_word),
    (Gender, words.gender_word),
    (Handling, issue_words.handling_word),
    (IssueEventKind, issue_words.event_word),
    (IssueStatus, issue_words.status_word),
    (Level, words.level_word),
    (Rater, issue_words.rater_word),
    (Rating, issue_words.rating_word),
    (Role, words.role_word),
    (RoleClass, words.role_class_word),
    (StationKind, words.station_kind_word),
    (Urgency, issue_words.urgency_word),
    (AskedHow, case_words.how_word),
    (Clock, case_words.clock_word),
    (Finding, case_words.finding_word),
    (Stage, case_words.stage_word),
    (Supervisor, case_words.supervisor_word),
    (Turn, case_words.turn_word),
]


@pytest.fixture(params=list(i18n.Language))
def screen(request: pytest.FixtureRequest) -> Iterator[i18n.Language]:
    before = i18n.language()
    i18n.use(request.param)
    yield request.param
    i18n.use(before)


@pytest.mark.parametrize(("enum", "word"), EVERY)
def test_every_member_has_its_own_word(
    screen: i18n.Language, enum: type[Enum], word: Callable[..., str]
) -> None:
    found = [word(member) for member in enum]
    assert len(set(found)) == len(found)
    assert all(text and "|" not in text for text in found)
    assert all(text.isascii() == (screen is i18n.Language.ENGLISH) for text in found)


@pytest.mark.parametrize(("enum", "word"), EVERY)
def test_paper_is_chinese_whatever_the_screen_speaks(
    screen: i18n.Language, enum: type[Enum], word: Callable[..., str]
) -> None:
    assert not any(word(member, words.paper).isascii() for member in enum)


def test_binding_words() -> None:
    said: Any = words.paper
    assert [issue_words.status_word(one, said) for one in IssueStatus] == [
        "已登记", "当场答复", "已交办", "承办中", "已答复", "不予受理", "转为代表建议", "并入",
        "已办结", "已作废",
    ]  # fmt: skip
    assert [issue_words.handling_word(one, said) for one in Handling] == [
        "当场答复",
        "待办理",
        "不予受理",
    ]
    assert words.levels_words((Level.CITY, Level.COUNTY), said) == "市、区县"
    assert words.gender_word(None) == ""
