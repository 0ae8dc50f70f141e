"""The state of the exchange in the status strip: an icon, a few words, and the way to its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from station_app.i18n import tr
from station_app.ui.theme import colour, fit, icon, px
from station_app.ui.widgets.basic import keys_in_words

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionButton


class StripButton(QPushButton):
    """Words that end in … where they have no room; a click leads to where more is said."""

    def __init__(self, keys: str = "") -> None:
        super().__init__()
        self._mark = ("info-circle", "secondary")
        self._keys = keys
        self.setProperty("kind", "strip")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        fit(self, lambda button: button.updateGeometry())
        self.hide()

    def set(self, text: str, picture: str, role: str) -> None:
        """Say ``text`` beside the icon ``picture`` in the colour ``role``; no text hides it."""
        self._mark = (picture, role)
        self.setText(text)
        self.setAccessibleName(text)
        keys = f" ({keys_in_words(self._keys)})" if self._keys else ""
        self.setToolTip(f"{text}{keys}")
        self.setAccessibleDescription(tr("Opens the page of the exchange with the centre"))
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        self.ensurePolished()
        width = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(width + px(15 + 6 + 14), px(26))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(80), px(26))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        super().initStyleOption(option)
        option.text = ""  # the style draws the ground, we what stands on it

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        side, left = px(15), px(6)
        place = QRect(left, (self.height() - side) // 2, side, side)
        icon(*self._mark, 15).paint(painter, place)
        words = QRect(left + side + px(6), 0, self.width() - left - side - px(10), self.height())
        quiet = self._mark[1] in ("secondary", "green")
        painter.setPen(colour("secondary" if quiet else "text"))
        shown = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, words.width()
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, shown)
