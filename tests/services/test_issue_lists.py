"""The issues list over the whole data: every order by its index, every filter, both directions."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event, select

from db.models import Issue
from db.vocabulary import Degree, Handling, IssueStatus, Role, Urgency
from station_app import wiring
from station_app.config import DataDir
from station_app.domain.accounts import AccountDraft
from station_app.domain.issues import IssueDraft, IssueRow
from station_app.domain.lists import PAGE_SIZE, Listing, Page
from station_app.domain.residents import ResidentDraft
from station_app.domain.visits import Party, VisitDraft
from station_app.services import dictionaries, issue_records, issues, visit_lists, visits
from station_app.store import Tx, keys
from station_app.wiring import OpenStation
from tests.services.conftest import PASSWORD, STATION, Clock

CATEGORIES = ("zj", "zj-dt", "zj-ws", "jt-tc", "")
TITLES = ("加装电梯", "屋顶漏水", "夜间停车", "供暖不热")


def fill(station: OpenStation, clock: Clock, count: int) -> None:
    """Register ``count`` issues in every state, three in a visit."""
    chance = random.Random(7)
    made: list[UUID] = []
    while len(made) < count:
        drafts = tuple(
            IssueDraft(
                f"{chance.choice(TITLES)}{len(made) + at}",
                category=chance.choice(CATEGORIES),
                urgency=Urgency.URGENT if chance.random() < 0.2 else Urgency.NORMAL,
                handling=chance.choice((Handling.TO_HANDLE, Handling.ANSWERED)),
                answer="已经答复",
            )
            for at in range(3)
        )
        lead = Party(ResidentDraft(f"居民{len(made)}"))
        with station.store.write(station.actor) as tx:
            saved = visits.save_visit(tx, VisitDraft(lead, drafts, party_size=2))
            if chance.random() < 0.5:
                unit = dictionaries.list_units(tx)[0]
                issues.assign_issue(tx, saved.issues[0].id, unit_id=unit.id)
        made += [one.id for one in saved.issues]
        # Now and then two visits fall on one moment, so that only the ids tell them apart.
        clock.move(minutes=chance.choice((0, 3)))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenStation]:
    """One station for all the tests that only read."""
    data, clock = DataDir(tmp_path_factory.mktemp("filled") / "station"), Clock()
    wiring.set_up(data, STATION, AccountDraft("王秀英", Role.HEAD), PASSWORD, clock=clock)
    slot = keys.list_slots(data)[0].id
    opened = wiring.open_station(data, slot, PASSWORD, clock=clock)
    fill(opened, clock, PAGE_SIZE * 2 + 20)
    yield opened
    opened.close()


def walk(tx: Tx, listing: Listing, *, backwards: bool = False) -> list[IssueRow]:
    """Every row of ``listing``, page by page, in list order."""
    found: list[IssueRow] = []
    page: Page[IssueRow] = issue_records.list_issues(tx, listing, backwards=backwards)
    while True:
        found = [*page.rows, *found] if backwards else [*found, *page.rows]
        mark = page.before if backwards else page.after
        if mark is None:
            return found
        page = issue_records.list_issues(tx, listing, at=mark, backwards=backwards)


KEYS: dict[str, Callable[[IssueRow, dict[UUID, str]], Any]] = {
    "registered_at": lambda row, codes: (row.registered_at, row.id.hex),
    "number": lambda row, codes: row.number,
    "category": lambda row, codes: (codes[row.id], row.registered_at, row.id.hex),
    "status": lambda row, codes: (row.status.value, row.registered_at, row.id.hex),
}


def codes_of(tx: Tx) -> dict[UUID, str]:
    return {row.id: row.category for row in tx.session.execute(select(Issue.id, Issue.category))}


@pytest.mark.parametrize("sort", KEYS)
def test_every_order_holds_over_all_pages_in_both_directions(
    filled: OpenStation, sort: str
) -> None:
    with filled.store.read(filled.actor) as tx:
        codes = codes_of(tx)
        for down in (False, True):
            listing = Listing(sort, down)
            rows = walk(tx, listing)
            assert rows == walk(tx, listing, backwards=True)
            assert len({row.id for row in rows}) == len(codes) > PAGE_SIZE * 2
            assert rows == sorted(rows, key=lambda row: KEYS[sort](row, codes), reverse=down)


@pytest.mark.parametrize("sort", KEYS)
@pytest.mark.parametrize(
    "filters",
    [
        {"status": IssueStatus.ASSIGNED},
        {"category": "zj"},
        {"category": "zj", "status": IssueStatus.REGISTERED},
        {"urgent": True},
        {"urgent": True, "status": IssueStatus.ANSWERED},
        {"category": "zj", "urgent": True},
    ],
)
def test_filters_narrow_the_whole_data(
    filled: OpenStation, sort: str, filters: dict[str, object]
) -> None:
    with filled.store.read(filled.actor) as tx:
        codes = codes_of(tx)
        everything = walk(tx, Listing(sort))
        listing = Listing(sort, filters=filters)

        def fits(row: IssueRow) -> bool:
            return (
                filters.get("status") in (None, row.status)
                and codes[row.id].startswith(str(filters.get("category", "")))
                and (not filters.get("urgent") or row.urgency is Urgency.URGENT)
            )

        wanted = [row for row in everything if fits(row)]
        assert 0 < len(wanted) < len(everything)
        assert walk(tx, listing) == wanted
        assert walk(tx, listing, backwards=True) == wanted
        assert issue_records.count_issues(tx, listing) == len(wanted)


@pytest.mark.parametrize("sort", KEYS)
def test_a_text_finds_within_every_order(filled: OpenStation, sort: str) -> None:
    with filled.store.read(filled.actor) as tx:
        listing = Listing(sort, True, "停车")
        rows = walk(tx, listing)
        assert {row.id for row in rows} == {
            row.id for row in walk(tx, Listing(sort)) if "停车" in row.title
        }
        assert rows == walk(tx, listing, backwards=True)
        assert issue_records.count_issues(tx, listing) == len(rows)
        assert issue_records.count_issues(tx, listing, at_most=1) == 1 < len(rows)
        narrow = Listing(sort, True, "停车", {"status": IssueStatus.ASSIGNED, "category": "zj"})
        assert {row.id for row in walk(tx, narrow)} < {row.id for row in rows}
        assert walk(tx, Listing(sort, True, "没有这样的词")) == []


@pytest.fixture
def plans(filled: OpenStation) -> Iterator[Callable[[Listing], list[str]]]:
    """How SQLite reads the ids of a listing's page."""
    said: list[tuple[str, Any]] = []
    engine = filled.store._readers

    def listen(_connection: Any, _cursor: Any, statement: str, given: Any, *_: Any) -> None:
        said.append((statement, given))

    event.listen(engine, "before_cursor_execute", listen)

    def plan(listing: Listing) -> list[str]:
        with filled.store.read(filled.actor) as tx:
            said.clear()
            issue_records.list_issues(tx, listing)
            statement, given = next(one for one in said if "ORDER BY" in one[0])
            driver: Any = tx.session.connection().connection.driver_connection
            rows = driver.execute(f"EXPLAIN QUERY PLAN {statement}", given)
            return [row[3] for row in rows]

    yield plan
    event.remove(engine, "before_cursor_execute", listen)


@pytest.mark.parametrize("sort", issue_records.ISSUE_SORTS)
@pytest.mark.parametrize("down", [False, True])
def test_every_order_is_read_along_an_index(
    plans: Callable[[Listing], list[str]], sort: str, down: bool
) -> None:
    for filters in ({}, {"status": IssueStatus.SETTLED}):
        plan = plans(Listing(sort, down, filters=filters))
        # Twins of one number are told apart by sorting them, and nothing else is sorted.
        assert "USE TEMP B-TREE FOR ORDER BY" not in plan, plan
        assert " INDEX " in plan[0], plan


def test_a_category_reads_each_of_its_codes_along_an_index(
    plans: Callable[[Listing], list[str]],
) -> None:
    for status in (None, IssueStatus.REGISTERED):
        filters = {"category": "zj"} | ({"status": status} if status else {})
        plan = plans(Listing("registered_at", True, filters=filters))
        read = [line for line in plan if " issue " in f"{line} "]
        assert len(read) == 8, plan
        assert all("INDEX" in line and "category=?" in line for line in read), plan


def test_a_row_counts_everybody_who_came_for_it(station: OpenStation) -> None:
    def came(name: str, size: int, *drafts: IssueDraft) -> list[UUID]:
        with station.store.write(station.actor) as tx:
            lead = Party(ResidentDraft(name))
            saved = visits.save_visit(tx, VisitDraft(lead, drafts, party_size=size))
            return [one.id for one in saved.issues]

    target = came("李建国", 2, IssueDraft("加装电梯"))[0]
    came("王芳", 7, IssueDraft("电梯", join_to=target), IssueDraft("还是电梯", join_to=target))
    with station.store.read(station.actor) as tx:
        rows = {row.id: row for row in walk(tx, Listing("registered_at"))}
        assert (rows[target].people, rows[target].joined_count) == (9, 2)
        assert issues.get_issue(tx, target).people == 9
        joined = issue_records.joined_issues(tx, target)
        assert [row.title for row in joined] == ["电梯", "还是电梯"]
        assert {row.people for row in joined} == {7}
        listing = Listing("registered_at", filters={"joined_to": target})
        assert walk(tx, listing) == list(joined)


def test_a_resident_has_the_visits_they_came_along_to(station: OpenStation) -> None:
    with station.store.write(station.actor) as tx:
        draft = VisitDraft(
            Party(ResidentDraft("李建国")),
            (IssueDraft("加装电梯"),),
            companions=(Party(ResidentDraft("王芳")),),
            party_size=2,
        )
        saved = visits.save_visit(tx, draft)
        along = saved.companions[0].id
        assert [row.id for row in visit_lists.visits_of(tx, along)] == [saved.id]


def test_what_cannot_be_is_told_at_once_with_a_text_too(filled: OpenStation) -> None:
    filters: dict[str, object] = {"status": IssueStatus.ASSIGNED, "degree": Degree.SOLVED}
    with filled.store.read(filled.actor) as tx:
        for text in ("", "停车", "……"):
            listing = Listing("registered_at", True, text, filters)
            assert walk(tx, listing) == []
            assert issue_records.count_issues(tx, listing) == 0
        assert walk(tx, Listing("registered_at", text="……")) == []
