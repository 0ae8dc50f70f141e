"""How much is due today, said at the desk, with the way to it."""

from __future__ import annotations

from station_app.domain.issue_views import DueCount
from station_app.i18n import tr
from station_app.ui.page import Page
from station_app.ui.widgets import ShortcutButton


class DueButton(ShortcutButton):
    """Opens the Today page; hidden while nothing is due."""

    def __init__(self, page: Page) -> None:
        super().__init__("", kind="quiet", icon="layout-dashboard")
        self.clicked.connect(lambda: page.open_requested.emit("today", None))

    def show_count(self, due: DueCount) -> None:
        """Say ``due``."""
        self.setText(tr("Today: {n} due", n=due.whole))
        self.setVisible(due.whole > 0)
