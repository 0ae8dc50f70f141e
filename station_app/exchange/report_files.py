"""A report as a document to be edited (.docx) or as a spreadsheet of its figures (.xlsx)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from station_app.domain.figure_words import (
    age_word,
    basis_words,
    change_words,
    figure_means,
    figure_unit,
    figure_word,
    rated_word,
    split_word,
    value_words,
)
from station_app.domain.figures import RATES, Figure, Value
from station_app.domain.periods import before_word, period_word
from station_app.domain.reports import Report, Snapshot
from station_app.domain.words import paper
from station_app.exchange.documents import Document
from station_app.exchange.office_sheet import Column, Shape, SheetPlan, write_sheet

_LONG, _NUMBER = Shape.LONG, Shape.NUMBER
_COLUMNS = (
    Column("指标", _LONG, 16),
    Column("分项", _LONG, 24),
    Column("数值", _NUMBER, 12),
    Column("单位", width=8),
    Column("分母", _NUMBER, 10),
    Column("比率", width=10),
    Column("上期", width=12),
    Column("去年同期", width=12),
    Column("口径", _LONG, 52),
)


def write_report(report: Report, path: Path, *, snapshot: Snapshot | None = None) -> None:
    """Write ``report`` to ``path``, by its ending .docx or .xlsx.

    Raises ExchangeFault if the file cannot be written.
    """
    if path.suffix.lower() == ".xlsx":
        rows = list(_rows(report))
        write_sheet(path, _plan(report, snapshot), rows, total=len(rows))
    else:
        _document(report, snapshot).save(path)


def _title(report: Report, snapshot: Snapshot | None) -> str:
    if snapshot is not None:
        return snapshot.title
    return f"{report.station}{period_word(report.period, paper)}统计报告"


def _facts(report: Report, snapshot: Snapshot | None) -> str:
    said = f"统计时段：{report.period.first} 至 {report.period.last}"
    said += f"　　统计日期：{report.made_on}"
    return said + (f"　　存档人：{snapshot.actor}" if snapshot is not None else "")


def _plan(report: Report, snapshot: Snapshot | None) -> SheetPlan:
    return SheetPlan("统计报告", _title(report, snapshot), _facts(report, snapshot), _COLUMNS)


def _rows(report: Report) -> Iterator[tuple[object, ...]]:
    """Every figure, then the parts of those that are split; money in yuan."""
    compared = not report.period.campaign
    for one in report.figures:
        then = (one.before, one.year_before) if compared else ()
        yield (
            *_cells(one.figure, "", one.now),
            *(value_words(one.figure, other) for other in then),
            *([None] * (2 - len(then))),
            figure_means(one.figure, paper),
        )
    for split in report.breakdowns:
        for part in split.parts:
            name = f"{split_word(split.split, paper)}：{part.name}"
            yield (*_cells(split.figure, name, part.value), None, None, None)
    for age in report.ages:
        yield (*_cells(Figure.OPEN, age_word(age, paper), Value(age.count)), None, None, None)


def _cells(figure: Figure, part: str, value: Value) -> tuple[object, ...]:
    number: float = value.part / 100 if figure is Figure.AMOUNT else value.part
    share = value_words(figure, value) if figure in RATES else None
    word, unit = figure_word(figure, paper), figure_unit(figure, paper)
    return word, part, number, unit, value.whole, share


def _document(report: Report, snapshot: Snapshot | None) -> Document:
    made = Document(_title(report, snapshot))
    made.heading(_title(report, snapshot), 0)
    made.paragraph(_facts(report, snapshot))
    made.heading("一、主要指标")
    _figures(made, report)
    made.heading("二、分项情况")
    for split in report.breakdowns:
        name = f"{figure_word(split.figure, paper)}（{split_word(split.split, paper)}）"
        made.heading(name, 2)
        rows = [(one.name, _said(split.figure, one.value)) for one in split.parts]
        made.table(("项目", "数量"), rows or [("本期没有记录", "")], (3, 2))
    made.heading("三、满意度")
    rated = [
        (rated_word(one.rater, one.apart, paper), f"{one.satisfied}", f"{one.fairly}",
         f"{one.dissatisfied}", f"{one.evaluated}",
         value_words(Figure.SATISFACTION, one.value)) for one in report.ratings
    ]  # fmt: skip
    heads = ("评价人", "满意", "基本满意", "不满意", "评价数", "满意率")
    made.table(heads, rated or [("本期没有评价", "", "", "", "", "")], (3, 1, 1, 1, 1, 1))
    made.heading("四、逐月情况")
    months = [
        (f"{one.year}年{one.month}月", f"{one.people}", f"{one.issues}", f"{one.solved}")
        for one in report.trend
    ]
    made.table(("月份", "接待人次", "意见建议", "解决问题"), months, (2, 1, 1, 1))
    made.heading("五、在办问题")
    ages = [(age_word(one, paper), f"{one.count}") for one in report.ages]
    made.table(("在办时长", "条数"), ages, (3, 2))
    if not report.period.campaign:
        made.heading("六、本年度尚未进站的代表")
        names = "、".join(one.name for one in report.absent)
        nobody = "还没有在册代表。" if report.nobody_registered else "在册代表本年度均已进站。"
        made.paragraph(names or nobody)
    made.paragraph()
    made.paragraph("负责人（签名）：　　　　　　　　填报人（签名）：　　　　　　　　日期：")
    return made


def _figures(made: Document, report: Report) -> None:
    if report.period.campaign:
        rows = [
            (figure_word(one.figure, paper), _said(one.figure, one.now),
             figure_means(one.figure, paper)) for one in report.figures
        ]  # fmt: skip
        made.table(("指标", "累计", "口径"), rows, (2, 2, 6))
        return
    before = f"与{before_word(report.period.kind, paper)}相比"
    lines = [
        (
            figure_word(one.figure, paper),
            _said(one.figure, one.now),
            change_words(one.figure, one.now, one.before, paper),
            change_words(one.figure, one.now, one.year_before, paper),
            _means(one.figure, one.now),
        )
        for one in report.figures
    ]
    made.table(("指标", "本期", before, "与去年同期相比", "口径与依据"), lines, (3, 3, 3, 3, 6))


def _said(figure: Figure, value: Value) -> str:
    said = f"{value_words(figure, value)}{figure_unit(figure, paper)}"
    return f"{said}（{value.part}／{value.whole}）" if figure in RATES else said


def _means(figure: Figure, value: Value) -> str:
    basis = basis_words(figure, value, paper)
    return figure_means(figure, paper) + (f"（{basis}）" if basis else "")
