"""The popup list: suggestions beneath an input, moved by the arrow keys while typing goes on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QPainter,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QGraphicsDropShadowEffect,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from station_app.ui.theme import colour, icon, lay, px

_ROW = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line to choose: ``title`` strong, ``extra`` grey beside it, ``detail`` grey beneath.

    ``value`` is what ``chosen`` carries; ``section`` is a small heading shown above the first line
    that names it; ``icon`` makes a plain line with an icon, such as “new visitor”.
    """

    title: str
    extra: str = ""
    detail: str = ""
    value: object = None
    icon: str = ""
    section: str = ""


class PopupList(QFrame):
    """Suggestions beneath ``anchor``. Down and Up move, Enter or a click chooses, Esc hides."""

    chosen = Signal(object)

    def __init__(
        self,
        anchor: QLineEdit,
        *,
        name: str,
        width: float = 460,
        rows: int = 8,
        first_taken: bool = True,
    ) -> None:
        super().__init__(anchor.window())
        self.setObjectName("popup")
        self._anchor, self._width, self._rows, self._first = anchor, width, rows, first_taken
        self.view = QListView()
        self.view.setAccessibleName(name)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setMouseTracking(True)
        self.view.setItemDelegate(_Delegate(self.view))
        self._model = QStandardItemModel(self)
        self.view.setModel(self._model)
        self.view.clicked.connect(self._take)
        lay(QVBoxLayout(self), margins=(6, 6, 6, 6)).addWidget(self.view)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(px(24))
        shadow.setOffset(0, px(6))
        shadow.setColor(QColor(0, 0, 0, 50))
        self.setGraphicsEffect(shadow)
        anchor.installEventFilter(self)
        self.hide()

    def show_rows(self, rows: Sequence[Suggestion]) -> None:
        """Offer ``rows``; none hides the list."""
        self._model.clear()
        section = ""
        for row in rows:
            item = QStandardItem(row.title)
            item.setData((row, row.section if row.section != section else ""), _ROW)
            item.setAccessibleText(" ".join(filter(None, (row.title, row.extra, row.detail))))
            section = row.section
            self._model.appendRow(item)
        if not rows:
            self.hide()
            return
        if self._first:
            self.view.setCurrentIndex(self._model.index(0, 0))
        self._settle()
        self.show()
        self.raise_()

    def say(self, text: str, icon: str) -> None:
        """Say ``text`` where suggestions would stand; it cannot be chosen."""
        self.show_rows([Suggestion(text, icon=icon)])
        self.view.setCurrentIndex(QModelIndex())

    @property
    def rows(self) -> list[Suggestion]:
        """What is offered."""
        return [self._model.item(at).data(_ROW)[0] for at in range(self._model.rowCount())]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self.isVisible():
            return False
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self.hide()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            at = (self.view.currentIndex().row() + step) % self._model.rowCount()
            self.view.setCurrentIndex(self._model.index(at, 0))
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if not self.view.currentIndex().isValid():
                return False
            self._take(self.view.currentIndex())
            return True
        if key == Qt.Key.Key_Escape:
            self.hide()
            return True
        return False

    def _take(self, index: QModelIndex) -> None:
        row = index.data(_ROW)[0]
        self.hide()
        self.chosen.emit(row.value)

    def _settle(self) -> None:
        window = self._anchor.window()
        if self.parent() is not window:
            self.setParent(window)
        at = self._anchor.mapTo(window, self._anchor.rect().bottomLeft())
        heights = [self.view.sizeHintForRow(row) for row in range(self._model.rowCount())]
        height = sum(heights[: self._rows]) + px(14)
        height = min(height, window.height() - at.y() - px(16))
        width = max(self._anchor.width(), px(self._width))
        x = min(at.x(), window.width() - width - px(8))
        self.setGeometry(max(0, x), at.y() + px(6), width, max(height, px(52)))


class _Delegate(QStyledItemDelegate):
    """Draws a Suggestion in one or two lines."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row, section = index.data(_ROW)
        height = 52 if row.detail else 38
        return QSize(px(100), px(height + (24 if section else 0)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, section = index.data(_ROW)
        state = option.state
        rect = QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if section:
            head = QRect(rect.left() + px(10), rect.top(), rect.width(), px(24))
            _write(painter, head, section, "secondary", 11.5)
            rect.setTop(rect.top() + px(24))
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.setPen(Qt.PenStyle.NoPen)
            chosen = state & QStyle.StateFlag.State_Selected
            painter.setBrush(colour("accent_soft" if chosen else "hover"))
            painter.drawRoundedRect(rect, px(6), px(6))
        inner = rect.adjusted(px(10), px(4), -px(10), -px(4))
        if state & QStyle.StateFlag.State_Selected and row.value is not None:
            inner.setRight(_draw_key(painter, inner))
        _draw(painter, inner, row)
        painter.restore()


def _draw_key(painter: QPainter, rect: QRect) -> int:
    """Draw the key that takes the row, at its right; returns where the words must end."""
    font = QFont(painter.font())
    font.setPixelSize(px(11.5))
    painter.setFont(font)
    width = painter.fontMetrics().horizontalAdvance("Enter") + px(11)
    cap = QRect(rect.right() - width, rect.center().y() - px(9), width, px(18))
    painter.setPen(colour("input_border"))
    painter.setBrush(colour("surface"))
    painter.drawRoundedRect(cap.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), px(4), px(4))
    painter.setPen(colour("secondary"))
    painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, "Enter")
    return cap.left() - px(8)


def _draw(painter: QPainter, rect: QRect, row: Suggestion) -> None:
    first = QRect(rect.left(), rect.top(), rect.width(), rect.height() // (2 if row.detail else 1))
    if row.icon:
        side = px(18)
        icon(row.icon, "secondary", 18).paint(
            painter, QRect(first.left(), first.center().y() - side // 2, side, side)
        )
        first.setLeft(first.left() + side + px(8))
    used = _write(painter, first, row.title, "text", 14, bold=not row.icon)
    if row.extra:
        first.setLeft(first.left() + used + px(14))
        _write(painter, first, row.extra, "secondary", 14)
    if row.detail:
        second = QRect(rect.left(), rect.center().y(), rect.width(), rect.height() // 2)
        _write(painter, second, row.detail, "secondary", 12.5)


def _write(
    painter: QPainter, rect: QRect, text: str, role: str, size: float, *, bold: bool = False
) -> int:
    font = QFont(painter.font())
    font.setPixelSize(px(size))
    font.setBold(bold)
    painter.setFont(font)
    painter.setPen(colour(role))
    shown = painter.fontMetrics().elidedText(
        text, Qt.TextElideMode.ElideRight, max(0, rect.width())
    )
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
    return painter.fontMetrics().horizontalAdvance(shown)


def hide_popups(window: QWidget) -> bool:
    """Hide the open lists of a window; whether there were any: Esc then means no more than that."""
    found = [one for one in window.findChildren(PopupList) if one.isVisible()]
    for one in found:
        one.hide()
    return bool(found)
