"""The demo station: lived-in, consistent, and readable to nobody without its key."""

from __future__ import annotations

from sqlalchemy import text

from db.vocabulary import DayStatus, IssueStatus
from station_app.domain.issue_history import fold
from station_app.domain.lists import Listing
from station_app.services import day_lists, days, issue_records
from station_app.services.issue_columns import acts_of
from station_app.services.issue_records import event_rows
from station_app.wiring import OpenStation


def column(demo: OpenStation, sql: str) -> list[str]:
    with demo.store.read(demo.actor) as tx:
        return [str(value) for (value,) in tx.session.execute(text(sql)) if value]


def total(demo: OpenStation, table: str) -> int:
    return int(column(demo, f"SELECT count(*) FROM {table}")[0])


def test_a_year_of_the_promised_size(demo: OpenStation) -> None:
    assert total(demo, "deputy") == 60
    assert total(demo, "resident") >= 300
    assert 400 <= total(demo, "visit") <= 520
    assert 450 <= total(demo, "issue") <= 580
    with demo.store.read(demo.actor) as tx:
        held = day_lists.list_days(tx, Listing("held_on")).rows
        statuses = [one.status for one in held]
        by_status = issue_records.count_by_status(tx)
        today = days.current_day(tx)
    assert statuses.count(DayStatus.LOCKED) == 13
    assert statuses.count(DayStatus.PLANNED) == 2
    assert today is not None
    assert today.status is DayStatus.OPEN
    assert set(by_status) == set(IssueStatus) - {IssueStatus.VOIDED}


def test_nothing_happens_after_the_story_ends(demo: OpenStation) -> None:
    latest = column(demo, "SELECT max(happened_at) FROM issue_event")[0]
    assert latest <= "2026-11-10 02:47"


def test_every_status_is_the_fold_of_its_history(demo: OpenStation) -> None:
    with demo.store.read(demo.actor) as tx:
        page = issue_records.list_issues(tx, Listing("registered_at", descending=True))
        for row in page.rows:
            assert fold(acts_of(event_rows(tx, row.id))) is row.status


def test_the_figures_kept_beside_the_records_agree_with_a_recount(demo: OpenStation) -> None:
    wrong = """
        SELECT count(*) FROM resident r WHERE visit_count != (
            SELECT count(*) FROM visit v WHERE v.resident_id = r.id AND v.voided_at IS NULL)
    """
    assert column(demo, wrong) == []
    wrong = """
        SELECT count(*) FROM issue i WHERE joined_count != (
            SELECT count(*) FROM issue j WHERE j.joined_to = i.id)
    """
    assert column(demo, wrong) == []
