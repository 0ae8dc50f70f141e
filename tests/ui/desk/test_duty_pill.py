"""The pill on top of the window: who of those on duty has come, while somebody is received."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from station_app.i18n import tr
from station_app.services import attendance
from station_app.ui.desk.duty_pill import DutyPill
from station_app.ui.jobs import Jobs
from station_app.ui.main_window import MainWindow
from tests.ui.desk.conftest import Room


def test_the_pill_counts_who_came_and_goes_with_the_day(
    qtbot: QtBot, room: Room, jobs: Jobs
) -> None:
    window = MainWindow(jobs, room.station.actor, [])
    qtbot.addWidget(window)
    window.show()
    day = room.open(here=3)
    pill = DutyPill(jobs, window)
    qtbot.waitUntil(lambda: window.duty.text() == tr("On duty {here} / {due}", here=3, due=4))
    assert window.duty.isVisible()
    late = room.deputies[3]
    jobs.write(lambda tx: attendance.check_in(tx, day, late), owner=pill)
    qtbot.waitUntil(lambda: window.duty.text() == tr("On duty {here} / {due}", here=4, due=4))
    room.close(day)
    pill.read()
    qtbot.waitUntil(window.duty.isHidden)
