"""The head of the original rows: letter, written head, and what the column is taken for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView

from station_app.exchange.headers import ColumnMeaning
from station_app.i18n import tr
from station_app.ui.theme import colour, fit, px
from station_app.ui.widgets import Combo


class MappingHeader(QHeaderView):
    """Above each column a choice of its meaning. ``corrected`` carries (column, field or "")."""

    corrected = Signal(int, str)

    def __init__(self, table: QTableView, fields: Sequence[tuple[str, str]]) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._table = table
        self._fields = list(fields)
        self._columns: tuple[ColumnMeaning, ...] = ()
        self.choices: list[Combo] = []
        self.sectionResized.connect(lambda _at, _old, _new: self._place())
        table.horizontalScrollBar().valueChanged.connect(lambda _value: self._place())
        table.setHorizontalHeader(self)
        self.setSectionsClickable(False)
        fit(self, lambda header: header.updateGeometry())

    def set_columns(self, columns: tuple[ColumnMeaning, ...]) -> None:
        """Show the meanings of ``columns``, and offer the others."""
        if len(columns) != len(self.choices):
            self._make(len(columns))
        self._columns = columns
        for column, choice in zip(columns, self.choices, strict=True):
            choice.blockSignals(True)
            choice.take(column.field or "")
            choice.blockSignals(False)
            head = column.head or tr("no head")
            name = tr("Column {letter}, {head}, is", letter=column.letter, head=head)
            choice.setAccessibleName(name)
            choice.setProperty("unsure", "true" if _unsure(column) else "false")
            choice.setToolTip(tr("Please check this column.") if _unsure(column) else head)
        self._place()
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), px(84))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and watched in self.choices:
            self._bring(self.choices.index(watched))
        return False

    def paintSection(self, painter: QPainter, rect: QRect, at: int) -> None:
        painter.fillRect(rect, colour("surface"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colour("border"))
        if at >= len(self._columns):
            return
        column = self._columns[at]
        words = rect.adjusted(px(8), px(6), -px(4), 0)
        words.setHeight(px(24))
        painter.setPen(colour("secondary"))
        text = f"{column.letter}  {column.head}".replace("\n", " ")
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    def _make(self, count: int) -> None:
        for choice in self.choices:
            choice.deleteLater()
        self.choices = []
        offered: list[tuple[object, str]] = [("", tr("not imported"))]
        for at in range(count):
            choice = Combo()
            choice.setParent(self)
            choice.fill([*offered, *self._fields])
            choice.installEventFilter(self)
            choice.activated.connect(partial(self._correct, at))
            choice.show()
            self.choices.append(choice)

    def _correct(self, at: int, _index: int) -> None:
        self.corrected.emit(at, str(self.choices[at].currentData() or ""))

    def _place(self) -> None:
        for at, choice in enumerate(self.choices):
            if at < self.count():
                left = self.sectionViewportPosition(at)
                choice.setGeometry(left + px(3), px(34), self.sectionSize(at) - px(6), px(40))

    def _bring(self, at: int) -> None:
        left, right = self.sectionViewportPosition(at), self.sectionSize(at)
        bar = self._table.horizontalScrollBar()
        if left < 0:
            bar.setValue(bar.value() + left)
        elif left + right > self.viewport().width():
            bar.setValue(bar.value() + left + right - self.viewport().width())


def _unsure(column: ColumnMeaning) -> bool:
    return column.field is not None and column.confidence < 0.6
