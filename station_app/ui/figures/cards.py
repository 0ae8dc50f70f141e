"""The cards of the figures: name, value, what it rests on, comparisons in words, definition."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen

from station_app.domain.figure_words import (
    basis_words,
    change_words,
    figure_means,
    figure_unit,
    figure_word,
    value_words,
)
from station_app.domain.figures import RATES, Compared, Figure, Value
from station_app.domain.periods import Period, PeriodKind, before_word
from station_app.i18n import tr
from station_app.ui.theme import colour, px
from station_app.ui.widgets import Card, label, row


class FigureCard(Card):
    """One figure; a click or Enter asks for the rows behind it."""

    opened = Signal(object)

    def __init__(self, figure: Figure) -> None:
        super().__init__(margin=14, spacing=3)
        self.figure = figure
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(figure_means(figure))
        self._value = label("–", "figure")
        self._basis = label("", "secondary", wrap=True)
        self._before, self._year = (label("", "secondary", wrap=True) for _ in range(2))
        means = label(figure_means(figure), "secondary", wrap=True)
        self.content.addWidget(label(figure_word(figure), "strong"))
        unit = label(figure_unit(figure), "quiet")
        self.content.addLayout(row(self._value, unit, None, spacing=4))
        for part in (self._basis, self._before, self._year, means):
            self.content.addWidget(part)
        self.content.addStretch(1)

    def show_figure(self, found: Compared, period: Period) -> None:
        """Show the value and how it compares; a campaign is compared with nothing."""
        said = value_words(self.figure, found.now)
        self._value.setText(said)
        basis = basis_words(self.figure, found.now)
        self._basis.setText(basis)
        self._basis.setVisible(bool(basis))
        compared = not period.campaign
        before, year = self._told(found, period)
        both = compared and period.kind is not PeriodKind.YEAR  # of a year it is the one before
        for words, text, shown in ((self._before, before, compared), (self._year, year, both)):
            words.setText(text)
            words.setVisible(shown)
        name = f"{figure_word(self.figure)} {said} {figure_unit(self.figure)}".strip()
        self.setAccessibleName(name)
        parts = (basis, before if compared else "", year if both else "")
        told = (*parts, figure_means(self.figure))
        self.setAccessibleDescription(tr("list|; ").join(one for one in told if one))

    def _told(self, found: Compared, period: Period) -> tuple[str, str]:
        before = tr(
            "{arrow} compared with {what}: {change}",
            arrow=_arrow(found.figure, found.now, found.before),
            what=before_word(period.kind),
            change=change_words(found.figure, found.now, found.before),
        )
        year = tr(
            "{arrow} compared with a year ago: {change}",
            arrow=_arrow(found.figure, found.now, found.year_before),
            change=change_words(found.figure, found.now, found.year_before),
        )
        return before, year

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(self.figure)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.opened.emit(self.figure)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour("focus"), px(2)))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), px(10), px(10))


def _arrow(figure: Figure, now: Value, then: Value) -> str:
    if figure in RATES:
        if now.share is None or then.share is None:
            return "·"
        one, other = round(1000 * now.share), round(1000 * then.share)
    else:
        one, other = now.part, then.part
    return "→" if one == other else "↑" if one > other else "↓"
