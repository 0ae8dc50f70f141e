"""The numbers in the rail of what calls for work, also before their pages were opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from station_app.domain.issue_views import DueCount, View
from station_app.services import issue_filters, today
from station_app.ui.today.page import TodayPage

if TYPE_CHECKING:
    from station_app.store import Change, Tx
    from station_app.ui.jobs import Jobs
    from station_app.ui.rail import Rail

#: The first page goes first.
AFTER_MS = 250


class Badges(QObject):
    """Counts anew when an issue changed, and when a day begins."""

    def __init__(self, jobs: Jobs, rail: Rail) -> None:
        super().__init__(rail)
        self._jobs, self._rail = jobs, rail
        jobs.changed.connect(self._changed)
        self.count()

    def count(self) -> None:
        """Read the numbers."""
        self._jobs.latest("badges", _read, self._show, owner=self, delay_ms=AFTER_MS)

    def _changed(self, changes: frozenset[Change]) -> None:
        if any(one.kind in TodayPage.kinds for one in changes):
            self.count()

    def _show(self, found: tuple[DueCount, int]) -> None:
        due, to_do = found
        self._rail.entries["today"].set_badge(due.whole, due.overdue > 0)
        self._rail.entries["issues"].set_badge(to_do, to_do > 0)


def _read(tx: Tx) -> tuple[DueCount, int]:
    return today.count_due(tx), issue_filters.count_views(tx)[View.TO_DO]
