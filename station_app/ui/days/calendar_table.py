"""The view of the calendar: dates by the arrow keys, days as marks or lines, drag to move."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from station_app.domain.working_days import months_later
from station_app.i18n import tr
from station_app.ui.days.calendar_cells import CellDelegate
from station_app.ui.days.calendar_model import DATE, CalendarModel, Span
from station_app.ui.theme import fit, px
from station_app.ui.widgets import restyle

Index = QModelIndex | QPersistentModelIndex

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
_ENDS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class CalendarTable(QTableView):
    """``picked`` follows the date, ``opened`` is Enter or a double click on one.

    ``turned`` asks for the stretch before (-1) or after (1), as the arrows leave this one.
    """

    picked = Signal(object)
    opened = Signal(object)
    turned = Signal(int)

    def __init__(self, model: CalendarModel, *, writable: bool) -> None:
        super().__init__()
        self._cells = model
        self.setAccessibleName(tr("Calendar"))
        self.setModel(model)
        self.setItemDelegate(CellDelegate(self))
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setDragEnabled(writable)
        self.setAcceptDrops(writable)
        if writable:
            self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
            self.setDefaultDropAction(Qt.DropAction.MoveAction)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
            header.setSectionsClickable(False)
            header.setHighlightSections(False)
            header.setMinimumSectionSize(1)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.doubleClicked.connect(lambda index: self._open(index))
        model.modelReset.connect(self._arrange)
        fit(self, lambda view: view.setMinimumHeight(px(240)))

    @property
    def reached(self) -> date | None:
        """The date on which the keys are."""
        found: date | None = self.currentIndex().data(DATE)
        return found

    def go_to(self, on: date) -> None:
        """Make a date of the shown stretch current."""
        row, column = self._cells.stretch.place(on)
        self.setCurrentIndex(self._cells.index(row, column))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        on = current.data(DATE) if current.isValid() else None
        if on is not None:
            self.picked.emit(on)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open(self.currentIndex())
        elif key in _ENDS and not event.modifiers():
            self.turned.emit(_ENDS[key])
        elif key in _STEPS and not event.modifiers() and self.reached is not None:
            self._step(self.reached, key)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _step(self, on: date, key: Qt.Key) -> None:
        """One cell on; past the edge of the stretch the next one is asked for."""
        stretch = self._cells.stretch
        to = on + timedelta(days=_STEPS[key])
        if stretch.span is Span.YEAR and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            to = months_later(on, -1 if key == Qt.Key.Key_Up else 1)
        if stretch.first <= to <= stretch.last:
            self.go_to(to)
        else:
            self.turned.emit(-1 if to < stretch.first else 1)

    def _open(self, index: Index) -> None:
        if (on := index.data(DATE)) is not None:
            self.opened.emit(on)

    def _arrange(self) -> None:
        year = self._cells.stretch.span is Span.YEAR
        self.verticalHeader().setVisible(year)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            if header.property("dense") != year:
                header.setProperty("dense", year)
                restyle(header)
