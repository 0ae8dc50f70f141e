"""The day's six figures."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from station_app.domain.days import DayCounters
from station_app.i18n import tr
from station_app.ui.theme import lay
from station_app.ui.widgets import Card, ElidedLabel, label


class Figure(Card):
    """A label and a large figure, one above the other or, ``compact``, side by side."""

    def __init__(self, text: str) -> None:
        super().__init__(margin=0, spacing=0)
        self._text = text
        self._figure = label("0", "figure")
        self._compact = False
        self._line = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._line.addWidget(ElidedLabel(text, "label"), 1)
        self._line.addWidget(self._figure)
        self.content.addLayout(self._line)
        self._fit()

    def set(self, figure: int) -> None:
        """Show ``figure``."""
        self._figure.setText(str(figure))
        self.setAccessibleName(f"{self._text} {figure}")

    def set_compact(self, compact: bool) -> None:
        """Stand in one line where height is scarce."""
        if compact != self._compact:
            self._compact = compact
            self._fit()

    def _fit(self) -> None:
        directions = QBoxLayout.Direction
        if self._compact:
            self._line.setDirection(directions.LeftToRight)
            lay(self._line, margins=(12, 2, 12, 2), spacing=8)
        else:
            self._line.setDirection(directions.TopToBottom)
            lay(self._line, margins=(14, 10, 14, 10), spacing=0)


class Counters(QWidget):
    """Batches, people and issues of the day, and what became of the issues at the desk."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("The day's figures"))
        self.cards = {
            "visits": Figure(tr("figure|Visits")),
            "people": Figure(tr("figure|People")),
            "issues": Figure(tr("figure|Issues")),
            "answered": Figure(tr("figure|Answered")),
            "to_handle": Figure(tr("figure|To handle")),
            "joined": Figure(tr("figure|Joined")),
        }
        line = lay(QHBoxLayout(self), spacing=12)
        for card in self.cards.values():
            line.addWidget(card, 1)

    def show_figures(self, counters: DayCounters) -> None:
        """Show the figures of the day."""
        for name, card in self.cards.items():
            card.set(getattr(counters, name))

    def set_compact(self, compact: bool) -> None:
        """Stand in one line where height is scarce."""
        for card in self.cards.values():
            card.set_compact(compact)
