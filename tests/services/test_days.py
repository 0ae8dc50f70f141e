"""A reception day from plan to lock, and who comes to it."""

from __future__ import annotations

from datetime import date, time
from uuid import UUID

import pytest

from db.vocabulary import DayStatus, Level, RoleClass
from station_app.domain.days import DayDraft
from station_app.domain.deputies import DeputyDraft
from station_app.domain.lists import Listing
from station_app.errors import Conflict, RuleViolation
from station_app.services import attendance, day_lists, days
from station_app.services.deputies import save_deputy
from station_app.wiring import OpenStation

DAY = DayDraft(date(2026, 11, 10), time(9), time(11, 30), "一楼接待室", "老旧小区改造")


def two_deputies(station: OpenStation) -> tuple[UUID, UUID]:
    with station.store.write(station.actor) as tx:
        first = save_deputy(tx, DeputyDraft("于桂芳", levels=(Level.CITY, Level.COUNTY)))
        second = save_deputy(tx, DeputyDraft("宋贵森", levels=(Level.COUNTY,)))
    return first.id, second.id


def test_a_day_goes_from_plan_to_lock_and_never_back(station: OpenStation) -> None:
    with station.store.write(station.actor) as tx:
        day = days.save_day(tx, DAY)
        assert day.status is DayStatus.PLANNED
        assert days.current_day(tx) == day
        with pytest.raises(Conflict):
            days.close_day(tx, day.id)
        assert days.open_day(tx, day.id).opened_at == tx.now
        assert days.close_day(tx, day.id).status is DayStatus.CLOSED
        assert days.reopen_day(tx, day.id).closed_at is None
        days.close_day(tx, day.id)
        assert days.lock_day(tx, day.id).status is DayStatus.LOCKED
        for act in (days.open_day, days.reopen_day, days.cancel_day):
            with pytest.raises(Conflict):
                act(tx, day.id)
        with pytest.raises(Conflict):
            days.save_day(tx, DAY, day_id=day.id)


def test_overlapping_and_impossible_hours_are_refused(station: OpenStation) -> None:
    with station.store.write(station.actor) as tx:
        day = days.save_day(tx, DAY)
        days.save_day(tx, DAY, day_id=day.id)
        with pytest.raises(RuleViolation) as found:
            days.save_day(tx, DayDraft(DAY.held_on, time(11), time(12)))
        assert set(found.value.fields) == {"starts"}
        with pytest.raises(RuleViolation) as found:
            days.save_day(tx, DayDraft(DAY.held_on, time(12), time(12)))
        assert set(found.value.fields) == {"ends"}
        days.save_day(tx, DayDraft(DAY.held_on, time(11, 30), time(12)))


def test_only_one_day_is_open_at_a_time(station: OpenStation) -> None:
    with station.store.write(station.actor) as tx:
        first = days.save_day(tx, DAY)
        second = days.save_day(tx, DayDraft(date(2026, 11, 11), time(9), time(10)))
        days.open_day(tx, first.id)
        with pytest.raises(Conflict):
            days.open_day(tx, second.id)


def test_deputies_due_are_changed_without_touching_the_rest(station: OpenStation) -> None:
    first, second = two_deputies(station)
    with station.store.write(station.actor) as tx:
        day = days.save_day(tx, DayDraft(DAY.held_on, DAY.starts, DAY.ends, deputy_ids=(first,)))
        assert [one.name for one in day.deputies] == ["于桂芳"]
        changed = DayDraft(DAY.held_on, DAY.starts, DAY.ends, deputy_ids=(second,))
        day = days.save_day(tx, changed, day_id=day.id)
    assert [one.name for one in day.deputies] == ["宋贵森"]


def test_check_in_is_once_and_can_be_undone(station: OpenStation) -> None:
    first, second = two_deputies(station)
    draft = DayDraft(DAY.held_on, DAY.starts, DAY.ends, deputy_ids=(first, second))
    with station.store.write(station.actor) as tx:
        day = days.save_day(tx, draft)
        with pytest.raises(Conflict):
            attendance.check_in(tx, day.id, second)
        days.open_day(tx, day.id)
        came = attendance.check_in(tx, day.id, second)
        assert came.levels == (Level.COUNTY,)
        with pytest.raises(Conflict):
            attendance.check_in(tx, day.id, second)
        attendance.add_guest(
            tx, day.id, role_class=RoleClass.LEADER, name="徐永年", title="区委副书记"
        )
        record = days.get_day(tx, day.id)
        here = [(one.name, one.checked_in_at is not None) for one in record.deputies]
        assert here == [("宋贵森", True), ("于桂芳", False)]
        assert [one.name for one in record.guests] == ["徐永年"]
        attendance.undo_check_in(tx, came.id)
        assert all(one.checked_in_at is None for one in days.get_day(tx, day.id).deputies)
        attendance.check_in(tx, day.id, second)


def test_days_are_listed_by_date_and_filtered(station: OpenStation) -> None:
    with station.store.write(station.actor) as tx:
        for month in range(1, 13):
            days.save_day(tx, DayDraft(date(2026, month, 10), time(9), time(11), theme="供暖"))
        days.save_day(tx, DayDraft(date(2025, 12, 10), time(9), time(11)))
    with station.store.read(station.actor) as tx:
        newest = day_lists.list_days(tx, Listing("held_on", descending=True))
        assert newest.rows[0].held_on == date(2026, 12, 10)
        assert day_lists.count_days(tx, Listing("held_on", filters={"year": 2025})) == 1
        assert day_lists.count_days(tx, Listing("held_on", text="供暖")) == 12
        assert [one.held_on.month for one in day_lists.next_days(tx)] == [11, 12]
