"""The star materials of real records: every number on the paper is the one told elsewhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from functools import partial
from typing import NamedTuple
from uuid import UUID

import pytest

from db.vocabulary import ActivityKind, AskedHow, Degree, Finding, Rater, Rating
from station_app.domain.activities import ActivityDraft
from station_app.domain.days import DayDraft
from station_app.domain.figure_words import figure_unit, figure_word, value_words
from station_app.domain.figures import TOLD, Figure, Value
from station_app.domain.issues import IssueDraft
from station_app.domain.periods import PeriodKind, period_around
from station_app.domain.residents import ResidentDraft
from station_app.domain.star_materials import StarMaterials
from station_app.domain.visits import Party, VisitDraft
from station_app.domain.words import paper
from station_app.printing import making
from station_app.services import (
    activities,
    attendance,
    days,
    issue_results,
    issues,
    reports,
    suggestion_texts,
    suggestions,
    visits,
)
from station_app.services.star_materials import star_materials
from station_app.store import Tx
from tests.printing.reading import Read, read
from tests.services.casework import Office

PEOPLE = ("李建国", "王芳")


class Year(NamedTuple):
    """A year of an office, as told and as printed."""

    office: Office
    told: StarMaterials
    printed: Read


@pytest.fixture
def year(office: Office) -> Year:
    raised = office.write(partial(_hold_days, office.deputy))
    _handle(office, raised)
    office.write(partial(_do_more, office.deputy))
    _suggest(office, raised[1:])
    told = office.read(lambda tx: star_materials(tx, 2026))
    made = office.write(lambda tx: making.star_materials_print(tx, 2026))
    return Year(office, told, read(made()))


def _hold_days(deputy: UUID, tx: Tx) -> list[UUID]:
    """One day held with two parties, one to come, one cancelled, one of the next year."""
    plan = [(tx.today, "老旧小区"), (date(2026, 12, 10), ""), (date(2026, 12, 20), "")]
    plan.append((date(2027, 1, 10), ""))
    made = [days.save_day(tx, DayDraft(on, time(9), time(11), theme=said)) for on, said in plan]
    held = days.open_day(tx, made[0].id)
    attendance.check_in(tx, held.id, deputy)
    found: list[UUID] = []
    for name, titles in zip(PEOPLE, (("路灯不亮",), ("下水堵塞", "加装电梯")), strict=True):
        drafts = tuple(map(IssueDraft, titles))
        lead = Party(ResidentDraft(name, phone="13800000231"))
        visit = VisitDraft(lead, drafts, party_size=3, day_id=held.id, deputy_ids=(deputy,))
        found += [one.id for one in visits.save_visit(tx, visit).issues]
    days.close_day(tx, held.id)
    days.cancel_day(tx, made[2].id)
    return found


def _handle(office: Office, raised: list[UUID]) -> None:
    """The first issue is settled, rated, revisited twice (once by mistake) and looked back on."""
    lamp, drain = raised[:2]
    for one in (lamp, drain):
        office.act(issues.assign_issue, one, unit_id=office.units[0])
        office.act(issues.reply_issue, one, text="已经修好")
    rate = partial(office.act, issue_results.evaluate_issue, how=AskedHow.PHONE, text="满意")
    rate(issue_id=lamp, rater=Rater.RESIDENT, rating=Rating.SATISFIED)
    rate(issue_id=drain, rater=Rater.RESIDENT, rating=Rating.DISSATISFIED)
    office.act(issues.settle_issue, lamp, degree=Degree.SOLVED, evidence="照片")
    look = partial(office.act, issue_results.revisit_issue, lamp, found=Finding.HOLDS)
    look(text="亮着")
    wrong = look(text="记错了")
    office.act(issues.undo_act, lamp, event_id=wrong.events[-1].id)
    office.act(issue_results.look_back_on_issue, lamp, found=Finding.HOLDS, text="亮着")


def _do_more(deputy: UUID, tx: Tx) -> None:
    kinds = (ActivityKind.TRAINING, ActivityKind.TRAINING, ActivityKind.SURVEY, ActivityKind.TALK)
    made = [
        activities.save_activity(tx, ActivityDraft(one, "学习", tx.today, deputy_ids=(deputy,)))
        for one in kinds
    ]
    activities.cancel_activity(tx, made[-1].id)
    activities.save_activity(tx, ActivityDraft(ActivityKind.HEARING, "听证", date(2025, 12, 31)))


def _suggest(office: Office, raised: list[UUID]) -> None:
    """Two suggestions, of which one is withdrawn."""
    made = []
    for one in raised:
        draft = office.read(partial(suggestion_texts.suggestion_text, issue_ids=[one]))
        draft = replace(draft, deputy_ids=(office.deputy,))
        made.append(office.write(partial(suggestions.raise_suggestion, draft=draft)))
    office.write(lambda tx: suggestions.withdraw_suggestion(tx, made[0].id, reason="重复"))


def test_the_figures_are_those_of_the_report_and_stand_on_the_paper(year: Year) -> None:
    period = period_around(PeriodKind.YEAR, date(2026, 1, 1))
    report = year.office.read(lambda tx: reports.make_report(tx, period))
    assert year.told.figures == tuple((one, report.value(one)) for one in TOLD)
    assert year.told.ratings == report.ratings
    assert report.value(Figure.RECEPTIONS) == Value(1)
    assert report.value(Figure.PEOPLE) == Value(6)
    for figure, value in year.told.figures:
        said = f"{value_words(figure, value)}{figure_unit(figure, paper)}"
        row = "".join(f"{figure_word(figure, paper)}{said}".split())
        assert row in year.printed.text, figure


def test_what_stands_beside_the_report_is_counted_once_and_without_what_was_taken_back(
    year: Year,
) -> None:
    told = year.told
    assert (told.planned, len(told.days)) == (2, dict(told.figures)[Figure.RECEPTIONS].part)
    assert (told.revisits, told.look_backs, told.suggestions) == (1, 1, 1)
    assert told.activities == ((ActivityKind.TRAINING, 2), (ActivityKind.SURVEY, 1))
    text = year.printed.text
    for row in ("计划接待日2场", "回访1次", "回头看1次", "代表建议1件", "履职活动3次"):
        assert row in text
    assert "学习培训2次，调研1次。" in text
    assert "评价2次：满意1，基本满意0，不满意1。" in text


def test_the_days_are_listed_and_the_stages_stand_together_on_the_last_page(year: Year) -> None:
    text = year.printed.text
    assert "12026-11-10星期二老旧小区1名2批6人次3条" in text
    assert "2026-12-10" not in text
    last = "".join(year.printed.pages[-1].split())
    places = [last.index(one) for one in ("自荐", "初审", "网络投票", "评审", "部门核查")]
    assert places == sorted(places)
    assert last.count("签名：") == len(places)


def test_no_resident_is_named_on_it(year: Year) -> None:
    assert not any(one in year.printed.text for one in (*PEOPLE, "13800000231"))


def test_another_year_has_its_own_numbers(year: Year) -> None:
    told = year.office.read(lambda tx: star_materials(tx, 2025))
    assert told.activities == ((ActivityKind.HEARING, 1),)
    assert (told.planned, told.days, told.revisits, told.suggestions) == (0, (), 0, 0)
