"""Putting parts side by side, one above the other, in a flow, or where they scroll."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
    QWidgetItem,
)

from station_app.ui.theme import fit, lay, px


def row(*parts: QWidget | QLayout | None, spacing: float = 8) -> QHBoxLayout:
    """``parts`` side by side; None is a stretch."""
    made = lay(QHBoxLayout(), spacing=spacing)
    _fill(made, parts)
    return made


def column(*parts: QWidget | QLayout | None, spacing: float = 8) -> QVBoxLayout:
    """``parts`` one above the other; None is a stretch."""
    made = lay(QVBoxLayout(), spacing=spacing)
    _fill(made, parts)
    return made


def _fill(layout: QHBoxLayout | QVBoxLayout, parts: tuple[QWidget | QLayout | None, ...]) -> None:
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, QWidget):
            layout.addWidget(part)
        else:
            layout.addLayout(part)


class Scroller(QScrollArea):
    """Scrolls up and down; the bar stands in the ``gutter`` (dp) at the content's right.

    So nothing moves when the bar comes or goes, and what scrolls stays in line with what does not.
    """

    def __init__(self, *, gutter: float = 0) -> None:
        super().__init__()
        self._gutter = gutter
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalScrollBar().rangeChanged.connect(lambda _low, _high: self._settle())
        fit(self, lambda area: area._settle())

    def setWidget(self, widget: QWidget) -> None:
        super().setWidget(widget)
        self._settle()

    def show_whole(self, part: QWidget, *, above: float = 8) -> None:
        """Scroll to the whole of ``part`` and so much (dp) above it; its beginning comes first.

        ``ensureWidgetVisible`` is content with the line that the cursor is in.
        """
        inner = self.widget()
        if inner is None or not inner.isAncestorOf(part):
            return  # it went away meanwhile
        top = part.mapTo(inner, QPoint(0, 0)).y()
        self.ensureVisible(0, top + part.height(), 0, px(8))
        self.ensureVisible(0, top, 0, px(above))

    def _settle(self) -> None:
        inner = self.widget()
        layout = inner.layout() if inner is not None else None
        if layout is None or not self._gutter:
            return
        bar = self.verticalScrollBar()
        taken = bar.sizeHint().width() if bar.maximum() > 0 else 0
        sides = layout.contentsMargins()
        sides.setRight(max(0, px(self._gutter) - taken))
        if sides != layout.contentsMargins():
            layout.setContentsMargins(sides)


def bring_into_view(part: QWidget) -> None:
    """Scroll to ``part`` where it stands in a Scroller, once what unfolded has its place."""
    area = part.parentWidget()
    while area is not None and not isinstance(area, Scroller):
        area = area.parentWidget()
    if area is not None:
        QTimer.singleShot(0, part, lambda: area.show_whole(part))


def open_at(dialog: QWidget, width: float, height: float) -> None:
    """Give ``dialog`` the size asked for (dp), or what the window below it has room for."""
    size = QSize(px(width), px(height))
    below = dialog.parentWidget()
    if below is not None:
        size = size.boundedTo(below.window().size() - QSize(px(24), px(24)))
    dialog.resize(size)


def scrolling(content: QWidget | QLayout, name: str, *, gutter: float = 0) -> Scroller:
    """``content`` in an area that scrolls when there is no room; ``name`` is read out."""
    inner = QWidget()
    inner.setProperty("ground", "none")
    if isinstance(content, QLayout):
        inner.setLayout(content)
    else:
        inner.setLayout(column(content, None))
    area = Scroller(gutter=gutter)
    area.setWidget(inner)
    area.setAccessibleName(name)
    return area


class Flow(QLayout):
    """Parts one after the other like words, wrapping at the edge."""

    def __init__(self, parent: QWidget | None = None, *, spacing: float = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        lay(self, spacing=spacing)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def insert(self, at: int, widget: QWidget) -> None:
        """Put ``widget`` before the part at ``at``."""
        self.addChildWidget(widget)
        self._items.insert(at, QWidgetItem(widget))
        self.invalidate()

    def drop(self, widget: QWidget) -> None:
        """Take ``widget`` out; it is not deleted."""
        self._items = [item for item in self._items if item.widget() is not widget]
        self.invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), lambda _item, _rect: None)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, lambda item, place: item.setGeometry(place))

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        sides = self.contentsMargins()
        return size + QSize(sides.left() + sides.right(), sides.top() + sides.bottom())

    def _place(self, rect: QRect, put: Callable[[QLayoutItem, QRect], object]) -> int:
        sides = self.contentsMargins()
        rect = rect.marginsRemoved(sides)
        x, y, line = rect.x(), rect.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            if x > rect.x() and x + hint.width() > rect.right() + 1:
                x, y, line = rect.x(), y + line + self.spacing(), 0
            put(item, QRect(QPoint(x, y), hint))
            x, line = x + hint.width() + self.spacing(), max(line, hint.height())
        return y + line + sides.bottom() - (rect.y() - sides.top())
