"""Histories that one PC wrote fold as ever; those of two PCs never get stuck."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from db.vocabulary import Degree, Rater, Rating, Turn
from db.vocabulary import IssueEventKind as E
from db.vocabulary import IssueStatus as S
from station_app.domain.issue_history import fold, standing
from station_app.domain.standing import Act
from station_app.errors import Conflict

BEGAN = datetime(2026, 11, 10, 1, tzinfo=UTC)
HERE, THERE = uuid4(), uuid4()


def at(place: int) -> datetime:
    return BEGAN + timedelta(hours=place)


def told(*events: E | tuple[E, Mapping[str, object]], unit: UUID | None = HERE) -> list[Act]:
    found = []
    for place, one in enumerate(events):
        event, details = one if isinstance(one, tuple) else (one, {})
        found.append(Act(event, at(place), unit, details, id=uuid4()))
    return found


@given(st.lists(st.sampled_from(list(E)), max_size=12))
def test_no_history_is_refused_and_what_is_allowed_folds_alike(events: list[E]) -> None:
    acts = told(E.REGISTERED, *events)
    found = standing(acts)
    assert found.status in S
    assert found.turn in Turn
    try:
        strict = fold(acts)
    except Conflict:
        assert found.overtaken
    else:
        assert strict is found.status
        assert not found.overtaken


def test_of_two_acts_written_apart_the_impossible_one_changes_nothing() -> None:
    acts = told(E.REGISTERED, E.ASSIGNED, E.REPLIED, E.SETTLED)
    late = [Act(E.SETTLED, at(5), id=uuid4()), Act(E.SENT_BACK, at(6), id=uuid4())]
    found = standing([*acts, *late])
    assert (found.status, found.unit_id, found.settled_at) == (S.SETTLED, HERE, at(3))
    assert found.overtaken == {one.id for one in late}


def test_an_act_made_on_another_status_is_overtaken_even_where_the_table_allows_it() -> None:
    first = Act(E.ASSIGNED, at(1), HERE, expected=S.REGISTERED, id=uuid4())
    second = Act(E.ASSIGNED, at(2), THERE, expected=S.REGISTERED, id=uuid4())
    found = standing([*told(E.REGISTERED), first, second])
    assert (found.unit_id, found.overtaken) == (HERE, {second.id})
    again = Act(E.ASSIGNED, at(3), THERE, expected=S.ASSIGNED, id=uuid4())
    assert standing([*told(E.REGISTERED), first, second, again]).unit_id == THERE


def test_a_joined_issue_knows_its_target_until_it_stands_alone() -> None:
    target = uuid4()
    acts = told(E.REGISTERED, (E.JOINED, {"into": target.hex}))
    assert standing(acts).joined_to == target
    voided = [*acts, Act(E.VOIDED, at(3)), Act(E.RESTORED, at(4))]
    assert standing(voided).joined_to == target
    assert standing([*acts, Act(E.UNJOINED, at(3))]).joined_to is None


def test_whose_turn_it_is() -> None:
    rated = (E.EVALUATED, {"rater": "resident", "rating": "dissatisfied"})
    by_deputy = (E.EVALUATED, {"rater": "deputy", "rating": "satisfied"})
    for events, turn in (
        ([], Turn.STATION),
        ([E.WAITING], Turn.RESIDENT),
        ([E.WAITING, E.RESUMED], Turn.STATION),
        ([E.ASSIGNED], Turn.UNIT),
        ([E.ASSIGNED, E.WAITING], Turn.RESIDENT),
        ([E.ASSIGNED, E.REPLIED], Turn.RATING),
        ([E.ASSIGNED, E.REPLIED, by_deputy], Turn.RATING),
        ([E.ASSIGNED, E.REPLIED, rated], Turn.STATION),
        ([E.ASSIGNED, E.REPLIED, rated, E.REWORKED], Turn.UNIT),
        ([E.RAISED], Turn.CONGRESS),
        ([E.DECLINED], Turn.NOBODY),
    ):
        assert standing(told(E.REGISTERED, *events)).turn is turn, events


def test_degree_and_satisfaction_are_never_mixed() -> None:
    settled = (E.SETTLED, {"degree": "planned"})
    acts = told(E.REGISTERED, E.ANSWERED, settled)
    assert standing(acts).to_rate
    rated = (E.EVALUATED, {"rater": "resident", "rating": "satisfied"})
    found = standing(told(E.REGISTERED, E.ANSWERED, settled, rated))
    assert (found.degree, found.ratings) == (Degree.PLANNED, {Rater.RESIDENT: Rating.SATISFIED})
    assert not found.to_rate
    reopened = standing(told(E.REGISTERED, E.ANSWERED, settled, rated, E.REOPENED))
    assert (reopened.degree, reopened.ratings) == (None, {})


def test_a_promise_is_open_until_somebody_looked() -> None:
    promise = Act(E.COMMITTED, at(2), details={"due": "2026-12-01"}, id=uuid4())
    acts = [*told(E.REGISTERED, E.ASSIGNED), promise]
    (one,) = standing(acts).promises
    assert (one.due_on, one.kept) == (date(2026, 12, 1), None)
    assert promise.id is not None
    kept = Act(E.KEPT, at(3), details={"promise": promise.id.hex})
    (one,) = standing([*acts, kept]).promises
    assert (one.kept, one.closed_at) == (True, at(3))


def test_a_word_of_a_newer_program_is_passed_over() -> None:
    settled = (E.SETTLED, {"degree": "half"})
    odd = (E.COMMITTED, {"due": "soon"})
    found = standing(told(E.REGISTERED, E.ANSWERED, odd, settled))
    assert (found.status, found.degree, found.promises) == (S.SETTLED, None, [])
