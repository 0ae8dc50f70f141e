"""The notice of a reception day counts down by the rules of the day, until it was printed."""

from __future__ import annotations

from datetime import date, time, timedelta

from db.vocabulary import Op
from station_app.domain.days import DayDraft
from station_app.domain.rule_words import body_of
from station_app.services import days
from station_app.services.notices import next_notices, notice_of
from station_app.services.rules import FIRST, add_rule_set, shipped_rules
from station_app.wiring import OpenStation

TODAY = date(2026, 11, 10)


def test_the_notice_is_due_three_days_before_until_it_is_printed(station: OpenStation) -> None:
    with station.store.write(station.actor) as tx:
        soon, later, far = (
            days.save_day(tx, DayDraft(TODAY + timedelta(days=at), time(9), time(11))).id
            for at in (2, 10, 40)
        )
        days.save_day(tx, DayDraft(TODAY - timedelta(days=7), time(9), time(11)))
        first, second = next_notices(tx)
        assert (first.day_id, first.days, first.presses) == (soon, -1, True)
        assert (second.day_id, second.due_on, second.days) == (later, date(2026, 11, 17), 7)
        assert not second.presses
        tx.note(Op.PRINT, "day", soon, why="sign_in_sheet")
    with station.store.write(station.actor) as tx:
        assert next_notices(tx, 1)[0].presses  # another form
        tx.note(Op.PRINT, "day", soon, why="day_notice")
    with station.store.write(station.actor) as tx:
        [printed] = next_notices(tx, 1)
        assert (printed.printed_on, printed.presses) == (TODAY, False)
        days.cancel_day(tx, later)
        assert notice_of(tx, later) is None
        assert next_notices(tx)[1].day_id == far


def test_a_place_gives_its_notice_as_many_days_as_it_wants(station: OpenStation) -> None:
    with station.store.write(station.actor) as tx:
        day = days.save_day(tx, DayDraft(TODAY + timedelta(days=10), time(9), time(11)))
        own = {**body_of(shipped_rules()[FIRST]), "code": "local-2", "valid_from": "2026-11-01"}
        assert own["notice_days"] == 3
        add_rule_set(tx, {**own, "notice_days": 7})
        found = notice_of(tx, day.id)
        assert found is not None
        assert found.days == 3
