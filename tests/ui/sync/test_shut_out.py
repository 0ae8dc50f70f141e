"""A PC that the centre has shut out: it locks, stays locked, and is let in again."""

from __future__ import annotations

from uuid import UUID

from central import devices
from central.database import administered
from station_app import wiring
from station_app.ui.app import Program
from station_app.ui.sync.locked_out import LockedOutWindow
from tests.ui.conftest import PASSWORD
from tests.ui.sync.conftest import House, Screen


def revoke(house: House, device: UUID) -> None:
    with administered(house.centre.settings) as connection:
        assert devices.revoke(connection, device)


def open_again(joined: Screen) -> Program:
    """The program ended and begun anew, at the moment after the password."""
    slot = joined.station.slot
    joined.program.close()
    again = Program(joined.program.app, joined.station.data)
    again.enter(wiring.open_station(joined.station.data, slot, PASSWORD))
    return again


def test_a_pc_that_was_shut_out_locks_and_its_queue_goes_to_quarantine(
    joined: Screen, house: House
) -> None:
    revoke(house, joined.device)
    joined.add("于桂芳")
    joined.link.now()
    joined.until(lambda: isinstance(joined.program.front, LockedOutWindow))
    front = joined.program.front
    assert isinstance(front, LockedOutWindow)
    assert not joined.window.isVisible()
    said = joined.said(front)
    assert "本机已被中心停用" in said
    assert "内容没有丢失" in said
    sql = "SELECT count(*) FROM quarantine WHERE device_id = %s"
    assert house.centre.sql(sql, joined.device) == [(1,)]
    front.form.code.setText(house.new_code())
    front.form.submit()
    joined.until(joined.window.isVisible)
    joined.until(lambda: house.count("resident") == 1)
    joined.until(lambda: joined.program.front is None)


def test_a_pc_that_was_shut_out_before_shows_nothing_when_it_is_opened(
    joined: Screen, house: House
) -> None:
    revoke(house, joined.device)
    joined.link.now()
    joined.until(lambda: isinstance(joined.program.front, LockedOutWindow))
    again = open_again(joined)
    assert isinstance(again.front, LockedOutWindow)
    assert again.window is not None
    assert not again.window.isVisible()
    front = again.front
    front.form.code.setText(house.new_code())
    front.form.submit()
    joined.until(again.window.isVisible)
    again.close()


def test_unplugging_it_lets_nobody_in_again(joined: Screen, house: House) -> None:
    revoke(house, joined.device)
    joined.link.now()
    joined.until(lambda: isinstance(joined.program.front, LockedOutWindow))
    from station_app.store.transaction import driver_of
    from station_app.sync.identity import note

    with joined.station.store.write(joined.station.actor) as tx:
        note(driver_of(tx.session), url="http://127.0.0.1:9")
    front = joined.program.front
    assert isinstance(front, LockedOutWindow)
    with joined.bot.waitSignal(joined.link.status_changed):
        front.again.click()
    joined.until(lambda: joined.link.trouble.startswith("暂时连不上中心"))
    assert joined.program.front is front
    assert not joined.window.isVisible()
