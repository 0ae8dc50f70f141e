"""A desk page in a real window, on a station with invented people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from db.vocabulary import Level, Role
from station_app.domain.days import DayDraft, DayRecord
from station_app.domain.deputies import DeputyDraft
from station_app.domain.issues import IssueDraft
from station_app.domain.residents import ResidentDraft
from station_app.domain.visits import Party, VisitDraft, VisitRecord, VisitRow
from station_app.services import attendance, days, deputies, drafts, visit_lists, visits
from station_app.ui.desk.page import DeskPage
from station_app.ui.desk.reading import FORM
from station_app.ui.jobs import Jobs
from station_app.ui.widgets import Toast
from station_app.wiring import OpenStation

MORNING = DayDraft(
    date(2026, 11, 10), time(9), time(11, 30), place="一楼接待室", theme="老旧小区改造"
)
NAMES = (
    ("于桂芳", (Level.CITY, Level.COUNTY)),
    ("宋贵森", (Level.COUNTY,)),
    ("阿依古丽·买买提", (Level.NATIONAL,)),
    ("赵堃", (Level.COUNTY,)),
)


def commit(text: str) -> None:
    """Send ``text`` to whatever has the focus, as an input method commits Chinese."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(focused(), event)


def focused() -> QWidget:
    """Whatever has the focus."""
    found = QApplication.focusWidget()
    assert found is not None
    return found


class Keyboard:
    """Sends keys to whatever has the focus, and counts them."""

    def __init__(self) -> None:
        self.count = 0

    def press(self, key: Qt.Key, *, control: bool = False, alt: bool = False) -> None:
        """One key, with Ctrl or Alt held."""
        self.count += 1
        how = Qt.KeyboardModifier.NoModifier
        if control:
            how |= Qt.KeyboardModifier.ControlModifier
        if alt:
            how |= Qt.KeyboardModifier.AltModifier
        QTest.keyClick(focused(), key, how)

    def letters(self, text: str) -> None:
        """Latin letters or digits, one key each."""
        for letter in text:
            self.count += 1
            QTest.keyClick(focused(), Qt.Key(ord(letter.upper())))

    def chinese(self, text: str, pinyin: str) -> None:
        """A word as an input method commits it: its letters and the space that takes it."""
        self.count += len(pinyin) + 1
        commit(text)

    def free_text(self, text: str) -> None:
        """The story itself is not counted."""
        assert isinstance(focused(), QPlainTextEdit)
        commit(text)


@dataclass
class Room:
    """The station as the tests arrange it, through the same services the screens use."""

    station: OpenStation
    clock: Callable[..., object]
    deputies: list[UUID] = field(default_factory=list)

    def hire(self) -> list[UUID]:
        """Register four invented deputies."""
        with self.station.store.write(self.station.actor) as tx:
            for name, levels in NAMES:
                draft = DeputyDraft(name, levels=levels)
                self.deputies.append(deputies.save_deputy(tx, draft).id)
        return self.deputies

    def plan(self) -> UUID:
        """Plan this morning with all four due."""
        due = self.deputies or self.hire()
        with self.station.store.write(self.station.actor) as tx:
            return days.save_day(tx, replace(MORNING, deputy_ids=tuple(due))).id

    def open(self, *, here: int = 3) -> UUID:
        """Plan and open this morning with the first ``here`` checked in."""
        day_id = self.plan()
        with self.station.store.write(self.station.actor) as tx:
            days.open_day(tx, day_id)
            for one in self.deputies[:here]:
                attendance.check_in(tx, day_id, one)
        return day_id

    def receive(
        self,
        name: str,
        *issues: IssueDraft,
        day: UUID | None = None,
        phone: str = "",
        size: int = 1,
        address: str = "",
    ) -> VisitRecord:
        """Save one visit."""
        draft = VisitDraft(
            Party(ResidentDraft(name, phone=phone, address=address)),
            issues or (IssueDraft("路灯不亮"),),
            day_id=day,
            party_size=size,
        )
        with self.station.store.write(self.station.actor) as tx:
            return visits.save_visit(tx, draft)

    def close(self, day_id: UUID) -> None:
        """End the day from elsewhere."""
        with self.station.store.write(self.station.actor) as tx:
            days.close_day(tx, day_id)

    def visit(self, visit_id: UUID) -> VisitRecord:
        """Read one visit."""
        with self.station.store.read(self.station.actor) as tx:
            return visits.get_visit(tx, visit_id)

    def visits(self, day_id: UUID | None) -> tuple[VisitRow, ...]:
        """The arrivals of a day, the latest first; None: between days."""
        with self.station.store.read(self.station.actor) as tx:
            if day_id is None:
                return visit_lists.list_visits_between_days(tx)
            return visit_lists.list_day_visits(tx, day_id)

    def latest(self, day_id: UUID | None) -> VisitRecord:
        """The last visit of a day, whole."""
        return self.visit(self.visits(day_id)[0].id)

    def kept(self) -> dict[str, Any] | None:
        """The half-typed visit in the file."""
        with self.station.store.read(self.station.actor) as tx:
            return drafts.kept_draft(tx, FORM)

    def day(self, day_id: UUID) -> DayRecord:
        """Read one day."""
        with self.station.store.read(self.station.actor) as tx:
            return days.get_day(tx, day_id)


class Window(QMainWindow):
    """What the main window does for a page: toasts, changes, requests."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self.jobs = jobs
        assert jobs.actor is not None
        self.page = DeskPage(jobs, jobs.actor)
        self.setProperty("ground", "page")
        self.setCentralWidget(self.page)
        self.toast = Toast(self)
        self.page.message.connect(self.toast.show_message)
        self.opened: list[tuple[str, object]] = []
        self.page.open_requested.connect(lambda kind, ident: self.opened.append((kind, ident)))
        self.printed: list[tuple[str, Callable[[], bytes]]] = []
        self.page.print_requested.connect(lambda title, make: self.printed.append((title, make)))
        self.misfortunes: list[object] = []
        jobs.misfortune.connect(self.misfortunes.append)
        jobs.changed.connect(self.page.on_changed)

    def texts(self) -> str:
        """Every visible label, to look for a sentence."""
        return "\n".join(one.text() for one in self.findChildren(QLabel) if one.isVisible())


@pytest.fixture
def room(station: OpenStation, clock: Callable[..., object]) -> Room:
    return Room(station, clock)


@pytest.fixture
def show(qtbot: QtBot, make_jobs: Callable[[Role], Jobs]) -> Iterator[Callable[..., Window]]:
    """Opens the desk in a window and waits until it shows the day."""
    made: list[Window] = []

    def make(role: Role = Role.HEAD, size: tuple[int, int] = (1250, 820)) -> Window:
        window = Window(make_jobs(role))
        qtbot.addWidget(window)
        window.resize(*size)
        window.show()
        window.activateWindow()
        qtbot.waitExposed(window)
        made.append(window)
        page = window.page
        qtbot.waitUntil(lambda: page.desk is not None and bool(page._words.categories))
        return window

    yield make
    for window in made:  # as the program does it: first the windows, then the jobs
        window.hide()
