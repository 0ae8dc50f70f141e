"""The demo station's figures: a naive recount agrees, the days add up, and they look lived-in."""

from __future__ import annotations

from datetime import date

from db.vocabulary import Rater
from station_app.domain.figures import TOLD, Figure
from station_app.domain.lists import Listing
from station_app.domain.periods import Period, PeriodKind, period_around
from station_app.services import campaigns, day_lists, figures, reports
from station_app.wiring import OpenStation
from tests.services.recount import Recount

YEAR = period_around(PeriodKind.YEAR, date(2026, 11, 10))


def test_the_demo_s_year_is_what_a_recount_says(demo: OpenStation) -> None:
    with demo.store.read(demo.actor) as tx:
        said = {one.value: figures.total(tx, one, YEAR) for one in TOLD}
        counted = Recount(tx).figures(YEAR.first, YEAR.last)
        raised = Recount(tx).lives
    # A suggestion's answer has a clock of its own, which the plain recount does not know.
    assert any(one.status == "raised" for one in raised)
    for name in set(said) - {Figure.IN_TIME.value}:
        assert (said[name].part, said[name].whole) == counted[name], name


def test_the_day_s_counters_agree_with_the_figures(demo: OpenStation) -> None:
    with demo.store.read(demo.actor) as tx:
        held = day_lists.list_days(tx, Listing("held_on")).rows
        counters = [day_lists.day_counters(tx, one.id) for one in held]
        first, last = held[0].held_on, held[-1].held_on
        whole = figures.total(tx, Figure.VISITS, Period(first, last))
        people = figures.total(tx, Figure.PEOPLE, Period(first, last))
        came = figures.total(tx, Figure.ISSUES, Period(first, last))
    assert sum(one.visits for one in counters) == whole.part
    assert sum(one.people for one in counters) == people.part
    assert sum(one.issues - one.joined for one in counters) == came.part


def test_the_demo_looks_lived_in(demo: OpenStation) -> None:
    with demo.store.read(demo.actor) as tx:
        report = reports.make_report(tx, YEAR)
        ((name, *_days),) = campaigns.campaigns(tx)
    for figure in TOLD:
        assert report.value(figure).part > 0, figure
    raters = {(one.rater, one.apart) for one in report.ratings}
    assert {(Rater.RESIDENT, False), (Rater.RESIDENT, True), (Rater.DEPUTY, False)} <= raters
    assert report.value(Figure.SATISFACTION).part > 3 * report.value(Figure.SELF_ASKED).part
    assert name == "进家站、听民意、办实事"
    assert report.absent
    assert len(report.heat) > 8
