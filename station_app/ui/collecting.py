"""Rings of garbage are looked for on the GUI thread only: Qt's things must die where they live.

Python looks for rings on whatever thread happens to make the next object. A dialog that was closed
is such a ring; found on the store's thread it would be destroyed there, and the program with it.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

#: New objects until the younger ones are looked through, and rounds until all are.
OBJECTS, ROUNDS = 50_000, 10
_LOOK_MS = 1_000


def collect_if_due(rounds: int) -> int:
    """Look through what is new if there is enough of it; returns how many rounds were made."""
    if gc.get_count()[0] < OBJECTS:
        return rounds
    gc.collect(2 if (rounds + 1) % ROUNDS == 0 else 1)
    return rounds + 1


class Collector(QObject):
    """Looks for rings now and then, on the thread that it lives on."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rounds = 0
        gc.disable()
        timer = QTimer(self)
        timer.timeout.connect(self._look)
        timer.start(_LOOK_MS)

    def _look(self) -> None:
        self._rounds = collect_if_due(self._rounds)
