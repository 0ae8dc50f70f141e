"""What a deputy did in a year, out of real records, and what duty file and points say of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from functools import partial
from uuid import UUID

import pytest

from db.vocabulary import ActivityKind, Degree, IssueStatus, Level
from station_app.domain.activities import ActivityDraft, AssistanceDraft
from station_app.domain.days import DayDraft
from station_app.domain.deputies import DeputyDraft
from station_app.domain.duty_files import Aspect, DutyFile, counted_days
from station_app.domain.issues import IssueDraft
from station_app.domain.residents import ResidentDraft
from station_app.domain.suggestions import SuggestionRecord
from station_app.domain.visits import Party, VisitDraft
from station_app.printing import making
from station_app.printing.catalogue import YEARLY, Form
from station_app.services import (
    activities,
    assistances,
    attendance,
    days,
    deputies,
    issue_care,
    issues,
    suggestion_texts,
    suggestions,
    visits,
)
from station_app.services.duty_files import duty_file
from station_app.services.prints import prints_of
from station_app.store import Tx
from tests.printing.reading import read
from tests.services.casework import Office

_K = ActivityKind
TODAY = date(2026, 11, 10)
PHONE = "13800000231"


@pytest.fixture
def year(office: Office) -> DutyFile:
    """A day held, one missed, one of last year, one to come; three issues; two suggestions."""
    raised = office.write(lambda tx: _receive(tx, office.deputy))
    _handle(office, raised)
    office.write(lambda tx: _do_more(tx, office.deputy))
    found: DutyFile = office.read(lambda tx: duty_file(tx, office.deputy, 2026))
    return found


def _receive(tx: Tx, deputy: UUID) -> list[UUID]:
    other = deputies.save_deputy(tx, DeputyDraft("钱代表", levels=(Level.CITY,))).id
    plan = [TODAY, date(2026, 10, 10), date(2026, 12, 10), date(2025, 12, 10), date(2026, 9, 10)]
    made = [
        days.save_day(tx, DayDraft(on, time(9), time(11), "接待室", deputy_ids=(deputy, other)))
        for on in plan
    ]
    days.cancel_day(tx, made[-1].id)
    held = days.open_day(tx, made[0].id)
    wrong = attendance.check_in(tx, held.id, deputy)
    attendance.undo_check_in(tx, wrong.id)
    attendance.check_in(tx, held.id, deputy)
    parties = ((5, ("张三家门前路灯不亮",)), (2, ("下水堵塞", "加装电梯")))
    found: list[UUID] = []
    for size, titles in parties:
        lead = Party(ResidentDraft("张三", phone=PHONE, address="桃源街12号楼3单元501"))
        draft = VisitDraft(
            lead, tuple(map(IssueDraft, titles)), held.id, party_size=size, deputy_ids=(deputy,)
        )
        found += [one.id for one in visits.save_visit(tx, draft).issues]
    lead = Party(ResidentDraft("李四", phone="13800000232"))
    visits.save_visit(tx, VisitDraft(lead, (IssueDraft("别人接待的"),), deputy_ids=(other,)))
    return found


def _handle(office: Office, raised: list[UUID]) -> None:
    lamp, drain, lift = raised
    office.act(issues.assign_issue, lamp, unit_id=office.units[0])
    due = date(2026, 11, 20)
    for text in (f"找张三核实，电话{PHONE}", "再开一次会"):
        told = office.act(
            issue_care.commit_on_issue, lamp, text=text, due_on=due, deputy_id=office.deputy
        )
    office.act(issue_care.commit_on_issue, lamp, text="单位的承诺", due_on=due)
    first = told.case.promises[0].id
    office.later(1)
    office.write(lambda tx: issue_care.close_promise(tx, lamp, first, kept=True, evidence="照片"))
    office.act(issues.reply_issue, lamp, text="已经修好")
    office.act(issues.settle_issue, lamp, degree=Degree.SOLVED, evidence="照片")
    for one in (drain, lift):
        made = office.write(partial(_suggest, one, office.deputy))
    office.write(lambda tx: suggestions.withdraw_suggestion(tx, made.id, reason="重复"))


def _suggest(issue_id: UUID, deputy: UUID, tx: Tx) -> SuggestionRecord:
    draft = suggestion_texts.suggestion_text(tx, [issue_id])
    return suggestions.raise_suggestion(tx, replace(draft, deputy_ids=(deputy,)))


def _do_more(tx: Tx, deputy: UUID) -> None:
    plan = [(_K.TRAINING, TODAY), (_K.TRAINING, date(2026, 3, 1)), (_K.SURVEY, TODAY)]
    plan += [(_K.TALK, TODAY), (_K.TRAINING, date(2025, 3, 1)), (_K.REPORT, date(2026, 12, 1))]
    made = [
        activities.save_activity(tx, ActivityDraft(kind, "活动", on, deputy_ids=(deputy,)))
        for kind, on in plan
    ]
    activities.cancel_activity(tx, made[3].id)
    for what in ("米面油", "记错了"):
        draft = AssistanceDraft(TODAY, 3, 120_000, what, deputy_id=deputy)
        given = assistances.add_assistance(tx, draft)
    assistances.void_assistance(tx, given)


def test_a_year_holds_what_counts_of_it_and_nothing_else(year: DutyFile) -> None:
    assert [(one.held_on, one.due, one.came_at is not None) for one in year.receptions] == [
        (date(2026, 10, 10), True, False),
        (TODAY, True, True),
    ]
    assert (year.due, year.came) == (2, (TODAY,))
    assert [(one.visits, one.people, one.issues) for one in year.visits] == [(2, 7, 3)]
    assert [one.status for one in year.issues] == [
        IssueStatus.SETTLED, IssueStatus.RAISED, IssueStatus.REGISTERED,
    ]  # fmt: skip
    assert [(one.kept, one.closed_on) for one in year.promises] == [
        (True, date(2026, 11, 11)),
        (None, None),
    ]
    assert len(year.suggestions) == 2
    assert [one.kind for one in year.activities] == [_K.TRAINING, _K.TRAINING, _K.SURVEY]
    assert [(one.people, one.amount) for one in year.help] == [(3, 120_000)]


def test_each_aspect_counts_the_days_behind_it(year: DutyFile) -> None:
    later = date(2026, 11, 11)
    assert {one: counted_days(year, one) for one in Aspect} == {
        Aspect.CONGRESS: None,
        Aspect.MEETINGS: (),
        Aspect.SUGGESTIONS: (later,),
        Aspect.RECEPTIONS: (TODAY,),
        Aspect.VISITS: (TODAY, TODAY),
        Aspect.ISSUES: (later, later),
        Aspect.CONTACT: (),
        Aspect.INSPECTION: (TODAY,),
        Aspect.TRAINING: (date(2026, 3, 1), TODAY),
        Aspect.REPORT: (),
        Aspect.HELP: (TODAY,),
        Aspect.AWARDS: None,
    }


def test_the_papers_say_the_same_and_name_no_resident(office: Office, year: DutyFile) -> None:
    with office.station.store.write(office.station.actor) as tx:
        made = {form: making.record_print(tx, form, office.deputy) for form in YEARLY}
    assert made[Form.DUTY_FILE].title == "代表履职档案 赵代表 2026"
    told = {form: read(one()).text for form, one in made.items()}
    file, points = told[Form.DUTY_FILE], told[Form.DUTY_POINTS]
    for said in (
        "应到站2次，到站1次", "接待2批、7人次", "参与办理意见建议3条，已办结1条",
        "作出承诺2项，已兑现1项", "提出代表建议2件", "参加活动3次（学习培训2、调研1）",
        "帮扶3人次", "应到未到", "统计期间：2026年1月1日至2026年11月11日",
    ):  # fmt: skip
        assert said in file
    assert "按记录计13分" in points
    assert "5接待群众（批次）每批0.5分2111-10(2)" in points
    for private in ("张三", "李四", PHONE, "501", "别人接待的", "单位的承诺"):
        assert private not in file + points
    logged = office.read(lambda tx: prints_of(tx, [office.deputy]))
    assert {one.form for one in logged} == {form.value for form in YEARLY}


def test_the_year_before_and_everybody_who_serves(office: Office, year: DutyFile) -> None:
    before = office.read(lambda tx: duty_file(tx, office.deputy, 2025))
    assert [one.held_on for one in before.receptions] == [date(2025, 12, 10)]
    assert [one.held_on for one in before.activities] == [date(2025, 3, 1)]
    other = (before.visits, before.issues, before.promises, before.suggestions, before.help)
    assert other == ((),) * 5
    office.write(lambda tx: deputies.retire_deputy(tx, office.deputy))
    batch = office.write(lambda tx: making.year_batch(tx, Form.DUTY_POINTS, 2025))
    assert [one.title for one in batch.prints] == ["履职积分明细 钱代表 2025"]
