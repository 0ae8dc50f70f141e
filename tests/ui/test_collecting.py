"""Garbage with windows in it is ended on the GUI thread, and only there."""

from __future__ import annotations

import gc
import threading
import weakref

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from station_app.ui.collecting import OBJECTS, Collector


class _Ring(QWidget):
    """Knows itself: only a search for rings ends it."""

    def __init__(self, died: list[int]) -> None:
        super().__init__()
        self.itself = self
        weakref.finalize(self, lambda: died.append(threading.get_ident()))


def _many_objects() -> list[list[int]]:
    return [[one] for one in range(OBJECTS + 10)]


def test_a_closed_window_dies_on_the_gui_thread(qtbot: QtBot) -> None:
    died: list[int] = []
    holder = QObject()
    collector = Collector(holder)
    assert not gc.isenabled()
    ring = _Ring(died)
    del ring
    thread = threading.Thread(target=_many_objects)
    thread.start()
    thread.join()
    assert not died
    kept = _many_objects()

    def has_died() -> bool:
        # What somebody else looked through a moment ago is old, and looked at only now and then.
        if gc.get_count()[0] < OBJECTS:
            kept.extend(_many_objects())
        return bool(died)

    qtbot.waitUntil(has_died)
    assert died == [threading.get_ident()]
    assert kept
    assert collector.parent() is holder
