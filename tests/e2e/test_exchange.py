"""A centre, a program and a second PC, three real processes: joined, edited, offline, settled."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from station_app import wiring
from station_app.config import DataDir
from station_app.demo.build import DEMO_PASSWORD
from station_app.services import residents
from station_app.store import keys
from station_app.ui.app import Program
from station_app.ui.residents.page import ResidentsPage
from station_app.ui.sync.page import SyncPage
from tests.e2e.processes import POLL, Second, Trial

LONG = 120_000
TABLES = {"resident": "resident", "visit": "visit", "issue": "issue", "deputy": "deputy",
          "issue_event": "issue_event", "day": "reception_day"}  # fmt: skip


@pytest.fixture
def trial() -> Iterator[Trial]:
    with tempfile.TemporaryDirectory(prefix="trial-") as folder:
        Path(folder).chmod(0o755)  # where tests run as root the server has a user of its own
        made = Trial(Path(folder))
        made.start()
        yield made
        made.stop()


@pytest.fixture
def second(tmp_path: Path) -> Iterator[Second]:
    made = Second(tmp_path / "second")
    yield made
    made.close()


class Operator:
    """Somebody in front of the window."""

    def __init__(self, program: Program, bot: QtBot) -> None:
        assert program.window is not None
        assert program.station is not None
        self.program, self.bot = program, bot
        self.window, self.station = program.window, program.station

    @property
    def strip(self) -> str:
        return self.window.sync.text()

    def until(self, holds: Callable[[], object], timeout: int = LONG) -> None:
        self.bot.waitUntil(lambda: bool(holds()), timeout=timeout)

    def keys(self, *combos: str) -> None:
        for combo in combos:
            sequence: object = QKeySequence(combo)
            pressed = sequence[0]  # type: ignore[index]  # its [] is not in the stubs
            QTest.keyClick(self._focus(), pressed.key(), pressed.keyboardModifiers())

    def type(self, typed: str) -> None:
        QTest.keyClicks(self._focus(), typed)

    def reads(self, words: str) -> bool:
        shown = (one.text() for one in self.window.findChildren(QLabel) if one.isVisible())
        return any(words in one for one in shown)

    def phone(self, resident_id: UUID) -> str:
        with self.station.store.read(self.station.actor) as tx:
            return residents.get_resident(tx, resident_id).phone

    def count(self, table: str) -> int:
        with self.station.store.read(self.station.actor) as tx:
            return int(tx.session.scalar(text(f"SELECT count(*) FROM {table}")) or 0)

    def _focus(self) -> QWidget:
        found = QApplication.focusWidget()
        if found is None:
            self.window.activateWindow()
            found = QApplication.focusWidget() or self.window
        return found


@pytest.fixture
def operator(
    demo_folder: Path, tmp_path: Path, qapp: QApplication, qtbot: QtBot
) -> Iterator[Operator]:
    """The head of the demo station, a year of records before them."""
    folder = tmp_path / "first"
    shutil.copytree(demo_folder, folder)
    data = DataDir(folder)
    program = Program(qapp, data)
    program.enter(wiring.open_station(data, keys.list_slots(data)[0].id, DEMO_PASSWORD))
    made = Operator(program, qtbot)
    made.window.resize(1280, 860)
    made.window.activateWindow()
    yield made
    program.close()


def join(operator: Operator, trial: Trial) -> None:
    """Alt+8, the address, the code, Ctrl+Enter."""
    operator.keys("Alt+8")
    page = operator.window.page
    assert isinstance(page, SyncPage)
    operator.until(page.joining.form.isVisible)
    page.joining.form.url.setFocus()
    operator.type(trial.url)
    operator.keys("Return")
    operator.type(trial.code.replace("-", "").lower())
    operator.keys("Ctrl+Return")
    operator.until(lambda: operator.strip == "全部已上交")


def open_resident(operator: Operator, resident_id: UUID) -> ResidentsPage:
    """The resident's own page."""
    operator.window.open_record("resident", resident_id)
    page = operator.window.page
    assert isinstance(page, ResidentsPage)
    operator.until(page.detail.isVisible)
    return page


def somebody(operator: Operator) -> UUID:
    with operator.station.store.read(operator.station.actor) as tx:
        found = tx.session.scalar(text("SELECT id FROM resident WHERE phone <> '' LIMIT 1"))
    return UUID(str(found))


@pytest.mark.slow
def test_a_year_arrives_an_edit_shows_and_a_conflict_is_settled(
    operator: Operator, trial: Trial, second: Second
) -> None:
    join(operator, trial)
    there = trial.counts()
    assert {kind: there[kind] for kind in TABLES} == {
        kind: operator.count(table) for kind, table in TABLES.items()
    }

    # The centre edits: it shows on the open page within one poll.
    resident = somebody(operator)
    page = open_resident(operator, resident)
    trial.command("edit", "TRIAL", "resident", resident.hex, "community=中心改的社区")
    began = time.monotonic()
    operator.until(lambda: operator.reads("中心改的社区"))
    assert time.monotonic() - began < POLL + 4  # and what two busy processors take

    # A second PC joins and has everything.
    assert second.ask("join", trial.url, trial.new_code()) == "葵英街道人大代表联络站"
    assert second.ask("phone", resident.hex) == operator.phone(resident)

    # Offline both write the phone.
    trial.stop()
    page.show_record("resident", resident)
    operator.keys("Alt+E")
    operator.until(page.form.isVisible)
    phone = page.form.fields["phone"].input
    phone.setFocus(Qt.FocusReason.OtherFocusReason)
    operator.keys("Ctrl+A")
    operator.type("13800000002")
    operator.keys("Ctrl+Return")
    operator.until(page.detail.isVisible)
    operator.until(lambda: operator.strip.startswith("离线，1 条未上交，自 "))
    second.ask("write_phone", resident.hex, "13800000001")

    # Back online the second PC comes first; here both values are shown, and one is taken.
    trial.start()
    assert second.ask("sync") == 0
    operator.keys("Alt+8", "F5")
    operator.until(lambda: operator.strip == "全部已上交，1 处待选定")
    operator.until(lambda: operator.reads("13800000001") and operator.reads("13800000002"))
    assert operator.reads("李桂香，20")
    operator.keys("Ctrl+2")
    operator.until(lambda: operator.strip == "全部已上交")
    assert operator.phone(resident) == "13800000002"
    assert second.ask("sync") == 0
    assert second.ask("phone", resident.hex) == "13800000002"
    sql = "SELECT body ->> 'phone' FROM record WHERE kind = 'resident' AND id = %s"
    assert trial.sql(sql, resident) == [("13800000002",)]
