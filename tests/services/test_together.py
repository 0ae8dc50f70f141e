"""Many issues at once: meetings and suggestions in their lists, a meeting taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest

from db.vocabulary import Degree, IssueEventKind, IssueStatus, Rating, Role, Stage, StationKind
from station_app import wiring
from station_app.config import DataDir
from station_app.domain.accounts import AccountDraft
from station_app.domain.issues import IssueDraft
from station_app.domain.lists import Listing
from station_app.domain.meetings import MeetingDraft, MeetingItem
from station_app.domain.station import StationDraft
from station_app.domain.suggestions import STAGES
from station_app.errors import Conflict
from station_app.services import issues, meetings, suggestion_texts, suggestions
from station_app.services.issue_likeness import issue_clusters
from station_app.services.meeting_lists import count_meetings, list_meetings
from station_app.services.suggestion_lists import (
    count_stages,
    count_suggestions,
    list_suggestions,
)
from station_app.store import keys
from tests.services.casework import Clock, Office

LIFT = IssueDraft("桃源街12号楼加装电梯", "老人下楼难", "zj-dt", "桃源街12号楼")
NEWEST = Listing("held_on", descending=True)
DRAFTED = Listing("drafted_on", descending=True)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    data, clock = DataDir(tmp_path / "station"), Clock()
    draft = StationDraft("葵英街道", "KY", StationKind.STATION, "人大代表联络站")
    wiring.set_up(data, draft, AccountDraft("王秀英", Role.HEAD), "correct horse", clock=clock)
    slot = keys.list_slots(data)[0].id
    station = wiring.open_station(data, slot, "correct horse", clock=clock)
    yield Office(station, clock)
    station.close()


def draft_of(office: Office, *items: MeetingItem) -> MeetingDraft:
    return MeetingDraft(
        date(2026, 11, 10), "加装电梯", items, deputy_ids=(office.deputy,),
        residents=("李建国",), departments=("住建局", "街道"),
    )  # fmt: skip


def test_a_meeting_is_taken_back_whole_or_not_at_all(office: Office) -> None:
    first, second = office.come("李建国", LIFT), office.come("王芳", LIFT)
    due = date(2026, 12, 1)
    items = (
        MeetingItem(first.id, "街道办理", office.units[0], promise="开工", promise_on=due),
        MeetingItem(second.id, "再议"),
    )
    hold = partial(meetings.hold_meeting, draft=draft_of(office, *items))
    held = office.write(hold)
    assert (held.items[0].promise_on, held.items[1].unit) == (due, "")
    (row,) = office.read(partial(list_meetings, listing=NEWEST)).rows
    assert (row.issues, row.departments, row.topic) == (2, 2, "加装电梯")
    office.clock.move(minutes=1)
    office.write(partial(meetings.take_back_meeting, meeting_id=held.id))
    for one in (first, second):
        now = office.read(partial(issues.get_issue, issue_id=one.id))
        assert now.status is IssueStatus.REGISTERED
        assert now.case.promises == ()
        assert [event.event for event in now.counted] == [IssueEventKind.REGISTERED]
        assert any(event.event is IssueEventKind.MET for event in now.events)
    assert office.read(partial(count_meetings, listing=NEWEST)) == 0
    again = office.write(hold)
    office.clock.move(minutes=1)
    office.act(issues.note_issue, second.id, text="问过了")
    with pytest.raises(Conflict, match=second.number):
        office.write(partial(meetings.take_back_meeting, meeting_id=again.id))
    now = office.read(partial(issues.get_issue, issue_id=first.id))
    assert now.status is IssueStatus.ASSIGNED


def test_a_meeting_answers_and_settles_on_the_spot(office: Office) -> None:
    first, second, third = (office.come(name, LIFT) for name in ("李建国", "王芳", "赵强"))
    office.act(issues.assign_issue, second.id, unit_id=office.units[0])
    items = (
        MeetingItem(first.id, "当场说明", replied=True),
        MeetingItem(second.id, "已装好", degree=Degree.SOLVED),
        MeetingItem(third.id, "列入计划", office.units[1], replied=True, degree=Degree.PLANNED),
    )
    held = office.write(partial(meetings.hold_meeting, draft=draft_of(office, *items)))
    now = [office.read(partial(issues.get_issue, issue_id=one.issue_id)) for one in items]
    assert [one.status for one in now] == ["answered", "settled", "settled"]
    assert now[0].counted[-1].deputy == "赵代表"
    assert "已装好" in now[1].counted[-1].text
    assert [(one.replied, one.degree) for one in held.items] == [
        (True, None), (True, Degree.SOLVED), (True, Degree.PLANNED),
    ]  # fmt: skip
    office.clock.move(minutes=1)
    office.write(partial(meetings.take_back_meeting, meeting_id=held.id))
    now = [office.read(partial(issues.get_issue, issue_id=one.issue_id)) for one in items]
    assert [one.status for one in now] == ["registered", "assigned", "registered"]


def test_suggestions_stand_in_a_list_with_their_deadline(office: Office) -> None:
    ids = [office.come(name, LIFT).id for name in ("李建国", "王芳", "赵强")]
    (cluster,) = office.read(issue_clusters)
    assert (cluster.place, cluster.issues, set(cluster.issue_ids)) == ("桃源街", 3, set(ids))
    draft = office.read(partial(suggestion_texts.suggestion_text, issue_ids=cluster.issue_ids))
    draft = replace(draft, deputy_ids=(office.deputy,))
    made = office.write(partial(suggestions.raise_suggestion, draft=draft))
    assert not office.read(issue_clusters)
    for stage in STAGES[1:4]:
        unit = office.units[0] if stage is Stage.ASSIGNED else None
        office.write(
            partial(
                suggestions.advance_suggestion, suggestion_id=made.id, stage=stage, unit_id=unit,
                official_number="2026-105",
            )
        )  # fmt: skip
    (row,) = office.read(partial(list_suggestions, listing=DRAFTED)).rows
    assert (row.lead, row.issue_count, row.stage) == ("赵代表", 3, Stage.ASSIGNED)
    assert row.due_on is not None
    assert row.due_on - date(2026, 11, 10) >= timedelta(days=89)
    for text in ("2026-1", "电梯"):
        assert office.read(partial(count_suggestions, listing=replace(DRAFTED, text=text))) == 1
    for filters, n in (({"stage": Stage.DRAFTED}, 0), ({"open": True}, 1)):
        listing = replace(DRAFTED, filters=filters)
        assert office.read(partial(count_suggestions, listing=listing)) == n
    for stage in STAGES[4:]:
        office.write(
            partial(
                suggestions.advance_suggestion, suggestion_id=made.id, stage=stage, text="列入计划",
                rating=Rating.SATISFIED,
            )
        )  # fmt: skip
    assert office.read(count_stages) == {Stage.FED_BACK: 1}
    assert office.read(partial(list_suggestions, listing=DRAFTED)).rows[0].due_on is None
