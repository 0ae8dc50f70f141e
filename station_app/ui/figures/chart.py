"""Chart: what all charts share: marks that can be pointed at, walked by keys and opened."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from station_app.domain.figures import Asked
from station_app.i18n import tr
from station_app.ui.theme import colour, fit, px

#: Roles of the theme for parts beside each other: they differ in lightness too.
SERIES = ("accent", "blue", "amber", "green")
_STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing of a chart: where it is, what it says, what opens the rows behind it."""

    place: QRectF
    words: str
    asked: Asked | None = None


class Chart(QWidget):
    """A picture of figures. Arrows walk its marks, Enter or a click opens the rows behind one.

    A subclass places its marks in ``lay_out`` and paints them in ``draw``.
    """

    opened = Signal(object)

    def __init__(self, name: str, *, height: float) -> None:
        super().__init__()
        self._name, self._height = name, height
        self.marks: list[Mark] = []
        self._at = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        fit(self, lambda chart: chart.refresh())

    @property
    def current(self) -> Mark | None:
        """The mark that the keys are at."""
        return self.marks[self._at] if 0 <= self._at < len(self.marks) else None

    def wanted_height(self) -> float:
        """The height of what it shows, in dp."""
        return self._height

    def lay_out(self) -> None:
        """Place the marks in the room there is."""

    def draw(self, painter: QPainter) -> None:
        """Paint everything."""

    def refresh(self) -> None:
        """Show other figures, or the same in another room."""
        self.setFixedHeight(px(self.wanted_height()))
        self.marks = []
        self.lay_out()
        if self._at >= len(self.marks):
            self._at = -1
        self._tell()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(320), px(self.wanted_height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.marks = []
        self.lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(painter)
        mark = self.current
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("focus"), px(2)))
            place = QRectF(self.rect()) if mark is None else mark.place.adjusted(-2, -2, 2, 2)
            painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), px(4), px(4))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
        if Qt.Key(key) in by and self.marks:
            start = self._at if self._at >= 0 else (-1 if by[Qt.Key(key)] > 0 else len(self.marks))
            self._go(max(0, min(len(self.marks) - 1, start + by[Qt.Key(key)])))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self.current)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        mark = self._under(event.position())
        if mark is not None:
            self._go(self.marks.index(mark))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._open(self._under(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        mark = self._under(event.position())
        hand = mark is not None and mark.asked is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            mark = self._under(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "" if mark is None else mark.words, self)
            return True
        return super().event(event)

    def _go(self, at: int) -> None:
        self._at = at
        self._tell()
        self.update()

    def _tell(self) -> None:
        mark = self.current
        said = tr("list|; ").join(one.words for one in self.marks[:12])
        self.setAccessibleDescription(said if mark is None else mark.words)

    def _under(self, point: QPointF) -> Mark | None:
        return next((one for one in self.marks if one.place.contains(point)), None)

    def _open(self, mark: Mark | None) -> None:
        if mark is not None and mark.asked is not None:
            self.opened.emit(mark.asked)

    def small(self, painter: QPainter, role: str = "secondary") -> QFontMetricsF:
        """Set small letters in the colour ``role`` and return their measures."""
        font = self.font()
        font.setPixelSize(px(12))
        painter.setFont(font)
        painter.setPen(colour(role))
        return QFontMetricsF(font)


def scale(most: float) -> tuple[float, float]:
    """(top, step) of a scale up to ``most`` with at most four whole steps."""
    if most <= 4:
        return max(1.0, float(most)), 1.0
    size = 10.0 ** (len(str(int(most / 4))) - 1)
    step = next(one * size for one in _STEPS if one * size * 4 >= most)
    step = float(max(1, round(step)))
    return step * -(-most // step), step
