"""An invented report for prints and files: every figure, every chart, and the emptiest."""

from __future__ import annotations

from datetime import date, timedelta

from db.vocabulary import Rater
from station_app.domain.figures import (
    AGES,
    CAMPAIGN,
    RATES,
    TOLD,
    Age,
    Compared,
    Figure,
    Part,
    Rated,
    Split,
    Value,
)
from station_app.domain.periods import Period, PeriodKind, period_around
from station_app.domain.reports import Absent, Breakdown, HeatDay, MonthPoint, Report
from tests.printing.samples import uid

MADE_ON = date(2026, 11, 10)


def value(figure: Figure, at: int) -> Value:
    return Value(40 + at, 52 + at) if figure in RATES else Value(1203 + at)


def report(kind: PeriodKind = PeriodKind.QUARTER) -> Report:
    period = period_around(kind, MADE_ON)
    names = ("住建", "城市管理", "交通", "𠮷祥·社区")
    parts = tuple(Part(f"c{n}", name, Value(9 - 2 * n)) for n, name in enumerate(names))
    return Report(
        period=period,
        station="葵英街道人大代表联络站",
        made_on=MADE_ON,
        figures=tuple(
            Compared(one, value(one, at), value(one, 0), Value(0, 0 if one in RATES else None))
            for at, one in enumerate(TOLD)
        ),
        breakdowns=(
            Breakdown(Split.CATEGORY, Figure.ISSUES, parts),
            Breakdown(Split.PLACE, Figure.ISSUES, parts * 4),
            Breakdown(Split.LEVEL, Figure.ATTENDANCE_RATE, (Part("city", "市", Value(3, 5)),)),
        ),
        trend=tuple(MonthPoint(2026, n, 30 * n, 3 * n, 2 * n) for n in range(1, 12)),
        ratings=(Rated(Rater.RESIDENT, False, 30, 8, 4), Rated(Rater.DEPUTY, True, 5, 0, 1)),
        ages=tuple(Age(one.least, one.most, n) for n, one in enumerate(AGES)),
        heat=tuple(HeatDay(date(2026, 1, 9) + timedelta(30 * n), 1 + 4 * n) for n in range(10)),
        absent=(Absent(uid(1), "玛依努尔·吐尔逊江", ("county",), None),),
    )


def campaign() -> Report:
    period = Period(date(2026, 10, 1), MADE_ON, PeriodKind.CAMPAIGN, "进家站、听民意、办实事")
    none = Value(0, 0)
    figures = tuple(Compared(one, value(one, 3), none, none) for one in CAMPAIGN)
    return Report(period, "葵英街道人大代表联络站", MADE_ON, figures)
