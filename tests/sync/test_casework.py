"""Every act of casework travels: what one PC did with issues, the other sees, days included."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from db.vocabulary import AskedHow, Degree, Level, Rater, Rating, Stage, Supervisor
from station_app.domain.deputies import DeputyDraft
from station_app.domain.dictionaries import Dictionary
from station_app.domain.issues import IssueDraft
from station_app.domain.lists import Listing
from station_app.domain.meetings import MeetingDraft, MeetingItem
from station_app.domain.residents import ResidentDraft
from station_app.domain.visits import Party, VisitDraft
from station_app.services import (
    attachments,
    deputies,
    dictionaries,
    dictionary_edits,
    dictionary_lists,
    issue_care,
    issue_results,
    issues,
    meetings,
    rules,
    suggestion_texts,
    suggestions,
    visits,
)
from station_app.services.issue_filters import count_views
from station_app.services.meeting_lists import list_meetings
from station_app.store.verify import verify
from tests.sync.centre import Centre
from tests.sync.world import Desk

#: What is kept beside issues has to be the same on both PCs.
KEPT = (
    "SELECT id, status, turn, unit_id, due_on, promise_on, look_back_on, revisit_on, to_rate,"
    " supervised, degree, rating, suggestion_id, joined_to, joined_count FROM issue ORDER BY id"
)
RULES = {
    "code": "local-2", "valid_from": "2026-01-01", "decide": {"working_days": 1},
    "reply": {"working_days": 10}, "reply_urgent": {"working_days": 2}, "advise": {"days": 10},
    "suggestion": {"months": 2}, "suggestion_complex": {"months": 3}, "revisit": {"days": 10},
    "look_back": {"planned": {"days": 60}},
}  # fmt: skip
DUE = date(2099, 1, 1)


def come(desk: Desk, name: str) -> UUID:
    draft = VisitDraft(Party(ResidentDraft(name)), (IssueDraft("加装电梯", place="桃源街"),))
    issue_id: UUID = desk.do(visits.save_visit, draft).issues[0].id
    return issue_id


def live(desk: Desk) -> UUID:
    """A life with every kind of record; returns the suggestion."""
    desk.do(rules.add_rule_set, RULES)
    desk.do(rules.import_calendar, [(date(2027, 1, 1), False, "元旦")])
    desk.do(dictionary_edits.save_decline_reason, code="own", name="自定", instead="", new=True)
    deputy = desk.do(deputies.save_deputy, DeputyDraft("赵代表", levels=(Level.CITY,))).id
    first, second, third = (come(desk, name) for name in ("李建国", "王芳", "孙梅"))
    units = [one.id for one in desk.ask(dictionaries.list_units)]
    item = MeetingItem(first, "街道办理", units[0], (units[1],), "开工", DUE)
    about: dict[str, Any] = {"deputy_ids": (deputy,), "residents": ("李建国",)}
    draft = MeetingDraft(desk.clock().date(), "电梯", (item,), departments=("住建局",), **about)
    desk.do(meetings.hold_meeting, draft)
    mistaken = MeetingItem(come(desk, "周强"), "误登", units[0])
    wrong = desk.do(meetings.hold_meeting, replace(draft, items=(mistaken,)))
    desk.do(meetings.take_back_meeting, wrong.id)
    desk.do(dictionary_lists.put_in_order, Dictionary.UNITS, "zjj", by=-1)
    desk.do(issue_care.supervise_issue, first, roles=dict.fromkeys(Supervisor, "张"))
    paper = desk.do(attachments.attach, first, name="证明.pdf", data=b"%PDF-1.7 x")
    desk.do(issues.reply_issue, first, text="好")
    rate = {"rater": Rater.RESIDENT, "rating": Rating.SATISFIED, "how": AskedHow.PHONE}
    desk.do(issue_results.evaluate_issue, first, **rate)
    given: dict[str, Any] = {"degree": Degree.PLANNED, "attachments": [paper.id]}
    desk.do(issues.settle_issue, first, evidence="", **given)
    desk.do(issues.join_issue, second, into=third)
    words = desk.ask(suggestion_texts.suggestion_text, [third])
    raised = desk.do(suggestions.raise_suggestion, replace(words, deputy_ids=(deputy,)))
    for stage in (Stage.REVIEWED, Stage.CLASSIFIED, Stage.ASSIGNED):
        step = desk.do(suggestions.advance_suggestion, raised.id, stage=stage, unit_id=units[0])
        desk.do(suggestions.undo_step, raised.id, step.undoable)
        desk.do(suggestions.advance_suggestion, raised.id, stage=stage, unit_id=units[0])
    suggestion_id: UUID = raised.id
    return suggestion_id


def test_a_whole_life_of_issues_is_the_same_on_both_pcs(a: Desk, b: Desk) -> None:
    suggestion_id = live(a)
    assert a.sync().refused == 0
    b.sync()
    assert b.rows(KEPT) == a.rows(KEPT)
    pairs = "SELECT deputy_id, issue_id FROM issue_deputy ORDER BY 1, 2"
    assert b.rows(pairs) == a.rows(pairs)
    assert a.rows(pairs)
    assert b.ask(count_views) == a.ask(count_views)
    suggestion = b.ask(suggestions.get_suggestion, suggestion_id)
    assert (suggestion.stage, suggestion.due_on) == (
        Stage.ASSIGNED,
        a.ask(suggestions.get_suggestion, suggestion_id).due_on,
    )
    (listed,) = b.ask(list_meetings, Listing("held_on")).rows
    meeting = b.ask(meetings.get_meeting, listed.id)
    assert meeting.items[0].promise_on == DUE
    assert b.ask(dictionaries.list_units) == a.ask(dictionaries.list_units)
    assert "own" in {one.code for one in b.ask(dictionaries.list_decline_reasons)}
    assert b.ask(rules.rules_today).code == "local-2"
    assert (date(2027, 1, 1) in b.ask(rules.work_calendar).off) is True
    issue_id = meeting.items[0].issue_id
    b.sync()
    (paper,) = b.ask(attachments.list_attachments, issue_id)
    assert b.ask(attachments.attachment_data, paper.id) == b"%PDF-1.7 x"
    for desk in (a, b):
        assert verify(desk.store, desk.actor).ok


def test_acts_count_too_that_come_on_a_later_page_than_their_issue(
    a: Desk, b: Desk, centre: Centre
) -> None:
    b.transport = centre.way("tiny")
    first = come(a, "李建国")
    live(a)
    unit = a.ask(dictionaries.list_units)[0].id
    a.do(issues.assign_issue, first, unit_id=unit)
    a.sync()
    assert b.sync().written
    assert b.rows(KEPT) == a.rows(KEPT)
    assert b.ask(issues.get_issue, first).unit == a.ask(issues.get_issue, first).unit != ""
    assert verify(b.store, b.actor).ok


def test_of_two_acts_made_apart_the_later_one_is_overtaken_on_both(a: Desk, b: Desk) -> None:
    issue_id = come(a, "李建国")
    a.sync()
    b.sync()
    units = [one.id for one in a.ask(dictionaries.list_units)]
    a.do(issues.assign_issue, issue_id, unit_id=units[0])
    b.do(issues.assign_issue, issue_id, unit_id=units[1])
    for desk in (a, b, a):
        desk.sync()
    seen = [desk.ask(issues.get_issue, issue_id) for desk in (a, b)]
    assert seen[0].unit == seen[1].unit
    for issue in seen:
        assert [one.overtaken for one in issue.events].count(True) == 1


def test_every_act_is_in_the_audit(a: Desk) -> None:
    before = a.rows("SELECT count(*) FROM audit")[0][0]
    live(a)
    kinds = {row[0] for row in a.rows("SELECT DISTINCT kind FROM audit WHERE seq > ?", before)}
    assert kinds >= {
        "issue_event", "meeting", "deputy_suggestion", "suggestion_event", "attachment", "photo",
        "rule_set", "calendar_day", "dictionary_entry",
    }  # fmt: skip
