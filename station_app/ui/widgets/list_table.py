"""ListTable: the view of a PagedTable: whole rows, pills, second lines, sorting, keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from station_app.ui.theme import colour, fit, px
from station_app.ui.widgets.paged_table import ROW, Column, PagedTable

if TYPE_CHECKING:
    from uuid import UUID

Index = QModelIndex | QPersistentModelIndex
_GROUND = {"red": "accent_soft", "accent": "accent"}
_FORE = {"red": "accent", "accent": "on_accent"}


class ListTable(QTableView):
    """A calm table. ``chosen`` follows the current row, ``opened`` is Enter or a double click.

    Both carry the row. The selection stays on its record when the model reloads. ``empty`` is
    shown when there is nothing to list; ``header=False`` makes it a plain list.
    """

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(
        self,
        model: PagedTable[Any],
        *,
        name: str,
        header: bool = True,
        empty: QWidget | None = None,
    ) -> None:
        super().__init__()
        self._table = model
        self._kept: UUID | None = None
        self._wanted: UUID | None = None
        self._edge = ""
        self._empty = empty
        self.setAccessibleName(name)
        self.setItemDelegate(_RowDelegate(self))
        self.setModel(model)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self._set_header(header)
        if empty is not None:
            empty.setParent(self)
            empty.hide()
        fit(self, lambda view: view._resize())
        model.modelAboutToBeReset.connect(self._keep)
        model.loaded.connect(self._restore)
        model.rowsAboutToBeInserted.connect(self._before_insert)
        model.rowsInserted.connect(self._after_insert)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(ROW)))
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    @property
    def current(self) -> Any:
        """The current row's record, or None."""
        index = self.currentIndex()
        return index.data(ROW) if index.isValid() else None

    def select(self, record_id: UUID) -> None:
        """Make that record current, now or as soon as it is loaded."""
        self._wanted = record_id
        if (at := self._table.row_of(record_id)) >= 0:
            self._wanted = None
            self._go(at)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and current.row() != previous.row():
            self.chosen.emit(current.data(ROW))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if self.current is not None:
                self.opened.emit(self.current)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._jump("start" if key == Qt.Key.Key_Home else "end")
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._empty is not None:
            self._empty.setGeometry(self.viewport().geometry())

    def viewportEvent(self, event: QEvent) -> bool:
        # A whole row lights up beneath the mouse, not one cell.
        if event.type() in (QEvent.Type.HoverMove, QEvent.Type.HoverLeave, QEvent.Type.Leave):
            self.viewport().update()
        return super().viewportEvent(event)

    def _set_header(self, shown: bool) -> None:
        header = self.horizontalHeader()
        header.setVisible(shown)
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.sectionClicked.connect(self._sort)

    def _resize(self) -> None:
        header = self.horizontalHeader()
        tall = any(column.detail for column in self._table.columns)
        self.verticalHeader().setMinimumSectionSize(px(24))
        self.verticalHeader().setDefaultSectionSize(px(62 if tall else 44))
        header.setMinimumSectionSize(px(40))
        for at, column in enumerate(self._table.columns):
            if column.width:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Interactive)
                header.resizeSection(at, px(column.width))
            else:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)

    def _sort(self, column: int) -> None:
        name, listing = self._table.columns[column].sort, self._table.listing
        down = listing.sort == name and not listing.descending
        self._kept = None
        order = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
        self._table.sort(column, order)

    def _jump(self, edge: str) -> None:
        at_end, table = edge == "end", self._table
        waiting = table._after if at_end else table._before
        if waiting is None:
            self._go(table.rowCount() - 1 if at_end else 0)
            return
        self._edge = edge
        if at_end:
            table.jump_to_end()
        else:
            table.jump_to_start()

    def _go(self, at: int) -> None:
        index = self._table.index(at, 0)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def _keep(self) -> None:
        if self.current is not None:
            self._kept = self.current.id

    def _restore(self) -> None:
        if self._empty is not None:
            self._empty.setGeometry(self.viewport().geometry())
            self._empty.setVisible(not self._table.rows)
        if self._edge:
            edge, self._edge = self._edge, ""
            self._go(self._table.rowCount() - 1 if edge == "end" else 0)
            return
        for wanted in (self._wanted, self._kept):
            at = self._table.row_of(wanted) if wanted else -1
            if at >= 0:
                self._wanted = None
                self._go(at)
                return

    def _before_insert(self, parent: Index, first: int, last: int) -> None:
        self._offset = self.verticalScrollBar().value() if first == 0 else None

    def _after_insert(self, parent: Index, first: int, last: int) -> None:
        if self._offset is not None and self._table.rowCount() > last + 1:
            added = (last - first + 1) * self.verticalHeader().defaultSectionSize()
            self.verticalScrollBar().setValue(self._offset + added)

    def _scrolled(self, value: int) -> None:
        if value < self.viewport().height():
            self._table.fetch_earlier()


class _RowDelegate(QStyledItemDelegate):
    """Draws a cell: text, pill or two lines, on a ground that spans the row."""

    def __init__(self, view: ListTable) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(60), px(44))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view = self._view
        rect = QRect(option.rect)
        column = view._table.columns[index.column()]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        under = view.viewport().mapFromGlobal(view.cursor().pos())
        hover = view.viewport().underMouse() and view.rowAt(under.y()) == index.row()
        painter.save()
        if chosen or hover:
            painter.fillRect(rect, chosen_ground() if chosen else colour("hover"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colour("border"))
        if chosen and index.column() == 0:
            painter.fillRect(QRect(rect.left(), rect.top(), px(3), rect.height()), colour("accent"))
        if chosen and view.hasFocus():
            for edge in (rect.top(), rect.bottom() - 1):
                painter.fillRect(QRect(rect.left(), edge, rect.width(), 2), colour("focus"))
        _cell(painter, rect.adjusted(px(10), 0, -px(10), 0), column, index.data(ROW))
        painter.restore()


def chosen_ground() -> QColor:
    """The ground of a chosen row: lighter than a red pill, which must stay visible on it."""
    soft, surface = colour("accent_soft"), colour("surface")
    return QColor(
        (soft.red() + surface.red()) // 2,
        (soft.green() + surface.green()) // 2,
        (soft.blue() + surface.blue()) // 2,
    )


def _cell(painter: QPainter, rect: QRect, column: Column[Any], row: Any) -> None:
    detail = column.detail(row) if column.detail else ""
    first = QRect(rect)
    if detail:
        first = QRect(rect.left(), rect.top() + px(9), rect.width(), px(22))
        second = QRect(rect.left(), rect.top() + px(33), rect.width(), px(20))
        _text(painter, second, detail, "secondary", 12.5, right=column.right)
    text = column.text(row)
    if column.tone is not None and text:
        _pill(painter, first, text, column.tone(row), right=column.right)
    else:
        _text(painter, first, text, column.role, 14, right=column.right, bold=column.strong)


def _text(
    painter: QPainter,
    rect: QRect,
    text: str,
    role: str,
    size: float,
    *,
    right: bool = False,
    bold: bool = False,
) -> None:
    font = QFont(painter.font())
    font.setPixelSize(px(size))
    font.setBold(bold)
    painter.setFont(font)
    painter.setPen(colour(role))
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, shown)


def _pill(painter: QPainter, rect: QRect, text: str, tone: str, *, right: bool) -> None:
    font = QFont(painter.font())
    font.setPixelSize(px(12.5))
    painter.setFont(font)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    width = min(rect.width(), painter.fontMetrics().horizontalAdvance(text) + px(20))
    left = rect.right() - width if right else rect.left()
    place = QRect(left, rect.center().y() - px(11), width, px(23))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(_GROUND.get(tone, f"{tone}_soft")))
    painter.drawRoundedRect(place, place.height() / 2, place.height() / 2)
    painter.setPen(colour(_FORE.get(tone, tone)))
    inner = place.adjusted(px(8), 0, -px(8), 0)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
    painter.drawText(inner, Qt.AlignmentFlag.AlignCenter, shown)
