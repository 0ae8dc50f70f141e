"""Invented records of casework for the forms: the longest and the emptiest of each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from db.vocabulary import (
    Clock,
    Degree,
    Finding,
    IssueEventKind,
    IssueStatus,
    Level,
    Rating,
    RoleClass,
    Stage,
    Urgency,
)
from station_app.domain.cases import Case, PromiseLine, PromiseRecord, UnitShare
from station_app.domain.days import DayRecord, DutyRecord
from station_app.domain.deadlines import Deadline
from station_app.domain.deputies import DeputyBrief
from station_app.domain.exports import IssueLine
from station_app.domain.issues import IssueRecord
from station_app.domain.meetings import MeetingConclusion, MeetingRecord
from station_app.domain.suggestions import SuggestionIssue, SuggestionRecord
from tests.printing import samples
from tests.printing.samples import ARRIVED, LONG_NAME, PRINTED_ON, event, uid

_E = IssueEventKind
STORY = (
    "三楼以上住户14户，其中70岁以上9人，上下楼困难；"
    "一楼两户担心采光与噪声（见WZ-KY-A-20261110-003）。"
)
LONG_TEXT = (STORY * 120)[:5000]
LONG_TITLE = ("加装电梯、下水堵塞、路灯不亮" * 8)[:100]
LONG_UNIT = "滨城市中山区住房和城乡建设局老旧小区改造工作领导小组办公室"


def longest_issue(status: IssueStatus = IssueStatus.SETTLED) -> IssueRecord:
    """5,000 characters raised and replied, every act there is, names of fifty characters."""
    acts = (
        event(_E.REGISTERED),
        event(_E.ASSIGNED, STORY * 3, unit=LONG_UNIT, actor=LONG_NAME),
        *(event(_E.URGED, STORY, unit=LONG_UNIT) for _ in range(4)),
        event(_E.ADVISED, STORY * 2, unit="中山区自然资源局"),
        event(_E.REPLIED, LONG_TEXT, unit=LONG_UNIT),
        event(_E.SETTLED, STORY * 2, deputy=LONG_NAME),
        *(
            event(_E.REVISITED, STORY, details={"found": Finding.HOLDS.value}, actor=LONG_NAME)
            for _ in range(3)
        ),
    )
    units = [UnitShare(uid(30), LONG_UNIT, True, True)]
    units += [UnitShare(uid(31 + n), LONG_UNIT, False, False) for n in range(6)]
    case = Case(
        deadlines=(Deadline(Clock.REPLY, date(2026, 10, 1), date(2026, 9, 1)),),
        units=tuple(units),
        promises=tuple(promise(n, text=STORY * 2) for n in range(3)),
    )
    return samples.issue(
        title=LONG_TITLE, text=LONG_TEXT, resident=LONG_NAME, place=STORY, unit=LONG_UNIT,
        category_name="城乡建设与住房保障 · 老旧小区改造与加装电梯", events=acts, case=case,
        status=status, settled_at=ARRIVED, degree=Degree.CANNOT_NOW,
    )  # fmt: skip


def longest_declined() -> IssueRecord:
    """Declined with a long way to go instead."""
    told = event(_E.DECLINED, LONG_TEXT, details={"why": STORY})
    return samples.issue(
        title=LONG_TITLE, resident=LONG_NAME, status=IssueStatus.DECLINED,
        events=(event(_E.REGISTERED), told),
    )  # fmt: skip


def emptiest_issue(status: IssueStatus, *acts: IssueEventKind) -> IssueRecord:
    """Only what the rules demand."""
    events = (event(_E.REGISTERED), *(event(one) for one in acts))
    return samples.issue(
        text="", category_name="", place="", unit="", status=status, events=events, resident="王",
        title="灯",
    )  # fmt: skip


def promise(number: int = 0, **changes: Any) -> PromiseRecord:
    fields: dict[str, Any] = {
        "id": uid(40 + number),
        "text": "春节前完成电梯安装",
        "due_on": date(2027, 2, 5),
        "unit": LONG_UNIT,
        "deputy": "",
        "kept": None,
        "late": False,
        "closed_at": None,
        "evidence": "",
    }
    return PromiseRecord(**{**fields, **changes})


def promise_lines(**changes: Any) -> list[PromiseLine]:
    """Promises in every state; ``changes`` to each."""
    states: list[dict[str, Any]] = [
        {},
        {"due_on": date(2026, 11, 1)},
        {"kept": True},
        {"kept": True, "late": True, "due_on": date(2026, 11, 1)},
        {"kept": False, "due_on": date(2026, 11, 1)},
    ]
    return [
        PromiseLine(
            f"WZ-KY-A-20261110-{n:03d}", "加装电梯", PRINTED_ON, promise(n, **one, **changes)
        )
        for n, one in enumerate(states, start=1)
    ]


def issue_line(number: int = 1, **changes: Any) -> IssueLine:
    fields: dict[str, Any] = {
        "number": f"WZ-KY-A-20261110-{number:03d}",
        "registered_at": ARRIVED,
        "resident": "李建国",
        "phone": "13800000231",
        "people": 1,
        "category": "housing.lift",
        "place": "桃源街",
        "title": "老旧小区加装电梯",
        "text": "",
        "urgency": Urgency.NORMAL,
        "status": IssueStatus.ASSIGNED,
        "unit": "葵英街道办",
        "due_on": date(2026, 12, 1),
        "settled_at": None,
        "degree": None,
        "rating": None,
    }
    return IssueLine(**{**fields, **changes})


def longest_lines() -> list[IssueLine]:
    """Rows of every height, so that pages end at every place."""
    settled = {"status": IssueStatus.SETTLED, "settled_at": ARRIVED, "degree": Degree.CANNOT_NOW}
    return [
        issue_line(
            n, resident=LONG_NAME if n % 3 == 0 else "李建国", text=(STORY * 3)[: n * 7],
            title=LONG_TITLE, unit=LONG_UNIT, rating=Rating.FAIRLY_SATISFIED,
            **(settled if n % 2 else {}),
        )
        for n in range(1, 40)
    ]  # fmt: skip


def longest_meeting() -> MeetingRecord:
    """Thirty residents, eight deputies, six departments, five issues."""
    items = tuple(
        MeetingConclusion(
            uid(80 + n), f"WZ-KY-A-20261110-{n:03d}", LONG_TITLE, STORY * (n * 2 + 1), LONG_UNIT,
            STORY if n % 2 else "", date(2027, 2, 5) if n % 2 else None,
        )
        for n in range(5)
    )  # fmt: skip
    names = [LONG_NAME if n % 5 == 0 else f"群众甲{n:02d}" for n in range(30)]
    return MeetingRecord(
        id=uid(60), edition=4, held_on=PRINTED_ON, place=STORY, topic=LONG_TITLE, text=LONG_TEXT,
        deputies=tuple(DeputyBrief(uid(n), LONG_NAME, tuple(Level)) for n in range(8)),
        residents=tuple(names), departments=(LONG_UNIT,) * 6, items=items,
    )  # fmt: skip


def emptiest_meeting() -> MeetingRecord:
    bare = MeetingConclusion(uid(80), "WZ-1", "灯", "好", "", "", None)
    return MeetingRecord(
        id=uid(60), edition=1, held_on=PRINTED_ON, place="", topic="灯", text="", deputies=(),
        residents=("王",), departments=("局",), items=(bare,),
    )  # fmt: skip


def suggestion(**changes: Any) -> SuggestionRecord:
    fields: dict[str, Any] = {
        "id": uid(61),
        "edition": 2,
        "title": "关于加快老旧小区加装电梯的建议",
        "text": "一、问题\n二、建议",
        "official_number": "",
        "complex": False,
        "drafted_on": PRINTED_ON,
        "stage": Stage.DRAFTED,
        "deputies": (DeputyBrief(uid(6), "于桂芳", (Level.CITY,)),),
        "issues": (),
        "steps": (),
        "due_on": None,
        "next_stage": Stage.REVIEWED,
    }
    return SuggestionRecord(**{**fields, **changes})


def longest_suggestion() -> SuggestionRecord:
    issues = tuple(
        SuggestionIssue(uid(90 + n), f"WZ-KY-A-20261110-{n:03d}", LONG_TITLE, IssueStatus.RAISED)
        for n in range(20)
    )
    return suggestion(
        title=LONG_TITLE, text=LONG_TEXT.replace("；", "；\n"), official_number="滨人建137号",
        deputies=tuple(DeputyBrief(uid(n), LONG_NAME, tuple(Level)) for n in range(8)),
        issues=issues, due_on=date(2027, 2, 5), stage=Stage.ASSIGNED,
    )  # fmt: skip


def longest_day() -> DayRecord:
    """Thirty deputies due with long names, a leader with a long title, long words."""
    due = tuple(
        DutyRecord(
            uid(200 + n), LONG_NAME if n % 4 == 0 else f"代表{n:02d}", tuple(Level), None, None,
            ARRIVED if n % 2 else None, True,
        )
        for n in range(30)
    )  # fmt: skip
    guest = replace(samples.day().guests[0], title=LONG_UNIT, role_class=RoleClass.DEPARTMENT)
    return samples.day(place=STORY, theme=LONG_TITLE, deputies=due, guests=(guest,) * 3)


def emptiest_day() -> DayRecord:
    return samples.day(place="", theme="", deputies=(), guests=())


def year_of_days() -> list[DayRecord]:
    """A reception a week; one of them with everybody."""
    days = [
        samples.day(held_on=PRINTED_ON + timedelta(weeks=n), theme="", guests=()) for n in range(52)
    ]
    days[20] = replace(longest_day(), held_on=days[20].held_on)
    return days
