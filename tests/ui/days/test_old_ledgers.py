"""Old ledgers through the window: imported by the keyboard, taken back; lists exported."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select

from db.models import Audit, Issue
from db.vocabulary import Op, Role
from station_app import wiring
from station_app.services import issues
from station_app.ui.days.old_ledgers import OldLedgers
from station_app.ui.days.page import DaysPage
from station_app.ui.exporting import ExportDialog
from station_app.ui.main_window import MainWindow
from tests.ui.keyboard import CTRL

SAMPLE = Path(__file__).parents[2] / "exchange" / "samples" / "ledger-2022-gb18030.csv"
Open = Callable[..., tuple[MainWindow, DaysPage]]
LONG = 30_000


@pytest.fixture
def opened(open_page: Open) -> tuple[MainWindow, DaysPage]:
    return open_page()


@pytest.fixture
def ledgers(
    opened: tuple[MainWindow, DaysPage], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> OldLedgers:
    """The sample understood, led there by the keyboard."""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(SAMPLE), ""))
    window, page = opened
    qtbot.keyClick(window, Qt.Key.Key_I, CTRL)
    assert page.importer is not None
    steps = page.importer.steps
    qtbot.keyClick(window, Qt.Key.Key_O, CTRL)
    qtbot.waitUntil(lambda: steps.currentWidget() is steps.review, timeout=LONG)
    return page.importer


def import_all(ledgers: OldLedgers, qtbot: QtBot) -> None:
    steps = ledgers.steps
    steps.review.accept.click()
    qtbot.waitUntil(lambda: steps.currentWidget() is steps.outcome, timeout=LONG)


def count(station: wiring.OpenStation) -> int:
    with station.store.read(station.actor) as tx:
        return tx.session.scalar(select(func.count(Issue.id))) or 0


def test_the_sample_is_imported_known_again_and_taken_back(
    ledgers: OldLedgers, station: wiring.OpenStation, qtbot: QtBot
) -> None:
    steps = ledgers.steps
    assert steps.review.accept.text() == "导入 180 行"
    import_all(ledgers, qtbot)
    assert steps.outcome.title.text() == "台账已导入。"
    assert steps.outcome.figure("新增来访").accessibleName() == "新增来访 180"
    assert steps.outcome.figure("新建接待日").accessibleName() == "新建接待日 12"
    assert count(station) == 180
    ledgers.begin(str(SAMPLE))
    qtbot.waitUntil(lambda: steps.currentWidget() is steps.review, timeout=LONG)
    import_all(ledgers, qtbot)
    assert steps.outcome.title.text() == "没有变化：各行都已经在站里。"
    ledgers.begin()
    qtbot.waitUntil(lambda: len(ledgers.earlier.buttons) == 1, timeout=LONG)
    ledgers.earlier.buttons[0].click()
    qtbot.waitUntil(lambda: not ledgers.earlier.buttons, timeout=LONG)
    assert count(station) == 0


def test_what_people_worked_on_is_told_and_the_rest_can_be_taken_back(
    ledgers: OldLedgers, station: wiring.OpenStation, qtbot: QtBot
) -> None:
    import_all(ledgers, qtbot)
    with station.store.write(station.actor) as tx:
        ident = tx.session.scalars(select(Issue.id).order_by(Issue.id)).first()
        assert ident is not None
        issues.note_issue(tx, ident, text="打过电话")
    ledgers.begin()
    earlier = ledgers.earlier
    qtbot.waitUntil(lambda: len(earlier.buttons) == 1, timeout=LONG)
    earlier.buttons[0].click()
    qtbot.waitUntil(earlier.refused.isVisible, timeout=LONG)
    assert "第 2 行" in earlier.refused.accessibleName()
    assert count(station) == 180
    earlier.rest.click()
    qtbot.waitUntil(lambda: count(station) == 1, timeout=LONG)


def test_a_cancelled_import_leaves_nothing_behind(
    opened: tuple[MainWindow, DaysPage],
    ledgers: OldLedgers,
    station: wiring.OpenStation,
    qtbot: QtBot,
) -> None:
    steps = ledgers.steps
    steps.review.accept.click()
    assert steps._watch is not None
    steps._watch.stopped.set()
    qtbot.waitUntil(lambda: steps.currentWidget() is steps.review, timeout=LONG)
    assert opened[0].toast.text == "已取消，没有导入任何内容。"
    assert count(station) == 0


def test_a_list_is_exported_by_the_keyboard_and_logged(
    opened: tuple[MainWindow, DaysPage],
    ledgers: OldLedgers,
    station: wiring.OpenStation,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window, page = opened
    import_all(ledgers, qtbot)
    steps = ledgers.steps
    steps.outcome.done.click()
    target = tmp_path / "台账.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(target), ""))
    qtbot.keyClick(window, Qt.Key.Key_E, CTRL)
    [dialog] = page.findChildren(ExportDialog)
    dialog.what.setCurrentIndex(dialog.what.count() - 1)
    dialog.phones.setChecked(True)
    qtbot.waitUntil(lambda: "180" in dialog.rows.text(), timeout=LONG)
    dialog.go.click()
    qtbot.waitUntil(target.exists, timeout=LONG)
    qtbot.waitUntil(lambda: window.toast.text.startswith("已导出 180 行"), timeout=LONG)
    rows = CalamineWorkbook.from_path(target).get_sheet_by_index(0).to_python()
    assert len(rows) == 183
    assert not any("****" in str(row[3]) for row in rows)
    with station.store.read(station.actor) as tx:
        logged = tx.session.scalars(select(Audit.fields).where(Audit.op == Op.EXPORT)).all()
    assert logged == ["ledger,phones,report"]


def test_a_viewer_exports_masked_and_imports_nothing(open_page: Open, qtbot: QtBot) -> None:
    window, page = open_page(Role.VIEWER)
    assert not page.old.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_E, CTRL)
    [dialog] = page.findChildren(ExportDialog)
    assert not dialog.phones.isEnabled()
    dialog.reject()
