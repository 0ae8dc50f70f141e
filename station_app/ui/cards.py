"""Windows that show one card in the middle of the page: unlocking and setting up."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from station_app.ui.theme import fit, lay, px
from station_app.ui.widgets.basic import Card
from station_app.ui.widgets.layout import row


class CardWindow(QWidget):
    """A window whose content stands in a card of ``width`` dp; ``foot`` is the line beneath it."""

    def __init__(self, *, width: float) -> None:
        super().__init__()
        self.setProperty("ground", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.card = Card(margin=32, spacing=16)
        fit(self.card, lambda card: card.setFixedWidth(px(width)))
        self.foot = lay(QHBoxLayout(), spacing=8)
        inner = QWidget()
        inner.setProperty("ground", "none")
        middle = lay(QVBoxLayout(inner), margins=(24, 24, 24, 24), spacing=12)
        middle.addStretch(1)
        # Between stretches, not aligned: else the height asked for would be that of a card as wide
        # as the window, with fewer lines of text.
        middle.addLayout(row(None, self.card, None))
        middle.addLayout(self.foot)
        middle.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inner)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        lay(QVBoxLayout(self)).addWidget(area)
        self.resize(px(960), px(680))


class Steps(QWidget):
    """One of several steps at a time, and only as tall as that one (unlike a QStackedWidget)."""

    def __init__(self) -> None:
        super().__init__()
        self._steps: list[QWidget] = []
        self._at = 0
        lay(QVBoxLayout(self))

    def add(self, step: QWidget) -> None:
        """Put ``step`` behind the others."""
        layout = self.layout()
        assert layout is not None
        layout.addWidget(step)
        step.setVisible(not self._steps)  # in its place, or it would be a window of its own
        self._steps.append(step)

    @property
    def at(self) -> int:
        """Which step is shown, from 0."""
        return self._at

    def show_step(self, at: int) -> None:
        """Show the step ``at``."""
        self._at = at
        for number, step in enumerate(self._steps):
            step.setVisible(number == at)
