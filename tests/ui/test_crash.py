"""Our own mistakes: a window in plain words, a report and a log without any personal data."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import qInstallMessageHandler, qWarning
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station_app.ui import crash
from station_app.ui.crash import CrashWindow, report

NAME, PHONE = "李建国", "13800000231"


class Unlucky(Exception):
    """An error whose message holds what it must not."""


def err() -> BaseException:
    typed = f"{NAME} {PHONE}"
    try:
        try:
            raise KeyError(typed)
        except KeyError as error:
            raise Unlucky(typed) from error
    except Unlucky as error:
        return error


@pytest.fixture
def met(app: QApplication, tmp_path: Path) -> Iterator[list[BaseException]]:
    """Crash handling installed; what would open the window."""
    seen: list[BaseException] = []
    before = sys.excepthook, threading.excepthook
    crash.install(tmp_path / "logs", show=seen.append)
    yield seen
    sys.excepthook, threading.excepthook = before
    qInstallMessageHandler(None)
    for handler in crash.log.handlers:
        handler.close()
    crash.log.handlers = []


def test_the_report_says_where_and_what_kind_and_nothing_else() -> None:
    text = report(err())
    assert "Unlucky" in text
    assert "KeyError" in text
    assert "test_crash.py" in text
    assert NAME not in text
    assert PHONE not in text
    assert str(Path.home()) not in text


def test_an_error_nobody_caught_reaches_the_window_and_the_log(
    qtbot: QtBot, met: list[BaseException], tmp_path: Path
) -> None:
    error = err()
    sys.excepthook(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: met == [error])
    written = (tmp_path / "logs" / "station.log").read_text(encoding="utf-8")
    assert "Unlucky" in written
    assert NAME not in written
    assert PHONE not in written


def test_an_error_on_another_thread_is_caught_too(qtbot: QtBot, met: list[BaseException]) -> None:
    def work() -> None:
        raise Unlucky(NAME)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(met) == 1)
    assert isinstance(met[0], Unlucky)


@pytest.mark.qt_no_exception_capture
def test_qt_speaks_into_the_log(met: list[BaseException], tmp_path: Path) -> None:
    qWarning("a widget is unhappy")
    for handler in crash.log.handlers:
        handler.flush()
    assert "a widget is unhappy" in (tmp_path / "logs" / "station.log").read_text()


def test_the_window_lets_the_operator_copy_and_go_on(qtbot: QtBot, app: QApplication) -> None:
    window = CrashWindow(err())
    qtbot.addWidget(window)
    window.show()
    assert NAME not in window.report.toPlainText()
    window._copy()
    assert QApplication.clipboard().text() == window.report.toPlainText()
    with qtbot.waitSignal(window.accepted):
        window.accept()


def test_only_one_window_at_a_time(qtbot: QtBot, app: QApplication) -> None:
    for _ in range(3):
        crash._show_window(err())
    shown = [one for one in app.topLevelWidgets() if isinstance(one, CrashWindow)]
    assert len([one for one in shown if one.isVisible()]) == 1
    for one in shown:
        one.close()


def test_the_log_says_nothing_below_info() -> None:
    assert crash.log.level in (logging.INFO, logging.NOTSET)
