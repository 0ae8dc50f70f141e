"""SideBySide: a list and what was chosen in it; one at a time where the window is too narrow."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTableView, QVBoxLayout, QWidget

from station_app.i18n import tr
from station_app.ui.theme import fit, lay, px
from station_app.ui.widgets import ShortcutButton, row

#: Below this width (dp) only one side is shown.
_NARROW = 660


class SideBySide(QWidget):
    """``left`` and ``right`` beside each other, or ``right`` in its place with a way back.

    With ``even`` both have the same room, for a right side that is read and written.
    """

    def __init__(self, left: QWidget, right: QWidget, *, even: bool = False) -> None:
        super().__init__()
        self.narrow = False
        self._right_first = self._alone = False
        self._left = left
        self.back = ShortcutButton(
            tr("Back to the list"), "Alt+Left", icon="arrow-left", act=self.show_left
        )
        self._side = QWidget()
        below = lay(QVBoxLayout(self._side), spacing=8)
        below.addLayout(row(self.back, None))
        below.addWidget(right, 1)
        both = row(spacing=16)
        both.addWidget(left, 1 if even else 3)
        both.addWidget(self._side, 1 if even else 2)
        self.setLayout(both)
        self.back.hide()
        fit(self, lambda sides: sides.arrange())

    def minimumSizeHint(self) -> QSize:
        return QSize(px(360), px(240))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def show_right(self) -> None:
        """Bring what was chosen to the eye, where only one side has room."""
        self._right_first = True
        self.arrange()

    def show_left(self) -> None:
        """Go back to the list."""
        self._right_first = False
        self.arrange()
        if self.narrow:
            self._left.setFocus()

    def set_alone(self, alone: bool) -> None:
        """Give the list all the room while there is nothing to choose from it."""
        self._alone = alone
        self.arrange()

    def arrange(self) -> None:
        """Show both sides, or the one that matters."""
        self.narrow = self.width() < px(_NARROW)
        self.back.setVisible(self.narrow)
        right = not self._alone and (not self.narrow or self._right_first)
        self._left.setVisible(not self.narrow or not right)
        self._side.setVisible(right)


class NarrowColumns(QObject):
    """Hides columns of ``table`` while it is narrower than their ``widths`` (column → dp)."""

    def __init__(self, table: QTableView, widths: Mapping[int, float]) -> None:
        super().__init__(table)
        self._table, self._widths = table, dict(widths)
        table.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            for column, width in self._widths.items():
                self._table.setColumnHidden(column, self._table.width() < px(width))
        return False
