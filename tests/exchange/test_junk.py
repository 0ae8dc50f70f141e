"""Whatever stands in a grid: it is read with every row accounted for, or refused in words."""

from __future__ import annotations

import tempfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from station_app.domain.deputies import check_deputy, tidy_deputy
from station_app.errors import ExchangeFault
from station_app.exchange.grid import Grid, read_grid
from station_app.exchange.roster import RosterReading, read_roster, understand_roster
from station_app.exchange.sheet import Sheet, Span, Value
from tests.exchange.spreadsheets import TODAY

WORDS = st.sampled_from(
    [
        *(
            "姓名",
            "性别",
            "出生年月",
            "代表层级",
            "市",
            "区",
            "电话",
            "手机",
            "备注",
            "小计",
            "合计",
        ),
        *("√", "王大明", "李　丽", "男", "汉", "79.6", "1986.02", "138 0000 0001", "#N/A", "—"),
        *("共3名", "例：张三", "\u200b", "姓\n名", "市、区", "=1+1", "\ue863", "阿依古丽·买买提"),
    ]
)
VALUES: st.SearchStrategy[Value] = st.one_of(
    st.just(""),
    WORDS,
    st.text(max_size=12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.integers(0, 2_000_000).map(float),
)
ROWS = st.lists(st.lists(VALUES, max_size=7), min_size=1, max_size=12)
SPANS = st.lists(
    st.builds(
        lambda top, left, down, right: Span(top, left, top + down, left + right),
        *(st.integers(0, 12), st.integers(0, 7), st.integers(0, 4), st.integers(0, 7)),
    ),
    max_size=3,
)


def accounted(reading: RosterReading, rows: int) -> None:
    told = [entry.row_number for entry in reading.entries]
    assert sorted([*told, *reading.header_rows]) == list(range(1, rows + 1))
    for entry in reading.entries:
        assert (entry.draft is None) == (entry.skipped_reason is not None)
        assert len(entry.cells) == len(reading.columns)
        assert all(problem.column < len(reading.columns) for problem in entry.problems)
    for draft in reading.drafts:
        check_deputy(tidy_deputy(draft))


@given(ROWS, SPANS, st.booleans())
@settings(max_examples=400)
def test_any_grid_is_accounted_for(rows: list[list[Value]], spans: list[Span], exact: bool) -> None:
    sheet = Sheet("一", rows, tuple(spans), exact)
    for header_row in (None, 0, 1):
        reading = understand_roster(Grid((sheet,)), header_row=header_row, today=TODAY)
        accounted(reading, len(rows))


@given(st.binary(max_size=300))
@settings(max_examples=200)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "junk.csv"
        path.write_bytes(data)
        try:
            rows = len(read_grid(path).sheets[0].rows)
        except ExchangeFault:
            return
        accounted(read_roster(path, today=TODAY), rows)


@given(ROWS)
def test_any_text_table_is_accounted_for(rows: list[list[Value]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "junk.csv"
        text = "\n".join(",".join(str(value) for value in row) for row in rows)
        path.write_text(text, encoding="utf-8", errors="replace")
        try:
            grid = read_grid(path)
        except ExchangeFault:
            return
        accounted(read_roster(path, today=TODAY), len(grid.sheets[0].rows))


def test_the_kinds_of_values_are_all_tried() -> None:
    kinds = (str, float, bool, date, datetime, time, timedelta)
    assert set(kinds) <= set(Value.__args__)
