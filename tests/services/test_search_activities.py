"""Activities are found as everything else is, also those written before they were searched."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from db.vocabulary import ActivityKind
from station_app import wiring
from station_app.domain.activities import ActivityDraft
from station_app.domain.search import Found
from station_app.services import activities
from station_app.services.search import search
from station_app.store.transaction import driver_of
from station_app.wiring import OpenStation
from tests.services.conftest import PASSWORD, Clock

WALK = ActivityDraft(
    ActivityKind.SURVEY, "走访老旧小区", date(2026, 11, 3), place="桃源社区", campaign="进家站月"
)


def found(station: OpenStation, typed: str) -> list[tuple[str, str]]:
    with station.store.read(station.actor) as tx:
        hits = search(tx, typed)
    return [(one.title, one.detail) for one in hits if one.kind is Found.ACTIVITY]


def test_an_activity_is_found_by_its_words_and_its_day(station: OpenStation) -> None:
    with station.store.write(station.actor) as tx:
        made = activities.save_activity(tx, WALK)
    told = [("走访老旧小区", "2026-11-03 · 调研 · 桃源社区")]
    for typed in ("老旧", "桃源", "进家站", "20261103", "2026年11月"):
        assert found(station, typed) == told, typed
    with station.store.write(station.actor) as tx:
        activities.save_activity(tx, replace(WALK, title="学习会"), activity_id=made.id)
        activities.cancel_activity(tx, made.id)
    assert found(station, "老旧") == []
    assert found(station, "学习") == [("学习会", "2026-11-03 · 调研 · 桃源社区 · 已取消")]


def test_what_was_written_before_is_found_once_the_station_is_opened(
    station: OpenStation,
) -> None:
    with station.store.write(station.actor) as tx:
        made = activities.save_activity(tx, WALK)
    with station.store.write(station.actor) as tx:
        driver = driver_of(tx.session)
        driver.execute("DELETE FROM find_row WHERE record_id = ?", (made.id.hex,))
    assert found(station, "老旧") == []
    station.close()
    again = wiring.open_station(station.data, station.slot, PASSWORD, clock=Clock())
    try:
        assert [title for title, _detail in found(again, "老旧")] == ["走访老旧小区"]
    finally:
        again.close()
