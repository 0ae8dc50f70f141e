"""A step of a suggestion is taken back: everything is as before, the histories keep both."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest

from db.vocabulary import IssueEventKind, IssueStatus, Rating, Stage
from station_app.domain.issues import IssueDraft
from station_app.domain.suggestions import STAGES, Step, SuggestionRecord, course
from station_app.errors import Conflict, NotFound
from station_app.services import issues, suggestion_texts, suggestions
from tests.services.casework import Office

_S = IssueStatus
GIVEN: dict[Stage, dict[str, Any]] = {
    Stage.ASSIGNED: {"official_number": "第 105 号"},
    Stage.ANSWERED: {"text": "已列入明年计划"},
    Stage.FED_BACK: {"rating": Rating.FAIRLY_SATISFIED},
}


def raised(office: Office, *names: str) -> SuggestionRecord:
    """A suggestion drawn from an issue of each."""
    light = IssueDraft("路口没有红绿灯", place="桃源街口")
    ids = [office.come(name, light).id for name in names]
    draft = office.read(lambda tx: suggestion_texts.suggestion_text(tx, ids))
    draft = replace(draft, deputy_ids=(office.deputy,))
    made: SuggestionRecord = office.write(lambda tx: suggestions.raise_suggestion(tx, draft))
    return made


def advance(office: Office, ident: UUID, stage: Stage) -> SuggestionRecord:
    given = {"unit_id": office.units[4]} | GIVEN.get(stage, {})
    made: SuggestionRecord = office.write(
        lambda tx: suggestions.advance_suggestion(tx, ident, stage=stage, **given)
    )
    return made


def undo(office: Office, record: SuggestionRecord) -> SuggestionRecord:
    step = record.undoable
    assert step is not None
    made: SuggestionRecord = office.write(lambda tx: suggestions.undo_step(tx, record.id, step))
    return made


def facts(office: Office, record: SuggestionRecord) -> tuple[Any, ...]:
    """Where a suggestion and its issues stand, their histories and editions aside."""
    read = [office.read(partial(issues.get_issue, issue_id=one.id)) for one in record.issues]
    cases = [
        (one.status, one.unit, one.degree, replace(one.case, evaluations=(), undoable=None))
        for one in read
    ]
    ratings = [len(one.case.evaluations) for one in read]
    return replace(record, steps=(), edition=0), cases, ratings


def test_every_step_is_taken_back_and_taken_again(office: Office) -> None:
    record = raised(office, "李建国", "王芳")
    assert record.undoable is None
    for stage in STAGES[1:]:
        before = facts(office, record)
        office.later(1)
        done = advance(office, record.id, stage)
        after = facts(office, done)
        assert after != before
        back = undo(office, done)
        assert facts(office, back) == before
        assert [one.undone for one in back.steps[-2:]] == [True, False]
        assert back.steps[-1].undoes == done.undoable
        record = advance(office, record.id, stage)
        first, *others = facts(office, record)
        assert [replace(first, undoable=done.undoable), *others] == list(after)
    assert len(record.steps) == 1 + 3 * 7
    assert [one.stage for one in record.steps if one.counts] == list(STAGES)


def test_a_withdrawal_is_taken_back(office: Office) -> None:
    record = advance(office, raised(office, "李建国").id, Stage.REVIEWED)
    before = facts(office, record)
    gone = office.write(lambda tx: suggestions.withdraw_suggestion(tx, record.id, reason="误登"))
    assert gone.issues[0].status is _S.REGISTERED
    back = undo(office, gone)
    assert facts(office, back) == before
    assert back.issues[0].status is _S.RAISED
    last = office.read(lambda tx: issues.get_issue(tx, back.issues[0].id)).events[-1]
    assert last.event is IssueEventKind.UNDONE


def test_only_the_last_step_and_only_while_its_issues_stand_where_it_put_them(
    office: Office,
) -> None:
    record = raised(office, "李建国", "王芳")
    first = advance(office, record.id, Stage.REVIEWED)
    second = advance(office, record.id, Stage.CLASSIFIED)
    with pytest.raises(Conflict):
        undo(office, first)
    with pytest.raises(NotFound):
        office.write(lambda tx: suggestions.undo_step(tx, record.id, uuid4()))
    assert undo(office, second).stage is Stage.REVIEWED
    for stage in STAGES[2:6]:
        answered = advance(office, record.id, stage)
    moved = answered.issues[1].id
    office.act(issues.assign_issue, moved, unit_id=office.units[0])
    with pytest.raises(Conflict, match=office.read(lambda tx: issues.get_issue(tx, moved)).number):
        undo(office, answered)
    now = office.read(lambda tx: suggestions.get_suggestion(tx, record.id))
    assert (now.stage, now.issues[0].status) == (Stage.ANSWERED, _S.REPLIED)


def test_the_unit_of_an_assigning_that_was_taken_back_is_nobody(office: Office) -> None:
    record = raised(office, "李建国")
    for stage in STAGES[1:4]:
        given = advance(office, record.id, stage)
    back = undo(office, given)
    assert back.official_number == ""
    other = office.units[1]
    office.write(
        lambda tx: suggestions.advance_suggestion(
            tx, record.id, stage=Stage.ASSIGNED, unit_id=other
        )
    )
    handled = advance(office, record.id, Stage.HANDLED)
    assert handled.steps[-1].unit == handled.steps[-2].unit
    assert handled.steps[-1].unit != given.steps[-1].unit


def test_steps_written_apart_lead_to_the_same_wherever_they_meet() -> None:
    """One PC takes the review back while another one goes on from it: that step comes too late."""
    drafted, reviewed, sorted_, back = (uuid4() for _ in range(4))
    steps = [
        Step(drafted, Stage.DRAFTED, None),
        Step(reviewed, Stage.REVIEWED, Stage.DRAFTED),
        Step(sorted_, Stage.CLASSIFIED, Stage.REVIEWED),
        Step(back, Stage.REVIEWED, Stage.REVIEWED, reviewed),
    ]
    for told in (steps, [*steps[:2], steps[3], steps[2]]):
        found = course(told)
        assert (found.stage, *found.late, *found.undone) == (Stage.DRAFTED, sorted_, reviewed)
    begun = course([steps[0], Step(back, Stage.DRAFTED, None, drafted)])
    assert (begun.stage, begun.undone) == (Stage.DRAFTED, frozenset())
