"""The arrivals of the day: the newest first, the one being entered on top."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from station_app.i18n import tr
from station_app.ui.desk.arrivals_table import ROW, Arrival, ArrivalDelegate, ArrivalsTable
from station_app.ui.desk.reading import Desk
from station_app.ui.theme import lay, px, theme
from station_app.ui.widgets import Card, ElidedLabel, EmptyState, Line, ShortcutButton, row

#: From this width (dp) on the head has room for the key cap of its button.
WIDE = 300


class ArrivalsView(QListView):
    """The list; arrows move, Enter or a click opens."""

    opened = Signal(object)  # Arrival

    def __init__(self, table: ArrivalsTable) -> None:
        super().__init__()
        self.setModel(table)
        self.setItemDelegate(ArrivalDelegate(self))
        self.setAccessibleName(tr("Arrivals"))
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(lambda index: self.opened.emit(index.data(ROW)))
        theme.changed.connect(self.doItemsLayout)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().data(ROW))
            return
        super().keyPressEvent(event)


class Arrivals(Card):
    """``opened`` carries a visit's id; ``entry_wanted`` means the visit being entered."""

    opened = Signal(object)
    entry_wanted = Signal()

    def __init__(self, *, may_write: bool) -> None:
        super().__init__(margin=0, spacing=0)
        self._desk: Desk | None = None
        self._typing = ""
        self._entering = False
        self._shown: UUID | None = None
        self.table = ArrivalsTable()
        self.view = ArrivalsView(self.table)
        self.view.opened.connect(self._opened)
        self._empty = EmptyState("door-enter", tr("Nobody has come yet"))
        self.new = ShortcutButton(
            tr("New visit"), "Ctrl+N", icon="plus", act=self.entry_wanted.emit
        )
        self._head = ElidedLabel(tr("Arrivals"), "strong")
        head = lay(row(self._head, self.new), margins=(14, 10, 12, 10))
        head.setStretch(0, 1)
        if not may_write:
            self.new.hide()
        self._may_write = may_write
        self.content.addLayout(head)
        self.content.addWidget(Line())
        self.content.addWidget(self.view, 1)
        self.content.addWidget(self._empty, 1)
        lay(self.content, margins=(1, 1, 1, 6), spacing=0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # The heading has more to say than the key cap.
        self.new.show_keys(self.width() >= px(WIDE))

    def show_desk(self, desk: Desk) -> None:
        """Show the arrivals of ``desk``."""
        self._desk = desk
        between = desk.day is None
        self._head.set(tr("Between days") if between else tr("Arrivals"))
        nobody = tr("Nobody came between the days") if between else tr("Nobody has come yet")
        self._empty.set(nobody)
        self._show()

    def show_typing(self, name: str, *, entering: bool) -> None:
        """The visit being entered has this name so far; ``entering`` while the form is shown."""
        if (name, entering) != (self._typing, self._entering):
            self._typing, self._entering = name, entering
            self._show()

    def mark(self, visit_id: UUID | None) -> None:
        """Mark the visit that is shown beside the list; None marks the one being entered."""
        self._shown = visit_id
        self._select()

    def allow_new(self, allowed: bool) -> None:
        """Whether a new visit can be begun now."""
        self.new.setVisible(allowed and self._may_write)

    def _show(self) -> None:
        desk = self._desk
        if desk is None:
            return
        lines = [Arrival(desk, one) for one in desk.visits]
        if self._typing or (self._entering and desk.receiving and lines):
            lines.insert(0, Arrival(desk, None, self._typing))
        self.table.show(lines)
        self.view.setVisible(bool(lines))
        self._empty.setVisible(not lines)
        self._select()

    def _select(self) -> None:
        for place, line in enumerate(self.table.lines):
            ident = None if line.row is None else line.row.id
            if ident == self._shown:
                index = self.table.index(place)
                self.view.selectionModel().setCurrentIndex(
                    index, QItemSelectionModel.SelectionFlag.ClearAndSelect
                )
                self.view.scrollTo(index)
                return
        self.view.clearSelection()

    def _opened(self, line: Arrival) -> None:
        if line.row is None:
            self.entry_wanted.emit()
        else:
            self.opened.emit(line.row.id)
