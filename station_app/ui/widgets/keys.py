"""Keys of a form: Enter moves on to the next input, as on paper."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget


class EnterMovesOn(QObject):
    """Lets Enter in the inputs of ``form`` lead to the next one; lists and buttons keep theirs.

    Install popups (PopupList) after it, so that a visible list takes Enter first.
    """

    def __init__(self, form: QWidget) -> None:
        super().__init__(form)
        for part in (*form.findChildren(QLineEdit), *form.findChildren(QComboBox)):
            part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            assert isinstance(watched, QWidget)
            if isinstance(watched, QLineEdit):
                watched.editingFinished.emit()
            _next_of(watched).setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return False


def _next_of(place: QWidget) -> QWidget:
    """What follows ``place`` by Tab, leaving out the small buttons within inputs."""
    found = place.nextInFocusChain()
    while found is not None and found is not place:
        reached = bool(found.focusPolicy() & Qt.FocusPolicy.TabFocus) and found.isEnabled()
        within = isinstance(found.parent(), QLineEdit | QComboBox)
        if reached and not within and found.isVisible() and found.focusProxy() is None:
            return found
        found = found.nextInFocusChain()
    return place
