"""An invented year of a station, for the preview of its star materials and the booklet."""

from __future__ import annotations

from datetime import date, time
from uuid import UUID

from db.vocabulary import ActivityKind, DayKind, DayStatus, Rater
from station_app.domain.days import DayRow
from station_app.domain.figures import TOLD, Figure, Rated, Value
from station_app.domain.periods import PeriodKind, period_around
from station_app.domain.star_materials import StarMaterials

_VALUES = {
    Figure.RECEPTIONS: Value(11), Figure.ATTENDANCES: Value(58), Figure.DEPUTIES: Value(21),
    Figure.ATTENDANCE_RATE: Value(21, 23), Figure.PEOPLE: Value(151), Figure.VISITS: Value(112),
    Figure.ISSUES: Value(126), Figure.SOLVED: Value(83), Figure.SETTLED_RATE: Value(104, 126),
    Figure.SOLVED_RATE: Value(83, 126), Figure.KEPT_RATE: Value(17, 18),
    Figure.SATISFACTION: Value(92, 96), Figure.SELF_ASKED: Value(6, 6),
    Figure.IN_TIME: Value(71, 77), Figure.HELPED: Value(14), Figure.AMOUNT: Value(1_260_000),
}  # fmt: skip
_VISITS = (9, 11, 8, 12, 10, 9, 13, 7, 12, 10, 11)
_PEOPLE = (12, 14, 9, 19, 13, 11, 18, 8, 16, 15, 16)
_ISSUES = (10, 12, 9, 14, 11, 10, 15, 8, 13, 11, 13)
_PRESENT = (5, 6, 4, 6, 5, 5, 6, 4, 6, 5, 6)


def invented_year(made_on: date) -> StarMaterials:
    """The evidence of the year of ``made_on``: a reception day in each of eleven months."""
    year = period_around(PeriodKind.YEAR, made_on)
    return StarMaterials(
        period=year,
        made_on=made_on,
        figures=tuple((one, _VALUES[one]) for one in TOLD),
        ratings=(
            Rated(Rater.RESIDENT, False, 61, 13, 3),
            Rated(Rater.DEPUTY, False, 16, 2, 1),
            Rated(Rater.RESIDENT, True, 5, 1, 0),
        ),
        planned=12,
        days=tuple(_day(date(made_on.year, at + 1, 10), at) for at in range(len(_VISITS))),
        activities=(
            (ActivityKind.TRAINING, 3), (ActivityKind.INSPECTION, 2), (ActivityKind.VISIT, 6),
            (ActivityKind.REPORT, 1),
        ),
        suggestions=4,
        revisits=64,
        look_backs=19,
    )  # fmt: skip


def _day(on: date, at: int) -> DayRow:
    return DayRow(
        id=UUID(int=0x0192F1D2_7C3A_7E11_8F00_000000000200 | at), held_on=on, starts=time(9),
        ends=time(11, 30), place="接待室", theme="老旧小区改造" if at % 4 == 2 else "",
        kind=DayKind.REGULAR, status=DayStatus.LOCKED, due=6, present=_PRESENT[at],
        visits=_VISITS[at], people=_PEOPLE[at], issues=_ISSUES[at],
    )  # fmt: skip
