"""Keys pressed while an answer is awaited: kept for a moment, then typed where they belong."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget


class HeldKeys(QObject):
    """Between ``hold`` and ``release`` no key is lost, and none falls into the wrong input.

    On a slow disk a durable save takes a tenth of a second; somebody who types on meanwhile finds
    it in the empty form. With ``saving`` a further Ctrl+Enter means the visit that is being saved
    already: it is dropped. When no answer comes within ``longest_ms``, because of a bug of ours,
    the keyboard is given back and ``expired`` says so.
    """

    expired = Signal()

    def __init__(self, window: QWidget, *, longest_ms: int, saving: bool = False) -> None:
        super().__init__(window)
        self._place = window
        self._saving = saving
        self._held: list[QEvent] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(longest_ms)
        self._timer.timeout.connect(self._expire)

    def hold(self) -> None:
        """Keep every key from now on."""
        self._application().installEventFilter(self)
        self._timer.start()

    def release(self) -> None:
        """Let go: what was typed goes where the cursor is now."""
        self._application().removeEventFilter(self)
        self._timer.stop()
        held, self._held = self._held, []
        for event in held:
            place = QApplication.focusWidget()  # a held Enter or Tab moves it
            if place is not None:
                QCoreApplication.sendEvent(place, event)

    def _application(self) -> QCoreApplication:
        application = QCoreApplication.instance()
        assert application is not None  # there is a window
        return application

    def _expire(self) -> None:
        self.release()
        self.expired.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(watched, QWidget) or watched.window() is not self._place.window():
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # a shortcut of the old form must not act while it is being saved
            return True
        if event.type() not in (QEvent.Type.KeyPress, QEvent.Type.InputMethod):
            return False
        if not (self._saving and _is_save(event)):
            self._held.append(event.clone())
        return True


def _is_save(event: QEvent) -> bool:
    return (
        isinstance(event, QKeyEvent)
        and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    )
