"""What became of an issue, ticked and told as its history says."""

from __future__ import annotations

from typing import Any

import pytest

from db.vocabulary import Degree, IssueEventKind, IssueStatus, Rater, Rating, Urgency
from station_app.printing.cells import Choice
from station_app.printing.forms import outcomes
from tests.printing.samples import event, issue

E = IssueEventKind
S = IssueStatus


def ticked(choices: tuple[Choice, ...]) -> list[str]:
    return [one.word for one in choices if one.ticked]


@pytest.mark.parametrize(
    ("status", "acts", "ways"),
    [
        (S.REGISTERED, [E.REGISTERED], ["待办理"]),
        (S.ANSWERED, [E.REGISTERED, E.ANSWERED], ["当场答复"]),
        (S.DECLINED, [E.REGISTERED, E.DECLINED], ["不予受理"]),
        (S.ASSIGNED, [E.REGISTERED, E.ANSWERED, E.ASSIGNED], ["当场答复", "交办：葵英街道办"]),
        (S.REGISTERED, [E.REGISTERED, E.ASSIGNED, E.SENT_BACK], ["待办理"]),
        (S.REGISTERED, [E.REGISTERED, E.DECLINED, E.REOPENED], ["待办理"]),
        (S.JOINED, [E.REGISTERED, E.JOINED], ["并入同类问题"]),
    ],
)
def test_the_ways_an_issue_took_are_ticked(
    status: IssueStatus, acts: list[IssueEventKind], ways: list[str]
) -> None:
    made = issue(status=status, events=tuple(event(one) for one in acts))
    assert ticked(outcomes.handling_choices(made)) == ways


def test_degree_and_rating_are_two_axes() -> None:
    rated = event(E.EVALUATED, details={"rater": Rater.RESIDENT, "rating": Rating.DISSATISFIED})
    made = issue(degree=Degree.SOLVED, events=(event(E.REGISTERED), rated))
    assert ticked(outcomes.degree_choices(made)) == ["已解决"]
    assert ticked(outcomes.rating_choices(made)) == ["不满意"]
    assert ticked(outcomes.urgency_choices(issue(urgency=Urgency.URGENT))) == ["紧急"]


def test_another_raters_opinion_is_not_the_residents() -> None:
    rated = event(E.EVALUATED, details={"rater": Rater.DEPUTY, "rating": Rating.SATISFIED})
    assert ticked(outcomes.rating_choices(issue(events=(rated,)))) == []


def test_what_was_told_names_who_said_it_and_where_to_go() -> None:
    told = event(E.ANSWERED, "已请物业修复。", deputy="于桂芳")
    declined = event(E.DECLINED, "请到区法院咨询。", details={"why": "已进入诉讼程序"})
    made = issue(events=(told, declined), joined_to_number="WZ-KY-A-20260610-003")
    assert outcomes.answer(made).splitlines() == [
        "已请物业修复。（于桂芳）",
        "已进入诉讼程序。请到区法院咨询。",
        "与同类问题（WZ-KY-A-20260610-003）一并办理。",
    ]


def test_results_carry_the_unit_and_the_local_date() -> None:
    replied = event(E.REPLIED, "已列入明年计划。", unit="区住建局")
    assert outcomes.result(issue(events=(replied,))) == (
        "区住建局：已列入明年计划。（2026年11月10日）"
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"status": S.REGISTERED, "unit": ""}, "待办理"),
        ({"status": S.ASSIGNED}, "已交办：葵英街道办"),
        ({"status": S.SETTLED, "degree": Degree.PLANNED}, "已办结：列入计划解决"),
        ({"status": S.JOINED, "joined_to_number": "WZ-1"}, "并入WZ-1"),
        ({"status": S.ANSWERED}, "当场答复"),
    ],
)
def test_the_state_in_a_few_words(changes: dict[str, Any], said: str) -> None:
    assert outcomes.state(issue(**changes)) == said
