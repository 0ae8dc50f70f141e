"""A whole program on an open reception day, and the hands that hold things to the scanner."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.card_code import card_text
from db.vocabulary import CardKind, Level
from station_app.domain.days import DayDraft
from station_app.domain.deputies import DeputyDraft
from station_app.domain.duty_cards import CardDraft, CardRecord
from station_app.domain.issues import IssueDraft
from station_app.domain.residents import ResidentDraft
from station_app.domain.visits import Party, VisitDraft, VisitRecord
from station_app.services import attendance, days, visits
from station_app.services.deputies import save_deputy
from station_app.services.duty_cards import issue_cards
from station_app.ui.app import Program
from station_app.ui.main_window import MainWindow
from station_app.ui.scans.answer import ScanAnswer
from station_app.wiring import OpenStation

TODAY = date(2026, 11, 10)


@dataclass
class Hall:
    """The program's window, its station, and what is in it."""

    window: MainWindow
    station: OpenStation
    qtbot: QtBot
    deputies: tuple[UUID, ...]
    day: UUID
    _clock: int = 1_000_000

    @property
    def answer(self) -> ScanAnswer:
        found = self.window.findChild(ScanAnswer)
        assert isinstance(found, ScanAnswer)
        return found

    def do(self, act: Callable[..., Any], *args: Any, **named: Any) -> Any:
        """One act of the services, from elsewhere."""
        with self.station.store.write(self.station.actor) as tx:
            return act(tx, *args, **named)

    def card(self, who: int = 0, *, first: date = TODAY, last: date = TODAY) -> CardRecord:
        """A card for one of the deputies."""
        draft = CardDraft(CardKind.TERM, self.deputies[who], first, last)
        (made,) = self.do(issue_cards, [draft])
        card: CardRecord = made
        return card

    def visit(self) -> VisitRecord:
        draft = VisitDraft(Party(ResidentDraft("周龚")), (IssueDraft("路灯不亮"),), self.day)
        made: VisitRecord = self.do(visits.save_visit, draft)
        return made

    def here(self) -> int:
        """How many deputies are checked in."""
        with self.station.store.read(self.station.actor) as tx:
            return len(attendance.attendances(tx, self.day))

    def scan(self, text: str) -> None:
        """What a keyboard scanner types, wherever the cursor is."""
        handle = self.window.windowHandle()
        assert handle is not None
        for letter in [*text, "\r"]:
            self._clock += 3
            key = Qt.Key.Key_Return if letter == "\r" else Qt.Key(ord(letter.upper()))
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                # As the system stamps them, however long the window takes for each.
                event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter)
                event.setTimestamp(self._clock)
                QApplication.sendEvent(handle, event)
        self._clock += 1000

    def hold(self, card: CardRecord) -> None:
        """A card at the scanner."""
        self.scan(card_text(card.signed, "https://lz.example.gov.cn"))

    def says(self, *sentences: str) -> None:
        """Wait until the answer says all of them."""
        self.qtbot.waitUntil(lambda: all(one in self.answer.text for one in sentences))


@pytest.fixture
def hall(app: QApplication, station: OpenStation, qtbot: QtBot) -> Iterator[Hall]:
    with station.store.write(station.actor) as tx:
        who = tuple(
            save_deputy(tx, DeputyDraft(name, levels=(Level.CITY,))).id
            for name in ("于桂芳", "宋贵森")
        )
        day = days.save_day(tx, DayDraft(TODAY, time(9), time(11, 30), deputy_ids=who))
        days.open_day(tx, day.id)
    program = Program(app, station.data)
    program.enter(station)
    assert program.window is not None
    program.window.activateWindow()
    qtbot.waitExposed(program.window)
    yield Hall(program.window, station, qtbot, who, day.id)
    program.close()
