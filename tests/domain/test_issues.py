"""The transition table of issues, walked at random."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.vocabulary import Handling, IssueEventKind, IssueStatus
from station_app.domain.issues import (
    TRANSITIONS,
    IssueDraft,
    after,
    fold,
    issue_violations,
    title_of,
)
from station_app.errors import Conflict

E, S = IssueEventKind, IssueStatus


def allowed_from(status: IssueStatus) -> list[IssueEventKind]:
    return [event for event, (origins, _) in TRANSITIONS.items() if status in origins]


def test_a_reply_never_settles() -> None:
    assert after(S.ASSIGNED, E.REPLIED) is S.REPLIED
    with pytest.raises(Conflict):
        after(S.ASSIGNED, E.SETTLED)


def test_every_status_is_reached_and_none_is_a_trap() -> None:
    reached = {S.REGISTERED, S.VOIDED} | {then for _, then in TRANSITIONS.values() if then}
    assert reached == set(S)
    for status in reached - {S.VOIDED}:
        moving = [one for one in allowed_from(status) if TRANSITIONS[one][1] is not None]
        assert moving or status is S.JOINED, status


@given(st.data())
def test_status_is_the_fold_of_any_allowed_history(data: st.DataObject) -> None:
    history, status = [E.REGISTERED], S.REGISTERED
    stack: list[IssueStatus] = []
    for _ in range(data.draw(st.integers(0, 12))):
        choices = allowed_from(status)
        if status is S.JOINED:
            choices = [*choices, E.UNJOINED]
        event = data.draw(st.sampled_from(choices))
        if event is E.UNJOINED:
            status = stack.pop()
        else:
            if event is E.JOINED:
                stack.append(status)
            status = after(status, event)
        history.append(event)
    assert fold(history) is status


@given(st.lists(st.sampled_from([E.ANSWERED, E.ASSIGNED, E.REPLIED]), max_size=4))
def test_voiding_and_restoring_returns_exactly(events: list[IssueEventKind]) -> None:
    try:
        before = fold([E.REGISTERED, *events])
    except Conflict:
        return
    assert fold([E.REGISTERED, *events, E.VOIDED]) is S.VOIDED
    assert fold([E.REGISTERED, *events, E.VOIDED, E.RESTORED]) is before


def test_taking_back_nothing_is_refused() -> None:
    with pytest.raises(Conflict):
        fold([E.REGISTERED, E.UNJOINED])


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("桃源街12号楼没有电梯，老人上下楼困难。", "桃源街12号楼没有电梯"),
        ("短，句子在后面", "短，句子在后面"),
        ("一" * 60, "一" * 24),
    ],
)
def test_a_title_is_made_from_the_first_words(text: str, title: str) -> None:
    assert title_of(IssueDraft(title="", text=text)) == title


def test_a_typed_title_stays() -> None:
    assert title_of(IssueDraft(title=" 加装电梯 ", text="很长的内容")) == "加装电梯"


def test_what_is_missing_is_said_beside_the_field() -> None:
    empty = IssueDraft(title="", handling=Handling.ANSWERED)
    assert {name for name, _ in issue_violations(empty)} == {"text", "answer"}
    declined = IssueDraft(title="判决", handling=Handling.DECLINED)
    assert {name for name, _ in issue_violations(declined)} == {"reason", "instead"}
