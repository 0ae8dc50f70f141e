"""The main window with the pages that the stories of issues are played on, and its hands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
)
from pytestqt.qtbot import QtBot

from db.vocabulary import IssueEventKind, IssueStatus, Role
from station_app.ui.desk.page import DeskPage
from station_app.ui.issues.page import IssuesPage
from station_app.ui.jobs import Jobs
from station_app.ui.main_window import MainWindow
from station_app.ui.page import PageSpec
from station_app.ui.pages import OPENS
from station_app.ui.suggestions.page import SuggestionsPage
from station_app.ui.today.page import TodayPage
from station_app.wiring import OpenStation
from tests.ui.conftest import Clock
from tests.ui.issues.conftest import Room, press

Key = Qt.Key


@dataclass
class Story:
    """One operator, one window, time that passes."""

    qtbot: QtBot
    window: MainWindow
    room: Room
    clock: Clock

    def wait(self, done: Callable[[], object]) -> None:
        """Let jobs run until ``done``."""
        self.qtbot.waitUntil(lambda: bool(done()))

    def texts(self) -> str:
        """Every visible word."""
        labels = [one.text() for one in self.window.findChildren(QLabel) if one.isVisible()]
        buttons = [one.text() for one in self.window.findChildren(QPushButton) if one.isVisible()]
        return "\n".join((*labels, *buttons))

    def says(self, words: str) -> None:
        """Wait until the window says ``words``."""
        self.wait(lambda: words in self.texts())

    @property
    def issues(self) -> IssuesPage:
        """The issues page, which must be open."""
        found = self.window.page
        assert isinstance(found, IssuesPage)
        return found

    def open(self, issue_id: UUID) -> None:
        """Open one issue, the keyboard in the list."""
        self.window.open_record("issue", issue_id)
        self.shows(issue_id)

    def shows(self, issue_id: UUID) -> None:
        """Wait until that issue is beside the list."""
        detail = self.issues.detail
        self.wait(lambda: detail.view is not None and detail.view.record.id == issue_id)

    def act(self, event: IssueEventKind, *given: str | int, then: IssueStatus) -> None:
        """Open an act by its keys, type and choose along its fields, save; wait for ``then``.

        A text is typed, a number goes so many choices down.
        """
        page = self.issues
        page.pane.list.setFocus()
        _do(page, event)
        self.wait(lambda: page.detail.panel.doing is event)
        for one in given:
            type_in(one)
        press(Key.Key_Return, control=True)
        self.wait(lambda: page.detail.panel.doing is None)
        self.wait(lambda: page.detail.view and page.detail.view.record.status is then)

    def record(self, issue_id: UUID) -> list[IssueEventKind]:
        """The acts of an issue as they are in the file."""
        return [one.event for one in self.room.read(issue_id).events]


def _do(page: IssuesPage, event: IssueEventKind) -> None:
    """By its button where it is one, else by its keys in the menu."""
    button = page.detail.turn.buttons.get(event)
    if button is not None:
        button.click()
    else:
        page.detail.asked.emit(event)


def type_in(given: str | int) -> None:
    """Fill the field that has the keyboard and go on."""
    part = QApplication.focusWidget()
    if isinstance(given, int):
        assert isinstance(part, QComboBox), part
        for _ in range(given):
            press(Key.Key_Down)
    elif isinstance(part, QPlainTextEdit):
        part.insertPlainText(given)
    else:
        assert isinstance(part, QLineEdit), part
        part.insert(given)
        part.textEdited.emit(part.text())
    press(Key.Key_Tab)


@pytest.fixture
def story(
    qtbot: QtBot, make_jobs: Callable[[Role], Jobs], station: OpenStation, clock: Clock
) -> Story:
    """The window, opened."""
    return Story(qtbot, make_window(make_jobs(Role.HEAD), qtbot), Room(station), clock)


def make_window(jobs: Jobs, qtbot: QtBot) -> MainWindow:
    """The main window on the desk, shown and active."""
    actor = jobs.actor
    assert actor is not None
    specs = [
        PageSpec("today", "今日事项", "layout-dashboard", lambda: TodayPage(jobs, actor), "Alt+0"),
        PageSpec("desk", "接待台", "armchair", lambda: DeskPage(jobs, actor), "Alt+1", first=True),
        PageSpec("issues", "问题", "stack-2", lambda: IssuesPage(jobs, actor), "Alt+2", OPENS),
        PageSpec("suggestions", "代表建议", "file-text", lambda: SuggestionsPage(jobs, actor),
                 "Alt+7", frozenset({"raise", "meet", "meeting"})),
    ]  # fmt: skip
    window = MainWindow(jobs, actor, specs)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window
