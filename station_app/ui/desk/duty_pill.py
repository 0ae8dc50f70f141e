"""The green pill on top of the window: how many of those on duty have come, on whatever page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from db.vocabulary import DayStatus
from station_app.i18n import tr
from station_app.services import days

if TYPE_CHECKING:
    from station_app.store import Change, Tx
    from station_app.ui.jobs import Jobs
    from station_app.ui.main_window import MainWindow

KINDS = frozenset({"day", "duty", "attendance"})


class DutyPill(QObject):
    """Reads the open reception day when it changes; without one there is no pill."""

    def __init__(self, jobs: Jobs, window: MainWindow) -> None:
        super().__init__(window)
        self._jobs, self._window = jobs, window
        jobs.changed.connect(self._changed)
        self.read()

    def read(self) -> None:
        """Look who is there."""
        self._jobs.latest("duty", duty_words, self._window.set_duty, owner=self)

    def _changed(self, changes: frozenset[Change]) -> None:
        if any(one.kind in KINDS for one in changes):
            self.read()


def duty_words(tx: Tx) -> str:
    """Of those on duty today so many have come; "" while nobody is received."""
    day = days.current_day(tx)
    if day is None or day.status is not DayStatus.OPEN:
        return ""
    due = [one for one in day.deputies if one.due]
    here = sum(one.attendance_id is not None for one in due)
    return tr("On duty {here} / {due}", here=here, due=len(due)) if due else ""
