"""Ledgers as stations keep them: dates, ditto signs, merged cells, totals, outcomes in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.vocabulary import Channel, Rating
from station_app.domain.ledgers import LedgerDraft, Said, fingerprints
from station_app.exchange.grid import Grid
from station_app.exchange.ledger import LedgerReading, read_ledger, understand_ledger
from station_app.exchange.ledger_dates import read_days
from station_app.exchange.ledger_words import read_names, read_outcome, read_people, read_rating
from station_app.exchange.sheet import Sheet, Span
from tests.exchange.spreadsheets import TODAY, csv_file, workbook

HEADS = ("日期", "来访人", "联系电话", "反映问题", "办理情况")
ROW = ("2025-05-10", "张三", "13800000001", "屋顶漏水", "正在办理")


def understood(*rows: Sequence[Any], spans: tuple[Span, ...] = (), **how: Any) -> LedgerReading:
    return understand_ledger(Grid((Sheet("台账", rows, spans),)), today=TODAY, **how)


def reasons(reading: LedgerReading) -> dict[int, str | None]:
    return {one.row_number: one.skipped_reason for one in reading.skipped}


# --------------------------------------------------------------------------------------- days


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2025/05/10", date(2025, 5, 10)),
        ("20250510", date(2025, 5, 10)),
        (20250510.0, date(2025, 5, 10)),
        ("2025.5.10", date(2025, 5, 10)),
        ("2025年5月10日", date(2025, 5, 10)),
        ("二〇二五年五月十日", date(2025, 5, 10)),
        ("25.5.10", date(2025, 5, 10)),
        ("２０２５－０５－１０", date(2025, 5, 10)),
        ("5月10日", date(2025, 5, 10)),
        ("5/10", date(2025, 5, 10)),
        ("2025-05-10（周六）", date(2025, 5, 10)),
        (date(2025, 5, 10), date(2025, 5, 10)),
        (45787.0, date(2025, 5, 10)),
    ],
)
def test_a_day_in_any_notation(cell: Any, day: date) -> None:
    [read] = read_days([cell], ["接待台账（2025年）"], TODAY, exact=True)
    assert read.value is not None
    assert (read.value.date(), read.problem) == (day, "")


@pytest.mark.parametrize("cell", ["2025-05-10 09:30", "2025年5月10日9时30分", "2025-5-10 9:30:00"])
def test_the_hour_is_kept_where_it_is_written(cell: str) -> None:
    [read] = read_days([cell], [], TODAY, exact=True)
    assert read.value == datetime.combine(date(2025, 5, 10), time(9, 30))


NO_DAYS = ("五月", "2025.13.10", "2025-02-30", "2026-12-01", "1949-10-01", 5.1, "见附件")


@pytest.mark.parametrize("cell", NO_DAYS)
def test_what_is_no_day_says_why(cell: Any) -> None:
    [read] = read_days([cell], ["2025"], TODAY, exact=True)
    assert read.value is None
    assert read.problem


def test_a_missing_year_comes_from_the_others_the_neighbours_or_the_title() -> None:
    def years(cells: Sequence[str], *titles: str) -> list[int | None]:
        read = read_days(cells, titles, TODAY, exact=True)
        return [one.value.year if one.value else None for one in read]

    assert years(["5月10日", "2024-06-10"]) == [2024, 2024]
    assert years(["2023-12-10", "1月10日", "2024-02-10"]) == [2023, None, 2024]
    assert years(["2023-01-10", "3月10日", "2023-05-10", "2024-01-10"])[1] == 2023
    assert years(["5月10日"], "2025年台账") == [2025]
    assert years(["5月10日"], "2024年与2025年") == [None]


@given(st.dates(date(1990, 1, 1), TODAY))
def test_every_day_is_read_alike_in_every_notation(day: date) -> None:
    notations: list[Any] = [
        f"{day:%Y/%m/%d}",
        f"{day:%Y%m%d}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.month}月{day.day}日",
        day,
    ]
    read = read_days(notations, [str(day.year)], TODAY, exact=True)
    assert {one.value.date() if one.value else None for one in read} == {day}


# -------------------------------------------------------------------------------- words of cells


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", Said.NOTHING),
        ("无", Said.NOTHING),
        ("已解决", Said.SOLVED),
        ("已妥善解决。", Said.SOLVED),
        ("问题已得到解决，群众表示感谢", Said.SOLVED),
        ("当场解决", Said.SOLVED),
        ("未解决", Said.UNDER_WAY),
        ("部分解决", Said.REPLIED),
        ("无法解决", Said.REPLIED),
        ("正在解决", Said.UNDER_WAY),
        ("建议尽快解决", Said.REPLIED),
        ("已办结", Said.REPLIED),
        ("已落实", Said.REPLIED),
        ("群众称已解决", Said.REPLIED),
        ("列入明年计划", Said.REPLIED),
        ("已转街道", Said.HANDED_ON),
        ("转交区住建局办理", Said.HANDED_ON),
        ("当场答复", Said.ANSWERED),
        ("现场予以解释", Said.ANSWERED),
        ("不属受理范围，已告知", Said.DECLINED),
        ("不予受理", Said.DECLINED),
        ("正在办理", Said.UNDER_WAY),
        ("施工中", Said.UNDER_WAY),
    ],
)
def test_solved_only_where_the_ledger_says_so(text: str, said: Said) -> None:
    assert read_outcome(text).said is said


@given(st.sampled_from(["未", "没有", "无法", "部分", "正在", "尚未", "难以", "拟", "争取"]))
def test_a_denied_solution_is_none(denied: str) -> None:
    for text in (f"{denied}解决", f"问题{denied}得到解决", f"{denied}彻底解决，已告知"):
        assert read_outcome(text).said is not Said.SOLVED


def test_the_unit_is_named_where_it_was_handed_on() -> None:
    assert read_outcome("已转街道").unit == "街道"
    assert read_outcome("转交区住建局办理").unit == "区住建局"


@pytest.mark.parametrize(
    ("text", "people"),
    [("7人", 7), ("5", 5), ("１人", 1), ("三人", 3), ("约20人", 20), ("", None), ("若干", None)],
)
def test_how_many_came(text: str, people: int | None) -> None:
    assert read_people(text).value == people
    assert bool(read_people(text).problem) == (text == "若干")


def test_a_tick_is_no_rating() -> None:
    assert read_rating("√") is None
    assert read_rating("好") is None
    assert read_rating("不太满意") is Rating.DISSATISFIED
    assert read_rating("比较满意") is Rating.FAIRLY_SATISFIED
    assert read_rating("非常满意") is Rating.SATISFIED


def test_names_beside_each_other() -> None:
    assert read_names("张　三、李四 代表，王小五").value == ("张三", "李四", "王小五")


# ------------------------------------------------------------------------------------------ rows


def test_totals_remarks_headings_and_gaps_say_why() -> None:
    reading = understood(
        ("2025年接待台账", "", "", "", ""),
        HEADS,
        ("一、五月", "", "", "", ""),
        ROW,
        ("", "", "", "", ""),
        ("", "李四", "", "路灯不亮", ""),
        ("2025-05-10", "", "", "路灯不亮", ""),
        ("2025-05-10", "王五", "", "", ""),
        ("合计", "3人", "", "", ""),
        ("备注：以上为上半年", "", "", "", ""),
        HEADS,
    )
    assert len(reading.drafts) == 1
    assert reasons(reading) == {
        1: "表头上方的标题",
        3: "这是小标题，不是来访。",
        5: "空行",
        6: "这一行没有日期。",
        7: "这一行没有姓名",
        8: "这一行没有写反映的问题。",
        9: "这是合计，不是来访。",
        10: "这是小标题，不是来访。",
        11: "重复的表头",
    }


def test_merged_cells_and_ditto_signs_hold_for_the_rows_below() -> None:
    reading = understood(
        HEADS,
        ROW,
        ("", "", "", "楼道没有灯", "已解决"),
        ("同上", "李四", "", "学校门口堵车", "〃"),
        spans=(Span(1, 0, 2, 0), Span(1, 1, 2, 1), Span(1, 2, 2, 2)),
    )
    first, second, third = reading.drafts
    assert (second.resident, second.held_on) == (first.resident, first.held_on)
    assert (second.text, second.said) == ("楼道没有灯", Said.SOLVED)
    assert (third.held_on, third.said) == (date(2025, 5, 10), Said.SOLVED)


def test_every_field_of_a_full_ledger() -> None:
    heads = ("编号", "登记日期", "姓名", "性别", "社区", "来访方式", "承办单位",
             "反映的问题", "处理结果", "办结日期", "满意度", "备注")  # fmt: skip
    row = ("2025-031", "2025-05-10", "张三等3人", "女", "五郡社区", "电话", "住建局", "屋顶漏水",
           "已维修完毕", "6月1日", "满意", "复印件存档")  # fmt: skip
    [one] = understood(heads, row).drafts
    assert (one.number, one.resident.name, one.resident.community) == (
        "2025-031", "张三", "五郡社区",
    )  # fmt: skip
    assert (one.channel, one.unit, one.said) == (Channel.PHONE, "住建局", Said.REPLIED)
    assert (one.done_on, one.note) == (date(2025, 6, 1), "复印件存档")
    assert (one.rating, one.opinion) == (None, "满意")  # nobody says whose judgement it is


def test_without_a_needed_column_nothing_is_imported_and_it_can_be_chosen() -> None:
    rows = (("甲", "来访人", "联系电话", "反映问题"), ("2025-05-10", "张三", "", "屋顶漏水"))
    reading = understood(*rows)
    assert reading.missing == ("held_on",)
    assert reasons(reading) == {2: "缺少必需的列，请在上方指定。"}
    assert len(understood(*rows, mapping={0: "held_on"}).drafts) == 1


@pytest.mark.parametrize("name", ["ledger.xlsx", "ledger.csv"])
def test_the_same_ledger_is_known_again_from_another_format(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if path.suffix == ".csv":
        csv_file(path, [HEADS, ROW, ROW], encoding="gb18030", separator=",")
    else:
        workbook(path, [["2025年台账"], HEADS, ROW, ROW])
    marks = list(fingerprints(read_ledger(path, today=TODAY).drafts))
    assert marks == list(fingerprints(understood(HEADS, ROW, ROW).drafts))
    assert len(set(marks)) == 2


JUNK = ("", "2025-05-10", "5月10日", "张三", "合计", "屋顶漏水", "√", 3.0, "#N/A")


@given(
    st.lists(
        st.lists(st.sampled_from(JUNK), min_size=5, max_size=5),
        max_size=12,
    )
)  # fmt: skip
def test_every_row_is_accounted_for(rows: list[list[Any]]) -> None:
    reading = understood(HEADS, *rows)
    told = [*(one.row_number for one in reading.entries), *reading.header_rows]
    assert sorted(told) == list(range(1, len(rows) + 2))
    for one in reading.entries:
        assert (one.draft is None) == bool(one.skipped_reason)
        assert one.draft is None or isinstance(one.draft, LedgerDraft)
