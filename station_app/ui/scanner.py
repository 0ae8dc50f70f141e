"""USB scanners type: a fast burst of characters ending with Enter, anywhere in the window.

The characters go where the cursor is, as from any keyboard; when Enter shows that they were a scan,
the input gets back what it held before. So nobody's typing is ever delayed or swallowed.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

#: A scanner sends a character every 1 to 20 ms; the fastest typists need 60 ms.
GAP_MS = 35
SHORTEST = 6


class Scanner(QObject):
    """Watches the key events of a window's QWindow; ``scanned`` carries what was read."""

    scanned = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._text = ""
        self._last = 0
        self._place: QWidget | None = None
        self._before: tuple[str, int] | None = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        fast = event.timestamp() - self._last <= GAP_MS
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self._end(fast)
        if event.key() == Qt.Key.Key_Shift:
            return False
        self._last = event.timestamp()
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )  # fmt: skip
        if not plain or not event.text().isprintable() or not event.text():
            self._text = ""
        elif fast and self._text:
            self._text += event.text()
        else:
            self._begin(event.text())
        return False

    def _begin(self, text: str) -> None:
        self._text = text
        self._place = QApplication.focusWidget()
        self._before = None
        if isinstance(self._place, QLineEdit):
            self._before = (self._place.text(), self._place.cursorPosition())
        elif isinstance(self._place, QPlainTextEdit):
            self._before = (self._place.toPlainText(), self._place.textCursor().position())

    def _end(self, fast: bool) -> bool:
        text, self._text = self._text, ""
        if not fast or len(text) < SHORTEST:
            return False
        self._give_back()
        self.scanned.emit(text)
        return True

    def _give_back(self) -> None:
        if self._before is None:
            return
        text, at = self._before
        if isinstance(self._place, QLineEdit):
            self._place.setText(text)
            self._place.setCursorPosition(at)
            self._place.textEdited.emit(text)
        elif isinstance(self._place, QPlainTextEdit):
            cursor = self._place.textCursor()
            cursor.select(cursor.SelectionType.Document)
            cursor.insertText(text)
            cursor.setPosition(at)
            self._place.setTextCursor(cursor)
