"""A page in a real window, on a real station filled through the services the screens use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from db.vocabulary import IssueStatus, Role
from station_app.domain.deputies import DeputyDraft
from station_app.domain.issue_views import View
from station_app.domain.issues import IssueDraft, IssueRecord
from station_app.domain.residents import ResidentDraft
from station_app.domain.visits import Party, VisitDraft, VisitRecord
from station_app.services import deputies, dictionaries, issues, visits
from station_app.ui.issues.page import IssuesPage
from station_app.ui.issues.views import Own
from station_app.ui.jobs import Jobs
from station_app.ui.page import Page
from station_app.ui.widgets import Toast
from station_app.wiring import OpenStation

LIFT = IssueDraft("桃源街12号楼加装电梯", "老人上下楼困难，希望加装电梯。", "zj-dt", "桃源街12号楼")


@dataclass
class Room:
    """The station as the tests arrange it."""

    station: OpenStation

    def receive(
        self, name: str, *drafts: IssueDraft, phone: str = "13800000231", size: int = 1, **more: Any
    ) -> VisitRecord:
        """Save one visit."""
        lead = Party(ResidentDraft(name, phone, community="桃源社区"))
        draft = VisitDraft(lead, drafts or (LIFT,), party_size=size, **more)
        with self.station.store.write(self.station.actor) as tx:
            return visits.save_visit(tx, draft)

    def issue(self, name: str = "李建国", draft: IssueDraft = LIFT) -> UUID:
        """Register one issue."""
        return self.receive(name, draft).issues[0].id

    def assign(self, issue_id: UUID, unit: int = 0) -> None:
        """Hand an issue to a unit."""
        with self.station.store.write(self.station.actor) as tx:
            units = dictionaries.list_units(tx)
            issues.assign_issue(tx, issue_id, unit_id=units[unit].id)

    def deputy(self, name: str) -> UUID:
        """Register a deputy."""
        with self.station.store.write(self.station.actor) as tx:
            return deputies.save_deputy(tx, DeputyDraft(name)).id

    def do(self, act: Callable[..., object], *given: object, **named: object) -> None:
        """Run one service."""
        with self.station.store.write(self.station.actor) as tx:
            act(tx, *given, **named)

    def read(self, issue_id: UUID) -> IssueRecord:
        """One issue as it is in the file."""
        with self.station.store.read(self.station.actor) as tx:
            return issues.get_issue(tx, issue_id)

    def audited(self, kind: str) -> int:
        """How often somebody looked at whole data of ``kind``."""
        said = "SELECT count(*) FROM audit WHERE kind = :kind AND op = 'view'"
        with self.station.store.read(self.station.actor) as tx:
            return tx.session.scalar(text(said), {"kind": kind}) or 0


class Window(QMainWindow):
    """What the main window does for a page: toasts, changes, requests."""

    def __init__(self, jobs: Jobs, page: Page) -> None:
        super().__init__()
        self.setProperty("ground", "page")
        self.setCentralWidget(page)
        self.toast = Toast(self)
        page.message.connect(self.toast.show_message)
        self.opened: list[tuple[str, object]] = []
        page.open_requested.connect(lambda kind, ident: self.opened.append((kind, ident)))
        self.badges: list[tuple[int, bool]] = []
        page.badge_changed.connect(lambda n, on: self.badges.append((n, on)))
        jobs.changed.connect(page.on_changed)

    def texts(self) -> str:
        """Every visible label and button, to look for a sentence."""
        labels = [one.text() for one in self.findChildren(QLabel) if one.isVisible()]
        buttons = [one.text() for one in self.findChildren(QPushButton) if one.isVisible()]
        return "\n".join((*labels, *buttons))


def focused() -> QWidget:
    """The widget with the keyboard."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(key: Qt.Key, *, alt: bool = False, control: bool = False) -> None:
    """One key, where the keyboard is."""
    how = Qt.KeyboardModifier.NoModifier
    if alt:
        how |= Qt.KeyboardModifier.AltModifier
    if control:
        how |= Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(focused(), key, how)


def show_window(qtbot: QtBot, jobs: Jobs, page: Page) -> Window:
    """Open ``page`` in an active window."""
    window = Window(jobs, page)
    qtbot.addWidget(window)
    window.resize(1250, 820)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


@dataclass
class Screen:
    """The issues page as an operator has it before them."""

    qtbot: QtBot
    window: Window
    page: IssuesPage

    def wait(self, done: Callable[[], bool]) -> None:
        """Let jobs run until ``done``."""
        self.qtbot.waitUntil(done)

    def view(self, view: View | Own) -> None:
        """Take a saved view and wait for its rows."""
        table = self.page.pane.table
        if self.page.views.chosen == view:
            self.wait(lambda: table.ready)
            return
        with self.qtbot.waitSignal(table.loaded):
            self.page.views.choose(view)

    def shows(self, issue_id: UUID) -> None:
        """Wait until that issue is beside the list."""
        detail = self.page.detail
        self.wait(lambda: detail.view is not None and detail.view.record.id == issue_id)

    def status(self, status: IssueStatus) -> None:
        """Wait until the issue shown stands at ``status``."""
        detail = self.page.detail
        self.wait(lambda: detail.view is not None and detail.view.record.status is status)

    def ask(self, key: Qt.Key) -> None:
        """Open an act's form by its keys."""
        press(key, alt=True)
        assert self.page.detail.panel.isVisible()

    def titles(self) -> list[str]:
        """What the list shows."""
        return [row.title for row in self.page.pane.table.rows]


def opened(show: Callable[..., Screen], ident: UUID) -> Screen:
    """The page with one issue beside the list, the keyboard in the list."""
    screen = show()
    screen.page.show_record("issue", ident)
    screen.shows(ident)
    return screen


@pytest.fixture
def room(station: OpenStation) -> Room:
    return Room(station)


@pytest.fixture
def show(qtbot: QtBot, make_jobs: Callable[[Role], Jobs]) -> Iterator[Callable[..., Screen]]:
    """Opens the issues page and waits until its rows and the first issue are there."""

    def make(role: Role = Role.HEAD) -> Screen:
        jobs = make_jobs(role)
        assert jobs.actor is not None
        page = IssuesPage(jobs, jobs.actor)
        screen = Screen(qtbot, show_window(qtbot, jobs, page), page)
        screen.wait(lambda: page.pane.table.ready and page.pane.table.total is not None)
        if page.pane.table.rows:
            screen.wait(lambda: page.detail.view is not None)
        page.pane.list.setFocus()
        return screen

    yield make
    # No part may ever flash up as a window of its own.
    stray = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    assert all(isinstance(one, Window) for one in stray), stray
