"""The holidays of a coming year out of tables as offices write them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from station_app.domain.working_days import Holiday, WorkCalendar, holidays_of
from station_app.errors import ExchangeFault
from station_app.exchange.holidays import read_holidays


def workbook(path: Path, *rows: Sequence[object]) -> Path:
    with xlsxwriter.Workbook(str(path)) as made:
        sheet = made.add_worksheet("2027")
        day = made.add_format({"num_format": "yyyy-mm-dd"})
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(at, column, value, day)
                else:
                    sheet.write(at, column, value)
    return path


def test_a_row_a_holiday_as_it_is_published(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "节假日.xlsx",
        ("2027年节假日安排",),
        ("节日", "放假开始", "放假结束", "调休上班"),
        ("元旦", date(2027, 1, 1), date(2027, 1, 3), ""),
        ("春节", "2月5日", "2月11日", "1月31日、2月14日"),
    )
    days = read_holidays(path)
    assert len(days) == 3 + 7 + 2
    assert (date(2027, 1, 31), True, "春节") in days
    off = {day: name for day, working, name in days if not working}
    worked = frozenset(day for day, working, _ in days if working)
    found = holidays_of(WorkCalendar(off, worked), 2027)
    assert found == (
        Holiday("元旦", date(2027, 1, 1), date(2027, 1, 3)),
        Holiday("春节", date(2027, 2, 5), date(2027, 2, 11),
                (date(2027, 1, 31), date(2027, 2, 14))),
    )  # fmt: skip


def test_a_row_a_day_from_csv(tmp_path: Path) -> None:
    path = tmp_path / "days.csv"
    path.write_text("日期,类型,名称\n2027-10-01,休,国庆节\n20271009,班,国庆节\n", "utf-8")
    assert read_holidays(path) == (
        (date(2027, 10, 1), False, "国庆节"),
        (date(2027, 10, 9), True, "国庆节"),
    )


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        (("日期,类型", "2027-02-30,休"), {2}),
        (("日期,类型", "2027-02-01,?", "明天,休"), {2, 3}),
        (("名称,开始,结束", "春节,2027-02-11,2027-02-05"), {2}),
        (("日期,类型",), set()),
        (("甲,乙", "1,2"), set()),
    ],
)
def test_what_cannot_be_read_is_said_row_by_row(
    tmp_path: Path, rows: Sequence[str], wrong: set[int]
) -> None:
    path = tmp_path / "days.csv"
    path.write_text("\n".join(rows), "utf-8")
    with pytest.raises(ExchangeFault) as fault:
        read_holidays(path)
    assert set(fault.value.rows) == wrong
