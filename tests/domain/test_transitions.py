"""The life of an issue: the table whole, its picture true, walked at random."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.vocabulary import IssueEventKind as E
from db.vocabulary import IssueStatus as S
from station_app.domain.issue_history import fold, standing
from station_app.domain.standing import Act
from station_app.domain.transitions import CLOSED, TAKEN_BACK, TRANSITIONS, UNDOABLE, after, allows
from station_app.domain.transitions_picture import PICTURE, picture
from station_app.errors import Conflict

BEGAN = datetime(2026, 11, 10, 1, tzinfo=UTC)


def act(event: E, place: int = 0, **details: object) -> Act:
    return Act(event, BEGAN + timedelta(hours=place), details=details, id=uuid4())


def acts(*events: E) -> list[Act]:
    return [act(event, place) for place, event in enumerate((E.REGISTERED, *events))]


def following(status: S) -> list[E]:
    return [one for one in (*TRANSITIONS, *TAKEN_BACK) if allows(status, one)]


def test_a_reply_never_settles() -> None:
    assert after(S.ASSIGNED, E.REPLIED) is S.REPLIED
    with pytest.raises(Conflict):
        after(S.ASSIGNED, E.SETTLED)


def test_every_act_has_its_place() -> None:
    apart = {E.REGISTERED, E.UNDONE}
    assert set(E) == apart | TRANSITIONS.keys() | TAKEN_BACK.keys()
    assert TRANSITIONS.keys() > UNDOABLE


def test_every_status_is_reached_and_from_each_one_an_issue_can_be_settled() -> None:
    ways: dict[S, set[S]] = {
        status: {then for one in TRANSITIONS if (then := after_or_none(status, one))}
        for status in S
    }
    for back, done in TAKEN_BACK.items():
        origins, then = TRANSITIONS[done]
        assert then is not None
        assert allows(then, back)
        ways[then] |= origins
    assert reachable(ways, S.REGISTERED) == set(S)
    for status in S:
        assert S.SETTLED in reachable(ways, status), status


def after_or_none(status: S, event: E) -> S | None:
    return TRANSITIONS[event][1] if allows(status, event) else None


def reachable(ways: dict[S, set[S]], start: S) -> set[S]:
    found, waiting = {start}, [start]
    while waiting:
        for one in ways[waiting.pop()] - found:
            found.add(one)
            waiting.append(one)
    return found


def test_what_is_closed_can_be_opened() -> None:
    for status in CLOSED:
        assert any(allows(status, one) for one in (E.REOPENED, E.RESTORED))


@given(st.data())
def test_walked_at_random_the_status_is_the_fold(data: st.DataObject) -> None:
    walked, status = acts(), S.REGISTERED
    earlier: list[tuple[E, S]] = []
    waiting = False
    for place in range(data.draw(st.integers(0, 14))):
        choices = [
            one
            for one in following(status)
            if (one not in TAKEN_BACK or earlier[-1][0] is TAKEN_BACK[one])
            and one is not (E.WAITING if waiting else E.RESUMED)
        ]
        event = data.draw(st.sampled_from(choices))
        before = len(walked)
        walked.append(act(event, place + 1))
        if event in TAKEN_BACK:
            status = earlier.pop()[1]
        else:
            if event in TAKEN_BACK.values():
                earlier.append((event, status))
            status = after(status, event)
        waiting = standing(walked).waiting
        assert len(walked) == before + 1
        assert fold(walked) is status
        assert standing(walked).status is status
        assert not standing(walked).overtaken


@given(st.data())
def test_undoing_the_last_act_restores_exactly(data: st.DataObject) -> None:
    walked = acts()
    for place in range(data.draw(st.integers(0, 8))):
        choices = [one for one in following(standing(walked).status) if one in UNDOABLE]
        walked.append(act(data.draw(st.sampled_from(choices)), place + 1))
    before = standing(walked)
    wanted = [one for one in following(before.status) if one in UNDOABLE]
    done = act(data.draw(st.sampled_from(wanted)), 20)
    back = act(E.UNDONE, 21, undoes=done.id)
    after_all = standing([*walked, done, back])
    assert after_all.undone == {done.id}
    after_all.undone = set()
    assert after_all == before


@pytest.mark.parametrize(("back", "done"), TAKEN_BACK.items())
def test_taking_back_restores_after_anything_else(back: E, done: E) -> None:
    for status in TRANSITIONS[done][0]:
        way = shortest(status)
        before = standing(way)
        assert before.status is status
        whole = [*way, act(done, 29, into=uuid4().hex), act(back, 31)]
        if done is not E.VOIDED:
            whole.insert(-1, act(E.NOTED, 30))
        restored = standing(whole)
        assert (restored.status, restored.began_at) == (before.status, before.began_at)
        assert (restored.settled_at, restored.degree) == (before.settled_at, before.degree)


def shortest(status: S) -> list[Act]:
    for length in range(5):
        for events in itertools.product(TRANSITIONS, repeat=length):
            walked = acts(*events)
            if standing(walked).status is status and not standing(walked).overtaken:
                return walked
    raise AssertionError(status)


def test_taking_back_nothing_is_refused() -> None:
    for back in TAKEN_BACK:
        with pytest.raises(Conflict):
            fold(acts(back))


def test_the_picture_in_the_documentation_is_the_table() -> None:
    assert PICTURE.read_text(encoding="utf-8") == picture()
    for status in S:
        assert f"    {status.value}" in picture()
