"""From process start to the unlock window, from the password to the desk, memory at rest.

Times are processor time, all threads together: on a machine that nobody shares the clock shows no
more than that, on a shared one it would show the others. Of the memory some 35 MB are SQLAlchemy
(8 of them asyncio and ssl, which it loads and the program never asks for), 12 MB the table of
pinyin, 7 MB the cipher for the key slots, 9 MB the two faces of the font: with these parts
2.2 × cannot be reached. PySide's import hook, which kept the source of every module (20 MB), and
the table of phrases of the pinyin library (46 MB) are left out.

The unlock window costs some 42 ms more than the bare one: 5 the font for every name (10 MB), 4 the
one icon it shows, 6 the style sheet and the palette, 16 our own modules (the accounts' words,
translations and key slots among them), the rest its other widgets. Without the font, which decides
whether a rare name can be read, it would be 1.29 × instead of 1.33 ×.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from benchmarks import mass
from benchmarks.report import Result, against, median, show

#: Five years at a busy station: every record kind grows with its issues.
ISSUES = 5 * 500
ROUNDS = 7
DESK_SECONDS = 0.8

BARE = """
import os, sys
from pathlib import Path
from time import process_time
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
app = QApplication([])
window = QWidget()
line = QVBoxLayout(window)
for part in (QLabel("Password"), QLineEdit(), QPushButton("Unlock")):
    line.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
window.resize(960, 680)
window.show()
"""

OURS = """
import os, sys
from pathlib import Path
from time import process_time
from station_app.config import DataDir
from station_app.ui.app import Program, make_app
app = make_app()
program = Program(app, DataDir(Path(sys.argv[1])))
program.start()
window = program.front
"""

#: Tells when the window was painted, and what the process then holds.
PAINTED = """
from PySide6.QtCore import QEvent, QObject, QTimer
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, told)
            window.removeEventFilter(self)
        return False
def rss():
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")
def told():
    print(process_time(), rss(), flush=True)
    app.quit()
watch = Watch()
window.installEventFilter(watch)
app.exec()
"""

#: Types the password, waits until the desk has all it asked for, and then rests for a while.
#: An event loop waits without Python's lock, so that other threads load; QTest.qWait keeps it.
DESK = """
from PySide6.QtCore import QEventLoop, QTimer
from station_app.ui.jobs import Jobs
waiting = [0]
start, land = Jobs._start, Jobs._land
def counted_start(self, *args):
    waiting[0] += 1
    return start(self, *args)
def counted_land(self, act):
    land(self, act)
    waiting[0] -= 1
Jobs._start, Jobs._land = counted_start, counted_land
def wait(milliseconds):
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
wait(1500)  # the time to type a password
began = process_time()
program.front.password.setText(sys.argv[2])
program.front.submit()
while program.window is None or waiting[0] > 0:
    wait(1)
program.window.repaint()
took = process_time() - began
wait(2000)
pages = int(Path("/proc/self/statm").read_text().split()[1])
print(took, pages * os.sysconf("SC_PAGE_SIZE"))
program.close()
"""


def main() -> Sequence[Result]:
    """Measure and print."""
    with closing(mass.station(ISSUES)) as station:
        folder = station.data.root
    for code in (BARE + PAINTED, OURS + PAINTED):  # an installed program has its bytecode
        _child(code, folder)
    bare, ours, desks = [], [], []
    for _ in range(ROUNDS):
        bare.append(_child(BARE + PAINTED, folder))
        ours.append(_child(OURS + PAINTED, folder))
        desks.append(_child(OURS + DESK, folder, mass.PASSWORD))
    painted, held = (median(values) for values in zip(*bare, strict=True))
    usable, memory = (median(values) for values in zip(*desks, strict=True))
    first = median([moment for moment, _ in ours])
    window = "a bare PySide6 window"
    return show([
        against("process start to unlock window painted", first, "s", limit=painted, peer=window,
                most=1.3),
        against("password to desk usable, 5 years", usable, "s", limit=DESK_SECONDS, peer="limit",
                most=1),
        against("memory at rest at the desk", memory / 1e6, "MB", limit=held / 1e6, peer=window,
                most=2.2),
    ])  # fmt: skip


def _child(code: str, *args: str | Path) -> tuple[float, float]:
    """Run ``code`` in a process of its own; the last two numbers that it prints."""
    quiet = "default.warning=false"  # the offscreen platform has no window manager to hint to
    environment = {"QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": quiet} | dict(os.environ)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run([sys.executable, "-c", code, *map(str, args)], check=True, text=True,
                          stdout=subprocess.PIPE, env=environment)  # fmt: skip
    first, second = done.stdout.split()[-2:]
    return float(first), float(second)


if __name__ == "__main__":
    main()
