"""Three long lives of issues, act by act, as the operator lives them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from db.vocabulary import (
    AskedHow,
    Clock,
    Degree,
    Finding,
    IssueEventKind,
    IssueStatus,
    Rater,
    Rating,
    Stage,
    Turn,
)
from station_app.domain.issues import IssueDraft, IssueRecord
from station_app.domain.meetings import MeetingDraft, MeetingItem
from station_app.domain.suggestions import STAGES
from station_app.errors import Conflict
from station_app.services import (
    issue_care,
    issue_results,
    issues,
    meetings,
    suggestion_texts,
    suggestions,
)
from tests.services.casework import Office

LIFT = IssueDraft("加装电梯", "桃源街12号楼没有电梯。", category="zj-dt", place="桃源街12号楼")


def due(record: IssueRecord, clock: Clock) -> date | None:
    return next((one.due_on for one in record.case.deadlines if one.clock is clock), None)


def test_a_lift_promised_late_reworked_settled_and_looked_at_next_year(office: Office) -> None:
    first = office.come("李建国", LIFT, size=3)
    others = [office.come(name, LIFT, size=size) for name, size in (("王芳", 2), ("孙梅", 1))]
    others.append(office.come("周强", IssueDraft("电梯", join_to=first.id)))
    for one in others[:2]:
        office.act(issues.join_issue, one.id, into=first.id)
    assert office.read(partial(issues.get_issue, issue_id=first.id)).people == 7

    item = MeetingItem(
        first.id, "街道牵头，一个月内开工", office.units[0], (office.units[1],), "开工",
        date(2026, 12, 1),
    )  # fmt: skip
    meeting = MeetingDraft(
        date(2026, 11, 10), "加装电梯", (item,), "三楼会议室", "各方同意", (office.deputy,),
        ("李建国", "王芳"), ("住建局",),
    )  # fmt: skip
    held = office.write(lambda tx: meetings.hold_meeting(tx, meeting))
    assert held.items[0].unit
    assert (held.items[0].promise, held.items[0].promise_on) == ("开工", date(2026, 12, 1))
    now = office.read(partial(issues.get_issue, issue_id=first.id))
    assert (now.status, now.case.turn) == (IssueStatus.ASSIGNED, Turn.UNIT)
    assert [one.leads for one in now.case.units] == [True, False]
    assert due(now, Clock.ADVISE) == date(2026, 12, 10)

    office.act(issues.take_up_issue, first.id)
    office.act(issues.advise_on_issue, first.id, unit_id=office.units[1], text="规划无异议")
    office.later(25)
    (promise,) = now.case.promises
    kept = office.act(
        issue_care.close_promise, first.id, promise_id=promise.id, kept=True, evidence="开工照片"
    )
    assert (kept.case.promises[0].kept, kept.case.promises[0].late) == (True, True)
    assert kept.case.promises[0].evidence == "开工照片"
    office.act(issues.reply_issue, first.id, text="已经开工", unit_id=office.units[0])
    rate = partial(office.act, issue_results.evaluate_issue, first.id, how=AskedHow.PHONE)
    bad = rate(rater=Rater.RESIDENT, rating=Rating.DISSATISFIED, text="噪声太大")
    assert (bad.case.turn, bad.case.to_rate) == (Turn.STATION, False)
    again = office.act(issue_results.rework_issue, first.id, reason="群众不满意")
    assert (again.status, again.case.evaluations[0].current) == (IssueStatus.ASSIGNED, False)
    office.later(10)
    office.act(issues.reply_issue, first.id, text="已调整施工时间")
    good = rate(rater=Rater.RESIDENT, rating=Rating.SATISFIED)
    assert [one.current for one in good.case.evaluations] == [False, True]
    settled = office.act(
        issues.settle_issue, first.id, degree=Degree.SOLVED, evidence="电梯运行，验收单"
    )
    assert due(settled, Clock.LOOK_BACK) == date(2027, 2, 1)
    office.later(45)
    back = office.act(
        issue_results.look_back_on_issue, first.id, found=Finding.HOLDS, text="运行正常"
    )
    assert due(back, Clock.LOOK_BACK) is None
    apart = office.act(issues.unjoin_issue, others[0].id)
    assert (apart.status, apart.case.turn) == (IssueStatus.REGISTERED, Turn.STATION)
    assert len(apart.events) == len(others[0].events) + 2


def test_wages_declined_reopened_sent_back_reassigned_urged_replied_settled(
    office: Office,
) -> None:
    wages = office.come("陈工", IssueDraft("拖欠工资", category="ld-xz"))
    declined = office.act(
        issues.decline_issue, wages.id, reason="arbitration", instead="请到仲裁院"
    )
    assert declined.events[-1].details["why"]
    office.act(issues.reopen_issue, wages.id, reason="仲裁院不受理")
    office.act(issues.assign_issue, wages.id, unit_id=office.units[2])
    back = office.act(issues.send_back_issue, wages.id, reason="不归我们")
    assert due(back, Clock.DECIDE) == date(2026, 11, 13)
    office.later(1)
    assigned = office.act(
        issues.assign_issue, wages.id, unit_id=office.units[3], urgent=True, expected=back.status
    )
    assert due(assigned, Clock.REPLY) == date(2026, 11, 18)
    office.later(6)
    office.act(issues.urge_issue, wages.id, text="请尽快")
    replied = office.act(issues.reply_issue, wages.id, text="已发放")
    assert (replied.case.turn, replied.case.to_rate) == (Turn.RATING, True)
    done = office.act(issues.settle_issue, wages.id, degree=Degree.SOLVED, evidence="银行回单")
    assert done.status is IssueStatus.SETTLED
    assert due(done, Clock.REVISIT) == date(2026, 12, 17)
    broken = office.act(
        issue_results.revisit_issue, wages.id, found=Finding.BROKEN, text="又拖欠一个月"
    )
    assert (broken.status, broken.case.turn) == (IssueStatus.REGISTERED, Turn.STATION)


def test_a_traffic_light_through_seven_stages_planned_and_looked_at_across_the_year(
    office: Office,
) -> None:
    light = IssueDraft("路口没有红绿灯", "李建国13800001234说路口没有红绿灯。", place="桃源街口")
    first, second = office.come("李建国", light, size=4), office.come("王芳", light)
    draft = office.read(lambda tx: suggestion_texts.suggestion_text(tx, [first.id, second.id]))
    assert "李**" in draft.text
    assert "2 条" in draft.text
    assert "5 人次" in draft.text
    assert not any(word in draft.text for word in ("李建国", "1380000", "王芳"))
    draft = replace(draft, deputy_ids=(office.deputy,))
    raised = office.write(lambda tx: suggestions.raise_suggestion(tx, draft))
    assert {one.status for one in raised.issues} == {IssueStatus.RAISED}
    advance = suggestions.advance_suggestion
    for stage in STAGES[1:]:
        office.later(1)
        given: dict[str, object] = {"stage": stage}
        if stage is Stage.ASSIGNED:
            given |= {"unit_id": office.units[4], "official_number": "第 105 号"}
        if stage is Stage.ANSWERED:
            given |= {"text": "已列入明年计划"}
        if stage is Stage.FED_BACK:
            given |= {"rating": Rating.FAIRLY_SATISFIED}
        with office.station.store.write(office.station.actor) as tx:
            done = advance(tx, raised.id, **given)  # type: ignore[arg-type]  # by the stage
        if stage is Stage.HANDLED:
            assert done.due_on == date(2027, 2, 15)
    assert (done.stage, done.next_stage, done.official_number) == (
        Stage.FED_BACK,
        None,
        "第 105 号",
    )
    assert [one.stage for one in done.steps] == list(STAGES)
    now = office.read(partial(issues.get_issue, issue_id=first.id))
    assert (now.status, now.case.evaluations[0].rater) == (IssueStatus.REPLIED, Rater.DEPUTY)
    planned = office.act(issues.settle_issue, first.id, degree=Degree.PLANNED, evidence="计划文件")
    assert due(planned, Clock.LOOK_BACK) == date(2027, 2, 15)
    office.later(91)
    looked = office.act(
        issue_results.look_back_on_issue, first.id, found=Finding.NOT_YET, text="正在招标"
    )
    assert due(looked, Clock.LOOK_BACK) == date(2027, 5, 17)
    solved = office.act(
        issue_results.look_back_on_issue,
        first.id,
        found=Finding.HOLDS,
        text="红绿灯已启用",
        degree=Degree.SOLVED,
    )
    assert (solved.degree, due(solved, Clock.LOOK_BACK)) == (Degree.SOLVED, date(2028, 1, 31))


def test_a_withdrawn_suggestion_leaves_its_issues_where_they_were(office: Office) -> None:
    issue = office.come("李建国", LIFT)
    before = office.act(issues.assign_issue, issue.id, unit_id=office.units[0])
    draft = office.read(lambda tx: suggestion_texts.suggestion_text(tx, [issue.id]))
    draft = replace(draft, deputy_ids=(office.deputy,))
    raised = office.write(lambda tx: suggestions.raise_suggestion(tx, draft))
    with pytest.raises(Conflict):
        office.act(issues.reply_issue, issue.id, text="答复", expected=IssueStatus.ASSIGNED)
    office.write(lambda tx: suggestions.withdraw_suggestion(tx, raised.id, reason="另行提出"))
    after = office.read(partial(issues.get_issue, issue_id=issue.id))
    assert (after.status, after.unit) == (before.status, before.unit)
    assert due(after, Clock.REPLY) == due(before, Clock.REPLY)
    with pytest.raises(Conflict):
        office.write(lambda tx: suggestions.advance_suggestion(tx, raised.id, stage=Stage.REVIEWED))


def test_the_last_act_is_undone_and_both_stay_in_the_history(office: Office) -> None:
    issue = office.come("李建国", LIFT)
    assigned = office.act(issues.assign_issue, issue.id, unit_id=office.units[0])
    replied = office.act(issues.reply_issue, issue.id, text="错了")
    with pytest.raises(Conflict):
        office.act(issues.undo_act, issue.id, event_id=assigned.events[-1].id)
    assert replied.case.undoable == replied.events[-1].id
    back = office.act(issues.undo_act, issue.id, event_id=replied.events[-1].id)
    assert (back.status, back.case.turn, back.unit) == ("assigned", "unit", assigned.unit)
    assert back.case.deadlines == assigned.case.deadlines
    assert [one.undone for one in back.events] == [False, False, True, False]
    assert back.events[-1].event is IssueEventKind.UNDONE
    office.act(issues.undo_act, issue.id, event_id=back.case.undoable)
    first = office.read(partial(issues.get_issue, issue_id=issue.id))
    assert (first.status, first.unit) == (IssueStatus.REGISTERED, "")
    assert first.case.undoable is None
