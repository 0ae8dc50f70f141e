"""Every view with every filter, and filters two by two: what both hold, in order, however read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations
from typing import Any

import pytest

from db.vocabulary import Degree, IssueStatus, Rating, Role, Turn
from station_app import wiring
from station_app.config import DataDir
from station_app.domain.accounts import AccountDraft
from station_app.domain.issue_views import VIEW_SORTS, View
from station_app.domain.lists import Listing
from station_app.services import issue_records
from station_app.store import keys
from tests.services.casework import Clock, Office
from tests.services.conftest import PASSWORD, STATION
from tests.services.test_issue_lists import walk
from tests.services.test_issue_views import CHANCE, live

Filters = dict[str, Any]


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    data, clock = DataDir(tmp_path_factory.mktemp("swept") / "station"), Clock()
    wiring.set_up(data, STATION, AccountDraft("王秀英", Role.HEAD), PASSWORD, clock=clock)
    station = wiring.open_station(data, keys.list_slots(data)[0].id, PASSWORD, clock=clock)
    office = Office(station, clock)
    state = CHANCE.getstate()  # whoever lives next throws the same dice as without this one
    CHANCE.seed(11)
    live(office, 130)
    CHANCE.setstate(state)
    yield office
    station.close()


def singly(tx: Any, office: Office) -> list[Filters]:
    """One filter at a time, each with several values where it has few."""
    rows = walk(tx, Listing("registered_at"))
    first, last = (rows[at].registered_at + timedelta(hours=8) for at in (20, 90))
    return [
        *({"status": one} for one in IssueStatus),
        *({"turn": one} for one in Turn),
        *({"degree": one} for one in (Degree.PLANNED, Degree.SOLVED)),
        *({"rating": one} for one in (Rating.DISSATISFIED, Rating.SATISFIED)),
        *({"category": one} for one in ("zj", "jt-tc")),
        {"unit_id": office.units[1]},
        {"deputy_id": office.deputy},
        {"place": "桃源街"},
        {"urgent": True},
        {"first_on": first.date(), "last_on": last.date()},
        {"first_on": last.date()},
    ]


def ids(tx: Any, listing: Listing) -> set[Any]:
    return {row.id for row in walk(tx, listing)}


@pytest.mark.parametrize("view", View)
def test_a_view_with_a_filter_holds_what_both_hold(lived: Office, view: View) -> None:
    sort, down = VIEW_SORTS[view]

    def look(tx: Any) -> None:
        inside = ids(tx, Listing(sort, down, filters={"view": view}))
        met = 0
        for filters in singly(tx, lived):
            listing = Listing(sort, down, filters={"view": view} | filters)
            rows = walk(tx, listing)
            alone = ids(tx, Listing("registered_at", filters=filters))
            assert {row.id for row in rows} == inside & alone, filters
            days = [getattr(row, sort) for row in rows]
            assert days == sorted(days, reverse=down)
            assert rows == walk(tx, listing, backwards=True)
            assert issue_records.count_issues(tx, listing) == len(rows)
            met += bool(rows)
        assert met > 3, "nearly nothing was tried"

    lived.read(look)


def test_two_filters_hold_what_both_hold(lived: Office) -> None:
    def look(tx: Any) -> None:
        single = [one for one in singly(tx, lived) if "status" not in one or len(one) > 1]
        single += [{"status": one} for one in (IssueStatus.SETTLED, IssueStatus.ASSIGNED)]
        alone = [ids(tx, Listing("registered_at", filters=one)) for one in single]
        for one, other in combinations(range(len(single)), 2):
            if single[one].keys() & single[other].keys():
                continue
            listing = Listing("registered_at", True, filters=single[one] | single[other])
            assert ids(tx, listing) == alone[one] & alone[other], listing.filters

    lived.read(look)
