"""From process start to the unlock window, from the password to the desk, memory at rest."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from time import monotonic

from benchmarks import mass
from benchmarks.report import Result, against, median, show

#: Five years at a busy station: every record kind grows with its issues.
ISSUES = 5 * 500
ROUNDS = 7
DESK_SECONDS = 0.8

BARE = """
import sys
from time import monotonic
from PySide6.QtCore import Qt, QTimer
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
import sys
from pathlib import Path
from time import monotonic
from station_app.config import DataDir
from station_app.ui.app import Program, make_app
app = make_app()
program = Program(app, DataDir(Path(sys.argv[1])))
program.start()
window = program.front
"""

#: Tells when the window was painted, and what the process then holds.
PAINTED = """
from PySide6.QtCore import QEvent, QObject
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, told)
            window.removeEventFilter(self)
        return False
def rss():
    import os
    from pathlib import Path
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")
def told():
    print(monotonic(), rss(), flush=True)
    app.quit()
watch = Watch()
window.installEventFilter(watch)
app.exec()
"""

#: Types the password, waits until the desk has all it asked for, and then rests for a while.
DESK = """
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
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
QTest.qWait(1500)  # the time to type a password
began = monotonic()
program.front.password.setText(sys.argv[2])
program.front.submit()
while program.window is None or waiting[0] > 0:
    QTest.qWait(1)
program.window.repaint()
took = monotonic() - began
QTest.qWait(2000)
"""


def main() -> Sequence[Result]:
    """Measure and print."""
    with closing(mass.station(ISSUES)) as station:
        folder = station.data.root
    shown = [(_child(BARE + "from PySide6.QtCore import QTimer" + PAINTED),
              _child(OURS + "from PySide6.QtCore import QTimer" + PAINTED, folder))
             for _ in range(ROUNDS)]  # fmt: skip
    bare, ours = median([one[0] for one, _ in shown]), median([one[0] for _, one in shown])
    held = median([one[1] for one, _ in shown]) / 1e6
    desk = OURS + DESK + "print(took, 0)" + "\nprogram.close()\n"
    rest = OURS + DESK + _REST + "\nprogram.close()\n"
    took = median([_child(desk, folder, mass.PASSWORD, since=0)[0] for _ in range(ROUNDS)])
    memory = median([_child(rest, folder, mass.PASSWORD, since=0)[1] for _ in range(3)]) / 1e6
    window = "a bare PySide6 window"
    return show([
        against("process start to unlock window painted", ours, "s", limit=bare, peer=window,
                most=1.3),
        against("password to desk usable, 5 years", took, "s", limit=DESK_SECONDS, peer="limit",
                most=1),
        against("memory at rest at the desk", memory, "MB", limit=held, peer=window, most=2.2),
    ])  # fmt: skip


_REST = """
import os
from pathlib import Path
pages = int(Path("/proc/self/statm").read_text().split()[1])
print(took, pages * os.sysconf("SC_PAGE_SIZE"))
"""


def _child(code: str, *args: str | Path, since: float | None = None) -> tuple[float, float]:
    """Run ``code`` in a process of its own; the seconds it took and the bytes it held."""
    environment = {"QT_QPA_PLATFORM": "offscreen"} | dict(os.environ)
    began = monotonic() if since is None else since
    done = subprocess.run([sys.executable, "-c", code, *map(str, args)], check=True, text=True,
                          stdout=subprocess.PIPE, env=environment)  # fmt: skip
    moment, held = done.stdout.split()[-2:]
    return float(moment) - began, float(held)


if __name__ == "__main__":
    main()
