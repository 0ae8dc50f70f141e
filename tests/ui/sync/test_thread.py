"""The exchange on its own thread: what arrives shows, what is typed stays, the end is an end."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from station_app.errors import StoreFault
from station_app.services import residents
from station_app.ui.residents.page import ResidentsPage
from station_app.ui.sync import exchange
from station_app.ui.unlock import UnlockWindow
from tests.ui.conftest import PASSWORD
from tests.ui.sync.conftest import House, Pc, Screen


def sync_threads() -> list[threading.Thread]:
    return [one for one in threading.enumerate() if one.name.startswith("sync")]


def test_a_station_that_has_not_joined_needs_no_thread(screen: Screen) -> None:
    screen.bot.wait(100)
    assert sync_threads() == []
    assert screen.strip == "尚未加入中心"


def test_a_save_is_handed_in_by_itself(joined: Screen, house: House) -> None:
    with joined.bot.waitSignal(joined.link.step_changed, timeout=20_000):
        assert joined.program.jobs is not None
        from station_app.domain.residents import ResidentDraft

        draft = ResidentDraft("于桂芳", "13800000231")
        joined.program.jobs.write(
            lambda tx: residents.save_resident(tx, draft), owner=joined.window
        )
    joined.until(lambda: house.count("resident") == 1)
    joined.until(lambda: joined.strip == "全部已上交")


def test_what_arrives_shows_on_the_open_page(joined: Screen, other: Callable[[], Pc]) -> None:
    page = joined.window.open_page("residents")
    assert isinstance(page, ResidentsPage)
    joined.until(lambda: page.table.ready)
    second = other()
    second.add("于桂芳")
    second.sync()
    joined.link.now()
    joined.until(lambda: [one.name for one in page.table.rows] == ["于桂芳"])


@pytest.fixture
def editing(joined: Screen, other: Callable[[], Pc]) -> tuple[Screen, Pc, ResidentsPage, UUID]:
    """The form of a resident is open here, and known to a second PC."""
    resident_id = joined.add("于桂芳", "13800000000")
    joined.exchanged()
    second = other()
    page = joined.window.open_page("residents")
    assert isinstance(page, ResidentsPage)
    page.mark_stale()
    joined.until(lambda: page.table.rows)
    page.show_record("resident", resident_id)
    joined.until(page.detail.isVisible)
    joined.keys("Alt+E")
    joined.until(page.form.isVisible)
    return joined, second, page, resident_id


def line(page: ResidentsPage, name: str) -> QLineEdit:
    found = page.form.fields[name].input
    assert isinstance(found, QLineEdit)
    return found


def test_a_form_under_the_hands_is_not_overwritten_and_overwrites_nothing(
    editing: tuple[Screen, Pc, ResidentsPage, UUID],
) -> None:
    screen, second, page, resident_id = editing
    line(page, "address").setText("桃源街12号")
    second.edit(resident_id, community="桃源社区")
    second.sync()
    screen.exchanged()
    screen.until(lambda: screen.ask(residents.get_resident, resident_id).community)
    assert page.form.isVisible()
    assert line(page, "address").text() == "桃源街12号"
    screen.keys("Ctrl+Return")
    screen.until(page.detail.isVisible)
    one = screen.ask(residents.get_resident, resident_id)
    assert (one.address, one.community) == ("桃源街12号", "桃源社区")


def test_what_was_changed_elsewhere_is_said_before_it_is_overwritten(
    editing: tuple[Screen, Pc, ResidentsPage, UUID],
) -> None:
    screen, second, page, resident_id = editing
    line(page, "address").setText("桃源街12号")
    second.edit(resident_id, address="桃源街13号")
    second.sync()
    screen.exchanged()
    screen.keys("Ctrl+Return")
    screen.until(lambda: "桃源街13号" in page.form.fields["address"].error)
    assert screen.ask(residents.get_resident, resident_id).address == "桃源街13号"
    screen.keys("Ctrl+Return")
    screen.until(page.detail.isVisible)
    assert screen.ask(residents.get_resident, resident_id).address == "桃源街12号"


def test_the_lock_stops_it_and_unlocking_goes_on(joined: Screen, house: House) -> None:
    joined.keys("Ctrl+L")
    joined.until(lambda: not [one for one in sync_threads() if one.name == "sync"])
    joined.add("于桂芳")
    front = joined.program.front
    assert isinstance(front, UnlockWindow)
    front.password.setText(PASSWORD)
    joined.bot.keyClick(front.password, Qt.Key.Key_Return)
    joined.until(joined.window.isVisible)
    joined.until(lambda: house.count("resident") == 1)


class DeafCentre:
    """Takes connections and never answers: a network that hangs."""

    def __init__(self) -> None:
        self.server = socket.create_server(("127.0.0.1", 0))
        self.kept: list[socket.socket] = []
        threading.Thread(target=self._take, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.getsockname()[1]}"

    def _take(self) -> None:
        while True:
            try:
                self.kept.append(self.server.accept()[0])
            except OSError:
                return

    def close(self) -> None:
        for one in (*self.kept, self.server):
            one.close()


@pytest.fixture
def deaf() -> Iterator[DeafCentre]:
    made = DeafCentre()
    yield made
    made.close()


def point_to(screen: Screen, url: str) -> None:
    """From now on the centre's address is another one."""
    from station_app.store.transaction import driver_of
    from station_app.sync.identity import note

    with screen.station.store.write(screen.station.actor) as tx:
        note(driver_of(tx.session), url=url)


def test_a_hanging_network_neither_freezes_the_window_nor_the_end(
    joined: Screen, deaf: DeafCentre
) -> None:
    point_to(joined, deaf.url)
    joined.link.now()
    joined.until(lambda: joined.link.step == "hello" and deaf.kept)
    page = joined.window.open_page("residents")
    joined.until(page.isVisible)
    began = time.monotonic()
    joined.program.close()
    assert time.monotonic() - began < exchange.PATIENCE + 3
    with pytest.raises(StoreFault):
        joined.ask(residents.list_communities)
    deaf.close()  # the answer that was waited for never comes: the thread ends
    joined.until(lambda: sync_threads() == [])


def test_offline_is_said_and_everything_is_kept(joined: Screen, house: House) -> None:
    point_to(joined, "http://127.0.0.1:9")
    joined.add("于桂芳")
    joined.exchanged()
    joined.until(lambda: joined.strip.startswith("离线，1 条未上交，自 "))
    joined.until(lambda: "网络恢复后会自动上交" in joined.said())
    joined.until(lambda: "暂时连不上中心" in joined.said())
    point_to(joined, house.url)
    joined.exchanged()
    joined.until(lambda: joined.strip == "全部已上交")
    assert house.count("resident") == 1


def test_the_strip_leads_to_the_page(joined: Screen) -> None:
    joined.until(joined.window.sync.isVisible)
    joined.bot.mouseClick(joined.window.sync, Qt.MouseButton.LeftButton)
    assert joined.window.page is joined.page
    joined.window.open_page("desk")
    joined.keys("Alt+8")
    assert joined.window.page is joined.page
    assert joined.window.sync.accessibleName() == "全部已上交"
    assert QApplication.activeModalWidget() is None
