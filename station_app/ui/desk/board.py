"""The three columns of the desk, and how they make room for each other in a small window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QStackedWidget, QWidget

from db.vocabulary import Role
from station_app.ui.desk.arrivals import Arrivals
from station_app.ui.desk.entry import VisitEntry
from station_app.ui.desk.panels import ClosingPanel, Panels
from station_app.ui.desk.present import Present
from station_app.ui.theme import lay, px, theme
from station_app.ui.visits.detail import VisitDetail

if TYPE_CHECKING:
    from station_app.domain.accounts import Actor
    from station_app.ui.jobs import Jobs

#: Below this width (dp) the deputies move beneath the arrivals.
NARROW = 1100
LEFT, RIGHT = 304, 256
LEFT_NARROW = 252


class Board(QWidget):
    """Arrivals, the middle (entry, a visit, or what can be done now), deputies present."""

    def __init__(self, jobs: Jobs, actor: Actor) -> None:
        super().__init__()
        may_write = actor.role is not Role.VIEWER
        self.arrivals = Arrivals(may_write=may_write)
        self.present = Present(jobs, may_write=may_write)
        self.entry = VisitEntry(jobs)
        self.detail = VisitDetail(jobs, actor)
        self.panels = Panels(may_write=may_write)
        self.closing = ClosingPanel()
        self.middle = QStackedWidget()
        for part in (self.panels, self.entry, self.detail, self.closing):
            self.middle.addWidget(part)
        self.middle.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._side = QWidget()
        self._left = lay(QBoxLayout(QBoxLayout.Direction.TopToBottom, self._side), spacing=14)
        self._left.addWidget(self.arrivals, 3)
        self._columns = lay(QHBoxLayout(self), spacing=14)
        self._columns.addWidget(self._side)
        self._columns.addWidget(self.middle, 1)
        self._columns.addWidget(self.present)
        self._narrow = False
        theme.changed.connect(self.arrange)
        self.arrange()

    def show_middle(self, part: QWidget) -> None:
        """Show ``part`` in the middle."""
        self.middle.setCurrentWidget(part)

    @property
    def shown(self) -> QWidget:
        """What the middle shows."""
        found = self.middle.currentWidget()
        return self.panels if found is None else found

    def arrange(self) -> None:
        """Give each column its room at the present width and scale."""
        narrow = self.width() < px(NARROW)
        if narrow != self._narrow:
            self._narrow = narrow
            if narrow:
                self._columns.removeWidget(self.present)
                self._left.addWidget(self.present, 3)
            else:
                self._left.removeWidget(self.present)
                self._columns.addWidget(self.present)
        self._side.setFixedWidth(px(LEFT_NARROW if narrow else LEFT))
        self.present.setFixedWidth(px(LEFT_NARROW if narrow else RIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()
