"""What becomes of the demo station's issues: units, promises, meetings, later looks."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import count
from random import Random
from typing import Any
from uuid import UUID

from db.vocabulary import (
    AskedHow,
    Clock,
    Degree,
    Finding,
    IssueStatus,
    Rater,
    Rating,
    Stage,
    Supervisor,
)
from station_app.domain.issues import IssueRecord
from station_app.domain.lists import Listing
from station_app.domain.meetings import MeetingDraft, MeetingItem
from station_app.domain.moments import ZONE, local
from station_app.domain.suggestions import next_stage
from station_app.services import (
    issue_care,
    issue_results,
    issues,
    meetings,
    suggestion_texts,
    suggestions,
)
from station_app.services.issue_records import list_issues
from station_app.store import Tx
from station_app.wiring import OpenStation

_S = IssueStatus
_HOURS = (9, 10, 11, 14, 15, 16)
_DEGREES = [Degree.SOLVED] * 6 + [Degree.BEING_SOLVED, Degree.PLANNED, Degree.CANNOT_NOW]
_RATINGS = [Rating.SATISFIED] * 7 + [Rating.FAIRLY_SATISFIED] * 2 + [Rating.DISSATISFIED]
_HOWS = [AskedHow.PHONE] * 3 + [AskedHow.IN_PERSON, AskedHow.FORM]
_PEOPLE = {
    Supervisor.LEADING: "赵主任",
    Supervisor.CHARGED: "钱副区长",
    Supervisor.HANDLING: "孙局长",
    Supervisor.MATCHING: "城建环保工委",
}

Matter = dict[str, Any]
#: When, in which order, what, and whether she does it who asks the residents.
Step = tuple[datetime, int, Callable[[Tx], None], bool]


class Casework:
    """An agenda of acts in office hours; each act puts the next one on it."""

    def __init__(self, station: OpenStation, clock: Any, ends: datetime, random: Random) -> None:
        self.station, self.clock, self.ends, self.random = station, clock, ends, random
        self.units: dict[str, UUID] = {}
        self.deputy_ids: list[UUID] = []
        #: Who asks residents how they feel, so that it is not who handled their issues.
        self.caller = station.actor
        self._calls = Random(1)  # a chance of its own, so that the stories stay as they are
        self._agenda: list[Step] = []
        self._left: set[UUID] = set()
        self._order = count()

    def remember(self, issue_id: UUID, matter: Matter) -> None:
        """An issue was registered or answered: its way begins."""
        self._next(0.2, 2, lambda tx: self._go_on(tx, issue_id, matter))

    def leave_with(self, issue_id: UUID, unit: str, text: str) -> None:
        """An issue is assigned, and its unit is still at it when the story ends."""
        unit_id = self.units[unit]
        self._left.add(issue_id)
        self._next(0.2, 2, lambda tx: _assign_only(tx, issue_id, unit_id, text))

    def until(self, moment: datetime) -> None:
        """Do everything on the agenda up to ``moment``; what falls into one hour in one go."""
        end = min(moment, self.ends)
        while self._agenda and self._agenda[0][0] < end:
            now, *_, by_caller = self._agenda[0]
            self.clock.at = now
            with self.station.store.write(self.caller if by_caller else self.station.actor) as tx:
                while self._agenda and self._agenda[0][::3] == (now, by_caller):
                    heapq.heappop(self._agenda)[2](tx)

    def hold_meeting(self, topic: str) -> None:
        """Deputies, residents and departments talk about three open issues."""
        self._next(6, 8, lambda tx: self._meet(tx, topic))

    def raise_one(self, category: str, stages: int) -> None:
        """A suggestion is drawn from open issues of a category and taken so many stages on."""
        self._next(3, 6, lambda tx: self._raise(tx, category, stages))

    def _next(self, least: float, most: float, work: Callable[[Tx], None]) -> None:
        day = local(self.clock.at + timedelta(days=self.random.uniform(least, most))).date()
        while day.weekday() > 4:
            day += timedelta(days=1)
        at = datetime.combine(day, time(self.random.choice(_HOURS)), ZONE).astimezone(UTC)
        at = max(at, self.clock.at + timedelta(hours=1))
        heapq.heappush(self._agenda, (at, next(self._order), work, False))

    def _rate(self, tx: Tx, issue_id: UUID, **given: Any) -> None:
        """Somebody says what they feel; mostly asked by the caller, within the same hour."""
        if self._calls.random() < 0.15:
            issue_results.evaluate_issue(tx, issue_id, **given)
            return

        def asked(tx: Tx) -> None:
            issue_results.evaluate_issue(tx, issue_id, **given)

        heapq.heappush(self._agenda, (self.clock.at, next(self._order), asked, True))

    def _go_on(self, tx: Tx, issue_id: UUID, matter: Matter) -> None:
        """The act that usually comes next, and the one after it onto the agenda."""
        issue, luck = issues.get_issue(tx, issue_id), self.random.random()
        work = _STEPS.get(issue.status)
        pause = work(self, tx, issue, matter, luck) if work is not None else None
        if pause is not None:
            self._next(*pause, lambda tx: self._go_on(tx, issue_id, matter))

    def _registered(
        self, tx: Tx, issue: IssueRecord, matter: Matter, luck: float
    ) -> tuple[float, float] | None:
        if issue.case.waiting:
            issue_care.resume_issue(tx, issue.id, text="群众已把材料送来。")
        elif luck < 0.05:
            issue_care.wait_for_resident(tx, issue.id, reason="请群众补充产权证明和现场照片。")
            return 3, 9
        elif luck < 0.1:
            return 5, 20  # nobody looked after it for a while
        lead = self.units[matter["unit"]]
        others = [one for one in self.units.values() if one != lead]
        also = self.random.sample(others, 1) if luck > 0.8 else []
        text = "请按期办理并回复。"
        issues.assign_issue(tx, issue.id, unit_id=lead, also=also, text=text)
        if luck > 0.96:
            issue_care.supervise_issue(tx, issue.id, roles=_PEOPLE, text="列入年度重点督办件。")
        return 2, 9

    def _assigned(
        self, tx: Tx, issue: IssueRecord, matter: Matter, luck: float
    ) -> tuple[float, float] | None:
        if luck < 0.08:
            issues.send_back_issue(tx, issue.id, reason="不属本单位职责，建议由相关部门承办。")
        elif luck < 0.7:
            issues.take_up_issue(tx, issue.id)
            return 4, 17
        elif luck > 0.9:
            issues.urge_issue(tx, issue.id, text="请尽快承办。")
        return 5, 18

    def _taken_up(
        self, tx: Tx, issue: IssueRecord, matter: Matter, luck: float
    ) -> tuple[float, float] | None:
        for share in issue.case.units:
            if not share.leads and not share.advised and luck < 0.7:
                text = "同意主办单位意见，积极配合。"
                issues.advise_on_issue(tx, issue.id, unit_id=share.id, text=text)
        if luck < 0.66:
            promise: dict[str, Any] = {}
            if luck < 0.2:
                due = tx.today + timedelta(days=self.random.randint(10, 60))
                promise = {"promise": "按答复意见完成整改。", "promise_on": due}
                wait = (due - tx.today).days
                self._next(wait - 3, wait + 9, lambda tx: self._promise(tx, issue.id))
            issues.reply_issue(tx, issue.id, text=matter["reply"], **promise)
            return 2, 9
        issues.urge_issue(tx, issue.id, text="期限将到，请尽快回复。")
        return 4, 14

    def _said(
        self, tx: Tx, issue: IssueRecord, matter: Matter, luck: float
    ) -> tuple[float, float] | None:
        if issue.case.to_rate:
            if luck < 0.12:
                return 20, 40  # the resident could not be reached
            rating, how = self.random.choice(_RATINGS), self.random.choice(_HOWS)
            self._rate(tx, issue.id, rater=Rater.RESIDENT, rating=rating, how=how)
            if luck > 0.7:
                self._rate(
                    tx, issue.id, rater=Rater.DEPUTY, rating=rating, how=AskedHow.IN_PERSON,
                    deputy_id=self.random.choice(self.deputy_ids),
                )  # fmt: skip
            return 1, 5
        rating = next(
            one.rating for one in issue.case.evaluations if one.current and one.rater == "resident"
        )
        if rating is Rating.DISSATISFIED:
            unit_id = self.units[matter["unit"]]
            reason = "群众对办理结果不满意。"
            issue_results.rework_issue(tx, issue.id, reason=reason, unit_id=unit_id)
            return 1, 4
        if luck > 0.93:
            return 15, 40
        degree = self.random.choice(_DEGREES)
        issues.settle_issue(tx, issue.id, degree=degree, evidence=matter["evidence"])
        return 20, 40

    def _settled(
        self, tx: Tx, issue: IssueRecord, matter: Matter, luck: float
    ) -> tuple[float, float] | None:
        due = {one.clock: one.due_on for one in issue.case.deadlines}
        revisit, look = due.get(Clock.REVISIT), due.get(Clock.LOOK_BACK)
        if revisit is not None and luck < 0.75:
            found = Finding.BROKEN if luck < 0.03 else Finding.HOLDS
            issue_results.revisit_issue(tx, issue.id, found=found, text="电话回访，群众确认。")
        elif look is not None and look <= tx.today and luck < 0.85:
            solved = issue.degree is not Degree.SOLVED and luck < 0.5
            found = Finding.HOLDS if solved or issue.degree is Degree.SOLVED else Finding.NOT_YET
            degree = Degree.SOLVED if solved else None
            text = "到现场看过。"
            issue_results.look_back_on_issue(tx, issue.id, found=found, text=text, degree=degree)
        elif look is None and revisit is None:
            return None
        return 10, 35

    def _promise(self, tx: Tx, issue_id: UUID) -> None:
        issue = issues.get_issue(tx, issue_id)
        waiting = [one for one in issue.case.promises if one.kept is None]
        luck = self.random.random()
        if waiting and luck < 0.85 and issue.status is not _S.VOIDED:
            kept = luck < 0.7
            evidence = "已按承诺完成，现场照片两张。" if kept else "到期未完成，已再次督促。"
            issue_care.close_promise(tx, issue_id, waiting[0].id, kept=kept, evidence=evidence)

    def _meet(self, tx: Tx, topic: str) -> None:
        chosen = self._open(tx, ("registered", "assigned", "taken_up"), "")[:3]
        if not chosen:
            return
        items = tuple(MeetingItem(one.id, "各方同意由承办单位一个月内拿出方案。") for one in chosen)
        meetings.hold_meeting(
            tx,
            MeetingDraft(
                held_on=tx.today,
                topic=topic,
                items=items,
                place="二楼会议室",
                text="代表、群众、部门三方面对面商量，逐件明确了办理意见。",
                deputy_ids=tuple(self.random.sample(self.deputy_ids, 3)),
                residents=tuple(dict.fromkeys(one.resident for one in chosen)),
                departments=("街道办事处", "区住建局"),
            ),
        )

    def _raise(self, tx: Tx, category: str, stages: int) -> None:
        chosen = self._open(tx, ("registered", "assigned", "taken_up", "replied"), category)[:3]
        if not chosen:
            return
        draft = suggestion_texts.suggestion_text(tx, [one.id for one in chosen])
        leads = tuple(self.random.sample(self.deputy_ids, 2))
        made = suggestions.raise_suggestion(tx, replace(draft, deputy_ids=leads))
        self._next(3, 9, lambda tx: self._advance(tx, made.id, stages))

    def _advance(self, tx: Tx, suggestion_id: UUID, left: int) -> None:
        now = suggestions.get_suggestion(tx, suggestion_id)
        stage = next_stage(now.stage)
        if not left or stage is None:
            return
        suggestions.advance_suggestion(
            tx,
            suggestion_id,
            stage=stage,
            text="已列入明年实施计划。" if stage is Stage.ANSWERED else "",
            unit_id=self.units["jdb"] if stage is Stage.ASSIGNED else None,
            official_number=f"{tx.today.year}-105" if stage is Stage.ASSIGNED else "",
            rating=Rating.FAIRLY_SATISFIED if stage is Stage.FED_BACK else None,
        )
        self._next(4, 12, lambda tx: self._advance(tx, suggestion_id, left - 1))

    def _open(self, tx: Tx, statuses: tuple[str, ...], category: str) -> list[IssueRecord]:
        found = list_issues(tx, Listing("registered_at", True, filters={"category": category}))
        free = [one for one in found.rows if one.id not in self._left]
        rows = [one.id for one in free if one.status.value in statuses]
        return [issues.get_issue(tx, one) for one in rows[:6]]


def _assign_only(tx: Tx, issue_id: UUID, unit_id: UUID, text: str) -> None:
    issues.assign_issue(tx, issue_id, unit_id=unit_id, text=text)
    issues.take_up_issue(tx, issue_id)


_STEPS: dict[IssueStatus, Callable[..., tuple[float, float] | None]] = {
    _S.REGISTERED: Casework._registered,
    _S.ASSIGNED: Casework._assigned,
    _S.TAKEN_UP: Casework._taken_up,
    _S.ANSWERED: Casework._said,
    _S.REPLIED: Casework._said,
    _S.SETTLED: Casework._settled,
    _S.RAISED: lambda *_: (20, 40),
    _S.JOINED: lambda *_: None,
}
