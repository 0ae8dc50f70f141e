"""Import of earlier ledgers: all accounted for, twice is once, and not further than it says."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest
from sqlalchemy import select

from db.models import Issue, ReceptionDay, Resident, Visit
from db.vocabulary import DayStatus, Degree, IssueEventKind, IssueStatus, Rating, Role
from station_app.domain.accounts import Actor
from station_app.domain.days import DayDraft
from station_app.domain.deputies import DeputyDraft
from station_app.domain.issues import IssueDraft
from station_app.domain.ledgers import Fate, LedgerDraft, Said, Undo
from station_app.domain.residents import ResidentDraft
from station_app.domain.search import Found
from station_app.domain.visits import Party, VisitDraft
from station_app.errors import NotAllowed, StationError
from station_app.exchange.ledger import read_ledger
from station_app.services import days, deputies, ledgers, residents, visits
from station_app.services.search import search
from station_app.store.verify import verify
from station_app.wiring import OpenStation
from tests.services.conftest import Clock
from tests.services.old_ledgers import FILE, ROW, everything, fates, imported, one_issue, taken_back

SAMPLES = Path(__file__).parents[1] / "exchange" / "samples"


@pytest.fixture(params=["ledger-2025.xlsx", "ledger-2022-gb18030.csv"])
def sample(request: pytest.FixtureRequest) -> tuple[LedgerDraft, ...]:
    return read_ledger(SAMPLES / request.param, today=date(2026, 11, 10)).drafts


# ------------------------------------------------------------------------------------ the samples


def test_a_sample_is_imported_once_and_taken_back_without_a_trace(
    station: OpenStation, sample: tuple[LedgerDraft, ...]
) -> None:
    before = everything(station)
    done = imported(station, *sample)
    assert fates(done) == [Fate.ADDED] * len(sample)
    assert (done.visits, done.issues, done.days_made) == (len(sample), len(sample), 12)
    assert done.residents_made == len(sample)
    assert done.unstated == sum(one.people is None for one in sample)
    whole = everything(station)
    again = imported(station, *sample)
    assert fates(again) == [Fate.KNOWN] * len(sample)
    assert again.batch_id is None
    assert everything(station) == whole
    assert taken_back(station, done) == Undo(len(sample), {})
    assert everything(station) == before
    assert verify(station.store, station.actor).ok
    assert fates(imported(station, *sample)) == [Fate.ADDED] * len(sample)


def test_the_statuses_are_those_that_the_sample_tells(
    station: OpenStation, sample: tuple[LedgerDraft, ...]
) -> None:
    done = imported(station, *sample)
    said = Counter(one.said for one in sample)
    with station.store.read(station.actor) as tx:
        stand = Counter(tx.session.scalars(select(Issue.status)))
        people = sum(tx.session.scalars(select(Visit.party_size)))
        closed = set(tx.session.scalars(select(ReceptionDay.status)))
    assert stand == {
        IssueStatus.REGISTERED: said[Said.NOTHING] + said[Said.UNDER_WAY],
        IssueStatus.ANSWERED: said[Said.ANSWERED] + said[Said.REPLIED],
        IssueStatus.ASSIGNED: said[Said.HANDED_ON],
        IssueStatus.DECLINED: said[Said.DECLINED],
        IssueStatus.SETTLED: said[Said.SOLVED],
    }
    assert people == sum(one.people or 1 for one in sample)
    assert closed == {DayStatus.CLOSED}
    assert done.still_open == len(sample) - said[Said.SOLVED] - said[Said.DECLINED]


# ---------------------------------------------------------------------------------------- history


def test_solved_is_settled_with_the_words_of_the_ledger(station: OpenStation) -> None:
    row = replace(ROW, outcome="已解决", said=Said.SOLVED, done_on=date(2025, 6, 1))
    issue = one_issue(station, replace(row, rating=Rating.SATISFIED))
    assert (issue.status, issue.degree) == (IssueStatus.SETTLED, Degree.SOLVED)
    assert issue.settled_at is not None
    assert issue.settled_at.date() == date(2025, 6, 1)
    [rated] = [one for one in issue.events if one.event is IssueEventKind.EVALUATED]
    assert rated.details == {"rater": "resident", "rating": "satisfied", "self_asked": True}
    # Its revisit was due in July 2025, its look-back in the new year: nobody is reminded now.
    assert issue.case.deadlines == ()


def test_a_reply_settles_nothing(station: OpenStation) -> None:
    issue = one_issue(station, replace(ROW, outcome="列入明年计划", said=Said.REPLIED))
    assert (issue.status, issue.degree) == (IssueStatus.ANSWERED, None)
    assert issue.events[-1].text == "列入明年计划"


def test_a_reply_of_a_known_unit_is_its_reply(station: OpenStation) -> None:
    row = replace(ROW, outcome="已维修", said=Said.REPLIED, unit="住建局")
    issue = one_issue(station, row)
    assert (issue.status, issue.unit) == (IssueStatus.REPLIED, "区住房和城乡建设局")


def test_an_opinion_is_no_evaluation_and_a_rating_before_any_answer_neither(
    station: OpenStation,
) -> None:
    row = replace(ROW, opinion="√", rating=Rating.SATISFIED, category="地名")
    issue = one_issue(station, row)
    assert [one.event for one in issue.events] == [
        IssueEventKind.REGISTERED,
        IssueEventKind.NOTED,
    ]
    assert all(word in issue.events[-1].text for word in ("地名", "满意", "√"))


def test_the_category_is_the_stations_own(station: OpenStation) -> None:
    assert one_issue(station, replace(ROW, category="供暖")).category_name == "住建 · 供暖"


def test_a_known_deputy_received_and_a_stranger_is_kept_in_the_note(station: OpenStation) -> None:
    with station.store.write(station.actor) as tx:
        known = deputies.save_deputy(tx, DeputyDraft("李四"))
    row = replace(ROW, deputies=("李四", "陌生人"), outcome="当场答复", said=Said.ANSWERED)
    done = imported(station, row)
    assert done.strangers == ("陌生人",)
    with station.store.read(station.actor) as tx:
        [ident] = tx.session.scalars(select(Visit.id))
        visit = visits.get_visit(tx, ident)
    assert [one.id for one in visit.deputies] == [known.id]
    assert "陌生人" in visit.note
    assert visit.issues[0].events[1].deputy == "李四"


# --------------------------------------------------------------------------------- who and when


def test_residents_are_recognised_by_name_and_phone_or_address(station: OpenStation) -> None:
    with station.store.write(station.actor) as tx:
        known = residents.save_resident(tx, ResidentDraft("张三", "13800000001"))
        other = residents.save_resident(tx, ResidentDraft("李四", "", "学苑小区"))
    rows = (
        ROW,
        replace(ROW, row_number=4, resident=ResidentDraft("李四", "13800000002", "学苑小区")),
        replace(ROW, row_number=5, resident=ResidentDraft("张三", "13800000009", "别处")),
    )
    before = everything(station)
    done = imported(station, *rows)
    assert (done.residents_known, done.residents_made) == (2, 1)
    with station.store.read(station.actor) as tx:
        first, second = residents.get_resident(tx, known.id), residents.get_resident(tx, other.id)
    assert (first.address, first.visit_count) == ("桃源街12号", 1)
    assert (second.phone, second.visit_count) == ("13800000002", 1)
    taken_back(station, done)
    after = everything(station)
    assert after.keys() == before.keys()
    with station.store.read(station.actor) as tx:
        third = residents.get_resident(tx, known.id)
        assert (third.address, third.visit_count, third.last_visit_at) == ("", 0, None)
        assert residents.get_resident(tx, other.id).phone == ""
        assert len(tx.session.scalars(select(Resident)).all()) == 2


def test_two_matters_of_one_visitor_on_one_day_are_one_visit(station: OpenStation) -> None:
    done = imported(station, ROW, replace(ROW, row_number=4, text="路灯不亮"))
    assert fates(done) == [Fate.ADDED, Fate.JOINED]
    assert (done.visits, done.issues) == (1, 2)


def test_the_same_matter_twice_is_told_and_taken_once(station: OpenStation) -> None:
    done = imported(station, ROW, replace(ROW, row_number=9))
    assert fates(done) == [Fate.ADDED, Fate.PRESENT]
    assert done.rows[1].notes == ("与第 3 行相同。",)


def test_what_the_desk_registered_is_present_and_its_day_is_used(
    station: OpenStation, clock: Clock
) -> None:
    today = date(2026, 11, 10)
    with station.store.write(station.actor) as tx:
        day = days.save_day(tx, DayDraft(today, time(9), time(11)))
        days.open_day(tx, day.id)
        lead = Party(ResidentDraft("张三", "13800000001"))
        visits.save_visit(tx, VisitDraft(lead, (IssueDraft("", "屋顶漏水三年"),), day.id))
    row = replace(ROW, held_on=today)
    done = imported(station, row, replace(row, text="另一件事", row_number=4))
    assert fates(done) == [Fate.PRESENT, Fate.JOINED]
    assert (done.days_made, done.visits) == (0, 0)


def test_a_locked_day_takes_nothing_more(station: OpenStation) -> None:
    imported(station, ROW)
    with station.store.write(station.actor) as tx:
        [ident] = tx.session.scalars(select(ReceptionDay.id))
        days.lock_day(tx, ident)
    done = imported(station, replace(ROW, text="路灯不亮"))
    assert fates(done) == [Fate.REFUSED]
    assert done.rows[0].notes == ("这个接待日已经锁定。",)


def test_a_paper_number_is_found(station: OpenStation) -> None:
    imported(station, replace(ROW, number="信字〔2025〕031号", serial="17"))
    with station.store.read(station.actor) as tx:
        by_number = {hit.kind for hit in search(tx, "信字〔2025〕031")}
        by_digits = {hit.kind for hit in search(tx, "2025031")}
        by_serial = {hit.kind for hit in search(tx, "2025台账 17")}
    assert {Found.ISSUE, Found.VISIT} <= by_number | by_digits
    assert Found.VISIT in by_number
    assert Found.ISSUE in by_digits
    assert Found.VISIT in by_serial


# -------------------------------------------------------------------------------------- all or not


def test_a_viewer_imports_nothing(station: OpenStation) -> None:
    viewer = Actor(station.actor.id, station.actor.name, Role.VIEWER)
    with pytest.raises(NotAllowed), station.store.write(viewer) as tx:
        ledgers.import_ledger(tx, FILE, [ROW])


def test_given_up_half_way_nothing_is_left(station: OpenStation) -> None:
    before = everything(station)

    def stop(done: int, total: int) -> None:
        assert total == 2
        if done == 1:
            raise StationError("stop")

    with pytest.raises(StationError):
        imported(station, ROW, replace(ROW, text="路灯不亮"), report=stop)
    assert everything(station) == before
