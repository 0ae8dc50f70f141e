"""Invented records for a form's preview in the settings, and for the sample booklet."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from db.vocabulary import (
    Channel,
    Clock,
    DayKind,
    DayStatus,
    Degree,
    IssueStatus,
    Level,
    Rating,
    Stage,
    Urgency,
)
from db.vocabulary import IssueEventKind as E
from station_app.domain.cases import Case, PromiseLine, PromiseRecord, UnitShare
from station_app.domain.days import DayCounters, DayRecord, DutyRecord
from station_app.domain.deadlines import Deadline
from station_app.domain.deputies import DeputyBrief
from station_app.domain.exports import IssueLine
from station_app.domain.issues import IssueEventRecord, IssueRecord
from station_app.domain.meetings import MeetingConclusion, MeetingRecord
from station_app.domain.residents import ResidentRecord
from station_app.domain.station import StationRecord
from station_app.domain.suggestions import SuggestionIssue, SuggestionRecord
from station_app.domain.visits import VisitRecord
from station_app.printing.catalogue import Form
from station_app.printing.drawing import drawn
from station_app.printing.example_file import invented_file
from station_app.printing.example_year import invented_year
from station_app.printing.templates import Own

_MOMENT = datetime(2026, 11, 10, 1, 24, tzinfo=UTC)
_DAY = _MOMENT.date()
_UNIT = "葵英街道办事处"
_DEPUTIES = (("于桂芳", (Level.CITY, Level.COUNTY)), ("宋贵森", (Level.COUNTY,)))
_NUMBER = "WZ-KY-A-20261110-021"
_VISIT = "LF-KY-A-20261110-017"


def example(
    form: Form, station: StationRecord, *, printed_on: date = _DAY, own: Own | None = None
) -> bytes:
    """``form`` filled with invented records, as PDF. Raises PrintFault."""
    records, facts = _input(form)
    return drawn(form, *records, station, printed_on=printed_on, own=own, **facts)


def _input(form: Form) -> tuple[tuple[Any, ...], dict[str, Any]]:
    settled, given = _settled(), _given()
    issue = {
        Form.ASSIGNMENT_SLIP: (given, visit(given)),
        Form.URGING_LETTER: (given,),
        Form.REPLY_LETTER: (settled,),
        Form.DECLINE_NOTICE: (_declined(),),
        Form.REVISIT_SHEET: (settled, visit(settled)),
        Form.RATING_SHEET: (settled,),
        Form.RECEPTION_FORM: (visit(given),),
        Form.RECEIPT: (visit(given),),
        Form.BLANK_FORMS: ([f"LF-KY-A-20261110-{n:03d}" for n in (18, 19)],),
        Form.DAY_NOTICE: (_day(),),
        Form.SIGN_IN_SHEET: (_day(),),
        Form.ROTA: ([_day(), *(_planned(weeks) for weeks in range(1, 7))],),
        Form.DUTY_LIST: (_briefs()[0], [_planned(weeks) for weeks in (1, 4, 6)]),
        Form.DUTY_FILE: (invented_file(_DAY),),
        Form.DUTY_POINTS: (invented_file(_DAY),),
        Form.MEETING_RECORD: (_meeting(),),
        Form.SUGGESTION: (_suggestion(),),
        Form.EIGHT_HAVES: (),
        Form.STAR_MATERIALS: (invented_year(_DAY),),
    }
    if form is Form.DAY_LEDGER:
        figures = DayCounters(visits=2, people=2, issues=2, answered=0, to_handle=1, joined=0)
        visits = (visit(given), replace(visit(settled), sequence=18))
        return (_day(), visits, figures), {}
    if form is Form.ISSUE_LEDGER:
        return (_lines(),), {"said": "2026年11月", "categories": {"lift": "住建 · 加装电梯"}}
    if form is Form.PROMISE_LEDGER:
        return ([PromiseLine(_NUMBER, settled.title, _DAY, one) for one in _promises()],), {
            "said": "2026年11月"
        }
    if form is Form.LEGISLATION_LEDGER:
        return ([_opinion()],), {"said": "2026年"}
    return issue[form], {}


def _id(number: int) -> UUID:
    return UUID(int=0x0192F1D2_7C3A_7E11_8F00_000000000000 | number)


def visit(issue: IssueRecord) -> VisitRecord:
    """A visit that raised ``issue``."""
    person = ResidentRecord(
        _id(2), 1, "李建国", "13800000231", "桃源街12号楼1单元501", "桃源社区", None, "", 2, None
    )
    return VisitRecord(
        id=_id(3), edition=3, number=_VISIT, day_id=_id(4), sequence=17, arrived_at=_MOMENT,
        channel=Channel.IN_PERSON, party_size=1, resident=person, companions=(),
        deputies=_briefs(), issues=(issue,), note="", recorder="王秀英", voided=False,
        void_reason="",
    )  # fmt: skip


def _briefs() -> tuple[DeputyBrief, ...]:
    return tuple(DeputyBrief(_id(6 + n), *one) for n, one in enumerate(_DEPUTIES))


def _issue(status: IssueStatus, *events: IssueEventRecord, **facts: Any) -> IssueRecord:
    text = (
        "桃源街12号楼为7层老楼，没有电梯，三楼以上住户14户，其中70岁以上9人，上下楼困难。"
        "多数住户同意加装，一楼两户仍不同意，主要担心采光与噪声。居民希望代表牵头再开一次三方会，"
        "请区住建局说明补偿办法。"
    )
    known: dict[str, Any] = {
        "id": _id(21), "edition": 4, "number": _NUMBER, "visit_id": _id(3),
        "visit_number": _VISIT, "resident_id": _id(2), "resident": "李建国",
        "title": "老旧小区加装电梯", "text": text, "category": "lift",
        "category_name": "住建 · 加装电梯", "place": "桃源街12号楼", "urgency": Urgency.NORMAL,
        "registered_at": _MOMENT, "unit": _UNIT, "joined_to": None, "joined_to_number": "",
        "joined_count": 0, "people": 1, "settled_at": None, "degree": None,
    }  # fmt: skip
    return IssueRecord(status=status, events=(_event(E.REGISTERED), *events), **(known | facts))


def _event(kind: E, text: str = "", *, days: int = 0, **facts: Any) -> IssueEventRecord:
    known = {"actor": "王秀英", "deputy": "", "unit": "", "details": {}} | facts
    at = _MOMENT + timedelta(days=days)
    return IssueEventRecord(id=_id(50 + days), event=kind, happened_at=at, text=text, **known)


def _given() -> IssueRecord:
    text = "请会同区住建局听取一楼住户意见，提出补偿方案后答复居民。"
    urged = _event(E.URGED, "请于本周内答复进展。", days=15, unit=_UNIT)
    units = (UnitShare(_id(30), _UNIT, True, False), UnitShare(_id(31), "区住建局", False, False))
    due = Deadline(Clock.REPLY, date(2026, 11, 9), _DAY)
    case = Case(deadlines=(due,), units=units)
    acts = (_event(E.ASSIGNED, text, unit=_UNIT), urged)
    return _issue(IssueStatus.ASSIGNED, *acts, case=case)


def _settled() -> IssueRecord:
    replied = "已召开协调会，一楼两户同意，补偿方案已公示，电梯于12月10日进场施工，预计春节前完工。"
    acts = (
        _event(E.ASSIGNED, unit=_UNIT),
        _event(E.REPLIED, replied, days=12, unit=_UNIT),
        _event(E.SETTLED, "现场查看，施工许可已经办妥。", days=20, deputy="于桂芳"),
    )
    facts = {"settled_at": _MOMENT + timedelta(days=20), "degree": Degree.BEING_SOLVED}
    return _issue(IssueStatus.SETTLED, *acts, case=Case(promises=tuple(_promises()[:1])), **facts)


def _declined() -> IssueRecord:
    why = {"why": "已进入诉讼程序的事项"}
    instead = "请向受理案件的区人民法院诉讼服务中心反映，地址：解放路8号。"
    told = _event(E.DECLINED, instead, details=why)
    return _issue(IssueStatus.DECLINED, told, title="与施工单位的合同纠纷", unit="")


def _promises() -> list[PromiseRecord]:
    later = date(2027, 2, 5)
    return [
        PromiseRecord(_id(40), "春节前完成电梯安装", later, _UNIT, "", None, False, None, ""),
        PromiseRecord(_id(41), "更换北侧六盏路灯", _DAY, "区城管局", "宋贵森", True, False, _MOMENT,
                      "照片三张"),
    ]  # fmt: skip


def _day() -> DayRecord:
    due = tuple(
        DutyRecord(_id(6 + n), name, levels, None, None, None, True)
        for n, (name, levels) in enumerate(_DEPUTIES)
    )
    return DayRecord(
        id=_id(4), edition=5, held_on=_DAY, starts=time(9), ends=time(11, 30), place="接待室",
        theme="老旧小区改造", campaign="", kind=DayKind.REGULAR, status=DayStatus.CLOSED, note="",
        opened_at=_MOMENT, closed_at=_MOMENT, locked_at=None, deputies=due, guests=(),
    )  # fmt: skip


def _planned(weeks: int) -> DayRecord:
    status = DayStatus.CANCELLED if weeks == 5 else DayStatus.PLANNED
    return replace(_day(), held_on=_DAY + timedelta(weeks=weeks), theme="", status=status)


def _meeting() -> MeetingRecord:
    item = MeetingConclusion(
        _id(21), _NUMBER, "老旧小区加装电梯", "一楼两户同意加装，补偿按区里的办法执行。", _UNIT,
        "春节前完成安装", date(2027, 2, 5),
    )  # fmt: skip
    return MeetingRecord(
        id=_id(60), edition=1, held_on=_DAY, place="接待室", topic="桃源街12号楼加装电梯",
        text="代表介绍了走访情况，区住建局说明了补偿办法，住户逐户表达了意见。",
        deputies=_briefs(), residents=("李建国", "赵淑珍", "孙立"),
        departments=("区住建局", _UNIT), items=(item,),
    )  # fmt: skip


def _suggestion() -> SuggestionRecord:
    text = (
        "老旧小区没有电梯，老人上下楼困难，是群众反映最集中的问题之一。\n一、主要问题\n"
        "同一单元住户意见不一，补偿办法不明确，手续办理时间长。\n二、建议\n"
        "（一）明确一楼住户的补偿标准。（二）设立一站式受理窗口。（三）由街道牵头逐楼协商。"
    )
    issue = SuggestionIssue(_id(21), _NUMBER, "老旧小区加装电梯", IssueStatus.RAISED)
    return SuggestionRecord(
        id=_id(61), edition=2, title="关于加快老旧小区加装电梯的建议", text=text,
        official_number="", complex=False, drafted_on=_DAY, stage=Stage.DRAFTED,
        deputies=_briefs(), issues=(issue,), steps=(), due_on=None, next_stage=Stage.REVIEWED,
    )  # fmt: skip


def _opinion() -> IssueLine:
    text = "建议条例写明物业公司公示公共收益和维修资金账目的期限，业主可以直接查阅。"
    return _lines()[0]._replace(title="物业管理条例（修订草案）", text=text, category="lf")


def _lines() -> list[IssueLine]:
    rows = [
        ("李建国", "老旧小区加装电梯", IssueStatus.ASSIGNED, None, None),
        ("赵淑珍", "北侧六盏路灯不亮", IssueStatus.SETTLED, Degree.SOLVED, Rating.SATISFIED),
        ("孙立", "菜市场出口占道经营", IssueStatus.REPLIED, None, Rating.DISSATISFIED),
    ]
    return [
        IssueLine(
            f"WZ-KY-A-20261110-{21 + n:03d}", _MOMENT, name, f"1380000023{n}", 1, "lift", "桃源街",
            title, "", Urgency.NORMAL, status, _UNIT, _DAY + timedelta(days=21),
            _MOMENT if degree else None, degree, rating,
        )
        for n, (name, title, status, degree, rating) in enumerate(rows)
    ]  # fmt: skip
