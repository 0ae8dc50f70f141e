"""The page of suggestions in a real window, beside the station the issues' tests arrange."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from db.vocabulary import Role
from station_app.domain.issues import IssueDraft
from station_app.ui.issues.page import IssuesPage
from station_app.ui.jobs import Jobs
from station_app.ui.suggestions.page import SuggestionsPage
from station_app.ui.widgets import PopupList
from station_app.wiring import OpenStation
from tests.ui.issues.conftest import Room, Screen, Window, focused, press, show_window

Key = Qt.Key
LIGHTS = IssueDraft("学苑路口没有红绿灯", "孩子过马路危险。", "jt-jt", "学苑路1号")


def typed(text: str) -> None:
    """Type ``text`` where the keyboard is, and go on to the next field."""
    part = focused()
    assert isinstance(part, QPlainTextEdit | QLineEdit), part
    if isinstance(part, QPlainTextEdit):
        part.insertPlainText(text)
    else:
        part.insert(text)
        part.textEdited.emit(part.text())
    press(Key.Key_Tab)


def choose(steps: int) -> None:
    """Go down in the choice that has the keyboard, and on to the next field."""
    assert isinstance(focused(), QComboBox)
    for _ in range(steps):
        press(Key.Key_Down)
    press(Key.Key_Tab)


def save() -> None:
    """Ctrl+Enter."""
    press(Key.Key_Return, control=True)


@dataclass
class Together:
    """The page as an operator has it before them."""

    qtbot: QtBot
    window: Window
    page: SuggestionsPage

    def wait(self, done: Callable[[], object]) -> None:
        """Let jobs run until ``done``."""
        self.qtbot.waitUntil(lambda: bool(done()), timeout=10_000)

    def pick(self, line: QLineEdit, text: str) -> None:
        """Type into a search line, take the first that is found."""
        line.setFocus()
        line.setText(text)
        line.textEdited.emit(text)
        # The list is made when it is first needed.
        self.wait(lambda: any(one.isVisible() for one in self.window.findChildren(PopupList)))
        press(Key.Key_Return)

    def take(self, name: str) -> None:
        """Take the deputy whose name is typed where the keyboard is."""
        line = focused()
        assert isinstance(line, QLineEdit)
        line.setText(name)
        line.textEdited.emit(name)
        press(Key.Key_Return)


@pytest.fixture
def room(station: OpenStation) -> Room:
    return Room(station)


@pytest.fixture
def show(qtbot: QtBot, make_jobs: Callable[[Role], Jobs]) -> Iterator[Callable[..., Together]]:
    """Opens the page of suggestions and waits until its lists are there."""

    def make(role: Role = Role.HEAD) -> Together:
        jobs = make_jobs(role)
        assert jobs.actor is not None
        page = SuggestionsPage(jobs, jobs.actor)
        screen = Together(qtbot, show_window(qtbot, jobs, page), page)
        screen.wait(lambda: page.suggestions.model.ready and page.meetings.model.ready)
        return screen

    yield make
    # No part may ever flash up as a window of its own.
    stray = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    assert all(isinstance(one, Window) for one in stray), stray


@pytest.fixture
def show_issue(qtbot: QtBot, make_jobs: Callable[[Role], Jobs]) -> Callable[[UUID], Screen]:
    """Opens the issues page on one issue."""

    def make(issue_id: UUID) -> Screen:
        jobs = make_jobs(Role.HEAD)
        assert jobs.actor is not None
        page = IssuesPage(jobs, jobs.actor)
        screen = Screen(qtbot, show_window(qtbot, jobs, page), page)
        screen.page.show_record("issue", issue_id)
        screen.shows(issue_id)
        return screen

    return make
