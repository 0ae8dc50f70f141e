"""A shown window to put widgets into."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot


@pytest.fixture
def form(app: QApplication, qtbot: QtBot) -> QWidget:
    """A shown window to put parts into."""
    made = QWidget()
    QVBoxLayout(made)
    made.resize(700, 500)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    return made


def put(form: QWidget, *parts: QWidget) -> None:
    """Show ``parts`` in ``form``, one below the other."""
    layout = form.layout()
    assert layout is not None
    for part in parts:
        layout.addWidget(part)
        part.show()
