"""The day's six figures."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from station_app.domain.days import DayCounters
from station_app.i18n import tr
from station_app.ui.theme import lay
from station_app.ui.widgets import StatCard


class Counters(QWidget):
    """Batches, people and issues of the day, and what became of the issues at the desk."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("The day's figures"))
        self.cards = {
            "visits": StatCard(tr("Visits")),
            "people": StatCard(tr("People received")),
            "issues": StatCard(tr("Issues raised")),
            "answered": StatCard(tr("Answered at once")),
            "to_handle": StatCard(tr("To be handled")),
            "joined": StatCard(tr("Joined to earlier ones")),
        }
        line = lay(QHBoxLayout(self), spacing=12)
        for card in self.cards.values():
            line.addWidget(card, 1)

    def show_figures(self, counters: DayCounters) -> None:
        """Show the figures of the day."""
        for name, card in self.cards.items():
            card.set(getattr(counters, name))
