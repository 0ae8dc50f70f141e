"""Invented visits for the forms: an everyday one, the longest and the emptiest."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from db.vocabulary import (
    Channel,
    CheckInMethod,
    DayKind,
    DayStatus,
    IssueEventKind,
    IssueStatus,
    Level,
    RoleClass,
    StationKind,
    Urgency,
)
from station_app.domain.days import AttendanceRecord, DayCounters, DayRecord, DutyRecord
from station_app.domain.deputies import DeputyBrief
from station_app.domain.issues import IssueEventRecord, IssueRecord
from station_app.domain.residents import ResidentRecord
from station_app.domain.station import StationRecord
from station_app.domain.visits import VisitRecord

PRINTED_ON = date(2026, 11, 10)
ARRIVED = datetime(2026, 11, 10, 1, 24, tzinfo=UTC)
#: Fifty characters of a name: beyond the BMP, middle dots, from both fonts.
LONG_NAME = ("阿卜杜热西提·买买提吐尔逊·𠮷𬴂𪚥𫠊" * 3)[:50]


def uid(number: int) -> UUID:
    """An id that tests can name."""
    return UUID(int=(0x0192F1D2_7C3A_7E11_8F00_000000000000 | number))


def station(**changes: Any) -> StationRecord:
    fields: dict[str, Any] = {
        "id": uid(1),
        "name": "葵英街道人大代表联络站",
        "code": "KY",
        "kind": StationKind.STATION,
        "term": "联络站",
        "region": "滨城市中山区",
        "address": "中山区葵英街12号一楼",
        "opening_hours": "每月10日 9:00–11:30",
        "phone": "0411-83600001",
        "letter": "A",
    }
    return StationRecord(**{**fields, **changes})


def resident(name: str = "李建国", **changes: Any) -> ResidentRecord:
    fields: dict[str, Any] = {
        "id": uid(2),
        "edition": 1,
        "name": name,
        "phone": "13800000231",
        "address": "桃源街12号楼1单元501",
        "community": "桃源社区",
        "gender": None,
        "note": "",
        "visit_count": 2,
        "last_visit_at": None,
    }
    return ResidentRecord(**{**fields, **changes})


def event(kind: IssueEventKind, text: str = "", **changes: Any) -> IssueEventRecord:
    fields: dict[str, Any] = {
        "id": uid(5),
        "event": kind,
        "happened_at": ARRIVED,
        "actor": "王秀英",
        "deputy": "",
        "unit": "",
        "text": text,
        "details": {},
    }
    return IssueEventRecord(**{**fields, **changes})


def issue(number: int = 21, **changes: Any) -> IssueRecord:
    fields: dict[str, Any] = {
        "id": uid(100 + number),
        "edition": 1,
        "number": f"WZ-KY-A-20261110-{number:03d}",
        "visit_id": uid(3),
        "visit_number": "LF-KY-A-20261110-017",
        "resident_id": uid(2),
        "resident": "李建国",
        "title": "老旧小区加装电梯",
        "text": (
            "桃源街12号楼为7层老楼，没有电梯，三楼以上住户14户，其中70岁以上9人，上下楼困难。"
            "多数住户同意加装，一楼两户仍不同意，主要担心采光与噪声。居民希望代表牵头再开一次三方会，"
            "请区住建局说明补偿办法。"
        ),
        "category": "housing.lift",
        "category_name": "住建 · 加装电梯",
        "place": "桃源街12号楼",
        "urgency": Urgency.NORMAL,
        "registered_at": ARRIVED,
        "status": IssueStatus.ASSIGNED,
        "unit": "葵英街道办",
        "joined_to": None,
        "joined_to_number": "",
        "joined_count": 0,
        "people": 1,
        "settled_at": None,
        "degree": None,
        "events": (
            event(IssueEventKind.REGISTERED),
            event(IssueEventKind.ASSIGNED, unit="葵英街道办"),
        ),
    }
    return IssueRecord(**{**fields, **changes})


def visit(**changes: Any) -> VisitRecord:
    fields: dict[str, Any] = {
        "id": uid(3),
        "edition": 3,
        "number": "LF-KY-A-20261110-017",
        "day_id": uid(4),
        "sequence": 17,
        "arrived_at": ARRIVED,
        "channel": Channel.IN_PERSON,
        "party_size": 1,
        "resident": resident(),
        "companions": (),
        "deputies": (
            DeputyBrief(uid(6), "于桂芳", (Level.CITY, Level.COUNTY)),
            DeputyBrief(uid(7), "宋贵森", ()),
        ),
        "issues": (issue(),),
        "note": "",
        "recorder": "王秀英",
        "voided": False,
        "void_reason": "",
    }
    return VisitRecord(**{**fields, **changes})


def longest_visit() -> VisitRecord:
    """Five named people with fifty characters each, eight issues, the first of 5,000 characters."""
    story = (
        "三楼以上住户14户，其中70岁以上9人，上下楼困难；"
        "一楼两户担心采光与噪声（见WZ-KY-A-20261110-003）。"
    )
    texts = [(story * 120)[:5000], story * 12, *(story * count for count in (1, 3, 0, 2, 6, 1))]
    issues = tuple(
        issue(
            place,
            text=text,
            title=("加装电梯、下水堵塞、路灯不亮" * 8)[: 100 if place < 4 else 12],
            category_name="城乡建设与住房保障 · 老旧小区改造与加装电梯",
            place="桃源街12号楼至18号楼之间的消防通道及北侧停车场出入口" * 2,
            unit="葵英街道办事处（主办）、中山区住房和城乡建设局（协办）、中山区自然资源局（协办）",
            events=(
                event(IssueEventKind.REGISTERED),
                event(IssueEventKind.ANSWERED, story * 4, deputy="于桂芳"),
                event(IssueEventKind.ASSIGNED, unit="葵英街道办事处"),
                event(IssueEventKind.REPLIED, story * 3, unit="葵英街道办事处"),
            ),
        )
        for place, text in enumerate(texts, start=1)
    )
    lead = resident(LONG_NAME, address="葵英街道桃源社区" * 25, phone="0411-83600001")
    others = tuple(resident(LONG_NAME, phone=f"1380000023{place}") for place in range(4))
    names = tuple(DeputyBrief(uid(place), LONG_NAME, tuple(Level)) for place in range(8))
    return visit(
        resident=lead, companions=others, deputies=names, issues=issues, party_size=999,
        recorder=LONG_NAME,
    )  # fmt: skip


def emptiest_visit() -> VisitRecord:
    """Only what the rules demand: a name and one line."""
    bare = issue(
        text="", category_name="", place="", unit="", status=IssueStatus.REGISTERED,
        events=(event(IssueEventKind.REGISTERED),),
    )  # fmt: skip
    only = resident("王", phone="", address="", community="")
    return visit(resident=only, deputies=(), issues=(bare,), recorder="", day_id=None)


def day(**changes: Any) -> DayRecord:
    def duty(number: int, name: str, *levels: Level) -> DutyRecord:
        return DutyRecord(uid(number), name, levels, None, uid(number + 50), ARRIVED, True)

    fields: dict[str, Any] = {
        "id": uid(4),
        "edition": 5,
        "held_on": date(2026, 11, 10),
        "starts": time(9, 0),
        "ends": time(11, 30),
        "place": "葵英街道人大代表联络站接待室",
        "theme": "老旧小区改造",
        "campaign": "",
        "kind": DayKind.REGULAR,
        "status": DayStatus.CLOSED,
        "note": "",
        "opened_at": ARRIVED,
        "closed_at": ARRIVED,
        "locked_at": None,
        "deputies": (
            duty(6, "于桂芳", Level.CITY, Level.COUNTY),
            duty(7, "宋贵森", Level.COUNTY),
            duty(8, "𬴂𠮷", Level.TOWNSHIP),
        ),
        "guests": (
            AttendanceRecord(
                uid(70), RoleClass.LEADER, None, "周明远", "街道党工委副书记", (),
                CheckInMethod.HAND, ARRIVED,
            ),
        ),
    }  # fmt: skip
    return DayRecord(**{**fields, **changes})


def deputy_brief(name: str = "于桂芳", number: int = 6) -> DeputyBrief:
    return DeputyBrief(uid(number), name, (Level.CITY, Level.COUNTY))


def counters(**changes: int) -> DayCounters:
    fields = {
        "visits": 20, "people": 31, "issues": 25, "answered": 9, "to_handle": 14, "joined": 2,
    }  # fmt: skip
    return DayCounters(**{**fields, **changes})
