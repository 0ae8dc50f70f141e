"""An invented year of a deputy, for the preview of duty file and duty points and the booklet."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID

from db.vocabulary import ActivityKind, Channel, Degree, IssueStatus, Level, Stage
from station_app.domain.deputies import DeputyRecord
from station_app.domain.duty_files import (
    ActivityDone,
    DutyFile,
    HelpDone,
    IssueDone,
    PromiseDone,
    ReceptionDone,
    SuggestionDone,
    VisitsDone,
)
from station_app.domain.moments import ZONE

_K = ActivityKind


def invented_file(today: date) -> DutyFile:
    """What an invented deputy did in the year of ``today``."""
    year = today.year
    days = [date(year, month, 10) for month in (3, 6, 9)]
    return DutyFile(
        deputy=invented_deputy(),
        year=year,
        receptions=(
            *(_reception(on, came=True) for on in days),
            _reception(date(year, 10, 10), came=False),
        ),
        visits=(
            VisitsDone(days[0], Channel.IN_PERSON, 4, 6, 5),
            VisitsDone(days[1], Channel.IN_PERSON, 3, 14, 4),
            VisitsDone(days[1], Channel.PHONE, 1, 1, 1),
            VisitsDone(days[2], Channel.IN_PERSON, 5, 7, 5),
        ),
        issues=(
            IssueDone(days[0], "WZ-KY-A-20260310-004", "老旧小区加装电梯", True,
                      IssueStatus.SETTLED, Degree.BEING_SOLVED, date(year, 5, 20)),
            IssueDone(days[1], "WZ-KY-A-20260610-002", "北侧六盏路灯不亮", True,
                      IssueStatus.SETTLED, Degree.SOLVED, date(year, 6, 18)),
            IssueDone(days[2], "WZ-KY-A-20260910-001", "菜市场出口占道经营", False,
                      IssueStatus.ASSIGNED, None, None),
        ),
        promises=(
            PromiseDone(days[0], "WZ-KY-A-20260310-004", "两周内召集一楼住户听取意见",
                        date(year, 3, 24), True, date(year, 3, 22)),
        ),
        suggestions=(
            SuggestionDone(date(year, 1, 12), "关于加快老旧小区加装电梯的建议", "第 86 号", True,
                           Stage.ANSWERED),
        ),
        activities=(
            ActivityDone(date(year, 2, 18), _K.TRAINING, "代表法和监督法专题学习", "代表之家"),
            ActivityDone(date(year, 4, 22), _K.INSPECTION, "视察老旧小区改造工程", "桃源街"),
            ActivityDone(date(year, 7, 8), _K.SURVEY, "停车难问题调研", "葵英街道"),
            ActivityDone(date(year, 8, 3), _K.VISIT, "走访困难群众", "桃源社区"),
            ActivityDone(date(year, 10, 26), _K.REPORT, "向原选区选民述职", "接待室"),
        ),
        help=(HelpDone(date(year, 8, 3), 3, 120_000, "为困难家庭送去米面油"),),
    )  # fmt: skip


def invented_deputy() -> DeputyRecord:
    """Somebody who is a deputy of two levels."""
    return DeputyRecord(
        id=UUID(int=0x0192F1D2_7C3A_7E11_8F00_000000000006), edition=2, name="于桂芳", gender=None,
        ethnicity="", born_on="", levels=(Level.CITY, Level.COUNTY),
        position="滨城市第三中学教师", electoral_unit="中山区第 12 选区",
        deputy_group="葵英街道代表组", professional_group="", phone="", other_phone="", profile="",
        note="", photo_id=None, retired=False, retired_reason="",
    )  # fmt: skip


def _reception(on: date, *, came: bool) -> ReceptionDone:
    at = datetime.combine(on, time(8, 52), ZONE) if came else None
    return ReceptionDone(on, "接待室", "老旧小区改造" if on.month == 6 else "", True, at, True)
