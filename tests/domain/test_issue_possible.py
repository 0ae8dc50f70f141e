"""Whatever happens to an issue, it never stands where a list does not look for it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.vocabulary import Degree, Finding, Rater, Rating, Stage, Supervisor, Turn
from db.vocabulary import IssueEventKind as E
from db.vocabulary import IssueStatus as S
from station_app.domain.issue_columns import IssueColumns, issue_columns
from station_app.domain.issue_history import standing
from station_app.domain.issue_possible import possible_statuses
from station_app.domain.issue_views import View
from station_app.domain.standing import Act
from station_app.domain.transitions import allows
from station_app.services.rules import FIRST, shipped_calendar, shipped_rules

CALENDAR, RULES = shipped_calendar(), shipped_rules()[FIRST]
BEGAN = datetime(2026, 3, 10, 1, tzinfo=UTC)
#: What an act says, where that shows in the lists.
DETAILS: dict[E, list[dict[str, object]]] = {
    E.SETTLED: [{"degree": one.value} for one in Degree],
    E.EVALUATED: [{"rater": Rater.RESIDENT.value, "rating": one.value} for one in Rating],
    E.LOOKED_BACK: [{"degree": one.value, "found": Finding.HOLDS.value} for one in Degree],
    E.SUPERVISED: [{"roles": {Supervisor.LEADING.value: "张"}}],
    E.COMMITTED: [{"due": "2026-05-01"}],
    E.STAGED: [{"stage": Stage.ASSIGNED.value}],
    E.RAISED: [{"suggestion": uuid4().hex}],
    E.JOINED: [{"into": uuid4().hex}],
}


@st.composite
def histories(draw: st.DrawFn) -> list[Act]:
    """A history: mostly what may follow, now and then something that may not."""
    acts = [Act(E.REGISTERED, BEGAN, id=uuid4())]
    for place in range(draw(st.integers(0, 14))):
        status = standing(acts).status
        fitting = [one for one in E if allows(status, one)]
        event = draw(st.sampled_from(fitting if draw(st.integers(0, 9)) else list(E)))
        details = draw(st.sampled_from(DETAILS.get(event, [{}])))
        if event is E.UNDONE:
            details = {"undoes": draw(st.sampled_from(acts[1:] or acts)).id}
        when = BEGAN + timedelta(days=place + 1)
        acts.append(Act(event, when, uuid4(), details, id=uuid4()))
    return acts


def lists_of(found: IssueColumns) -> list[dict[str, object]]:
    """The views and the filters that the columns let an issue into."""
    views = {
        View.TO_DO: found.turn is Turn.STATION,
        View.OVERDUE: found.due_on is not None,
        View.DUE_SOON: found.due_on is not None,
        View.TO_RATE: found.to_rate,
        View.TO_REVISIT: found.revisit_on is not None,
        View.LOOK_BACKS: found.look_back_on is not None,
        View.PROMISES: found.promise_on is not None,
        View.SUPERVISED: found.supervised,
        View.LONG_OPEN: found.turn is not Turn.NOBODY,
        View.ALL: True,
    }
    own: dict[str, object] = {
        "turn": found.turn, "degree": found.degree, "rating": found.rating,
    }  # fmt: skip
    given = {name: one for name, one in own.items() if one is not None}
    return [given | {"view": view} for view, inside in views.items() if inside]


@given(histories())
def test_an_issue_is_looked_for_where_it_stands(acts: list[Act]) -> None:
    found = issue_columns(standing(acts), RULES, CALENDAR)
    for filters in lists_of(found):
        assert found.status in possible_statuses(filters), filters
        assert possible_statuses(filters | {"status": found.status}) == {found.status}


@pytest.mark.parametrize(
    "filters",
    [
        {"view": View.TO_DO, "turn": Turn.UNIT},
        {"view": View.TO_RATE, "rating": Rating.SATISFIED},
        {"view": View.TO_REVISIT, "degree": Degree.PLANNED},
        {"view": View.OVERDUE, "degree": Degree.SOLVED},
        {"view": View.LONG_OPEN, "status": S.SETTLED},
        {"status": S.ASSIGNED, "rating": Rating.DISSATISFIED},
    ],
)
def test_what_cannot_be_is_not_looked_for(filters: dict[str, object]) -> None:
    assert possible_statuses(filters) == frozenset()


def test_without_a_filter_an_issue_may_stand_anywhere() -> None:
    assert possible_statuses({}) == frozenset(S)
    every = [possible_statuses({"turn": one}) for one in Turn]
    assert frozenset().union(*every) == frozenset(S)
