"""A look at everything without a person: every page of a throw-away station, and a print.

It shows that a program built into a folder has all it needs (`station-app --smoke`).
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from station_app.ui.app import Program
    from station_app.wiring import OpenStation

#: Long enough for a page to read its rows and paint them.
A_LOOK_MS = 400


def smoke() -> int:
    """Open every page offscreen; 0 if all were painted, none failed and a ledger was printed."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from station_app.demo.build import build_demo
    from station_app.ui import crash, theme
    from station_app.ui.app import Program, make_app

    met: list[str] = []

    def report(error: BaseException) -> None:
        met.append(crash.report(error))

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        app = make_app()
        station = build_demo(Path(folder) / "station")
        crash.install(station.data.logs, show=report)
        theme.apply(app)
        program = Program(app, station.data)
        try:
            met += unpainted(program, station)
            if not ledger(station).startswith(b"%PDF"):
                met.append("the ledger is no PDF")
        except Exception as error:
            report(error)
        program.close()
        look()
    for one in met:
        sys.stderr.write(one + "\n")
    return 1 if met else 0


def unpainted(program: Program, station: OpenStation) -> list[str]:
    """Open every page of the main window; returns those that did not appear."""
    program.enter(station)
    window = program.window
    if window is None:
        return ["the main window"]
    missing = []
    for noun in window.rail.entries:
        page = window.open_page(noun)
        look()
        if not page.isVisible() or page.grab().isNull():
            missing.append(noun)
    return missing


def look() -> None:
    """Let the program run for a moment."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(A_LOOK_MS, loop.quit)
    loop.exec()


def ledger(station: OpenStation) -> bytes:
    """The ledger of the newest reception day, as PDF."""
    from station_app.domain.lists import Listing
    from station_app.printing.forms.day_ledger import day_ledger
    from station_app.services.day_lists import day_counters, list_days
    from station_app.services.days import get_day
    from station_app.services.station import get_station
    from station_app.services.visit_lists import day_visit_ids
    from station_app.services.visits import get_visit

    with station.store.read(station.actor) as tx:
        day = get_day(tx, list_days(tx, Listing("held_on", descending=True)).rows[-1].id)
        visits = [get_visit(tx, one) for one in day_visit_ids(tx, day.id)]
        counters, of, today = day_counters(tx, day.id), get_station(tx), tx.today
    return day_ledger(day, visits, counters, of, printed_on=today)
