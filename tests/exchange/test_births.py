"""Birth dates in all the notations of real rosters."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.exchange.births import BirthStyle, birth_style, read_birth
from tests.exchange.spreadsheets import TODAY

USUAL = BirthStyle()


@pytest.mark.parametrize(
    ("value", "birth"),
    [
        (date(1953, 4, 1), "1953-04"),
        (date(1953, 4, 17), "1953-04-17"),
        ("1986.02", "1986-02"),
        ("79.6", "1979-06"),
        ("58.10", "1958-10"),
        ("66.1", "1966-01"),
        ("1975-01", "1975-01"),
        ("1995年2月", "1995-02"),
        ("1995 年 12 月 3 日", "1995-12-03"),
        ("1986/2/13", "1986-02-13"),
        ("1986.02.13", "1986-02-13"),
        ("１９８６．０２", "1986-02"),
        ("1986年2月生", "1986-02"),
        ("1986-02-13 00:00:00", "1986-02-13"),
        ("86年2月", "1986-02"),
        ("05.3", "2005-03"),
        ("198602", "1986-02"),
        (198602.0, "1986-02"),
        ("19860213", "1986-02-13"),
        ("860213", "1986-02-13"),
        ("8602", "1986-02"),
        ("1986", "1986"),
        (1986.0, "1986"),
        ("1986年", "1986"),
        (19450.0, "1953-04"),
        ("19463", "1953-04-14"),
        (1986.02, "1986-02"),
        (58.12, "1958-12"),
        ("一九八六年十二月", "1986-12"),
        ("一九七〇年十月", "1970-10"),
        ("", ""),
        ("不详", ""),
        ("——", ""),
    ],
)
def test_a_notation_is_read(value: Any, birth: str) -> None:
    assert read_birth(value, USUAL, TODAY) == (birth, "")


@pytest.mark.parametrize(
    "value",
    [
        *("1975.13", "1975-00", "1986.02.30", "2031-05", "2015-03", "1890-01", "79061", "20.5"),
        *("属虎", "13800000000", "1975-01(农历)", "200.5", "19800199", "198600", True, 1e300),
        date(2029, 6, 1),
    ],
)
def test_what_is_no_adult_birth_is_left_out_and_said(value: Any) -> None:
    birth, problem = read_birth(value, USUAL, TODAY)
    assert birth == ""
    assert problem


def test_two_digit_years_take_the_only_adult_century() -> None:
    assert read_birth("08.3", USUAL, TODAY).value == "2008-03"  # 18 this year, or 118
    assert read_birth("08.12", USUAL, TODAY).value == ""  # 17, or 117
    assert read_birth("15.3", USUAL, TODAY).value == ""  # 11, or 111
    assert read_birth("26.12", USUAL, TODAY).value == "1926-12"  # not born yet, or 99


def test_a_number_that_may_have_lost_its_zero_gives_only_the_year() -> None:
    style = birth_style([58.1, 79.6, 1962.0], exact=True)
    birth, problem = read_birth(58.1, style, TODAY)
    assert birth == "1958"
    assert "10月" in problem
    assert read_birth(79.6, style, TODAY) == ("1979-06", "")
    assert read_birth("58.1", style, TODAY) == ("1958-01", "")


def test_a_column_of_two_digit_months_tells_that_a_zero_was_lost() -> None:
    style = birth_style([1958.1, 1962.05, 1971.12], exact=True)
    assert read_birth(1958.1, style, TODAY) == ("1958-10", "")
    assert read_birth(1962.05, style, TODAY) == ("1962-05", "")


def test_a_text_table_that_keeps_closing_zeros_is_trusted() -> None:
    kept = birth_style(["58.1", "58.10"], exact=False)
    lost = birth_style(["58.1", "58.11"], exact=False)
    assert read_birth("58.1", kept, TODAY) == ("1958-01", "")
    assert read_birth("58.1", lost, TODAY).value == "1958"


def test_a_column_of_whole_days_keeps_the_first_of_the_month() -> None:
    style = birth_style([date(1953, 4, 1), date(1960, 7, 19)], exact=True)
    assert read_birth(date(1953, 4, 1), style, TODAY).value == "1953-04-01"


@given(st.dates(date(1930, 1, 1), date(2007, 12, 31)), st.sampled_from("./-年"))
def test_every_adult_month_comes_back(day: date, mark: str) -> None:
    tail = "月" if mark == "年" else ""
    for year, month in ((f"{day.year}", f"{day.month}"), (f"{day:%y}", f"{day:%m}")):
        assert read_birth(f"{year}{mark}{month}{tail}", USUAL, TODAY).value == f"{day:%Y-%m}"
