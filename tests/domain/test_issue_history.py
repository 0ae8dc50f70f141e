"""Histories that one PC wrote fold as ever; those of two PCs never get stuck."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.vocabulary import IssueEventKind as E
from db.vocabulary import IssueStatus as S
from station_app.domain.issue_history import Act, standing
from station_app.domain.issues import fold
from station_app.errors import Conflict


def status_of(*events: E) -> S:
    return standing(Act(one, "") for one in events).status


@pytest.mark.parametrize("length", [1, 2, 3])
def test_what_the_strict_fold_allows_comes_out_the_same(length: int) -> None:
    met = 0
    for events in itertools.product(E, repeat=length):
        try:
            strict = fold([E.REGISTERED, *events])
        except Conflict:
            continue
        if not _takes_back_something_else(events):
            met += 1
            assert status_of(E.REGISTERED, *events) is strict, events
    assert met > length


def _takes_back_something_else(events: tuple[E, ...]) -> bool:
    pairs = {E.UNJOINED: E.JOINED, E.RESTORED: E.VOIDED}
    opened = [one for one in events if one in (*pairs, *pairs.values())]
    stack: list[E] = []
    for one in opened:
        if one not in pairs:
            stack.append(one)
        elif not stack or stack.pop() is not pairs[one]:
            return True
    return any(a is b is E.VOIDED for a, b in itertools.pairwise(events))


@given(st.lists(st.sampled_from(list(E))))
def test_no_history_is_refused(events: list[E]) -> None:
    assert status_of(*events) in S


def test_of_two_acts_written_apart_the_impossible_one_changes_nothing() -> None:
    both = [Act(E.ASSIGNED, "1", "here"), Act(E.REPLIED, "2"), Act(E.SETTLED, "3")]
    late = [Act(E.SETTLED, "4"), Act(E.SENT_BACK, "5"), Act(E.UNJOINED, "6")]
    assert standing([*both, *late]) == (S.SETTLED, None, "here", "3")


def test_a_joined_issue_knows_its_target_until_it_stands_alone() -> None:
    acts = [Act(E.JOINED, "1", None, "target")]
    assert standing(acts).joined_to == "target"
    assert standing([*acts, Act(E.UNJOINED, "2")]).joined_to is None
