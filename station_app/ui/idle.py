"""Notices how long nobody touched keyboard or mouse, in any window of the program."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class IdleWatch(QObject):
    """``idle`` is emitted once after ``minutes`` without a touch; 0 minutes never."""

    idle = Signal()

    def __init__(self, parent: QObject, *, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self.minutes = 0
        self._clock = clock
        self._last = clock()
        self._told = False
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._watch)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(10_000)

    def touch(self) -> None:
        """Somebody is there."""
        self._last, self._told = self._clock(), False

    def look(self) -> None:
        """Emit ``idle`` if it is time."""
        if self.minutes and not self._told and self._clock() - self._last >= self.minutes * 60:
            self._told = True
            self.idle.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self.touch()
        return False

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)
