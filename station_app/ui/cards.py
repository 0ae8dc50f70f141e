"""Windows that show one card in the middle of the page: unlocking and setting up."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from station_app.ui.theme import fit, lay, px
from station_app.ui.widgets.basic import Card


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
        middle.addWidget(self.card, 0, Qt.AlignmentFlag.AlignHCenter)
        middle.addLayout(self.foot)
        middle.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inner)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        lay(QVBoxLayout(self)).addWidget(area)
        self.resize(px(960), px(680))
