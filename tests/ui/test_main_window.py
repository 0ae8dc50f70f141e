"""The main window: only pages that exist, badges, routes, toasts, scanners, shortcuts."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from db.vocabulary import Op
from station_app.errors import FaultKind, NotFound, RuleViolation, StoreFault
from station_app.services.station import get_station
from station_app.store import Change
from station_app.ui.jobs import Jobs
from station_app.ui.main_window import MainWindow
from station_app.ui.page import Page, PageSpec
from station_app.ui.shortcuts import ShortcutsDialog, shortcuts_of
from station_app.ui.widgets import Field, TextArea


class PlainPage(Page):
    """Counts its reloads and keeps what it was asked to show."""

    kinds = frozenset({"issue"})

    def __init__(self, jobs: Jobs, title: str) -> None:
        assert jobs.actor is not None
        super().__init__(jobs, jobs.actor)
        self.set_title(title)
        self.reloads = 0
        self.shown: list[tuple[str, UUID]] = []
        self.takes_scans = False
        self.line, self.text = QLineEdit(), TextArea()
        self.fields = {"name": Field("Name", self.line), "note": Field("Note", self.text)}
        for field in self.fields.values():
            self.body.addWidget(field)
        self.shortcut("F2", f"Scan on {title}", lambda: None)

    def reload(self) -> None:
        self.reloads += 1

    def show_record(self, kind: str, record_id: UUID) -> None:
        self.shown.append((kind, record_id))

    def on_scanned(self, text: str) -> bool:
        return self.takes_scans


@pytest.fixture
def window(qtbot: QtBot, jobs: Jobs) -> MainWindow:
    assert jobs.actor is not None
    made = MainWindow(
        jobs,
        jobs.actor,
        [
            PageSpec("desk", "Desk", "armchair", lambda: PlainPage(jobs, "Desk"), "Alt+1"),
            PageSpec("issues", "Issues", "message-report", lambda: PlainPage(jobs, "Issues"),
                     "Alt+2", frozenset({"issue"})),
        ],
    )  # fmt: skip
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    return made


def page(window: MainWindow) -> PlainPage:
    assert isinstance(window.page, PlainPage)
    return window.page


def test_only_pages_that_exist_are_offered_and_built_when_opened(
    window: MainWindow, qtbot: QtBot
) -> None:
    assert list(window.rail.entries) == ["desk", "issues"]
    assert window.stack.count() == 1
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert window.stack.count() == 2
    assert page(window).accessibleName() == "Issues"
    assert window.rail.entries["issues"].isChecked()
    assert not window.rail.entries["desk"].isChecked()


def test_a_page_reloads_when_shown_and_when_it_is_concerned(window: MainWindow) -> None:
    desk = page(window)
    assert desk.reloads == 1
    window.open_page("issues")
    issues = page(window)
    window.open_page("desk")
    assert desk.reloads == 1
    change = frozenset({Change("issue", uuid4(), Op.EDIT)})
    window._jobs.changed.emit(change)
    assert (desk.reloads, issues.reloads) == (2, 1)
    window.open_page("issues")
    assert issues.reloads == 2
    window._jobs.changed.emit(frozenset({Change("photo", uuid4(), Op.ADD)}))
    assert issues.reloads == 2


def test_a_record_is_opened_on_the_page_of_its_kind(window: MainWindow) -> None:
    record = uuid4()
    page(window).open_requested.emit("issue", record)
    assert page(window).shown == [("issue", record)]
    window.open_record("unknown", record)
    assert page(window).accessibleName() == "Issues"


def test_badges_are_read_out(window: MainWindow) -> None:
    page(window).badge_changed.emit(17, True)
    assert "17" in window.rail.entries["desk"].accessibleName()
    page(window).badge_changed.emit(0, False)
    assert window.rail.entries["desk"].accessibleName() == "Desk"


def test_refusals_are_said_in_a_toast_and_faults_in_their_window(
    window: MainWindow, qtbot: QtBot
) -> None:
    window._jobs.misfortune.emit(NotFound("It is gone."))
    assert window.toast.text == "It is gone."
    with qtbot.waitSignal(window.fault_met) as told:
        window._jobs.misfortune.emit(StoreFault(FaultKind.DISK_FULL, "full"))
    assert told.args[0].kind is FaultKind.DISK_FULL


def test_what_breaks_a_rule_is_said_beneath_its_field(window: MainWindow) -> None:
    desk = page(window)
    fields = desk.fields
    desk.show_error(RuleViolation({"name": "Type a name.", "other": "Choose a day."}), fields)
    assert fields["name"].error == "Type a name."
    assert fields["note"].error == ""
    assert window.toast.text == "Choose a day."
    assert desk.line.hasFocus()


def test_the_print_button_is_there_only_when_something_can_be_printed(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not window.print_button.isVisible()
    monkeypatch.setattr(PlainPage, "printable", lambda self: ("Ledger", lambda: b""))
    page(window).printable_changed.emit()
    assert window.print_button.isVisible()
    with qtbot.waitSignal(window.print_wanted) as told:
        qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert told.args[0] == "Ledger"


def test_f1_lists_what_works_here_and_nothing_else(window: MainWindow, qtbot: QtBot) -> None:
    window.open_page("issues")
    found = dict(shortcuts_of(window))
    assert found["F2"] == "Scan on Issues"
    assert found["Alt+1"] == "Desk"
    assert "Ctrl+K" in found
    qtbot.keyClick(window, Qt.Key.Key_F1)
    dialog = window.findChild(ShortcutsDialog)
    assert dialog is not None
    assert dialog.isVisible()
    dialog.accept()


def test_ctrl_k_leads_to_the_search_and_ctrl_l_asks_for_the_lock(
    window: MainWindow, qtbot: QtBot
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.search.hasFocus()
    with qtbot.waitSignal(window.lock_requested):
        qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def test_the_rail_shrinks_in_a_narrow_window(window: MainWindow, qtbot: QtBot) -> None:
    wide = window.rail.width()
    window.resize(1000, 700)
    qtbot.waitUntil(lambda: window.rail.width() < wide / 2)
    assert "Desk" in window.rail.entries["desk"].toolTip()


def test_the_station_is_named(window: MainWindow, qtbot: QtBot) -> None:
    window._jobs.read(get_station, window.set_station, owner=window)
    qtbot.waitUntil(lambda: window.windowTitle() == "葵英街道")
    assert window.rail.term.text() == "人大代表联络站"


# ------------------------------------------------------------------------------------- scanners

CODE = "LF-KY-A-20261110-017"


def scan(window: MainWindow, text: str, *, gap: int) -> None:
    """Type into the window as a keyboard does: through its QWindow, a key each ``gap`` ms."""
    handle = window.windowHandle()
    for key in (*text, Qt.Key.Key_Return):
        QTest.keyClick(handle, key)
        QTest.qWait(gap)


@pytest.mark.parametrize("place", ["line", "text"])
def test_a_scan_is_noticed_anywhere_and_leaves_no_trace(
    window: MainWindow, qtbot: QtBot, place: str
) -> None:
    desk = page(window)
    field = getattr(desk, place)
    field.setFocus()
    QTest.keyClicks(field, "before")
    returned: list[int] = []
    desk.line.returnPressed.connect(lambda: returned.append(1))
    with qtbot.waitSignal(window.scanned) as told:
        scan(window, CODE, gap=2)
    assert told.args == [CODE]
    assert desk.line.text() + desk.text.text() == "before"
    assert returned == []


def test_a_page_may_take_the_scan_for_itself(window: MainWindow, qtbot: QtBot) -> None:
    page(window).takes_scans = True
    with qtbot.assertNotEmitted(window.scanned, wait=50):
        scan(window, CODE, gap=2)


def test_a_person_who_types_is_left_alone(window: MainWindow, qtbot: QtBot) -> None:
    desk = page(window)
    desk.line.setFocus()
    with (
        qtbot.assertNotEmitted(window.scanned),
        qtbot.waitSignal(desk.line.returnPressed, timeout=5000),
    ):
        scan(window, "zhangsan", gap=60)
    assert desk.line.text() == "zhangsan"


def test_a_few_fast_letters_are_no_scan(window: MainWindow, qtbot: QtBot) -> None:
    desk = page(window)
    desk.line.setFocus()
    with qtbot.assertNotEmitted(window.scanned):
        scan(window, "ljg", gap=2)
    assert desk.line.text() == "ljg"
