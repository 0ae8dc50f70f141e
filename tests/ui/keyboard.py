"""An operator's hands: keys and words go wherever the focus is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

CTRL = Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
    """Press one key in whatever has the focus."""
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, key, modifier)


def type_text(qtbot: QtBot, text: str) -> None:
    """Type ``text`` into the line that has the focus; Chinese comes as an input method sends it."""
    for char in text:
        focus = QApplication.focusWidget()
        assert isinstance(focus, QLineEdit)
        if char.isascii():
            qtbot.keyClicks(focus, char)
        else:
            focus.insert(char)
            focus.textEdited.emit(focus.text())
