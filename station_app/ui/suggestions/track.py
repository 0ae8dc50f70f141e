"""The track of a suggestion: its seven stages in a row, those passed, the one that is next."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from db.vocabulary import Stage
from station_app.domain.suggestions import STAGES
from station_app.i18n import tr
from station_app.ui.suggestions.words import track_word
from station_app.ui.theme import colour, fit, icon, px

_CIRCLE = 24


class StageTrack(QWidget):
    """Seven circles on a line; what is done bears a tick, what comes next is ringed."""

    def __init__(self) -> None:
        super().__init__()
        self._passed, self._stopped = 0, False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        fit(self, lambda one: one.setFixedHeight(px(_CIRCLE + 26)))

    @property
    def passed(self) -> int:
        """How many stages lie behind."""
        return self._passed

    def set_stage(self, stage: Stage, *, passed: Stage) -> None:
        """Show that the suggestion is at ``stage``; of a withdrawn one, how far it had come."""
        self._stopped = stage is Stage.WITHDRAWN
        self._passed = STAGES.index(passed)
        words = tr("{n} of 7 stages are done", n=self._passed)
        following = "" if self._stopped or self._passed == 7 else track_word(self._next)
        if following:
            words = tr("{done}; next: {stage}", done=words, stage=following)
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    @property
    def _next(self) -> Stage:
        return STAGES[self._passed + 1]

    def minimumSizeHint(self) -> QSize:
        return QSize(px(280), px(_CIRCLE + 26))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = self.width() / 7
        middles = [room * (at + 0.5) for at in range(7)]
        high = px(_CIRCLE) / 2 + 1
        for at in range(6):
            done = at < self._passed - 1
            painter.setPen(QPen(colour("green" if done else "border"), px(2)))
            painter.drawLine(QLineF(middles[at], high, middles[at + 1], high))
        for at, middle in enumerate(middles):
            self._circle(painter, at, middle, high)
            self._word(painter, at, middle, room)

    def _circle(self, painter: QPainter, at: int, middle: float, high: float) -> None:
        side = px(_CIRCLE)
        place = QRectF(middle - side / 2, high - side / 2, side, side)
        inner = place.adjusted(1, 1, -1, -1)
        if at < self._passed:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("green_soft"))
            painter.drawEllipse(inner)
            sign = px(16)
            icon("check", "green", 16).paint(
                painter, round(middle - sign / 2), round(high - sign / 2), sign, sign
            )
            return
        following = at == self._passed and not self._stopped
        painter.setBrush(colour("surface"))
        painter.setPen(
            QPen(colour("accent" if following else "input_border"), px(2 if following else 1))
        )
        painter.drawEllipse(inner)
        painter.setPen(colour("accent" if following else "secondary"))
        font = self.font()
        font.setPixelSize(px(12))
        font.setBold(following)
        painter.setFont(font)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(at + 1))

    def _word(self, painter: QPainter, at: int, middle: float, room: float) -> None:
        following = at == self._passed and not self._stopped
        font = self.font()
        font.setPixelSize(px(12))
        font.setBold(following)
        painter.setFont(font)
        painter.setPen(colour("text" if following or at < self._passed else "secondary"))
        words = painter.fontMetrics().elidedText(
            track_word(STAGES[at + 1]), Qt.TextElideMode.ElideRight, int(room)
        )
        place = QRectF(middle - room / 2, px(_CIRCLE + 6), room, px(20))
        painter.drawText(place, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, words)
