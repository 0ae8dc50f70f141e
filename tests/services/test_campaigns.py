"""Campaigns are known by the tags of receptions, activities and help, with the days they span."""

from __future__ import annotations

from datetime import date, time

from db.vocabulary import ActivityKind
from station_app.domain.activities import ActivityDraft, AssistanceDraft
from station_app.domain.days import DayDraft
from station_app.services import activities, assistances, days
from station_app.services.calendars import calendar_between
from station_app.services.campaigns import campaign_of, campaigns
from station_app.wiring import OpenStation


def test_a_campaign_spans_all_that_carries_its_tag(station: OpenStation) -> None:
    with station.store.write(station.actor) as tx:
        tagged = DayDraft(date(2026, 11, 10), time(9), time(11), campaign="进家站月")
        day = days.save_day(tx, tagged)
        days.save_day(tx, DayDraft(date(2026, 12, 1), time(9), time(11)))
        walk = ActivityDraft(
            ActivityKind.SURVEY, "走访老旧小区", date(2026, 11, 3), campaign="进家站月"
        )
        activity = activities.save_activity(tx, walk)
        helped = AssistanceDraft(date(2026, 10, 20), 3, 100_00, "慰问", "暖冬行动")
        assistances.add_assistance(tx, helped)
        off = activities.save_activity(
            tx, ActivityDraft(ActivityKind.SURVEY, "停办", date(2026, 1, 1), campaign="停办月")
        )
        activities.cancel_activity(tx, off.id)
    with station.store.read(station.actor) as tx:
        assert campaigns(tx) == (
            ("进家站月", date(2026, 11, 3), date(2026, 11, 10)),
            ("暖冬行动", date(2026, 10, 20), date(2026, 10, 20)),
        )
        assert campaign_of(tx, day.id) == campaign_of(tx, activity.id) == "进家站月"
        record = calendar_between(tx, date(2026, 11, 5), date(2026, 11, 30))
        assert [one.name for one in record.campaigns] == ["进家站月"]
        assert record.campaigns_on(date(2026, 11, 5))
        assert not record.campaigns_on(date(2026, 11, 11))
