"""The sample roster, counted again in the simplest way."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from datetime import date
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from db.vocabulary import Gender, Level
from station_app.domain.deputies import check_deputy, tidy_deputy
from station_app.exchange.roster import RosterReading, read_roster
from tests.exchange.spreadsheets import SAMPLES, TODAY

SAMPLE = SAMPLES / "deputies.xlsx"


@pytest.fixture(scope="module")
def sample() -> RosterReading:
    return read_roster(SAMPLE, today=TODAY)


@pytest.fixture(scope="module")
def raw() -> list[list[Any]]:
    """The sample's rows as the library gives them, untouched by ours."""
    book = CalamineWorkbook.from_path(SAMPLE)
    return book.get_sheet_by_index(0).to_python(skip_empty_area=False)


def reasons(reading: RosterReading) -> dict[int, str | None]:
    return {entry.row_number: entry.skipped_reason for entry in reading.skipped}


def test_the_sample_gives_its_305_people_and_nobody_else(
    sample: RosterReading, raw: list[list[Any]]
) -> None:
    numbered = [(n, row) for n, row in enumerate(raw, start=1) if isinstance(row[0], float)]
    people = [entry for entry in sample.entries if entry.draft]
    assert len(people) == 305
    assert [entry.row_number for entry in people] == [number for number, _ in numbered]
    names = [re.sub(r"\s", "", row[1]) for _, row in numbered]
    assert [draft.name for draft in sample.drafts] == names
    assert not sample.doubtful


def test_every_row_of_the_sample_is_accounted_for(sample: RosterReading) -> None:
    assert sample.sheets == ("代表名册", "填表说明")
    assert sample.sheet == "代表名册"
    assert sample.header_rows == (3, 4)
    told = [entry.row_number for entry in sample.entries]
    assert sorted([*told, *sample.header_rows]) == list(range(1, 316))
    assert set(reasons(sample)) == {1, 2, 65, 126, 187, 248, 309, 315}
    assert "备注" in (reasons(sample)[315] or "")
    assert "小计" in (reasons(sample)[65] or "")


def test_every_phone_of_the_sample_is_right(sample: RosterReading, raw: list[list[Any]]) -> None:
    both = 0
    for entry in sample.entries:
        if entry.draft is None:
            continue
        cell = raw[entry.row_number - 1][13]
        text = f"{cell:.0f}" if isinstance(cell, float) else unicodedata.normalize("NFKC", cell)
        digits = re.sub(r"\D", "", text)
        found = re.sub(r"\D", "", entry.draft.phone + entry.draft.other_phone)
        assert found == digits, entry.row_number
        assert len(entry.draft.phone) in (0, 11)
        both += bool(entry.draft.other_phone)
    assert both == 10


def test_every_birth_of_the_sample_is_right(sample: RosterReading, raw: list[list[Any]]) -> None:
    for entry in sample.entries:
        if entry.draft is None:
            continue
        cell = raw[entry.row_number - 1][4]
        if isinstance(cell, date):
            year, month = cell.year, cell.month
        else:
            year, month = (int(part) for part in re.findall(r"\d+", cell))
        year += 1900 if year < 100 else 0
        assert entry.draft.born_on == f"{year}-{month:02}", entry.row_number


def test_every_level_of_the_sample_is_right(sample: RosterReading, raw: list[list[Any]]) -> None:
    ticks = [sum(row[column] == "√" for row in raw) for column in range(5, 10)]
    counted = Counter(level for draft in sample.drafts for level in draft.levels)
    assert [counted[level] for level in Level] == ticks == [9, 19, 85, 305, 17]


def test_the_other_facts_of_the_sample(sample: RosterReading, raw: list[list[Any]]) -> None:
    assert Counter(d.gender for d in sample.drafts) == {Gender.MALE: 155, Gender.FEMALE: 150}
    groups = Counter(draft.ethnicity for draft in sample.drafts)
    assert groups == {"汉族": 180, "满族": 66, "回族": 56, "维吾尔族": 3}
    rows = [row for row in raw if isinstance(row[0], float)]
    facts = [[d.position, d.electoral_unit, d.deputy_group] for d in sample.drafts]
    assert facts == [row[10:13] for row in rows]


def test_what_is_read_can_be_kept(sample: RosterReading) -> None:
    for draft in sample.drafts:
        check_deputy(tidy_deputy(draft))
        assert tidy_deputy(draft) == draft


def test_namesakes_stay_two_people(sample: RosterReading) -> None:
    assert [d.phone for d in sample.drafts if d.name == "郭宇"] == ["13800000240", "13800000259"]
