"""Deadlines: working days as published, paused clocks, and never backwards without a reason."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from db.vocabulary import Clock, Degree
from db.vocabulary import IssueEventKind as E
from station_app import i18n
from station_app.domain.deadlines import Deadline, deadlines, next_due
from station_app.domain.issue_history import standing
from station_app.domain.rules import Span, rule_set
from station_app.domain.standing import Act
from station_app.domain.transitions import TRANSITIONS
from station_app.domain.working_days import months_later
from station_app.errors import RuleViolation
from station_app.services.rules import FIRST, shipped_calendar, shipped_rules

CALENDAR, RULES = shipped_calendar(), shipped_rules()[FIRST]
UNIT = uuid4()
#: Acts that may bring a deadline nearer or begin another one: they move the issue or its rules.
MOVING = {event for event, (_, then) in TRANSITIONS.items() if then} | {E.RULED, E.UNDONE}


def at(day: str, hour: int = 10) -> datetime:
    """A moment on the wall clock of the station."""
    return datetime.fromisoformat(f"{day}T{hour - 8:02d}:00:00").replace(tzinfo=UTC)


def due(*acts: Act) -> Deadline:
    found = next_due(deadlines(standing(acts), RULES, CALENDAR))
    assert found is not None
    return found


def assigned(day: str, **details: object) -> list[Act]:
    return [Act(E.REGISTERED, at(day)), Act(E.ASSIGNED, at(day), UNIT, details)]


def on(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("began", "days", "ends"),
    [
        ("2026-11-10", 15, "2026-12-01"),
        ("2026-09-18", 3, "2026-09-22"),  # 20 September, a Sunday, is worked
        ("2026-09-30", 1, "2026-10-08"),  # after the National Day
        ("2026-09-30", 3, "2026-10-10"),  # 10 October, a Saturday, is worked
        ("2026-02-13", 2, "2026-02-24"),  # 14 February is worked, then the Spring Festival
        ("2025-09-26", 2, "2025-09-29"),
        ("2022-12-30", 1, "2023-01-03"),
    ],
)
def test_working_days_are_those_published(began: str, days: int, ends: str) -> None:
    assert CALENDAR.later(on(began), days) == on(ends)


def test_each_step_has_its_own_time() -> None:
    registered = Act(E.REGISTERED, at("2026-11-10"))
    assert due(registered).due_on == on("2026-11-13")
    assert due(*assigned("2026-11-10")).due_on == on("2026-12-01")
    assert due(*assigned("2026-11-10", urgent=True)).due_on == on("2026-11-17")
    helped = deadlines(standing(assigned("2026-11-10", also=[uuid4().hex])), RULES, CALENDAR)
    assert [(one.clock, one.due_on) for one in helped] == [
        (Clock.REPLY, on("2026-12-01")),
        (Clock.ADVISE, on("2026-12-10")),
    ]


def test_waiting_for_the_resident_stops_the_clock_and_is_told_in_words() -> None:
    acts = assigned("2026-11-10")
    acts.append(Act(E.WAITING, at("2026-11-16")))
    standing_still = due(*acts)
    assert standing_still.due_on is None
    assert "暂停计时" in standing_still.words
    acts.append(Act(E.RESUMED, at("2026-11-18")))
    found = due(*acts)
    assert found.due_on == on("2026-12-03")
    assert found.words == "15 个工作日，自 11-10 交办起，扣除等待群众补充材料 2 天"


def test_sending_back_and_assigning_again_begin_anew() -> None:
    acts = assigned("2026-11-10")
    acts.append(Act(E.SENT_BACK, at("2026-11-12"), UNIT))
    assert (due(*acts).clock, due(*acts).due_on) == (Clock.DECIDE, on("2026-11-17"))
    acts.append(Act(E.ASSIGNED, at("2026-11-13"), uuid4()))
    assert due(*acts).due_on == on("2026-12-04")
    acts.append(Act(E.URGED, at("2026-11-20"), UNIT))
    assert due(*acts).due_on == on("2026-12-04")


def test_a_joined_issue_has_no_deadline_and_its_time_goes_on_when_it_stands_alone() -> None:
    acts = [*assigned("2026-11-10"), Act(E.JOINED, at("2026-11-11"), None, {"into": uuid4().hex})]
    assert deadlines(standing(acts), RULES, CALENDAR) == ()
    acts.append(Act(E.UNJOINED, at("2026-11-18")))
    assert due(*acts).due_on == on("2026-12-08")


def test_a_suggestion_is_answered_in_months_after_its_assignment() -> None:
    acts = [*assigned("2026-11-10"), Act(E.RAISED, at("2026-11-12"), None, {})]
    assert next_due(deadlines(standing(acts), RULES, CALENDAR)) is None
    for hard, ends in ((False, "2027-03-01"), (True, "2027-05-31")):
        staged = Act(E.STAGED, at("2026-11-30"), None, {"stage": "assigned", "complex": hard})
        assert due(*acts, staged).due_on == on(ends)


def settled(day: str, degree: Degree) -> list[Act]:
    said = Act(E.REPLIED, at("2026-11-10"))
    return [*assigned("2026-11-09"), said, Act(E.SETTLED, at(day), None, {"degree": degree.value})]


def clock(acts: list[Act], wanted: Clock) -> date | None:
    found = deadlines(standing(acts), RULES, CALENDAR)
    return next((one.due_on for one in found if one.clock is wanted), None)


def test_look_backs_cross_the_new_year_and_depend_on_nobody() -> None:
    planned = settled("2026-11-20", Degree.PLANNED)
    assert clock(planned, Clock.LOOK_BACK) == on("2027-02-18")
    looked = Act(E.LOOKED_BACK, at("2027-02-18"), None, {"found": "not_yet"})
    assert clock([*planned, looked], Clock.LOOK_BACK) == on("2027-05-19")
    solved = Act(E.LOOKED_BACK, at("2027-05-19"), None, {"found": "holds", "degree": "solved"})
    acts = [*planned, looked, solved]
    assert clock(acts, Clock.LOOK_BACK) == on("2028-01-31")
    acts.append(Act(E.LOOKED_BACK, at("2028-01-20"), None, {"found": "holds"}))
    assert clock(acts, Clock.LOOK_BACK) is None


def test_a_solved_issue_is_revisited_and_seen_again_next_year() -> None:
    solved = settled("2026-11-20", Degree.SOLVED)
    assert clock(solved, Clock.REVISIT) == on("2026-12-21")
    assert clock(solved, Clock.LOOK_BACK) == on("2027-02-01")
    seen = Act(E.REVISITED, at("2026-12-01"), None, {"found": "holds"})
    assert clock([*solved, seen], Clock.REVISIT) is None
    assert clock(settled("2026-11-20", Degree.NOTED), Clock.LOOK_BACK) is None


def test_what_was_to_be_looked_at_before_a_ledger_was_taken_over_lay_with_that_ledger() -> None:
    *before, closed = settled("2026-11-20", Degree.SOLVED)
    for taken_over, wanted in (
        ("2026-12-21", (on("2026-12-21"), on("2027-02-01"))),
        ("2026-12-22", (None, on("2027-02-01"))),
        ("2027-02-02", (None, None)),
    ):
        told = closed._replace(details={**closed.details, "taken_over": taken_over})
        found = [clock([*before, told], one) for one in (Clock.REVISIT, Clock.LOOK_BACK)]
        assert tuple(found) == wanted


def test_a_year_without_published_holidays_is_said_to_be_uncertain() -> None:
    found = due(*assigned("2026-12-25"))
    assert not found.certain
    assert "放假安排尚未录入" in found.words


@given(st.data())
def test_no_later_act_that_does_not_move_the_issue_brings_a_deadline_nearer(
    data: st.DataObject,
) -> None:
    days, hours = data.draw(st.integers(0, 1700)), data.draw(st.integers(0, 23))
    moment = at("2022-01-01") + timedelta(days=days, hours=hours)
    acts = [Act(E.REGISTERED, moment)]
    if data.draw(st.booleans()):
        acts.append(Act(E.ASSIGNED, moment, UNIT))
    calm = sorted(set(TRANSITIONS) - MOVING)
    for _ in range(data.draw(st.integers(1, 8))):
        moment += timedelta(hours=data.draw(st.integers(0, 60)))
        before = due(*acts).due_on
        acts.append(Act(data.draw(st.sampled_from(calm)), moment, UNIT, {}, id=uuid4()))
        now = due(*acts).due_on
        assert before is None or now is None or now >= before, acts[-1]


@given(st.dates(date(2022, 1, 1), date(2026, 6, 1)), st.integers(1, 40), st.integers(0, 9))
def test_a_pause_lasts_as_many_working_days_as_it_took(began: date, days: int, waited: int) -> None:
    plain = CALENDAR.later(began, days)
    paused = {began + timedelta(days=1 + n) for n in range(waited)}
    assume(all(day <= plain for day in paused))
    out = sum(CALENDAR.is_working(day) for day in paused)
    assert CALENDAR.later(began, days, paused) == CALENDAR.later(plain, out) if out else plain


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 60))
def test_months_never_skip_one(day: date, months: int) -> None:
    later = months_later(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(1)).day == 1)


def test_a_rule_set_says_beside_which_word_it_is_wrong() -> None:
    body = {"code": " ", "valid_from": "soon", "decide": {"working_days": 0}, "soon_days": -1}
    with pytest.raises(RuleViolation) as caught:
        rule_set(body)
    assert {"code", "valid_from", "decide", "reply", "soon_days"} <= caught.value.fields.keys()


def test_spans_are_told_in_both_languages() -> None:
    spans = [Span(working_days=3), Span(days=30), Span(months=1), Span(next_year="01-31")]
    assert [one.words for one in spans] == ["3 个工作日", "30 天", "1 个月", "次年 1 月 31 日前"]
    i18n.use(i18n.Language.ENGLISH)
    try:
        assert spans[0].words == "3 working days"
    finally:
        i18n.use(i18n.Language.CHINESE)
