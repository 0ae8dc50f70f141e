"""One act on many issues: who takes part, all or none, and one undoing for all."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

import pytest

from db.vocabulary import Degree, IssueEventKind, IssueStatus, Role, Supervisor
from station_app.domain.accounts import Actor
from station_app.domain.issue_bulk import BULK, BulkDone
from station_app.domain.issues import IssueDraft, IssueRecord
from station_app.errors import Conflict, NotAllowed, RuleViolation
from station_app.services import issue_bulk, issues
from tests.services.casework import Office

_E = IssueEventKind
_S = IssueStatus


def came(office: Office, *titles: str) -> list[UUID]:
    found = []
    for title in titles:
        draft = IssueDraft(title, f"{title}，找李建国 13800000231", place="桃源街12号楼")
        found.append(office.come("李建国", draft).id)
        office.later(1)
    return found


def settled(office: Office, issue_id: UUID) -> None:
    office.act(issues.answer_issue, issue_id, text="答复", deputy_id=office.deputy)
    office.act(issues.settle_issue, issue_id, degree=Degree.SOLVED, evidence="照片")


def whole(office: Office, issue_id: UUID) -> IssueRecord:
    found: IssueRecord = office.read(partial(issues.get_issue, issue_id=issue_id))
    return found


def statuses(office: Office, ids: list[UUID]) -> list[IssueStatus]:
    return [whole(office, one).status for one in ids]


def test_who_cannot_take_part_is_said_before(office: Office) -> None:
    ids = came(office, "电梯", "路灯", "停车")
    settled(office, ids[1])
    plan = office.read(partial(issue_bulk.plan_bulk, event=_E.ASSIGNED, issue_ids=ids[::-1]))
    assert [one.id for one in plan.able] == [ids[0], ids[2]]
    assert [(one.issue.id, one.why) for one in plan.unable] == [(ids[1], "处于“已办结”")]
    public = office.read(partial(issue_bulk.plan_bulk, event=_E.PUBLISHED, issue_ids=ids))
    assert [one.id for one in public.able] == [ids[1]]
    assert public.words == (("路灯", "路灯，找李** **"),)
    for event in BULK:
        found = office.read(partial(issue_bulk.plan_bulk, event=event, issue_ids=ids))
        assert len(found.able) + len(found.unable) == 3
        assert bool(found.targets) == (event is _E.JOINED)


def test_many_are_assigned_urged_and_all_of_it_is_undone(office: Office) -> None:
    ids = came(office, "电梯", "路灯", "停车")
    assign = partial(issue_bulk.assign_issues, issue_ids=ids, unit_id=office.units[0], text="请办")
    done: BulkDone = office.write(assign)
    assert statuses(office, ids) == [_S.ASSIGNED] * 3
    urged = office.write(partial(issue_bulk.urge_issues, issue_ids=ids, text="请尽快"))
    assert [whole(office, one).events[-1].event for one in ids] == [_E.URGED] * 3
    with pytest.raises(Conflict, match="之后又有了"):
        office.write(partial(issue_bulk.undo_bulk, done=done))
    office.write(partial(issue_bulk.undo_bulk, done=urged))
    office.write(partial(issue_bulk.undo_bulk, done=done))
    assert statuses(office, ids) == [_S.REGISTERED] * 3
    assert [len(whole(office, one).events) for one in ids] == [5] * 3, "history keeps everything"


def test_one_that_moved_on_meanwhile_changes_none_of_them(office: Office) -> None:
    ids = came(office, "电梯", "路灯")
    settled(office, ids[1])
    number = whole(office, ids[1]).number
    with pytest.raises(Conflict, match=number):
        office.write(partial(issue_bulk.assign_issues, issue_ids=ids, unit_id=office.units[0]))
    assert statuses(office, ids) == [_S.REGISTERED, _S.SETTLED]


def test_joining_many_into_one_loses_nothing_and_is_undone_at_once(office: Office) -> None:
    ids = came(office, "电梯", "路灯", "停车")
    done = office.write(partial(issue_bulk.join_issues, issue_ids=ids, into=ids[0]))
    assert statuses(office, ids) == [_S.REGISTERED, _S.JOINED, _S.JOINED]
    assert whole(office, ids[0]).joined_count == 2
    office.write(partial(issue_bulk.undo_bulk, done=done))
    assert statuses(office, ids) == [_S.REGISTERED] * 3
    assert whole(office, ids[0]).joined_count == 0
    with pytest.raises(RuleViolation):
        office.write(partial(issue_bulk.join_issues, issue_ids=ids, into=None))


def test_supervision_and_the_public_are_for_many_too(office: Office) -> None:
    ids = came(office, "电梯", "路灯")
    roles = dict.fromkeys(Supervisor, "某主任")
    watched = office.write(partial(issue_bulk.supervise_issues, issue_ids=ids, roles=roles))
    plan = office.read(partial(issue_bulk.plan_bulk, event=_E.SUPERVISED, issue_ids=ids))
    assert plan.able == ()
    office.write(partial(issue_bulk.undo_bulk, done=watched))
    for one in ids:
        settled(office, one)
    office.write(partial(issue_bulk.publish_issues, issue_ids=ids))
    assert all(whole(office, one).case.published for one in ids)
    assert "李建国" not in whole(office, ids[0]).events[-1].text
    again = office.read(partial(issue_bulk.plan_bulk, event=_E.PUBLISHED, issue_ids=ids))
    assert {one.why for one in again.unable} == {"已经公开"}
    back = office.write(partial(issue_bulk.unpublish_issues, issue_ids=ids, reason="当事人要求"))
    assert not any(whole(office, one).case.published for one in ids)
    office.write(partial(issue_bulk.undo_bulk, done=back))
    assert all(whole(office, one).case.published for one in ids)


def test_who_may_only_look_does_nothing(office: Office) -> None:
    ids = came(office, "电梯")
    viewer = Actor(office.station.actor.id, "李桂香", Role.VIEWER)
    acts: list[Any] = [
        partial(issue_bulk.urge_issues, issue_ids=ids),
        partial(issue_bulk.undo_bulk, done=BulkDone(_E.URGED, ())),
    ]
    for act in acts:
        with pytest.raises(NotAllowed), office.station.store.write(viewer) as tx:
            act(tx)
