"""Whoever cannot see the screen or hold a mouse: names on everything, the keyboard reaches all."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from station_app import wiring
from station_app.config import DataDir
from station_app.domain.sync import SyncStatus
from station_app.errors import FaultKind
from station_app.store import keys
from station_app.store.faults import fault
from station_app.ui.app import Program
from station_app.ui.crash import CrashWindow
from station_app.ui.faults import FaultDialog
from station_app.ui.jobs import Jobs
from station_app.ui.pages import Context, page_specs
from station_app.ui.printing.preview_dialog import PreviewDialog
from station_app.ui.settings.account_dialogs import AccountDialog, OwnPasswordDialog
from station_app.ui.settings.page import SettingsPage
from station_app.ui.settings.restore_dialog import RestoreDialog
from station_app.ui.shortcuts import ShortcutsDialog
from station_app.ui.sync.locked_out import LockedOutWindow
from station_app.ui.unlock import UnlockWindow
from station_app.ui.wizard import Wizard

INTERACTIVE = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
)


def qts_own(part: QWidget) -> bool:
    """Whether Qt made ``part`` within another widget, which carries the name."""
    around = part.parent()
    if isinstance(around, QComboBox | QAbstractSpinBox | QAbstractItemView):
        return True
    kinds = [part.metaObject().className(), around.metaObject().className() if around else ""]
    return part.objectName().startswith("qt_") or any(
        one.startswith(("QComboBoxPrivate", "QTableCorner", "QHeaderView")) for one in kinds
    )


def nameless(window: QWidget) -> list[str]:
    """Interactive widgets of ``window`` that a screen reader could not name."""
    found = []
    for part in window.findChildren(QWidget):
        if isinstance(part, INTERACTIVE) and not qts_own(part):
            text = part.text() if isinstance(part, QAbstractButton) else ""
            if not (part.accessibleName() or text):
                found.append(f"{type(part).__name__} in {type(part.parent()).__name__}")
    return found


def unreachable(window: QWidget) -> list[str]:
    """Enabled, visible inputs and buttons without their key that Tab does not reach."""
    found = []
    for part in window.findChildren(QWidget):
        if not isinstance(part, INTERACTIVE) or not part.isVisibleTo(window):
            continue
        tab = bool(part.focusPolicy() & Qt.FocusPolicy.TabFocus)
        within = isinstance(part.parent(), QLineEdit)  # its keys do the same
        arrows = isinstance(part, QAbstractButton) and part.group() is not None
        if part.isEnabled() and not (qts_own(part) or within or arrows or tab):
            found.append(f"{type(part).__name__} {part.accessibleName()}")
    return found


@pytest.fixture
def program(app: QApplication, station: wiring.OpenStation) -> Iterator[Program]:
    started = Program(app, station.data)
    started.enter(station)
    yield started
    started.close()


def settings(program: Program) -> SettingsPage:
    assert program.window is not None
    page = program.window.open_page("settings")
    assert isinstance(page, SettingsPage)
    return page


WINDOWS: dict[str, Callable[[Program, Jobs], QWidget]] = {
    "wizard": lambda program, jobs: Wizard(
        jobs, set_up=lambda *_: "", open_new=lambda _: None, demo=lambda: None,
        adopt=lambda _: (), restore=lambda *_: None, join=lambda *_: ("", "")),
    "unlock": lambda program, jobs: UnlockWindow(
        jobs, keys.list_slots(program.data), unlock=lambda *_: None, recover=lambda *_: None),
    "fault": lambda program, jobs: FaultDialog(
        fault(FaultKind.DISK_FULL), [("Try again", lambda: None), ("Back", lambda: None)]),
    "crash": lambda program, jobs: CrashWindow(ValueError()),
    "preview": lambda program, jobs: PreviewDialog(jobs, "Ledger", lambda: b""),
    "account": lambda program, jobs: AccountDialog(
        settings(program), "Add", lambda *_: None, lambda _: None),
    "password": lambda program, jobs: OwnPasswordDialog(
        settings(program), program.station),  # type: ignore[arg-type]  # entered by the fixture
    "locked out": lambda program, jobs: LockedOutWindow(
        SyncStatus(joined=True), head=True, join=lambda *_: None, again=lambda: None),
    "restore": lambda program, jobs: RestoreDialog("today", lambda: None, settings(program)),
    "shortcuts": lambda program, jobs: ShortcutsDialog(settings(program)),
}  # fmt: skip


@pytest.mark.parametrize("name", list(WINDOWS))
def test_every_part_of_a_window_has_a_name_and_is_reached_by_tab(
    qtbot: QtBot, program: Program, jobs: Jobs, name: str
) -> None:
    window = WINDOWS[name](program, jobs)
    qtbot.addWidget(window)
    assert nameless(window) == []
    assert unreachable(window) == []
    assert window.windowTitle()


PAGES = [
    "today", "desk", "issues", "suggestions", "residents", "deputies", "days", "activities",
    "figures", "sync", "settings",
]  # fmt: skip


@pytest.mark.parametrize("noun", PAGES)
def test_every_part_of_a_page_has_a_name_and_is_reached_by_tab(
    qtbot: QtBot, program: Program, noun: str
) -> None:
    assert program.window is not None
    page = program.window.open_page(noun)
    qtbot.wait(200)
    assert nameless(program.window) == []
    assert unreachable(page) == []


def test_every_page_of_the_rail_is_tested_here(program: Program) -> None:
    assert program.station is not None
    assert program.jobs is not None
    assert program.exchange is not None
    context = Context(program.station, program.jobs, print, print, print, print, program.exchange)
    assert [spec.noun for spec in page_specs(context)] == PAGES


def test_a_nameless_button_is_noticed(qtbot: QtBot, app: QApplication, data: DataDir) -> None:
    from PySide6.QtWidgets import QPushButton

    dialog = QDialog()
    qtbot.addWidget(dialog)
    QPushButton(dialog).setFocusPolicy(Qt.FocusPolicy.NoFocus)
    assert nameless(dialog) == ["QPushButton in QDialog"]
    assert unreachable(dialog) == ["QPushButton "]
