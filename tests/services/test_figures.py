"""Figures against a naive recount, their parts and their rows, for whatever may happen."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from db.vocabulary import Level, Role
from station_app import wiring
from station_app.config import DataDir
from station_app.domain.accounts import AccountDraft, Actor
from station_app.domain.deputies import DeputyDraft
from station_app.domain.figures import (
    CAMPAIGN,
    OVERLAPPING,
    RATES,
    SPLITS,
    TOLD,
    Asked,
    Figure,
    Split,
    Value,
)
from station_app.domain.periods import Period, PeriodKind, period_around
from station_app.domain.reports import report_data
from station_app.services import campaigns, deputies, figure_rows, figures, issue_columns, reports
from station_app.store import Store, Tx, keys
from station_app.store.transaction import driver_of
from tests.services.casework import Clock
from tests.services.conftest import PASSWORD, STATION
from tests.services.lives import Lives
from tests.services.recount import Recount

FIRST = datetime(2026, 9, 20, 1, 0, tzinfo=UTC)
Acts = list[tuple[int, int, int]]
#: To find a shorter story than the failing one would take minutes.
PHASES = (Phase.explicit, Phase.generate)
act = st.tuples(st.integers(0, 29), st.integers(0, 60), st.integers(0, 60))


class Template:
    """A station with three deputies and two accounts, copied for each story."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        clock = Clock(FIRST)
        data = DataDir(folder)
        wiring.set_up(data, STATION, AccountDraft("王秀英", Role.HEAD), PASSWORD, clock=clock)
        slot = keys.list_slots(data)[0].id
        station = wiring.open_station(data, slot, PASSWORD, clock=clock)
        other = wiring.add_member(station, AccountDraft("李桂香", Role.OPERATOR), PASSWORD)
        self.key = station.key
        self.actors = (station.actor, Actor(other.id, other.name, other.role))
        levels: tuple[tuple[Level, ...], ...] = ((Level.CITY, Level.COUNTY), (Level.CITY,), ())
        with station.store.write(station.actor) as tx:
            self.people = [
                deputies.save_deputy(tx, DeputyDraft(f"代表{at}", levels=held)).id
                for at, held in enumerate(levels)
            ]
        station.close()

    @contextmanager
    def lives(self) -> Iterator[Lives]:
        with tempfile.TemporaryDirectory(dir=self.folder.parent) as aside:
            copy = DataDir(Path(aside) / "station")
            shutil.copytree(self.folder, copy.root)
            clock = Clock(FIRST)
            store = Store.open(copy, self.key, clock=clock)
            made = Lives(store, self.actors, list(self.people))
            made.clock = clock
            try:
                yield made
            finally:
                store.close()


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    return Template(tmp_path_factory.mktemp("figures") / "template")


def periods(today: date) -> list[Period]:
    month = period_around(PeriodKind.MONTH, today)
    return [
        Period(date(2026, 9, 1), today + timedelta(days=40)),
        month,
        Period(date(2026, 9, 25), date(2026, 10, 20)),
        Period(date(2026, 9, 1), today, PeriodKind.CAMPAIGN, "进家站月"),
    ]


@settings(max_examples=8, phases=PHASES)
@given(acts=st.lists(act, min_size=40, max_size=110))
def test_every_figure_is_what_a_naive_recount_says(template: Template, acts: Acts) -> None:
    with template.lives() as lives:
        for one in acts:
            lives.happen(*one)
        with lives.store.read(lives.actors[0]) as tx:
            recount = Recount(tx)
            for period in periods(tx.today):
                counted = recount.figures(period.first, period.last, period.campaign)
                said = {one.value: figures.total(tx, one, period) for one in TOLD}
                assert figures.totals(tx, TOLD, period) == tuple(said.values())
                assert {name: (v.part, v.whole) for name, v in said.items()} == counted
                for figure in TOLD:
                    rows_and_parts_agree(tx, figure, period, said[figure.value])


def rows_and_parts_agree(tx: Tx, figure: Figure, period: Period, value: Value) -> None:
    listing = figure_rows.rows_listing(Asked(figure, period))
    rows = figure_rows.list_rows(tx, listing).rows
    whole = value.part if value.whole is None else value.whole
    if figure in (Figure.PEOPLE, Figure.HELPED, Figure.AMOUNT):
        whole = len(rows)
    assert (len(rows), sum(one.counts for one in rows)) == (whole, value.part)
    assert figure_rows.count_rows(tx, listing) == whole
    hits = figure_rows.count_rows(
        tx, figure_rows.rows_listing(Asked(figure, period, counting=True))
    )
    assert hits == (value.part if figure in RATES else whole)
    for split in SPLITS[figure]:
        parts = figures.parts(tx, figure, period, split)
        if figure not in OVERLAPPING.get(split, frozenset()):
            assert sum(one.value.part for one in parts) == value.part
            assert sum(one.value.whole or 0 for one in parts) == (value.whole or 0)
        if split is Split.MONTH:
            continue
        for part in parts:
            asked = Asked(figure, period, split, part.key)
            assert figures.asked_sum(tx, asked) == part.value
            found = figure_rows.list_rows(tx, figure_rows.rows_listing(asked)).rows
            assert sum(one.counts for one in found) == part.value.part


@settings(max_examples=3, phases=PHASES)
@given(acts=st.lists(act, min_size=30, max_size=60), later=st.lists(act, max_size=40))
def test_a_frozen_report_stays_what_it_was(template: Template, acts: Acts, later: Acts) -> None:
    with template.lives() as lives:
        for one in acts:
            lives.happen(*one)
        with lives.store.write(lives.actors[0]) as tx:
            made = reports.make_report(tx, periods(tx.today)[0])
            kept = reports.freeze_report(tx, made)
        for one in later:
            lives.happen(*one)
        with lives.store.read(lives.actors[0]) as tx:
            found = reports.get_snapshot(tx, kept.id)
            (row,) = reports.list_snapshots(tx)
        assert found.report == made
        assert report_data(found.report) == report_data(made)
        assert (row.id, row.period) == (kept.id, made.period)


@settings(max_examples=2, phases=PHASES)
@given(acts=st.lists(act, min_size=40, max_size=90))
def test_what_is_kept_beside_issues_is_what_is_worked_out_anew(
    template: Template, acts: Acts
) -> None:
    with template.lives() as lives:
        for one in acts:
            lives.happen(*one)
        with lives.store.write(lives.actors[0]) as tx:
            kept = facts(tx)
            issue_columns.rebuild(tx)
            assert facts(tx) == kept


def facts(tx: Tx) -> list[tuple[object, ...]]:
    query = "SELECT * FROM issue_fact ORDER BY kind, day, event_id"
    return [tuple(row) for row in driver_of(tx.session).execute(query)]


def test_the_campaign_report_has_six_counters_by_its_tag(template: Template) -> None:
    with template.lives() as lives:
        for one in [(3, 1, 1), (5, 0, 1), (0, 1, 1), (28, 1, 1), (28, 0, 2)]:
            lives.happen(*one)
        with lives.store.read(lives.actors[0]) as tx:
            ((name, first, last),) = campaigns.campaigns(tx)
            period = campaigns.campaign_period(name, first, last, tx.today)
            report = reports.make_report(tx, period)
        assert name == "进家站月"
        assert tuple(one.figure for one in report.figures) == CAMPAIGN
        assert report.value(Figure.HELPED).part == 2


def test_who_has_not_come_this_year_is_listed(template: Template) -> None:
    with template.lives() as lives:
        lives.happen(3, 1, 1)
        lives.happen(5, 0, 1)
        with lives.store.read(lives.actors[0]) as tx:
            year = period_around(PeriodKind.YEAR, tx.today)
            missing = figures.absent(tx, year)
            rate = figures.total(tx, Figure.ATTENDANCE_RATE, year)
        assert [one.name for one in missing] == ["代表0", "代表2"]
        assert (rate.part, rate.whole) == (1, 3)
