"""Thousands of signals in one session, as a long reception morning brings them."""

from __future__ import annotations

import subprocess
import sys

MORNING = """
import station_app.ui
from PySide6.QtCore import QCoreApplication, QObject, Signal
app = QCoreApplication([])
class Source(QObject):
    happened = Signal(object)
source = Source()
source.happened.connect(lambda _value: None)
for _ in range(20_000):
    source.happened.emit(None)
print("alive")
"""


def test_signals_do_not_use_up_the_constants() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", MORNING], capture_output=True, text=True, timeout=60, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert "alive" in ran.stdout
