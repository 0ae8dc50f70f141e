"""The import of a roster through the window, on the file as an office keeps it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from db.vocabulary import Role
from station_app import wiring
from station_app.ui.deputies.page import DeputiesPage
from station_app.ui.imports.importer import Importer
from station_app.ui.imports.tables import Outcome
from station_app.ui.main_window import MainWindow
from tests.ui.deputies.conftest import all_deputies
from tests.ui.keyboard import CTRL

SAMPLE = Path(__file__).parents[2] / "exchange" / "samples" / "deputies.xlsx"
Open = Callable[..., tuple[MainWindow, DeputiesPage]]
LONG = 30_000


@pytest.fixture
def opened(open_page: Open) -> tuple[MainWindow, DeputiesPage]:
    return open_page()


@pytest.fixture
def importer(
    opened: tuple[MainWindow, DeputiesPage], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Importer:
    """The wizard with the sample understood, led there by the keyboard."""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(SAMPLE), ""))
    window, page = opened
    qtbot.keyClick(window, Qt.Key.Key_I, CTRL)
    assert page.importer is not None
    importer = page.importer
    qtbot.keyClick(window, Qt.Key.Key_O, CTRL)
    qtbot.waitUntil(lambda: importer.currentWidget() is importer.review, timeout=LONG)
    return importer


def import_all(importer: Importer, qtbot: QtBot) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: importer.currentWidget() is importer.outcome, timeout=LONG)


@pytest.mark.parametrize(("role", "begins"), [(Role.OPERATOR, True), (Role.VIEWER, False)])
def test_an_import_is_begun_from_another_page_by_those_who_may(
    open_page: Open, role: Role, begins: bool
) -> None:
    window, page = open_page(role)
    window.open_record("deputy", None)
    assert (page.importer is not None and page.importer.isVisible()) is begins


def test_the_sample_is_imported_and_a_second_time_changes_nothing(
    opened: tuple[MainWindow, DeputiesPage],
    importer: Importer,
    station: wiring.OpenStation,
    qtbot: QtBot,
) -> None:
    assert importer.review.accept.text() == "导入 305 人"
    import_all(importer, qtbot)
    assert importer.outcome.figure("新增").accessibleName() == "新增 305"
    assert importer.outcome.figure("更新").accessibleName() == "更新 0"
    kept = all_deputies(station)
    assert len(kept) == 305
    assert all("计" not in one.name and "备注" not in one.name for one in kept)
    importer.begin(str(SAMPLE))
    qtbot.waitUntil(lambda: importer.currentWidget() is importer.review, timeout=LONG)
    import_all(importer, qtbot)
    assert importer.outcome.figure("新增").accessibleName() == "新增 0"
    assert importer.outcome.figure("未变").accessibleName() == "未变 305"
    assert importer.outcome.title.text() == "名单没有变化，什么都没有改。"
    assert all_deputies(station) == kept
    _window, page = opened
    importer.outcome.done.click()
    qtbot.waitUntil(lambda: page.model.total == 305)
    assert page.table.isVisible()


def test_what_was_understood_stands_beside_what_was_written(importer: Importer) -> None:
    review = importer.review
    written, understood = review.written_model, review.understood_model
    at = next(i for i, one in enumerate(written.entries) if one.row_number == 7)
    assert written.headerData(at, Qt.Orientation.Vertical) == "7"
    entry = written.entries[at]
    assert written.text(entry, 1) == "张\u3000𠅤"
    assert [understood.text(entry, column) for column in range(8)] == [
        "导入", "张𠅤", "", "", "✓", "✓", "", "1979-06",
    ]  # fmt: skip
    review.written.setCurrentIndex(written.index(at, 3))
    assert review.understood.currentIndex().row() == at


def test_a_skipped_row_says_why(importer: Importer, qtbot: QtBot) -> None:
    review = importer.review
    review.chips.choose(Outcome.SKIPPED)
    entry = next(one for one in review.written_model.entries if one.row_number == 65)
    assert review.understood_model.text(entry, 0) == "跳过"
    assert review.understood_model.text(entry, 1) == entry.skipped_reason
    assert all(one.draft is None for one in review.written_model.entries)


def test_a_column_can_be_corrected(importer: Importer, qtbot: QtBot) -> None:
    review = importer.review
    name = review.mapping_header.choices[1]
    assert name.currentData() == "name"
    name.setFocus()
    name.setCurrentIndex(0)
    name.activated.emit(0)
    qtbot.waitUntil(lambda: not review.accept.isEnabled(), timeout=LONG)
    assert review.reading is not None
    assert not review.reading.understood
    again = name.findData("name")
    name.setCurrentIndex(again)
    name.activated.emit(again)
    qtbot.waitUntil(review.accept.isEnabled, timeout=LONG)
    assert len(review.reading.drafts) == 305


def test_another_sheet_is_read_when_chosen(importer: Importer, qtbot: QtBot) -> None:
    review = importer.review
    other = review.sheets.findText("填表说明")
    review.sheets.setCurrentIndex(other)
    review.sheets.activated.emit(other)
    qtbot.waitUntil(
        lambda: review.reading is not None and review.reading.sheet == "填表说明", timeout=LONG
    )
    assert not review.accept.isEnabled()


def test_a_cancelled_import_leaves_nothing_behind(
    opened: tuple[MainWindow, DeputiesPage],
    importer: Importer,
    station: wiring.OpenStation,
    qtbot: QtBot,
) -> None:
    pressed = Event()
    importer._jobs.write(lambda _tx: pressed.wait(), owner=importer)  # the import waits behind it
    importer.review.accept.click()
    assert importer.currentWidget() is importer.waiting
    qtbot.keyClick(importer, Qt.Key.Key_Escape)
    pressed.set()
    qtbot.waitUntil(lambda: importer.currentWidget() is importer.review, timeout=LONG)
    assert opened[0].toast.text == "已取消，没有导入任何内容。"
    assert all_deputies(station) == []


def test_who_cancels_too_late_is_told_that_all_is_imported(
    opened: tuple[MainWindow, DeputiesPage],
    importer: Importer,
    station: wiring.OpenStation,
    qtbot: QtBot,
) -> None:
    importer.review.accept.click()
    assert importer._job is not None
    assert importer._job.future is not None
    importer._job.future.result(LONG)  # committed, and the window has not heard of it yet
    assert importer.currentWidget() is importer.waiting
    qtbot.keyClick(importer, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: importer.currentWidget() is importer.outcome, timeout=LONG)
    assert opened[0].toast.text == "来不及取消：名册已经全部导入。"
    assert importer.outcome.figure("新增").accessibleName() == "新增 305"
    assert len(all_deputies(station)) == 305


def test_the_list_of_what_was_not_read_is_saved_as_a_spreadsheet(
    importer: Importer, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_all(importer, qtbot)
    target = tmp_path / "未读出.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(target), ""))
    with qtbot.waitSignal(importer.message, timeout=LONG):
        importer.outcome.save.click()
    rows = CalamineWorkbook.from_path(target).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[1:]] == [1, 2, 65, 126, 187, 248, 309, 315]


@pytest.mark.parametrize("name", ["locked.xlsx", "nothing.xlsx"])
def test_a_file_that_cannot_be_read_is_refused_in_words(
    opened: tuple[MainWindow, DeputiesPage], qtbot: QtBot, name: str
) -> None:
    _window, page = opened
    page.open_import(str(SAMPLE.parent / name))
    importer = page.importer
    assert importer is not None
    fault = importer.fault
    qtbot.waitUntil(fault.isVisible, timeout=LONG)
    assert importer.currentWidget() is importer.start
    assert fault.accessibleName().startswith("这个文件不能导入")
    qtbot.keyClick(importer, Qt.Key.Key_Escape)
    assert page.table.isVisible()
