"""The desk's one act, saving a visit, and taking it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from uuid import UUID

import pytest
from sqlalchemy import select, text

from db.models import Issue, IssueEvent
from db.vocabulary import Degree, Handling, IssueEventKind, IssueStatus, Op, Role
from station_app.domain.accounts import Actor
from station_app.domain.days import DayDraft
from station_app.domain.issue_history import fold, retold
from station_app.domain.issues import IssueDraft
from station_app.domain.residents import ResidentDraft
from station_app.domain.visits import Party, VisitDraft, VisitRecord
from station_app.errors import Conflict, NotAllowed, RuleViolation
from station_app.services import days, issues, residents, visit_lists, visits
from station_app.services.day_lists import day_counters
from station_app.services.dictionaries import list_units
from station_app.services.issue_records import earlier_issues, event_rows
from station_app.wiring import OpenStation
from tests.services.conftest import Clock

ZHANG = ResidentDraft("张三", "138 0000 0001", "桃源街1号楼101", "桃源社区")
LIFT = IssueDraft(title="", text="桃源街12号楼没有电梯，老人上下楼困难。", category="zj-dt")


def open_day(station: OpenStation) -> UUID:
    with station.store.write(station.actor) as tx:
        day = days.save_day(tx, DayDraft(date(2026, 11, 10), time(9), time(11, 30)))
        days.open_day(tx, day.id)
    return day.id


def receive(station: OpenStation, draft: VisitDraft) -> VisitRecord:
    with station.store.write(station.actor) as tx:
        return visits.save_visit(tx, draft)


def test_a_visit_is_saved_with_its_people_issues_and_numbers(station: OpenStation) -> None:
    day_id = open_day(station)
    draft = VisitDraft(
        lead=Party(ZHANG),
        companions=(Party(ResidentDraft("李四")), Party(ResidentDraft(" "))),
        issues=(LIFT, IssueDraft("路灯不亮", handling=Handling.ANSWERED, answer="已报修")),
        day_id=day_id,
        party_size=3,
    )
    saved = receive(station, draft)
    assert saved.number == "LF-KY-A-20261110-001"
    assert [one.number for one in saved.issues] == ["WZ-KY-A-20261110-001", "WZ-KY-A-20261110-002"]
    assert saved.sequence == 1
    assert saved.resident.phone == "13800000001"
    assert [one.name for one in saved.companions] == ["李四"]
    assert saved.issues[0].title == "桃源街12号楼没有电梯"
    assert saved.issues[0].category_name == "住建 · 加装电梯"
    assert [one.status for one in saved.issues] == [IssueStatus.REGISTERED, IssueStatus.ANSWERED]
    assert saved.recorder == "王秀英"
    with station.store.read(station.actor) as tx:
        assert visits.get_visit(tx, saved.id) == saved
        counters = day_counters(tx, day_id)
    assert (counters.visits, counters.people, counters.issues) == (1, 3, 2)
    assert (counters.answered, counters.to_handle, counters.joined) == (1, 1, 0)


def test_an_answer_that_was_taken_back_is_none_in_the_days_figures(station: OpenStation) -> None:
    day_id = open_day(station)
    answered = IssueDraft("路灯不亮", handling=Handling.ANSWERED, answer="已报修")
    saved = receive(station, VisitDraft(Party(ZHANG), (answered, answered), day_id))
    first, second = saved.issues
    with station.store.write(station.actor) as tx:
        issues.undo_act(tx, first.id, first.events[-1].id)
        issues.note_issue(tx, second.id, text="物业来电说已修好")
        counters = day_counters(tx, day_id)
    assert (counters.issues, counters.answered, counters.to_handle) == (2, 1, 1)
    with station.store.write(station.actor) as tx:
        issues.answer_issue(tx, first.id, text="明天换灯泡", deputy_id=None)
        assert day_counters(tx, day_id).answered == 2


def test_every_change_leaves_an_outbox_and_an_audit_row(station: OpenStation) -> None:
    day_id = open_day(station)
    with station.store.read(station.actor) as tx:
        before = tx.session.scalar(text("SELECT max(mid) FROM outbox"))
    receive(station, VisitDraft(Party(ZHANG), (LIFT,), day_id))
    with station.store.read(station.actor) as tx:
        query = "SELECT kind, op FROM outbox WHERE mid > :mid ORDER BY kind"
        rows = tx.session.execute(text(query), {"mid": before}).all()
        audits = tx.session.scalar(text("SELECT count(*) FROM audit"))
        sent = tx.session.scalar(text("SELECT count(*) FROM outbox"))
    kinds = [kind for kind, _ in rows]
    assert kinds == ["issue", "issue_event", "resident", "visit"]
    assert {op for _, op in rows} == {Op.ADD}
    assert audits == sent


def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_saved(station: OpenStation) -> None:
    day_id = open_day(station)
    wrong = VisitDraft(
        lead=Party(ResidentDraft("", phone="12")),
        issues=(IssueDraft(""), IssueDraft("判决", handling=Handling.DECLINED)),
        day_id=day_id,
        party_size=0,
    )
    with pytest.raises(RuleViolation) as found:
        receive(station, wrong)
    assert set(found.value.fields) == {
        "resident.name",
        "resident.phone",
        "party_size",
        "issues.0.text",
        "issues.1.reason",
        "issues.1.instead",
    }
    with station.store.read(station.actor) as tx:
        assert tx.session.scalar(text("SELECT count(*) FROM visit")) == 0
        assert tx.session.scalar(text("SELECT count(*) FROM counter")) == 0


def test_a_day_that_is_not_open_takes_no_visit(station: OpenStation) -> None:
    day_id = open_day(station)
    with station.store.write(station.actor) as tx:
        days.close_day(tx, day_id)
    with pytest.raises(Conflict):
        receive(station, VisitDraft(Party(ZHANG), (LIFT,), day_id))


def test_a_viewer_only_looks(station: OpenStation) -> None:
    day_id = open_day(station)
    viewer = Actor(station.actor.id, "看", Role.VIEWER)
    draft = VisitDraft(Party(ZHANG), (LIFT,), day_id)
    with pytest.raises(NotAllowed), station.store.write(viewer) as tx:
        visits.save_visit(tx, draft)


def test_a_returning_resident_joins_the_earlier_issue(station: OpenStation, clock: Clock) -> None:
    day_id = open_day(station)
    first = receive(station, VisitDraft(Party(ZHANG), (LIFT,), day_id))
    clock.move(minutes=20)
    with station.store.read(station.actor) as tx:
        (known,) = residents.match_residents(tx, "zs")
        (earlier,) = earlier_issues(tx, known.id)
    assert earlier.id == first.issues[0].id
    again = VisitDraft(
        lead=Party(replace(ZHANG, address="桃源街2号楼"), known.id),
        issues=(replace(LIFT, join_to=earlier.id),),
        day_id=day_id,
        party_size=2,
    )
    second = receive(station, again)
    assert second.resident.id == first.resident.id
    assert second.resident.visit_count == 2
    assert second.resident.address == "桃源街2号楼"
    assert second.issues[0].status is IssueStatus.JOINED
    assert second.issues[0].joined_to == earlier.id
    with station.store.read(station.actor) as tx:
        target = issues.get_issue(tx, earlier.id)
        rows = visit_lists.list_day_visits(tx, day_id)
    assert (target.joined_count, target.people) == (1, 3)
    assert [(row.sequence, row.joined_to_count) for row in rows] == [(2, 1), (1, 0)]


def test_voiding_a_visit_and_restoring_it_returns_exactly(station: OpenStation) -> None:
    day_id = open_day(station)
    first = receive(station, VisitDraft(Party(ZHANG), (LIFT,), day_id))
    joining = replace(LIFT, join_to=first.issues[0].id)
    second = receive(station, VisitDraft(Party(ZHANG, first.resident.id), (joining,), day_id))
    with station.store.write(station.actor) as tx:
        voided = visits.void_visit(tx, second.id, reason="重复登记")
        target = issues.get_issue(tx, first.issues[0].id)
        assert voided.voided
        assert voided.issues[0].status is IssueStatus.VOIDED
        assert target.joined_count == 0
        assert day_counters(tx, day_id).visits == 1
        assert voided.resident.visit_count == 1
    with station.store.write(station.actor) as tx:
        back = visits.restore_visit(tx, second.id)
        target = issues.get_issue(tx, first.issues[0].id)
    assert back.issues[0].status is IssueStatus.JOINED
    assert back.issues[0].joined_to == first.issues[0].id
    assert (target.joined_count, back.resident.visit_count) == (1, 2)
    assert len(back.issues[0].events) == len(second.issues[0].events) + 2


def test_a_visit_whose_issue_moved_on_cannot_be_voided(station: OpenStation) -> None:
    saved = receive(station, VisitDraft(Party(ZHANG), (LIFT,), open_day(station)))
    with station.store.write(station.actor) as tx:
        unit = list_units(tx)[0]
        issues.assign_issue(tx, saved.issues[0].id, unit_id=unit.id)
    with pytest.raises(Conflict), station.store.write(station.actor) as tx:
        visits.void_visit(tx, saved.id, reason="误登")


def test_numbers_are_never_given_twice(station: OpenStation) -> None:
    day_id = open_day(station)
    first = receive(station, VisitDraft(Party(ZHANG), (LIFT,), day_id))
    with station.store.write(station.actor) as tx:
        visits.void_visit(tx, first.id, reason="误登")
    second = receive(station, VisitDraft(Party(ZHANG), (LIFT,), day_id))
    assert second.number == "LF-KY-A-20261110-002"
    assert second.sequence == 2


def test_an_issue_walks_to_settled_and_its_status_is_its_history(station: OpenStation) -> None:
    saved = receive(station, VisitDraft(Party(ZHANG), (LIFT,), open_day(station)))
    issue_id = saved.issues[0].id
    with station.store.write(station.actor) as tx:
        unit = list_units(tx)[0]
        issues.assign_issue(tx, issue_id, unit_id=unit.id, text="请办理")
        issues.send_back_issue(tx, issue_id, reason="不归我们管")
        issues.assign_issue(tx, issue_id, unit_id=list_units(tx)[1].id)
        issues.urge_issue(tx, issue_id)
        issues.reply_issue(tx, issue_id, text="已列入计划")
        with pytest.raises(RuleViolation):
            issues.settle_issue(tx, issue_id, degree=Degree.PLANNED, evidence=" ")
        record = issues.settle_issue(tx, issue_id, degree=Degree.PLANNED, evidence="计划文件")
        assert (record.status, record.degree) == (IssueStatus.SETTLED, Degree.PLANNED)
        assert record.settled_at == tx.now
        again = issues.reopen_issue(tx, issue_id, reason="群众不满意")
    assert (again.status, again.settled_at, again.degree) == (IssueStatus.REGISTERED, None, None)
    assert fold(retold(again.events)) is again.status
    assert again.events[2].text == "不归我们管"
    assert again.events[2].unit == unit.name


def test_joining_is_reversible_and_never_a_circle(station: OpenStation) -> None:
    day_id = open_day(station)
    first = receive(station, VisitDraft(Party(ZHANG), (LIFT,), day_id)).issues[0]
    second = receive(station, VisitDraft(Party(ResidentDraft("李四")), (LIFT,), day_id)).issues[0]
    with station.store.write(station.actor) as tx:
        issues.join_issue(tx, second.id, into=first.id)
        with pytest.raises(Conflict):
            issues.join_issue(tx, first.id, into=second.id)
        apart = issues.unjoin_issue(tx, second.id)
        assert apart.status is IssueStatus.REGISTERED
        assert issues.get_issue(tx, first.id).joined_count == 0


def test_a_closed_issue_swallows_no_new_visit(station: OpenStation) -> None:
    day_id = open_day(station)
    said = replace(LIFT, handling=Handling.ANSWERED, answer="已说明")
    first = receive(station, VisitDraft(Party(ZHANG), (said,), day_id))
    with station.store.write(station.actor) as tx:
        issues.settle_issue(tx, first.issues[0].id, degree=Degree.SOLVED, evidence="群众签字")
        assert earlier_issues(tx, first.resident.id) == ()
    joining = replace(LIFT, join_to=first.issues[0].id)
    with pytest.raises(Conflict):
        receive(station, VisitDraft(Party(ZHANG, first.resident.id), (joining,), day_id))


def test_history_never_shrinks_and_events_of_one_moment_keep_their_order(
    station: OpenStation,
) -> None:
    said = replace(LIFT, handling=Handling.ANSWERED, answer="已说明")
    saved = receive(station, VisitDraft(Party(ZHANG), (said,) * 20, open_day(station)))
    with station.store.read(station.actor) as tx:
        for row in tx.session.scalars(select(Issue)):
            kinds = [one.event for one in event_rows(tx, row.id)]
            assert kinds == [IssueEventKind.REGISTERED, IssueEventKind.ANSWERED]
        assert len(tx.session.scalars(select(IssueEvent)).all()) == 2 * len(saved.issues)
