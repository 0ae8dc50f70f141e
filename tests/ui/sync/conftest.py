"""The program on a real station, a real centre behind real HTTP, further PCs without windows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from central import enrolment
from central.database import administered
from db.vocabulary import Role
from station_app import wiring
from station_app.config import DataDir
from station_app.domain.accounts import AccountDraft
from station_app.domain.residents import ResidentDraft, ResidentRecord
from station_app.services import residents
from station_app.services.sync_state import status
from station_app.store import Tx, keys
from station_app.sync.enrolment import join
from station_app.sync.identity import who_am_i
from station_app.sync.once import sync_once
from station_app.ui.app import Program
from station_app.ui.main_window import MainWindow
from station_app.ui.sync import exchange
from station_app.ui.sync.page import SyncPage
from tests.central.conftest import (  # noqa: F401  fixtures of the centre
    RunningCentre,
    centre,
    make_settings,
    postgres,
    run_centre,
)
from tests.ui.conftest import PASSWORD, STATION

LONG = 20_000
Answer = TypeVar("Answer")


@dataclass
class House:
    """One station at the centre, and how its PCs are let in."""

    centre: RunningCentre
    code: str
    id: UUID

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.centre.port}"

    def new_code(self, *, approved: bool = True) -> str:
        """A one-time code for one more PC."""
        with administered(self.centre.settings) as connection:
            code, approve = enrolment.issue_code(connection, self.id, "甲")
            if approve and approved:
                assert enrolment.approve_code(connection, code, "乙")
        return code

    def count(self, kind: str) -> int:
        """How many live records of a kind PostgreSQL has of this station."""
        sql = "SELECT count(*) FROM record WHERE stream_id = %s AND kind = %s AND state = 0"
        return int(self.centre.sql(sql, f"S:{self.id.hex}", kind)[0][0])


@dataclass
class Pc:
    """One PC of a station."""

    station: wiring.OpenStation

    def do(self, act: Callable[..., Answer], *given: Any, **named: Any) -> Answer:
        """One act of a service."""
        with self.station.store.write(self.station.actor) as tx:
            return act(tx, *given, **named)

    def ask(self, act: Callable[..., Answer], *given: Any) -> Answer:
        """Read something."""
        with self.station.store.read(self.station.actor) as tx:
            return act(tx, *given)

    def add(self, name: str = "于桂芳", phone: str = "13800000000") -> UUID:
        """A new resident."""
        return self.do(residents.save_resident, ResidentDraft(name, phone)).id

    def edit(self, resident_id: UUID, **fields: Any) -> None:
        """Change some facts of a resident."""
        one: ResidentRecord = self.ask(residents.get_resident, resident_id)
        draft = ResidentDraft(one.name, one.phone, one.address, one.community, one.gender, one.note)
        self.do(residents.save_resident, replace(draft, **fields), resident_id=resident_id)

    def phone(self, resident_id: UUID) -> str:
        return self.ask(residents.get_resident, resident_id).phone

    def sync(self) -> None:
        sync_once(self.station.store)

    @property
    def device(self) -> UUID:
        return who_am_i(self.station.store).device_id


@dataclass
class Screen(Pc):
    """The PC whose window one sees."""

    program: Program
    bot: QtBot

    @property
    def window(self) -> MainWindow:
        assert self.program.window is not None
        return self.program.window

    @property
    def link(self) -> exchange.Exchange:
        assert self.program.exchange is not None
        return self.program.exchange

    @property
    def page(self) -> SyncPage:
        found = self.window.open_page("sync")
        assert isinstance(found, SyncPage)
        return found

    @property
    def strip(self) -> str:
        return self.window.sync.text()

    def until(self, holds: Callable[[], object]) -> None:
        """Let the program run until something holds."""
        self.bot.waitUntil(lambda: bool(holds()), timeout=LONG)

    def exchanged(self) -> None:
        """Exchange once and wait until its end is seen."""
        self.until(lambda: self.link._runner is not None and not self.link.step)
        with self.bot.waitSignal(
            self.link.step_changed, timeout=LONG, check_params_cb=lambda step: not step
        ):
            self.link.now()
        with self.bot.waitSignal(self.link.status_changed, timeout=LONG):
            self.link.look()

    def keys(self, *combos: str) -> None:
        """Press keys where the focus is."""
        for combo in combos:
            sequence: Any = QKeySequence(combo)  # its [] is not in the stubs
            pressed = sequence[0]
            QTest.keyClick(focus(self.window), pressed.key(), pressed.keyboardModifiers())

    def press(self, words: str) -> None:
        """Click the first button that says ``words`` as soon as it is there to be clicked."""
        self.until(lambda: buttons(words))
        QTest.mouseClick(buttons(words)[0], Qt.MouseButton.LeftButton)

    def said(self, part: QWidget | None = None) -> str:
        """All words that can be read in a part of the window."""
        whole = part or self.page
        return "\n".join(one.text() for one in whole.findChildren(QLabel) if one.isVisible())


def buttons(words: str) -> list[QPushButton]:
    """The buttons of all windows that say ``words`` and can be clicked now."""
    return [one for window in QApplication.topLevelWidgets()
            for one in window.findChildren(QPushButton)
            if one.isVisible() and one.isEnabled() and one.text() == words]  # fmt: skip


def focus(window: QWidget) -> QWidget:
    """What takes the keys; offscreen has no window manager that would hand the focus on."""
    found = QApplication.focusWidget()
    if found is None:
        window.activateWindow()
        found = QApplication.focusWidget() or window
    return found


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for the program to be at leisure."""
    monkeypatch.setattr(exchange, "START_AFTER_MS", 0)
    monkeypatch.setattr(exchange, "SAVED_PAUSE_MS", 50)
    monkeypatch.setattr(exchange, "LOOK_MS", 50)


@pytest.fixture
def house(centre: RunningCentre) -> House:  # noqa: F811  the fixture's name
    """A new station at the centre."""
    code, station_id = centre.station()
    return House(centre, code, station_id)


def open_new(folder: Path, name: str = "王秀英") -> wiring.OpenStation:
    """A PC that was just set up."""
    data = DataDir(folder)
    wiring.set_up(data, STATION, AccountDraft(name, Role.HEAD), PASSWORD)
    return wiring.open_station(data, keys.list_slots(data)[0].id, PASSWORD)


@dataclass
class Hall:
    """Where programs are started; all end with the test."""

    bot: QtBot
    app: QApplication
    folder: Path
    running: list[Program] = field(default_factory=list)

    def start(self, station: wiring.OpenStation | None = None) -> Screen:
        """The main window of a station, new unless one is given."""
        opened = station or open_new(self.folder / f"pc-{len(self.running)}")
        program = Program(self.app, opened.data)
        self.running.append(program)
        program.enter(opened)
        screen = Screen(opened, program, self.bot)
        screen.window.resize(1280, 860)
        screen.window.activateWindow()
        screen.until(lambda: screen.link.status is not None)
        return screen


@pytest.fixture
def hall(qtbot: QtBot, app: QApplication, tmp_path: Path) -> Iterator[Hall]:
    made = Hall(qtbot, app, tmp_path)
    yield made
    for program in made.running:
        program.close()


@pytest.fixture
def screen(hall: Hall) -> Screen:
    """A program whose station has not joined yet."""
    return hall.start()


@pytest.fixture
def joined(hall: Hall, house: House, tmp_path: Path) -> Screen:
    """A program whose station has joined and handed its set-up in."""
    station = open_new(tmp_path / "joined")
    join(station.store, station.actor, house.url, house.new_code())
    sync_once(station.store)
    before = Pc(station).ask(status).last_exchange_at
    made = hall.start(station)
    made.until(lambda: not made.link.step and made.link.status
               and made.link.status.last_exchange_at != before)  # fmt: skip
    made.until(lambda: made.strip == "全部已上交")
    return made


@pytest.fixture
def other(house: House, tmp_path: Path) -> Iterator[Callable[[], Pc]]:
    """Makes further PCs of the station, without a window."""
    opened: list[wiring.OpenStation] = []

    def make() -> Pc:
        station = open_new(tmp_path / f"other-{len(opened)}", "李桂香")
        opened.append(station)
        join(station.store, station.actor, house.url, house.new_code())
        sync_once(station.store)
        return Pc(station)

    yield make
    for station in opened:
        station.close()


def rows(pc: Pc, sql: str) -> list[tuple[Any, ...]]:
    """What the file says."""
    from station_app.store.transaction import driver_of

    def read(tx: Tx) -> list[tuple[Any, ...]]:
        return list(driver_of(tx.session).execute(sql).fetchall())

    return pc.ask(read)
