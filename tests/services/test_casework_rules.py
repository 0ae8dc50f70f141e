"""What the acts of casework refuse, and beside which field they say so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from db.vocabulary import AskedHow, Finding, Rater, Rating, Supervisor
from db.vocabulary import IssueStatus as S
from station_app.domain.issues import IssueDraft, IssueRecord
from station_app.domain.lists import Listing
from station_app.domain.meetings import MeetingDraft, MeetingItem
from station_app.errors import Conflict, RuleViolation, StationError
from station_app.services import dictionaries, issue_care, issue_results, issues, meetings, rules
from station_app.services.meeting_lists import list_meetings
from tests.services.casework import Office

LIFT = IssueDraft("加装电梯", "李建国，13800001234，住12号楼3单元501，说没有电梯。")
PAST, TO_COME = date(2026, 11, 9), date(2026, 12, 1)
NO = uuid4()


def refused(work: Callable[[], Any]) -> set[str]:
    """The fields beside which something is said."""
    with pytest.raises(RuleViolation) as caught:
        work()
    return set(caught.value.fields)


def test_every_bad_input_is_told_beside_its_field(office: Office) -> None:
    issue = office.come("李建国", LIFT)
    act = partial(office.act, issue_id=issue.id)
    assert refused(lambda: act(issues.assign_issue, unit_id=None)) == {"unit_id"}
    lead = office.units[0]
    again = partial(act, issues.assign_issue, unit_id=lead)
    assert refused(lambda: again(also=(lead,))) == {"also"}
    assert refused(lambda: again(also=(NO,))) == {"also"}
    rate = partial(act, issue_results.evaluate_issue, how=AskedHow.PHONE, rating=Rating.SATISFIED)
    assert refused(lambda: rate(rater=Rater.RESIDENT)) == {"rating"}
    assert refused(lambda: act(issues.decline_issue, reason="none", instead="x")) == {"reason"}
    promise = partial(act, issue_care.commit_on_issue)
    assert refused(lambda: promise(text="开工", due_on=PAST)) == {"due_on"}
    assert refused(lambda: promise(text=" ", due_on=TO_COME)) == {"text"}
    again()
    reply = partial(act, issues.reply_issue)
    assert refused(lambda: reply(text="好", unit_id=office.units[1])) == {"unit_id"}
    assert refused(lambda: reply(text="好", promise="开工", promise_on=PAST)) == {"promise_on"}
    assert refused(lambda: reply(text=" ")) == {"text"}
    advise = partial(act, issues.advise_on_issue, text="无异议")
    assert refused(lambda: advise(unit_id=office.units[1])) == {"unit_id"}
    reply(text="好")
    assert refused(lambda: act(issues.settle_issue, degree=None, evidence="照片")) == {"degree"}
    assert refused(lambda: rate(rater=None)) == {"rater"}
    assert refused(lambda: rate(rater=Rater.DEPUTY)) == {"deputy_id"}
    assert refused(lambda: rate(rater=Rater.THIRD_PARTY)) == {"third_party"}
    assert refused(lambda: rate(rater=Rater.RESIDENT, resident_id=NO)) == {"resident_id"}
    assert refused(lambda: act(issue_results.rework_issue, reason="")) == {"reason"}
    roles = dict.fromkeys(Supervisor, "张三") | {Supervisor.MATCHING: " "}
    assert refused(lambda: act(issue_care.supervise_issue, roles=roles)) == {"roles.matching"}
    look = partial(act, issue_results.look_back_on_issue)
    assert refused(lambda: look(found=None, text="看过")) == {"found"}
    with pytest.raises(Conflict):
        look(found=Finding.HOLDS, text="还没有办结")


def test_an_answered_issue_without_a_unit_is_reworked_only_by_one_that_is_named(
    office: Office,
) -> None:
    issue = office.come("李建国", LIFT)
    office.act(issues.answer_issue, issue.id, text="会反映", deputy_id=office.deputy)
    rework = partial(office.act, issue_results.rework_issue, issue.id, reason="不满意")
    assert refused(rework) == {"unit_id"}
    assert rework(unit_id=office.units[0]).status is S.ASSIGNED


def test_a_command_made_on_what_was_true_before_is_told_what_is_true_now(office: Office) -> None:
    issue = office.come("李建国", LIFT)
    office.act(issues.assign_issue, issue.id, unit_id=office.units[0])
    with pytest.raises(Conflict) as caught:
        office.act(issues.assign_issue, issue.id, unit_id=office.units[1], expected=S.REGISTERED)
    assert "已交办" in caught.value.text


def test_waiting_for_the_resident_is_begun_and_ended_once(office: Office) -> None:
    issue = office.come("李建国", LIFT)
    wait = partial(office.act, issue_care.wait_for_resident, issue.id)
    resume = partial(office.act, issue_care.resume_issue, issue.id)
    assert refused(resume) == {"text"}
    assert refused(lambda: wait(reason=" ")) == {"reason"}
    assert wait(reason="带产权证").case.waiting
    assert refused(lambda: wait(reason="再带")) == {"reason"}
    assert not resume().case.waiting


def test_a_rating_asked_for_by_who_handled_it_is_marked(office: Office) -> None:
    issue = office.come("李建国", LIFT)
    office.act(issues.assign_issue, issue.id, unit_id=office.units[0])
    office.act(issues.reply_issue, issue.id, text="好")
    rate = partial(
        office.act, issue_results.evaluate_issue, issue.id, how=AskedHow.FORM,
        rating=Rating.SATISFIED,
    )  # fmt: skip
    (own,) = rate(rater=Rater.RESIDENT).case.evaluations
    assert (own.self_asked, own.who, own.asked_by) == (True, "李建国", "王秀英")
    by_third = rate(rater=Rater.THIRD_PARTY, third_party="评估公司").case.evaluations[-1]
    assert (by_third.rater, by_third.who) == (Rater.THIRD_PARTY, "评估公司")
    assert {one.current for one in (own, by_third)} == {True}


def test_the_public_reads_nothing_that_tells_who_raised_it(office: Office) -> None:
    issue = office.come("李建国", LIFT)
    office.act(issues.answer_issue, issue.id, text="会反映", deputy_id=office.deputy)
    title, text = office.read(partial(issue_care.public_text, issue_id=issue.id))
    assert (title, text) == ("加装电梯", "李**，**，住12号楼**，说没有电梯。")
    publish = partial(office.act, issue_care.publish_issue, issue.id, title=title)
    assert refused(lambda: publish(text=LIFT.text)) == {"text"}
    assert refused(lambda: publish(text="请打 0411-83601234")) == {"text"}
    assert publish(text=text).case.published
    hide = partial(office.act, issue_care.unpublish_issue, issue.id)
    assert not hide(reason="群众要求").case.published
    assert refused(lambda: hide(reason="再次")) == {"reason"}


def test_a_meeting_is_written_down_whole_or_not_at_all(office: Office) -> None:
    first, second = office.come("李建国", LIFT), office.come("王芳", LIFT)
    items = (
        MeetingItem(first.id, "街道办理", office.units[0]),
        MeetingItem(second.id, "住建办理", NO, promise="开工", promise_on=PAST),
    )
    draft = MeetingDraft(date(2026, 11, 10), " ", items)
    hold = partial(meetings.hold_meeting, draft=draft)
    assert refused(lambda: office.write(hold)) == {
        "topic", "deputy_ids", "residents", "departments",
    }  # fmt: skip
    draft = MeetingDraft(
        date(2026, 11, 10), "电梯", items, deputy_ids=(office.deputy,), residents=("李建国",),
        departments=("住建局",),
    )  # fmt: skip
    hold = partial(meetings.hold_meeting, draft=draft)
    assert refused(lambda: office.write(hold)) == {"items.1.unit_id"}
    assert office.read(partial(issues.get_issue, issue_id=first.id)).status is S.REGISTERED
    assert not office.read(partial(list_meetings, listing=Listing("held_on"))).rows


def test_new_rules_leave_issues_begun_under_the_old_ones_alone(office: Office) -> None:
    before = office.come("李建国", LIFT)
    body = {
        "code": "local-2", "valid_from": "2026-11-01", "decide": {"working_days": 1},
        "reply": {"working_days": 10}, "reply_urgent": {"working_days": 2},
        "advise": {"days": 10}, "suggestion": {"months": 2}, "suggestion_complex": {"months": 3},
        "revisit": {"days": 10}, "look_back": {},
    }  # fmt: skip
    office.write(lambda tx: rules.add_rule_set(tx, body))
    assert refused(lambda: office.write(lambda tx: rules.add_rule_set(tx, body))) == {"code"}
    after = office.come("王芳", LIFT)
    assert deadline(before) == date(2026, 11, 13)
    assert deadline(after) == date(2026, 11, 11)
    assert (before.case.rules, after.case.rules) == ("standard-1", "local-2")
    kept = office.act(issues.assign_issue, before.id, unit_id=office.units[0])
    assert deadline(kept) == date(2026, 12, 1)
    moved = office.act(issue_care.move_to_rules, before.id, code="local-2", reason="统一口径")
    assert deadline(moved) == date(2026, 11, 24)


def test_an_imported_calendar_moves_the_days_of_what_is_open(office: Office) -> None:
    from station_app.domain.lists import Listing
    from station_app.services.issue_columns import measure_again
    from station_app.services.issue_records import list_issues

    issue = office.come("李建国", LIFT)
    days = [(date(2026, 11, 12), False, "本地停工"), (date(2026, 10, 1), False, "国庆节")]
    assert office.write(lambda tx: rules.import_calendar(tx, days)) == 1
    assert office.write(measure_again) == 1
    assert deadline(office.read(partial(issues.get_issue, issue_id=issue.id))) == date(2026, 11, 16)
    (row,) = office.read(lambda tx: list_issues(tx, Listing("registered_at"))).rows
    assert row.due_on == date(2026, 11, 16)
    assert office.write(lambda tx: rules.import_calendar(tx, days)) == 0


def test_a_retired_unit_is_given_nothing_more(office: Office) -> None:
    issue = office.come("李建国", LIFT)
    first = office.read(dictionaries.list_units)[0]
    with office.station.store.write(office.station.actor) as tx:
        from db.models import Unit

        tx.session.get_one(Unit, first.id).retired_at = tx.now
    with pytest.raises(StationError) as caught:
        office.act(issues.assign_issue, issue.id, unit_id=first.id)
    assert first.name in caught.value.text


def deadline(record: IssueRecord) -> date | None:
    return record.case.deadlines[0].due_on
