"""Enter moves on: from one input of a form to the next that is visible, in a chosen order."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit, QWidget


class EnterChain(QObject):
    """Lets Enter lead along the inputs it links; buttons and long texts keep their own Enter.

    Link inputs before a popup is put on them: what is installed last sees the key first.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._parts: list[QWidget] = []

    def link(self, *parts: QWidget, before: QWidget | None = None) -> None:
        """Put ``parts`` at the end of the chain, or before the part ``before``."""
        at = len(self._parts) if before is None else self._parts.index(before)
        self._parts[at:at] = parts
        for part in parts:
            part.installEventFilter(self)

    def unlink(self, *parts: QWidget) -> None:
        """Take ``parts`` out of the chain."""
        for part in parts:
            part.removeEventFilter(self)
            self._parts.remove(part)

    def move_on(self, part: QWidget) -> None:
        """Put the cursor into the next visible input after ``part``."""
        for following in self._parts[self._parts.index(part) + 1 :]:
            if following.isVisible() and following.isEnabled():
                following.setFocus(Qt.FocusReason.TabFocusReason)
                if isinstance(following, (QLineEdit, QAbstractSpinBox)):
                    following.selectAll()
                return

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not enter or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if not isinstance(watched, (QLineEdit, QAbstractSpinBox)):
            return False
        self.move_on(watched)
        return True
