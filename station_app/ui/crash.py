"""What happens when the program itself errs: a window in plain words, a report, a local log.

The report holds where in our code it happened and what kind of error it was; no message, no
variable: those might carry a name or a phone number.
"""

from __future__ import annotations

import logging
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
    qVersion,
)
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from station_app import __version__
from station_app.i18n import tr
from station_app.ui.theme import lay, px
from station_app.ui.widgets.basic import Icon, label
from station_app.ui.widgets.buttons import ShortcutButton
from station_app.ui.widgets.layout import row

log = logging.getLogger("station_app.crash")


def report(error: BaseException) -> str:
    """Where ``error`` arose and its kind, fit to be sent away: no message, no value."""
    lines = [
        f"liaison-station {__version__} · Python {platform.python_version()} · Qt {qVersion()} · "
        f"{platform.system()} {platform.machine()}"
    ]
    link: BaseException | None = error
    while link is not None:
        lines.append(f"{type(link).__module__}.{type(link).__qualname__}")
        lines += [
            f"  {_short(frame.filename)}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(link.__traceback__)
        ]
        link = link.__cause__ or link.__context__
    return "\n".join(lines)


def _short(filename: str) -> str:
    # The folder of the person's account is nobody's business.
    parts = Path(filename).parts
    return "/".join(parts[-3:])


class _Bridge(QObject):
    """Carries an error from any thread to the GUI thread."""

    met = Signal(object)


_bridge: _Bridge | None = None


def install(log_dir: Path, *, show: Callable[[BaseException], object] | None = None) -> None:
    """Catch what nobody caught, on every thread, and Qt's own messages; log to ``log_dir``.

    ``show`` is called on the GUI thread (default: the crash window).
    """
    global _bridge
    _bridge = _Bridge()
    _bridge.met.connect(show or _show_window, Qt.ConnectionType.QueuedConnection)
    log_dir.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        log_dir / "station.log", maxBytes=500_000, backupCount=3, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    log.handlers = [handler]
    log.setLevel(logging.INFO)
    sys.excepthook = _caught
    threading.excepthook = lambda found: _caught(
        found.exc_type, found.exc_value or found.exc_type(), found.exc_traceback
    )
    qInstallMessageHandler(_qt_message)


def _caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    log.error("%s", report(error.with_traceback(trace)))
    if _bridge is not None:
        _bridge.met.emit(error)


def _qt_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    if kind in (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg):
        log.warning("Qt: %s", text)


def _show_window(error: BaseException) -> None:
    shown = [window for window in QApplication.topLevelWidgets() if isinstance(window, CrashWindow)]
    if not any(window.isVisible() for window in shown):  # one is enough
        CrashWindow(error, QApplication.activeWindow()).open()


class CrashWindow(QDialog):
    """Says in plain words that the program erred, offers the report, and goes on."""

    def __init__(self, error: BaseException, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Something went wrong"))
        self.report = QPlainTextEdit(report(error))
        self.report.setReadOnly(True)
        self.report.setAccessibleName(tr("Report for the technician"))
        self.report.setTabChangesFocus(True)
        self._copied = label("", "secondary")
        go_on = ShortcutButton(tr("Go on working"), kind="primary", act=self.accept)
        whole = lay(QVBoxLayout(self), margins=(24, 24, 24, 20), spacing=12)
        whole.addLayout(
            row(
                Icon("alert-triangle", "amber", 24),
                label(tr("The program made a mistake"), "section"),
                None,
            )
        )
        whole.addWidget(
            label(
                tr(
                    "What you saved is safe, and what you were typing is kept. You can go on; "
                    "if it happens again, copy the report and send it to your technician."
                ),
                wrap=True,
            )
        )
        whole.addWidget(
            label(tr("The report holds no names, phone numbers or texts."), "secondary", wrap=True)
        )
        whole.addWidget(self.report, 1)
        copy = ShortcutButton(tr("Copy the report"), icon="copy", act=self._copy)
        whole.addLayout(row(copy, self._copied, None, go_on))
        self.resize(px(560), px(420))
        go_on.setFocus()

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.report.toPlainText())
        self._copied.setText(tr("Copied"))
