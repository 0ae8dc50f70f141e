"""Which days a rule means, where holidays move them, and how the rule is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.vocabulary import Pattern, Shift
from station_app.domain.recurrence import (
    EVEN_MONTHS,
    LAST,
    ODD_MONTHS,
    Occurrence,
    RecurrenceDraft,
    check_recurrence,
    occurrences,
)
from station_app.domain.recurrence_words import recurrence_words
from station_app.domain.working_days import WorkCalendar
from station_app.errors import RuleViolation

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
TENTH = RecurrenceDraft(Pattern.MONTH_DAY, YEAR[0], time(9), time(11, 30), numbers=frozenset({10}))
MONDAYS = RecurrenceDraft(
    Pattern.WEEKDAY, YEAR[0], time(14), time(16), weekdays=frozenset({0}), shift=Shift.SKIP
)
SECOND_TUESDAY = replace(
    TENTH, pattern=Pattern.MONTH_WEEKDAY, numbers=frozenset({2}), weekdays=frozenset({1})
)
#: 10-01 to 10-07 off, Saturday 10-10 worked instead, as in a published calendar.
WORK = WorkCalendar(
    {date(2026, 10, day): "国庆节" for day in range(1, 8)},
    frozenset({date(2026, 10, 10)}),
    frozenset({2026}),
)


def held(rule: RecurrenceDraft, work: WorkCalendar = WORK) -> list[date | None]:
    return [one.held_on for one in occurrences(rule, *YEAR, work)]


def test_a_day_of_the_month_is_put_off_to_the_next_working_day() -> None:
    found = occurrences(TENTH, *YEAR, WORK)
    assert len(found) == 12
    assert found[0] == Occurrence(date(2026, 1, 10), date(2026, 1, 12), "周末")
    assert found[9] == Occurrence(date(2026, 10, 10), date(2026, 10, 10))  # worked instead


def test_odd_months_and_a_holiday_brought_forward() -> None:
    rule = replace(TENTH, months=ODD_MONTHS, numbers=frozenset({15}), shift=Shift.EARLIER)
    found = held(rule)
    assert [one.month for one in found if one] == [1, 3, 5, 7, 9, 11]
    assert date(2026, 3, 13) in found  # the 15th is a Sunday


def test_mondays_fall_out_on_holidays() -> None:
    found = {one.meant_on: one for one in occurrences(MONDAYS, *YEAR, WORK)}
    assert len(found) == 52
    assert found[date(2026, 10, 5)] == Occurrence(date(2026, 10, 5), None, "国庆节")


def test_every_second_week_counts_from_the_first() -> None:
    rule = replace(MONDAYS, every=2, begins_on=date(2026, 1, 7))
    assert held(rule)[:3] == [date(2026, 1, 19), date(2026, 2, 2), date(2026, 2, 16)]


def test_weekdays_of_a_month() -> None:
    assert held(SECOND_TUESDAY)[0] == date(2026, 1, 13)
    last = replace(SECOND_TUESDAY, numbers=frozenset({LAST}), months=EVEN_MONTHS)
    assert held(last) == [
        date(2026, 2, 24), date(2026, 4, 28), date(2026, 6, 30), date(2026, 8, 25),
        date(2026, 10, 27), date(2026, 12, 29),
    ]  # fmt: skip
    fifth = replace(SECOND_TUESDAY, numbers=frozenset({5}))
    assert [one.month for one in held(fifth) if one] == [3, 6, 9, 12]


def test_a_month_that_is_too_short_means_its_last_day_once() -> None:
    rule = replace(TENTH, numbers=frozenset({30, 31}), shift=Shift.NONE, months=frozenset({2}))
    assert held(rule) == [date(2026, 2, 28)]


def test_two_that_fall_on_one_day_are_held_once() -> None:
    rule = replace(TENTH, numbers=frozenset({3, 4}), months=frozenset({10}))
    found = occurrences(rule, *YEAR, WORK)
    assert [one.held_on for one in found] == [date(2026, 10, 8), None]


@given(
    first=st.dates(date(2024, 1, 1), date(2027, 1, 1)),
    length=st.integers(0, 500),
    numbers=st.frozensets(st.integers(1, 31), min_size=1, max_size=4),
    shift=st.sampled_from(Shift),
    cut=st.integers(0, 500),
)
def test_periods_put_together_mean_the_same_days(
    first: date, length: int, numbers: frozenset[int], shift: Shift, cut: int
) -> None:
    rule = replace(TENTH, begins_on=date(2024, 1, 1), numbers=numbers, shift=shift)
    last = first + timedelta(days=length)
    middle = first + timedelta(days=min(cut, length))
    whole = [one.meant_on for one in occurrences(rule, first, last, WORK)]
    parts = occurrences(rule, first, middle, WORK)
    parts += occurrences(rule, middle + timedelta(days=1), last, WORK)
    assert [one.meant_on for one in parts] == whole
    for one in parts:
        if shift in (Shift.LATER, Shift.EARLIER) and one.held_on:
            assert WORK.is_working(one.held_on)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"ends": time(8)}, "ends"),
        ({"numbers": frozenset()}, "numbers"),
        ({"months": frozenset()}, "months"),
        ({"every": 0}, "every"),
        ({"ends_on": date(2025, 1, 1)}, "ends_on"),
        ({"pattern": Pattern.MONTH_WEEKDAY}, "weekdays"),
    ],
)
def test_a_rule_that_means_no_day_is_refused(wrong: dict[str, object], field: str) -> None:
    with pytest.raises(RuleViolation) as caught:
        check_recurrence(replace(TENTH, **wrong))  # type: ignore[arg-type]  # one field of many
    assert field in caught.value.fields


def test_rules_are_said_as_an_office_says_them() -> None:
    assert recurrence_words(TENTH) == "每月 10 日，09:00–11:30，遇休息日顺延"
    odd = replace(TENTH, months=ODD_MONTHS, numbers=frozenset({15}))
    assert recurrence_words(odd) == "单月 15 日，09:00–11:30，遇休息日顺延"
    assert recurrence_words(MONDAYS) == "每周一，14:00–16:00，遇休息日停一次"
    twice = replace(MONDAYS, weekdays=frozenset({0, 3}), every=2, shift=Shift.NONE)
    assert recurrence_words(twice) == "每 2 周的周一、周四，14:00–16:00，休息日照常"
    last = replace(SECOND_TUESDAY, numbers=frozenset({2, LAST}), shift=Shift.EARLIER)
    assert recurrence_words(last) == "每月第二个、最后一个周二，09:00–11:30，遇休息日提前"
    assert recurrence_words(replace(TENTH, months=frozenset({3, 9}))).startswith("3、9 月 10 日")
