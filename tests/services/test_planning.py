"""A year is planned: rules become days, absences and wishes a rota, on a real station."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from functools import partial
from uuid import UUID

import pytest

from db.vocabulary import DayStatus, Level, Pattern, Shift, Wish
from station_app.domain.absences import AbsenceDraft
from station_app.domain.days import DayDraft
from station_app.domain.deputies import DeputyDraft
from station_app.domain.recurrence import RecurrenceDraft, YearPlan
from station_app.domain.rota import worth
from station_app.domain.rota_making import propose
from station_app.errors import Conflict, RuleViolation
from station_app.services import absences, days, deputies, recurrences, rotas
from station_app.services.rules import import_calendar
from tests.services.casework import Office

TENTH = RecurrenceDraft(
    Pattern.MONTH_DAY, date(2026, 1, 1), time(9), time(11, 30), numbers=frozenset({10}),
    place="一楼接待室",
)  # fmt: skip
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def plan(office: Office, year: int = 2026) -> YearPlan:
    return office.read(lambda tx: recurrences.preview_year(tx, year))  # type: ignore[no-any-return]  # read gives what its work gives


def new_days(office: Office) -> list[tuple[UUID, date]]:
    return [(one.rule.id, one.meant.meant_on) for one in plan(office).days if one.is_new]


@pytest.fixture
def rule(office: Office) -> UUID:
    made = office.write(lambda tx: recurrences.save_recurrence(tx, TENTH))
    assert made.words == "每月 10 日，09:00–11:30，遇休息日顺延"
    return made.id  # type: ignore[no-any-return]  # write gives what its work gives


def test_a_year_is_seen_and_then_planned_once(office: Office, rule: UUID) -> None:
    seen = plan(office)
    assert [one.is_new for one in seen.days] == [True] * 12
    assert seen.holidays_known
    assert seen.days[9].held_on == date(2026, 10, 10)  # worked instead of the national day
    wanted = new_days(office)
    made = office.write(lambda tx: recurrences.plan_days(tx, wanted))
    assert len(made) == 12
    assert not office.write(lambda tx: recurrences.plan_days(tx, wanted))
    day = office.read(lambda tx: days.get_day(tx, made[0]))
    assert (day.held_on, day.place, day.status) == (
        date(2026, 1, 12),
        "一楼接待室",
        DayStatus.PLANNED,
    )


def test_planning_is_taken_back_and_can_be_done_again(office: Office, rule: UUID) -> None:
    wanted = new_days(office)
    made = office.write(lambda tx: recurrences.plan_days(tx, wanted))
    office.write(lambda tx: recurrences.unplan_days(tx, made))
    assert new_days(office) == wanted
    again = office.write(lambda tx: recurrences.plan_days(tx, wanted[:1]))
    office.write(lambda tx: days.open_day(tx, again[0]))
    with pytest.raises(Conflict):
        office.write(lambda tx: recurrences.unplan_days(tx, again))


def test_a_day_that_was_moved_or_cancelled_is_not_planned_twice(office: Office, rule: UUID) -> None:
    made = office.write(partial(recurrences.plan_days, wanted=new_days(office)))
    moved = office.write(lambda tx: days.move_day(tx, made[2], date(2026, 3, 18)))
    assert moved.held_on == date(2026, 3, 18)
    office.write(lambda tx: days.cancel_day(tx, made[3]))
    seen = plan(office).days
    assert not new_days(office)
    assert date(2026, 3, 18) in [one.held_on for one in seen]
    assert [one.status for one in seen].count(DayStatus.CANCELLED) == 1


def test_a_rule_being_written_is_seen_beside_the_others(office: Office, rule: UUID) -> None:
    same = replace(TENTH, starts=time(10), ends=time(12))
    seen = office.read(lambda tx: recurrences.preview_year(tx, 2026, more=same))
    assert len(seen.days) == 24
    assert sum(one.taken for one in seen.days) == 12
    unknown = office.read(lambda tx: recurrences.preview_year(tx, 2027))
    assert not unknown.holidays_known
    office.write(lambda tx: import_calendar(tx, [(date(2027, 1, 1), False, "元旦")]))
    assert office.read(lambda tx: recurrences.preview_year(tx, 2027)).holidays_known


def test_a_rule_is_changed_retired_and_used_again(office: Office, rule: UUID) -> None:
    changed = replace(TENTH, numbers=frozenset({20}), shift=Shift.SKIP)
    office.write(lambda tx: recurrences.save_recurrence(tx, changed, recurrence_id=rule))
    assert {one.meant.meant_on.day for one in plan(office).days} == {20}
    office.write(lambda tx: recurrences.retire_recurrence(tx, rule))
    assert not plan(office).days
    office.write(lambda tx: recurrences.retire_recurrence(tx, rule, retired=False))
    assert len(plan(office).days) == 12
    with pytest.raises(RuleViolation):
        office.write(lambda tx: recurrences.save_recurrence(tx, replace(TENTH, ends=time(8))))


def test_a_day_is_not_moved_onto_another_one(office: Office, rule: UUID) -> None:
    made = office.write(partial(recurrences.plan_days, wanted=new_days(office)))
    with pytest.raises(RuleViolation):
        office.write(lambda tx: days.move_day(tx, made[0], date(2026, 2, 10)))
    office.write(lambda tx: days.open_day(tx, made[0]))
    with pytest.raises(Conflict):
        office.write(lambda tx: days.move_day(tx, made[0], date(2026, 2, 11)))


# ------------------------------------------------------------------------------------------- rota


@pytest.fixture
def people(office: Office) -> list[UUID]:
    """Five deputies beside the office's own."""
    names = ("于桂芳", "李丽", "孙翀", "周龚", "郑好")
    draft = DeputyDraft("", levels=(Level.COUNTY,))
    return [
        office.write(partial(deputies.save_deputy, draft=replace(draft, name=name))).id
        for name in names
    ]


def test_a_rota_is_proposed_saved_and_taken_back(
    office: Office, rule: UUID, people: list[UUID]
) -> None:
    office.write(partial(recurrences.plan_days, wanted=new_days(office)))
    away = AbsenceDraft(people[0], date(2026, 1, 1), date(2026, 11, 1))
    kept = office.write(lambda tx: absences.add_absence(tx, away))
    question = office.read(lambda tx: rotas.rota_question(tx, *YEAR, seats=1, least=2))
    found = propose(question)
    assert found.worth.spread == (2, 2)
    held = {day.id: day.on for day in question.days}
    assert {held[day].month for day, who in found.seats.items() if people[0] in who} == {11, 12}
    before = office.write(lambda tx: rotas.save_rota(tx, found.seats))
    assert set(before.values()) == {frozenset()}
    assert office.read(lambda tx: rotas.standing_rota(tx, question)) == found.seats
    office.write(lambda tx: rotas.save_rota(tx, before))
    assert set(office.read(lambda tx: rotas.standing_rota(tx, question)).values()) == {frozenset()}
    office.write(lambda tx: absences.withdraw_absence(tx, kept.id))
    assert not office.read(lambda tx: absences.list_absences(tx, *YEAR))


def test_who_is_due_stays_and_earlier_duties_of_the_year_count(
    office: Office, people: list[UUID]
) -> None:
    for month, who in ((1, people[0]), (2, people[0]), (5, people[1])):
        draft = DayDraft(date(2026, month, 11), time(9), time(11), deputy_ids=(who,))
        office.write(partial(days.save_day, draft=draft))
    question = office.read(
        lambda tx: rotas.rota_question(tx, date(2026, 3, 1), YEAR[1], seats=2, least=1)
    )
    [day] = question.days
    assert day.fixed == {people[1]}
    assert {one.before for one in question.deputies if one.id == people[0]} == {2}
    [sitting] = propose(question).seats.values()
    assert people[1] in sitting
    assert people[0] not in sitting


def test_wishes_are_heeded_and_a_begun_day_is_not_changed(
    office: Office, rule: UUID, people: list[UUID]
) -> None:
    made = office.write(partial(recurrences.plan_days, wanted=new_days(office)))
    likes = AbsenceDraft(people[1], date(2026, 6, 10), date(2026, 6, 10), Wish.LIKES)
    office.write(lambda tx: absences.add_absence(tx, likes))
    question = office.read(lambda tx: rotas.rota_question(tx, *YEAR, seats=1))
    rota = propose(question)
    june = next(day.id for day in question.days if day.on == date(2026, 6, 10))
    assert rota.seats[june] == {people[1]}
    other = next(day for day, who in rota.seats.items() if people[1] not in who)
    [whom] = rota.seats[other]
    changed = {**rota.seats, june: frozenset({whom}), other: frozenset({people[1]})}
    assert changed[june] == {whom}
    assert worth(question, changed).spread == rota.worth.spread
    office.write(lambda tx: days.open_day(tx, made[0]))
    with pytest.raises(Conflict):
        office.write(lambda tx: rotas.save_rota(tx, changed))


def test_an_absence_that_ends_before_it_begins_is_refused(office: Office) -> None:
    wrong = AbsenceDraft(office.deputy, date(2026, 2, 1), date(2026, 1, 1))
    with pytest.raises(RuleViolation) as caught:
        office.write(lambda tx: absences.add_absence(tx, wrong))
    assert "last_on" in caught.value.fields
