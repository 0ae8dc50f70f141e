"""What is printed leaves its trace; promises in lists; the place's own words on forms."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from db.vocabulary import Op, Role
from station_app.domain.issues import IssueDraft
from station_app.errors import NotAllowed
from station_app.services import issue_care, issues
from station_app.services.form_texts import own_texts, save_own_texts
from station_app.services.prints import prints_of
from station_app.services.promise_lists import promise_lines
from station_app.wiring import OpenStation
from tests.services.casework import Office


def test_the_prints_of_a_record_are_known_with_who_and_when(office: Office) -> None:
    issue = office.come("张三", IssueDraft("路灯不亮"))
    other = office.come("李四", IssueDraft("下水堵塞"))
    office.write(lambda tx: tx.note(Op.PRINT, "issue", issue.id, why="urging_letter"))
    office.later(1)
    office.write(lambda tx: tx.note(Op.PRINT, "visit", issue.visit_id, why="receipt"))
    office.write(lambda tx: tx.note(Op.PRINT, "issue", other.id, why="reply_letter"))
    office.write(lambda tx: tx.note(Op.VIEW, "issue", issue.id, why="phone"))
    made = office.read(lambda tx: prints_of(tx, (issue.id, issue.visit_id)))
    assert [(one.form, one.who) for one in made] == [
        ("receipt", "王秀英"),
        ("urging_letter", "王秀英"),
    ]
    assert made[0].at > made[1].at


def test_promises_are_listed_by_their_day(office: Office) -> None:
    issue = office.come("张三", IssueDraft("路灯不亮"))
    office.act(issues.assign_issue, issue.id, unit_id=office.units[0])
    days = [date(2026, 12, 1), date(2026, 11, 20), date(2027, 1, 5)]
    for one in days:
        office.act(issue_care.commit_on_issue, issue.id, text=f"{one}前修好", due_on=one)
    lines = office.read(lambda tx: promise_lines(tx, date(2026, 11, 1), date(2026, 12, 31)))
    assert [one.promise.due_on for one in lines] == sorted(days)[:2]
    assert {one.number for one in lines} == {issue.number}
    assert {one.made_on for one in lines} == {date(2026, 11, 10)}


def test_own_words_are_kept_for_one_form_and_taken_back(station: OpenStation) -> None:
    with station.store.write(station.actor) as tx:
        save_own_texts(tx, "receipt", {"title": " 来访回执 "})
        save_own_texts(tx, "rota", {"footer": ""})
    with station.store.write(station.actor) as tx:
        assert own_texts(tx) == {"receipt": {"title": "来访回执"}, "rota": {"footer": ""}}
        save_own_texts(tx, "receipt", {})
        assert own_texts(tx) == {"rota": {"footer": ""}}
    operator = replace(station.actor, role=Role.OPERATOR)
    with station.store.write(operator) as tx, pytest.raises(NotAllowed):
        save_own_texts(tx, "rota", {})
