"""What else waits for a person: refused, held and unknown records, a wrong clock, a shut-out PC."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from central.database import administered
from central.publish import withdraw
from db.vocabulary import DayStatus
from station_app import wiring
from station_app.domain.days import DayDraft
from station_app.domain.sync import SyncStatus, status_words
from station_app.services import days, residents
from station_app.services.sync_state import list_refused, list_unknown, removals_confirmed
from station_app.store import Store
from station_app.sync import apply
from station_app.ui.sync.words import mark
from tests.central.conftest import RunningCentre
from tests.ui.sync.conftest import Hall, House, Pc, Screen, rows

WHEN = wiring.now().replace(hour=2, minute=32)


@pytest.mark.parametrize(
    ("status", "said", "picture"),
    [
        (SyncStatus(joined=False), "尚未加入中心", "info-circle"),
        (SyncStatus(joined=True), "全部已上交", "circle-check"),
        (SyncStatus(joined=True, pending=12, since=WHEN), "12 条未上交，自 10:32", "upload"),
        (SyncStatus(joined=True, problem="offline", pending=12, since=WHEN),
         "离线，12 条未上交，自 10:32", "unlink"),
        (SyncStatus(joined=True, problem="offline"), "离线", "unlink"),
        (SyncStatus(joined=True, conflicts=2), "全部已上交，2 处待选定", "alert-triangle"),
        (SyncStatus(joined=True, refused=1), "全部已上交，1 条未被接受", "alert-triangle"),
        (SyncStatus(joined=True, held=60), "全部已上交，60 条待确认移除", "alert-triangle"),
        (SyncStatus(joined=True, problem="upgrade"), "程序需要升级", "alert-triangle"),
        (SyncStatus(joined=True, problem="revoked"), "本机已被中心停用", "ban"),
    ],
)  # fmt: skip
def test_the_state_in_words_and_an_icon(status: SyncStatus, said: str, picture: str) -> None:
    assert status_words(status, WHEN.date()) == said
    assert mark(status)[0] == picture


def test_an_older_moment_is_said_with_its_day() -> None:
    status = SyncStatus(joined=True, pending=1, since=WHEN - timedelta(days=2))
    day = WHEN.date() - timedelta(days=2)
    assert status_words(status, WHEN.date()) == f"1 条未上交，自 {day.month}月{day.day}日 10:32"


# ---------------------------------------------------------------------------------------- refused


def plan_day(pc: Pc) -> UUID:
    from datetime import time

    with pc.station.store.read(pc.station.actor) as tx:
        draft = DayDraft(tx.today, time(9), time(11, 30), "一楼", "接待日")
    return pc.do(days.save_day, draft).id


def open_on_both(screen: Screen, second: Pc, day_id: UUID) -> None:
    """Both PCs open one day; only the first may: the day's state is a command."""
    second.do(days.open_day, day_id)
    second.do(days.close_day, day_id)
    second.sync()
    screen.do(days.open_day, day_id)
    screen.exchanged()


@pytest.fixture
def refused(joined: Screen, other: Callable[[], Pc]) -> Screen:
    day_id = plan_day(joined)
    joined.exchanged()
    open_on_both(joined, other(), day_id)
    return joined


def test_what_was_refused_is_explained_and_put_aside(refused: Screen) -> None:
    screen = refused
    card = screen.page.refused
    screen.until(card.isVisible)
    screen.until(lambda: screen.strip == "全部已上交，1 条未被接受")
    screen.until(lambda: "接待日“" in screen.said(card))
    said = screen.said(card)
    assert "其他同志已先行处理，请查看后重新操作。" in said
    assert "状态：" in said
    screen.press("知道了")
    screen.until(lambda: not card.isVisible())
    assert screen.window.toast.text == "已处理。"
    screen.until(lambda: screen.strip == "全部已上交")
    screen.keys("Ctrl+Z")
    screen.until(lambda: len(screen.ask(list_refused)) == 1)
    screen.until(card.isVisible)


def test_the_refused_record_is_opened(refused: Screen) -> None:
    screen = refused
    screen.until(screen.page.refused.isVisible)
    sync = screen.page
    screen.press("查看")
    screen.until(lambda: screen.window.page is not sync)
    [(status,)] = rows(screen, "SELECT status FROM reception_day")
    assert status == DayStatus.CLOSED.value


# ------------------------------------------------------------------------------------------- held


@pytest.fixture
def held(joined: Screen, house: House, monkeypatch: pytest.MonkeyPatch) -> Screen:
    """The centre has removed three residents, which is much for this file."""
    monkeypatch.setattr(apply, "MANY", 2)
    monkeypatch.setattr(apply, "MUCH", 0.0)
    ids = [joined.add(name) for name in ("于桂芳", "周龚", "孙翀")]
    joined.exchanged()
    with administered(house.centre.settings) as connection:
        for one in ids:
            withdraw(connection, f"S:{house.id.hex}", "resident", one)
    joined.exchanged()
    return joined


def names(pc: Pc) -> int:
    [(count,)] = rows(pc, "SELECT count(*) FROM resident")
    return int(count)


def test_many_removals_wait_for_the_head(held: Screen) -> None:
    card = held.page.held
    held.until(card.isVisible)
    assert names(held) == 3
    held.until(lambda: held.strip == "全部已上交，3 条待确认移除")
    held.until(lambda: "来访群众“于桂芳”" in held.said(card))
    assert "中心已移除 3 条记录，本机还在：来访群众 3 条。" in held.said(card)
    held.press("本机也移除")
    held.until(lambda: "将在下次同步时移除。" in held.said(card))
    assert names(held) == 3
    held.exchanged()
    assert names(held) == 0
    held.until(lambda: not card.isVisible())


def test_a_yes_is_taken_back(held: Screen) -> None:
    card = held.page.held
    held.until(card.isVisible)
    held.press("本机也移除")
    held.until(lambda: held.window.toast.text == "将在下次同步时移除。")
    held.until(card.no.isVisible)
    held.keys("Ctrl+Z")
    held.until(lambda: not held.ask(removals_confirmed))
    held.until(card.yes.isVisible)
    held.exchanged()
    assert names(held) == 3


# ---------------------------------------------------------------------------------------- unknown


@pytest.fixture
def unknown(joined: Screen) -> Screen:
    """Two residents whose outbox rows an image did not have: what a restore may leave behind."""
    for name in ("于桂芳", "周龚"):
        joined.add(name)
    from station_app.store.transaction import driver_of

    with joined.station.store.write(joined.station.actor) as tx:
        driver_of(tx.session).execute(
            "UPDATE outbox SET state = 'sent', fields = '{}' WHERE kind = 'resident'"
        )
    joined.link.look(anew=True)
    joined.until(joined.page.unknown.isVisible)
    return joined


def test_records_only_here_are_handed_in(unknown: Screen, house: House) -> None:
    unknown.until(lambda: unknown.strip.endswith("2 条待核对"))
    unknown.until(lambda: "来访群众“于桂芳”" in unknown.said(unknown.page.unknown))
    unknown.press("全部上交")
    unknown.until(lambda: unknown.ask(list_unknown) == ())
    unknown.until(lambda: not unknown.page.unknown.isVisible())
    unknown.until(lambda: "正在上交 2 条记录。" in unknown.window.toast.text)
    unknown.until(lambda: house.count("resident") == 2)
    assert unknown.ask(list_unknown) == ()


def test_records_only_here_are_removed_and_come_back(unknown: Screen) -> None:
    unknown.press("从本机移除")
    unknown.until(lambda: names(unknown) == 1)
    unknown.until(lambda: unknown.window.toast.text == "已从本机移除 1 条记录。")
    unknown.keys("Ctrl+Z")
    unknown.until(lambda: names(unknown) == 2)
    found = unknown.ask(residents.match_residents, "于")
    assert [one.phone for one in found] == ["13800000000"]


# -------------------------------------------------------------------------- clock, upgrade, revoked


def test_a_wrong_clock_is_said(hall: Hall, house: House, tmp_path: Path) -> None:
    from station_app.sync.enrolment import join
    from tests.ui.sync.conftest import open_new

    station = open_new(tmp_path / "late")
    data, key = station.data, station.key
    join(station.store, station.actor, house.url, house.new_code())
    station.close()
    store = Store.open(data, key, clock=lambda: wiring.now() - timedelta(minutes=42))
    screen = hall.start(wiring.OpenStation(data, key, station.slot, store, station.actor))
    screen.until(lambda: screen.link.status is not None and screen.link.status.clock_off)
    screen.until(lambda: "本机时钟慢了 42 分钟，请校准。" in screen.said())
    screen.until(lambda: screen.strip == "全部已上交")
    assert screen.link.trouble == ""


def test_an_upgrade_is_asked_for_and_handing_in_goes_on(
    joined: Screen, house: House, centre: RunningCentre
) -> None:
    object.__setattr__(centre.settings, "oldest_schema", 99)
    try:
        joined.add("于桂芳")
        joined.exchanged()
    finally:
        object.__setattr__(centre.settings, "oldest_schema", 1)
    assert house.count("resident") == 1
    joined.until(lambda: joined.strip == "程序需要升级")
    joined.until(lambda: "您录入的内容照常上交" in joined.said())
