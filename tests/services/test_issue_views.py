"""The saved views, their counts, every filter, what is due, and what is likely the same matter."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from functools import partial
from itertools import product
from typing import Any

import pytest
from sqlalchemy import select

from db.models import Issue, IssueDeputy
from db.vocabulary import (
    AskedHow,
    Channel,
    Clock,
    Degree,
    Rater,
    Rating,
    Role,
    Supervisor,
    Turn,
    Urgency,
)  # fmt: skip
from station_app import wiring
from station_app.config import DataDir
from station_app.domain.accounts import AccountDraft
from station_app.domain.days import DayDraft
from station_app.domain.issue_views import VIEW_SORTS, View, view_word
from station_app.domain.issues import IssueDraft, IssueRow
from station_app.domain.lists import Listing
from station_app.domain.residents import ResidentDraft
from station_app.domain.visits import Party, VisitDraft
from station_app.errors import StationError
from station_app.services import (
    day_lists,
    days,
    issue_care,
    issue_columns,
    issue_filters,
    issue_likeness,
    issue_records,
    issue_results,
    issues,
    today,
    visits,
)
from station_app.store import keys, tally
from station_app.store.transaction import driver_of
from station_app.wiring import OpenStation
from tests.services.casework import Clock as Hands
from tests.services.casework import Office
from tests.services.conftest import PASSWORD, STATION
from tests.services.test_issue_lists import walk

CHANCE = random.Random(11)


def live(office: Office, count: int) -> None:
    """``count`` issues with random lives over half a year."""
    units = office.units[:4]
    for place in range(count):
        draft = IssueDraft(
            CHANCE.choice(("加装电梯", "屋顶漏水", "夜间停车")) + str(place),
            category=CHANCE.choice(("zj-dt", "zj-ws", "jt-tc")),
            place=CHANCE.choice(("桃源街", "葵英街", "南山路")) + f"{place % 9 + 1}号楼",
            urgency=Urgency.NORMAL if place % 5 == 2 else Urgency.URGENT,
        )
        issue = office.come(f"居民{place}", draft)
        for _ in range(CHANCE.randint(0, 7)):
            try:
                office.write(partial(step, issue_id=issue.id, units=units, deputy=office.deputy))
            except StationError:
                continue
        office.clock.move(hours=CHANCE.choice((1, 30, 60)))
    for rating in Rating:
        issue = office.come(
            "居民", IssueDraft("噪声", "", "jt-tc", "桃源街1号", urgency=Urgency.URGENT)
        )
        office.act(issues.answer_issue, issue.id, text="答复", deputy_id=office.deputy)
        office.act(
            issue_results.evaluate_issue, issue.id, rater=Rater.RESIDENT, rating=rating,
            how=AskedHow.FORM,
        )  # fmt: skip
    office.come("新来", IssueDraft("刚登记的"))


def step(tx: Any, issue_id: Any, units: list[Any], deputy: Any) -> Any:
    def rate() -> Any:
        rating = CHANCE.choice(list(Rating))
        return issue_results.evaluate_issue(
            tx, issue_id, rater=Rater.RESIDENT, rating=rating, how=AskedHow.PHONE
        )

    def promise() -> Any:
        due = tx.today + timedelta(days=CHANCE.randint(0, 40))
        return issue_care.commit_on_issue(tx, issue_id, text="开工", due_on=due)

    def settle() -> Any:
        degree = CHANCE.choice(list(Degree))
        return issues.settle_issue(tx, issue_id, degree=degree, evidence="照片")

    acts: list[Callable[[], Any]] = [
        lambda: issues.assign_issue(tx, issue_id, unit_id=CHANCE.choice(units)),
        lambda: issues.reply_issue(tx, issue_id, text="已办理"),
        lambda: issues.answer_issue(tx, issue_id, text="答复", deputy_id=deputy),
        lambda: issue_care.wait_for_resident(tx, issue_id, reason="补材料"),
        lambda: issue_care.supervise_issue(tx, issue_id, roles=dict.fromkeys(Supervisor, "张")),
        rate, promise, settle, settle,
    ]  # fmt: skip
    return CHANCE.choice(acts)()


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    data, clock = DataDir(tmp_path_factory.mktemp("lived") / "station"), Hands()
    wiring.set_up(data, STATION, AccountDraft("王秀英", Role.HEAD), PASSWORD, clock=clock)
    station = wiring.open_station(data, keys.list_slots(data)[0].id, PASSWORD, clock=clock)
    office = Office(station, clock)
    live(office, 130)
    yield office
    station.close()


def fits(view: View, row: IssueRow, now: date) -> bool:
    """What the view means, said over a row."""
    soon = now + timedelta(days=7)
    return {
        View.TO_DO: row.turn is Turn.STATION,
        View.DUE_SOON: row.due_on is not None and now <= row.due_on <= soon,
        View.OVERDUE: row.due_on is not None and row.due_on < now,
        View.TO_RATE: row.to_rate,
        View.TO_REVISIT: row.revisit_on is not None and row.revisit_on <= now,
        View.LOOK_BACKS: row.look_back_on is not None and row.look_back_on <= now,
        View.PROMISES: row.promise_on is not None and row.promise_on <= soon,
        View.SUPERVISED: row.supervised,
        View.LONG_OPEN: row.turn is not Turn.NOBODY
        and (row.registered_at + timedelta(hours=8)).date() <= now - timedelta(days=90),
        View.ALL: True,
    }[view]


@pytest.mark.parametrize("view", View)
def test_each_view_holds_what_it_says_and_its_count_is_true(lived: Office, view: View) -> None:
    sort, down = VIEW_SORTS[view]

    def look(tx: Any) -> None:
        everything = walk(tx, Listing("registered_at"))
        listing = Listing(sort, down, filters={"view": view})
        rows = walk(tx, listing)
        wanted = {row.id for row in everything if fits(view, row, tx.today)}
        assert {row.id for row in rows} == wanted
        assert wanted, "the story has to bring every view to life"
        keys = [getattr(row, sort) for row in rows]
        assert keys == sorted(keys, reverse=down)
        assert issue_filters.count_views(tx)[view] == len(wanted)
        assert issue_records.count_issues(tx, listing) == len(wanted)
        assert rows == walk(tx, listing, backwards=True)

    lived.read(look)


def test_every_view_has_a_name() -> None:
    assert len({view_word(one) for one in View}) == len(View)


def test_filters_are_combined_over_everything(lived: Office) -> None:
    def look(tx: Any) -> None:
        rows = walk(tx, Listing("registered_at"))
        first, last = rows[20].registered_at, rows[90].registered_at
        own = lived.units[1]
        days_between = {
            "first_on": (first + timedelta(hours=8)).date(),
            "last_on": (last + timedelta(hours=8)).date(),
        }
        tried: list[tuple[dict[str, Any], Callable[[IssueRow], bool]]] = [
            ({"unit_id": own}, lambda row: row.unit_id == own),
            ({"degree": Degree.PLANNED}, lambda row: row.degree is Degree.PLANNED),
            ({"rating": Rating.DISSATISFIED}, lambda row: row.rating is Rating.DISSATISFIED),
            ({"turn": Turn.UNIT}, lambda row: row.turn is Turn.UNIT),
            ({"place": "桃源街"}, lambda row: "桃源街" in row.place),
            ({"deputy_id": lived.deputy}, lambda row: True),
            (days_between, lambda row: on_days(row, days_between)),
            (
                {"view": View.TO_RATE, "unit_id": lived.units[0], "place": "葵英"},
                lambda row: row.to_rate and row.unit_id == lived.units[0] and "葵英" in row.place,
            ),
            ({"view": View.TO_DO}, lambda row: row.turn is Turn.STATION),
            ({"view": View.SUPERVISED}, lambda row: row.supervised),
            ({"view": View.TO_RATE, "unit_id": own}, lambda it: it.to_rate and it.unit_id == own),
        ]
        urgent = [row for row in rows if row.urgency is Urgency.URGENT]
        for (filters, fit), few in product(tried, (False, True)):
            listing = Listing("registered_at", filters=filters | {"urgent": few})
            wanted = [row for row in (urgent if few else rows) if fit(row)]
            assert walk(tx, listing) == wanted, filters
            assert wanted, filters
            assert issue_records.count_issues(tx, listing) == len(wanted)

    lived.read(look)


def on_days(row: IssueRow, days_between: dict[str, date]) -> bool:
    day = (row.registered_at + timedelta(hours=8)).date()
    return days_between["first_on"] <= day <= days_between["last_on"]


def test_a_campaign_finds_the_issues_of_its_days(station: OpenStation, clock: Hands) -> None:
    office = Office(station, clock)
    other = office.come("王芳", IssueDraft("平时来的"))

    def play(tx: Any) -> Any:
        plan = DayDraft(tx.today, time(9), time(11), campaign="进家站")
        day = days.save_day(tx, plan)
        days.open_day(tx, day.id)
        lead = Party(ResidentDraft("李建国"))
        drafts = (IssueDraft("活动里来的"),)
        return visits.save_visit(tx, VisitDraft(lead, drafts, day.id, channel=Channel.IN_PERSON))

    made = office.write(play).issues[0]
    listing = Listing("registered_at", filters={"campaign": "进家站"})
    rows = office.read(lambda tx: walk(tx, listing))
    assert [row.id for row in rows] == [made.id] != [other.id]
    assert office.read(day_lists.list_campaigns) == ("进家站",)


def test_today_says_everything_that_is_due_and_the_longest_overdue_first(lived: Office) -> None:
    def look(tx: Any) -> None:
        found = today.due_now(tx)
        everything = [*found.overdue, *found.today, *found.this_week]
        until = tx.today + timedelta(days=6 - tx.today.weekday())
        rows = walk(tx, Listing("registered_at"))
        wanted = sorted(
            day
            for row in rows
            for day in (row.due_on, row.promise_on, row.look_back_on, row.revisit_on)
            if day is not None and day <= until
        )
        assert [one.due_on for one in everything] == wanted
        assert found.more == 0
        assert {one.id for one in found.to_rate} == {row.id for row in rows if row.to_rate}
        due = today.count_due(tx)
        assert (due.overdue, due.today) == (len(found.overdue), len(found.today))
        assert due.overdue
        assert {one.clock for one in everything} >= {Clock.DECIDE, Clock.REPLY, Clock.LOOK_BACK}
        few = today.due_now(tx, limit=2)
        shown = sum(map(len, (few.overdue, few.today, few.this_week)))
        assert few.more == len(wanted) - shown + len(found.to_rate) - 2

    lived.read(look)


def test_what_is_kept_beside_issues_is_what_a_rebuild_makes(lived: Office) -> None:
    def kept(tx: Any) -> tuple[Any, ...]:
        driver = driver_of(tx.session)
        names = [column.name for column in Issue.__table__.columns]
        tallies = driver.execute("SELECT * FROM tally WHERE n <> 0 ORDER BY 1, 2").fetchall()
        return (
            driver.execute(f"SELECT {', '.join(names)} FROM issue ORDER BY id").fetchall(),
            tallies,
            driver.execute("SELECT * FROM issue_deputy ORDER BY 1, 2").fetchall(),
        )

    before = lived.read(kept)
    assert lived.write(issue_columns.rebuild) == len(before[0])
    assert lived.read(kept) == before
    assert lived.read(lambda tx: tally.total(driver_of(tx.session))) == len(before[0])
    assert lived.read(lambda tx: tx.session.scalars(select(IssueDeputy)).all())


def test_likely_the_same_matter_is_offered_while_it_is_typed(office: Office) -> None:
    lift = IssueDraft("加装电梯", "桃源街十二号楼没有电梯，老人上下楼困难", place="桃源街12号楼")
    first = office.come("李建国", lift)
    office.come("孙梅", IssueDraft("夜间停车难", "小区门口车位被占", place="葵英街3号"))
    joined = office.come("王芳", IssueDraft("电梯", "老人上下楼困难没有电梯", join_to=first.id))

    def like(text: str, **given: Any) -> Any:
        return office.read(lambda tx: issue_likeness.similar_issues(tx, text, **given))

    (one,) = like("我们楼没有电梯，老人上下楼很困难", place="桃源街14号楼")
    assert (one.id, one.open, one.same_place) == (first.id, True, True)
    assert like("我们楼没有电梯", without=first.id) == ()
    assert like("路灯不亮") == ()
    assert like("，") == ()
    again = like("老人上下楼", resident_id=joined.resident_id)
    assert [row.id for row in again] == [first.id]


def test_like_issues_at_one_place_are_shown_as_one_cluster(office: Office) -> None:
    for place in range(3):
        draft = IssueDraft("加装电梯", category="zj-dt", place=f"桃源街{place + 1}号楼")
        first = office.come(f"居民{place}", draft, size=place + 1)
    office.come("后来", IssueDraft("电梯", category="zj-dt", join_to=first.id), size=4)
    office.come("别处", IssueDraft("加装电梯", category="zj-dt", place="葵英街2号"))
    (cluster,) = office.read(issue_likeness.issue_clusters)
    assert (cluster.place, cluster.category_name) == ("桃源街", "加装电梯")
    assert (cluster.issues, cluster.people, len(cluster.issue_ids)) == (4, 10, 3)
