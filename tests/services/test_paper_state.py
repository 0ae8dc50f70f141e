"""Paper and its record: every edit and every act makes the paper older, and is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from uuid import UUID

from db.vocabulary import IssueEventKind
from station_app.domain.days import DayDraft
from station_app.domain.issues import IssueDraft
from station_app.domain.paper_state import PaperState
from station_app.domain.periods import PeriodKind, period_around
from station_app.domain.record_codes import RecordCode
from station_app.services import days, issues, visits
from station_app.services.paper_state import paper_state
from station_app.services.reports import freeze_report, make_report
from station_app.services.station import get_station, save_station
from tests.services.casework import Clock, Office
from tests.services.conftest import STATION

_E = IssueEventKind


def state(office: Office, kind: str, record_id: UUID, edition: int) -> PaperState:
    found = office.read(lambda tx: paper_state(tx, RecordCode(kind, record_id, edition)))
    assert isinstance(found, PaperState)
    return found


def told(found: PaperState) -> list[IssueEventKind | None]:
    return [one.event for one in found.changes]


def test_every_act_is_a_new_edition_of_the_issues_paper(office: Office, clock: Clock) -> None:
    issue = office.come("李建国", IssueDraft("路灯不亮", "三号楼前的路灯不亮。"))
    assert issue.edition == 1
    assert not state(office, "issue", issue.id, 1).is_older
    for number, text in enumerate(("已电话询问", "等配件到货", "周五来修"), start=2):
        clock.move(minutes=5)
        assert office.act(issues.note_issue, issue.id, text=text).edition == number
    found = state(office, "issue", issue.id, 3)
    assert (found.printed, found.edition, found.is_older) == (3, 4, True)
    [change] = found.changes
    assert (change.event, change.who, change.number) == (_E.NOTED, "王秀英", issue.number)
    assert told(state(office, "issue", issue.id, 1)) == [_E.NOTED] * 3
    assert not state(office, "issue", issue.id, 4).is_older


def test_a_visits_paper_knows_the_acts_on_its_issues_and_edits(
    office: Office, clock: Clock
) -> None:
    issue = office.come("李建国", IssueDraft("路灯不亮", "三号楼前的路灯不亮。"))
    other = office.come("周龚", IssueDraft("井盖松动", "门口的井盖松动。"))
    visit = office.read(lambda tx: visits.get_visit(tx, issue.visit_id))
    assert visit.edition == 1
    clock.move(minutes=5)
    office.act(issues.note_issue, issue.id, text="已电话询问")
    office.act(issues.note_issue, other.id, text="与这张纸无关")
    clock.move(minutes=5)
    office.write(lambda tx: visits.void_visit(tx, issue.visit_id, reason="登记错了"))
    found = state(office, "visit", issue.visit_id, 1)
    assert found.edition == office.read(lambda tx: visits.get_visit(tx, issue.visit_id)).edition
    assert told(found)[0] is _E.NOTED
    assert set(told(found)) == {_E.NOTED, _E.VOIDED, None}
    edits = [one for one in found.changes if one.event is None]
    assert {name: now for one in edits for name, _, now in one.fields}["void_reason"] == "登记错了"
    assert {one.who for one in found.changes} == {"王秀英"}
    assert {one.number for one in found.changes if one.event} == {issue.number}


def test_what_only_the_program_understands_is_told_without_its_value(
    office: Office, clock: Clock
) -> None:
    draft = DayDraft(date(2026, 11, 10), time(9), time(11, 30))
    day = office.write(lambda tx: days.save_day(tx, draft))
    clock.move(minutes=5)
    office.write(lambda tx: days.open_day(tx, day.id))
    found = state(office, "day", day.id, day.edition)
    assert found.is_older
    fields = {name: (before, now) for one in found.changes for name, before, now in one.fields}
    assert fields["status"] == (None, None)


def test_a_frozen_report_is_found_by_its_code(office: Office) -> None:
    year = period_around(PeriodKind.YEAR, date(2026, 11, 10))
    frozen = office.write(lambda tx: freeze_report(tx, make_report(tx, year)))
    assert state(office, "report_snapshot", frozen.id, 1).name == frozen.title


def test_a_list_is_not_older_because_the_stations_facts_were_edited(office: Office) -> None:
    office.write(lambda tx: save_station(tx, replace(STATION, phone="0411-83600000")))
    own = office.read(get_station)
    assert not state(office, "station", own.id, 1).is_older
