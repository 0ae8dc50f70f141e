"""Both sample ledgers, counted again in the simplest way."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from db.vocabulary import Rating
from station_app.domain.ledgers import Said
from station_app.exchange.ledger import LedgerReading, read_ledger
from tests.exchange.spreadsheets import SAMPLES, TODAY

XLSX, CSV = SAMPLES / "ledger-2025.xlsx", SAMPLES / "ledger-2022-gb18030.csv"
HEADS = ("序号", "接待日期", "来访人", "联系电话", "住址", "人数", "类别", "反映的问题", "接待代表",
         "办理情况", "群众评价")  # fmt: skip
FIELDS = ("serial", "held_on", "name", "phone", "address", "people", "category", "text",
          "deputies", "outcome", "rating")  # fmt: skip
SAID = {
    "": Said.NOTHING,
    "已解决": Said.SOLVED,
    "已转街道": Said.HANDED_ON,
    "正在办理": Said.UNDER_WAY,
    "当场答复": Said.ANSWERED,
    "不属受理范围，已告知": Said.DECLINED,
    "列入明年计划": Said.REPLIED,
}
RATED = {
    "满意": Rating.SATISFIED,
    "基本满意": Rating.FAIRLY_SATISFIED,
    "不满意": Rating.DISSATISFIED,
}


def raw(path: Path) -> list[list[Any]]:
    """The rows below the header as a library gives them, untouched by ours."""
    if path.suffix == ".csv":
        return list(csv.reader(path.read_text("gb18030").splitlines()))[1:]
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    return sheet.to_python(skip_empty_area=False)[2:]


@pytest.fixture(scope="module", params=[XLSX, CSV], ids=["xlsx", "gb18030"])
def sample(request: pytest.FixtureRequest) -> tuple[LedgerReading, list[list[Any]], int]:
    """The reading, the raw rows, and the year the file is about."""
    year = 2025 if request.param is XLSX else 2022
    return read_ledger(request.param, today=TODAY), raw(request.param), year


Sample = tuple[LedgerReading, list[list[Any]], int]


def test_the_columns_are_found_by_themselves(sample: Sample) -> None:
    reading, _, _ = sample
    assert tuple(one.head for one in reading.columns) == HEADS
    assert tuple(one.field for one in reading.columns) == FIELDS
    assert reading.understood


def test_every_row_is_a_visit_or_has_its_reason(sample: Sample) -> None:
    reading, rows, year = sample
    assert len(reading.drafts) == len(rows) == (420 if year == 2025 else 180)
    skipped = {one.row_number: one.skipped_reason for one in reading.skipped}
    assert skipped == ({1: "表头上方的标题"} if year == 2025 else {})
    told = [*(one.row_number for one in reading.entries), *reading.header_rows]
    assert sorted(told) == list(range(1, len(told) + 1))


def test_every_day_is_read_whatever_its_notation(sample: Sample) -> None:
    reading, rows, year = sample
    days = [one.held_on for one in reading.drafts]
    assert days == [date(year, _month(row[1]), 10) for row in rows]


def _month(cell: Any) -> int:
    if isinstance(cell, date):
        return cell.month
    text = str(cell)
    if "月" in text:
        return int(text.partition("月")[0])
    if text.isdigit():
        return int(text[4:6])
    return int(re.split(r"[./-]", text)[1])


def test_names_people_and_texts_are_those_of_the_file(sample: Sample) -> None:
    reading, rows, _ = sample
    drafts = reading.drafts
    assert [one.resident.name for one in drafts] == [re.sub(r"\s", "", row[2]) for row in rows]
    people = [re.sub(r"\.0$|\D", "", str(row[5])) for row in rows]
    assert [one.people for one in drafts] == [int(one) if one else None for one in people]
    assert [one.text for one in drafts] == [row[7] for row in rows]
    assert [one.deputies for one in drafts] == [(re.sub(r"\s", "", row[8]),) for row in rows]
    assert [one.category for one in drafts] == [row[6] for row in rows]


def test_phones_are_uniform_and_the_second_one_is_told(sample: Sample) -> None:
    reading, rows, _ = sample
    told = {entry.row_number for entry in reading.doubtful}
    for entry, row in zip([e for e in reading.entries if e.draft], rows, strict=True):
        assert entry.draft is not None
        cell = unicodedata.normalize("NFKC", str(row[3])).removesuffix(".0")
        first = re.sub(r"\D", "", cell.partition("、")[0])
        assert entry.draft.resident.phone == first
        assert ("、" in cell) == (entry.row_number in told)
    assert len(told) == (14 if len(rows) == 420 else 5)


def test_what_became_of_it_is_what_the_ledger_says(sample: Sample) -> None:
    reading, rows, _ = sample
    assert [one.said for one in reading.drafts] == [SAID[row[9]] for row in rows]
    assert [one.rating for one in reading.drafts] == [RATED.get(row[10]) for row in rows]
    ticked = [one.opinion for one in reading.drafts]
    assert ticked == ["√" if row[10] == "√" else "" for row in rows]


def test_how_many_of_what() -> None:
    said = Counter(one.said for one in read_ledger(XLSX, today=TODAY).drafts)
    assert said == {
        Said.NOTHING: 67,
        Said.SOLVED: 66,
        Said.HANDED_ON: 64,
        Said.UNDER_WAY: 61,
        Said.ANSWERED: 59,
        Said.DECLINED: 55,
        Said.REPLIED: 48,
    }
    said = Counter(one.said for one in read_ledger(CSV, today=TODAY).drafts)
    assert said == {
        Said.NOTHING: 33,
        Said.UNDER_WAY: 33,
        Said.HANDED_ON: 27,
        Said.ANSWERED: 27,
        Said.REPLIED: 22,
        Said.DECLINED: 20,
        Said.SOLVED: 18,
    }
