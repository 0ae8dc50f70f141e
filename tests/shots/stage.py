"""The stage: a station for every pose, the program on it, hands that type, and a camera."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from datetime import time as hour
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QInputMethodEvent, QKeySequence, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QPushButton, QWidget

from db.vocabulary import Role
from station_app import wiring
from station_app.config import DataDir
from station_app.demo.build import DEMO_PASSWORD, STATION, build_demo
from station_app.domain.accounts import AccountDraft, Actor
from station_app.domain.days import DayDraft, DayRecord
from station_app.services import days
from station_app.services.accounts import actor_of_slot
from station_app.store import Store, Tx, keys
from station_app.ui.app import Program
from station_app.ui.page import Page
from station_app.ui.sync import exchange
from tests.shots.idle import Idleness

#: 10:47 in the morning of a reception day.
MORNING = datetime(2026, 11, 10, 2, 47, tzinfo=UTC)

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Pose:
    """One picture. ``scene`` names the station, ``act`` brings the program into the pose."""

    name: str
    scene: str
    act: Callable[[Stage], object]


class Stage:
    """Where poses are struck. Each scene is a fresh copy, so no pose sees another's traces."""

    def __init__(self, app: QApplication, room: Path) -> None:
        self.app, self._room = app, room
        self.now = MORNING
        self.program: Program | None = None
        self._scenes = 0
        self._idleness = Idleness()
        app.setCursorFlashTime(0)
        wiring.now = self._clock
        exchange.START_AFTER_MS = 10**8  # no pose talks to a centre
        self._demo, self._empty = room / "demo", room / "empty"
        build_demo(self._demo, clock=self._clock).close()
        head = AccountDraft("王秀英", Role.HEAD)
        wiring.set_up(DataDir(self._empty), STATION, head, DEMO_PASSWORD, clock=self._clock)
        slots = keys.list_slots(DataDir(self._demo))
        self._slots = {one.role: one.id for one in slots}
        self._keys = {
            folder: keys.unlock(DataDir(folder), keys.list_slots(DataDir(folder))[0].id,
                                DEMO_PASSWORD)
            for folder in (self._demo, self._empty)
        }  # fmt: skip

    # ------------------------------------------------------------------------------ the scenes

    @contextmanager
    def scene(self, name: str) -> Iterator[None]:
        """The program on a fresh copy of the station called ``name``, closed afterwards."""
        self.now = MORNING
        self._scenes += 1
        data = DataDir(self._room / str(self._scenes) / "station")
        self.program = Program(self.app, data)
        try:
            _SCENES[name](self, data)
            self.settle()
            yield
        finally:
            self.program.close()
            self._clear()
            self.program = None
            shutil.rmtree(data.root.parent, ignore_errors=True)

    def demo(
        self, data: DataDir, role: Role = Role.HEAD, *, later: timedelta = timedelta()
    ) -> None:
        """The demo station, entered by somebody with ``role``, perhaps ``later``."""
        shutil.copytree(self._demo, data.root)
        self.now = MORNING + later
        self._enter(data, self._demo, self._slots[role])

    def day_after(self, data: DataDir) -> None:
        """The morning after: the reception was ended, and none is planned for today."""
        self.demo(data, later=timedelta(hours=22))
        self.write(lambda tx: days.close_day(tx, today(tx).id))

    def planned(self, data: DataDir) -> None:
        """A quarter to nine on the day of a planned reception."""
        self.demo(data, later=timedelta(hours=22))

        def plan(tx: Tx) -> None:
            day = days.close_day(tx, today(tx).id)
            due = tuple(one.deputy_id for one in day.deputies)
            draft = DayDraft(date(2026, 11, 11), hour(9), hour(11, 30), day.place, day.theme)
            days.save_day(tx, replace(draft, deputy_ids=due))

        self.write(plan)

    def empty(self, data: DataDir) -> None:
        """A station just set up."""
        shutil.copytree(self._empty, data.root)
        self._enter(data, self._empty, keys.list_slots(data)[0].id)

    def door(self, data: DataDir) -> None:
        """The demo station before anybody has unlocked it."""
        shutil.copytree(self._demo, data.root)
        self.the_program.show_front()

    def nothing(self, data: DataDir) -> None:
        """A computer where no station was set up."""
        self.the_program.show_front()

    def begin_again(self) -> None:
        """The program ends and is started anew on the same station."""
        program, station = self.the_program, self.the_program.station
        assert station is not None
        program.close()
        self._clear()
        store = Store.open(station.data, station.key, clock=self._clock)
        self.program = Program(self.app, station.data)
        self.program.enter(replace(station, store=store))
        self._arrange()

    def _enter(self, data: DataDir, origin: Path, slot: str) -> None:
        key = self._keys[origin]
        store = Store.open(data, key, clock=self._clock)
        with store.read(Actor(UUID(int=0), "", Role.VIEWER)) as tx:
            actor = actor_of_slot(tx, slot)
        self.the_program.enter(wiring.OpenStation(data, key, slot, store, actor))
        self._arrange()

    def _arrange(self) -> None:
        self.window.resize(1440, 900)
        self.window.activateWindow()

    def _clock(self) -> datetime:
        return self.now

    def _clear(self) -> None:
        for window in self.app.topLevelWidgets():
            window.hide()
            window.deleteLater()
        self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        gc.collect()

    # --------------------------------------------------------------------------- what is there

    @property
    def the_program(self) -> Program:
        """The program of this scene."""
        assert self.program is not None
        return self.program

    @property
    def window(self) -> Any:
        """The main window; untyped, for poses reach into pages."""
        assert self.the_program.window is not None
        return self.the_program.window

    @property
    def front(self) -> Any:
        """The unlock window or the wizard."""
        return self.the_program.front

    def page(self, noun: str) -> Any:
        """Open a page and wait for it."""
        page: Page = self.window.open_page(noun)
        self.settle()
        return page

    def write(self, act: Callable[[Tx], Made]) -> Made:
        """Do something past the screens, to arrange the station."""
        station, jobs = self.the_program.station, self.the_program.jobs
        assert station is not None
        assert jobs is not None
        with station.store.write(station.actor) as tx:
            made = act(tx)
        jobs.changed.emit(frozenset(tx.changes))
        return made

    # ------------------------------------------------------------------------------- the hands

    def keys(self, *combos: str) -> None:
        """Press keys where the focus is, one after the other: ``Ctrl+Return``, ``Down``."""
        for combo in combos:
            sequence: Any = QKeySequence(combo)  # its [] is not in the stubs
            pressed = sequence[0]
            QTest.keyClick(self._focus(), pressed.key(), pressed.keyboardModifiers())
            self.settle()

    def press(self, words: str) -> None:
        """Click the last visible button that says ``words``."""
        shown = [
            one
            for window in self.app.topLevelWidgets()
            for one in window.findChildren(QPushButton)
            if one.isVisible() and one.text().startswith(words)
        ]
        QTest.mouseClick(shown[-1], Qt.MouseButton.LeftButton)
        self.settle()

    def type(self, text: str) -> None:
        """Type ``text`` where the focus is; what is not ASCII comes as from an input method."""
        if text.isascii():
            QTest.keyClicks(self._focus(), text)
        else:
            event = QInputMethodEvent()
            event.setCommitString(text)
            QApplication.sendEvent(self._focus(), event)
        self.settle()

    def _focus(self) -> QWidget:
        found = self.app.focusWidget() or self.app.activeWindow() or self.window
        assert isinstance(found, QWidget)
        return found

    # ------------------------------------------------------------------------------ the camera

    def settle(self) -> None:
        """Wait until nothing is under way any more."""
        self._idleness.wait(self.program)

    def picture(self) -> QPixmap:
        """The main or front window with the dialogs over it, once it stands still."""
        self.settle()
        before = self._look()
        for _ in range(5):
            QTest.qWait(60)
            now = self._look()
            if now.toImage() == before.toImage():
                break
            before = now
        return now

    def _look(self) -> QPixmap:
        whole = self.the_program.front or self.the_program.window
        dialogs = [one for one in self.app.topLevelWidgets()
                   if isinstance(one, QDialog) and one.isVisible()]  # fmt: skip
        if whole is None:
            return dialogs[0].grab() if dialogs else QPixmap()
        made = whole.grab()
        for dialog in dialogs:
            _lay_over(made, dialog)
        for menu in self.app.topLevelWidgets():
            if isinstance(menu, QMenu) and menu.isVisible():
                painter = QPainter(made)
                painter.drawPixmap(whole.mapFromGlobal(menu.pos()), menu.grab())
                painter.end()
        return made


def _lay_over(made: QPixmap, dialog: QDialog) -> None:
    """Draw ``dialog`` in the middle of ``made``, with a frame such as a desktop draws."""
    shown = dialog.grab()
    at = QPoint((made.width() - shown.width()) // 2, (made.height() - shown.height()) // 2)
    painter = QPainter(made)
    painter.fillRect(made.rect(), QColor(0, 0, 0, 70))
    painter.drawPixmap(at, shown)
    painter.setPen(QColor(0, 0, 0, 90))
    painter.drawRect(at.x() - 1, at.y() - 1, shown.width() + 1, shown.height() + 1)
    painter.end()


def today(tx: Tx) -> DayRecord:
    """The day the desk works on."""
    day = days.current_day(tx)
    assert day is not None
    return day


_SCENES: dict[str, Callable[[Stage, DataDir], None]] = {
    "demo": Stage.demo,
    "viewer": lambda stage, data: stage.demo(data, Role.VIEWER),
    "operator": lambda stage, data: stage.demo(data, Role.OPERATOR),
    "day after": Stage.day_after,
    "planned": Stage.planned,
    "empty": Stage.empty,
    "door": Stage.door,
    "nothing": Stage.nothing,
}
