"""The navigation rail: the station's name, one entry a page with its badge, and a foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QShortcut,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
)

from station_app.i18n import tr
from station_app.ui.page import PageSpec
from station_app.ui.theme import colour, fit, icon, lay, px
from station_app.ui.widgets.basic import ElidedLabel, Mark, keys_in_words

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionButton


class RailButton(QPushButton):
    """One entry: icon, word, and a badge with a number."""

    def __init__(self, spec: PageSpec) -> None:
        super().__init__(spec.title)
        self.spec = spec
        self._badge = 0
        self._accented = False
        self._compact = False
        self.setProperty("kind", "rail")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_badge(0)
        if spec.shortcut:
            self.setToolTip(keys_in_words(spec.shortcut))
            made = QShortcut(QKeySequence(spec.shortcut), self)
            made.setWhatsThis(spec.title)
            made.activated.connect(self.click)

    def set_badge(self, number: int, accented: bool = False) -> None:
        """Show ``number`` (0: none); ``accented`` for what calls for work now."""
        self._badge, self._accented = number, accented
        name = tr("{page}, {n} waiting", page=self.spec.title, n=number)
        self.setAccessibleName(name if number else self.spec.title)
        self.update()

    def set_compact(self, on: bool) -> None:
        """Show the icon alone; the word is in the tool tip."""
        self._compact = on
        keys = keys_in_words(self.spec.shortcut)
        self.setToolTip(f"{self.spec.title} {keys}".strip() if on else keys)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(40), px(40))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        super().initStyleOption(option)
        option.text = ""  # the style draws the ground, we what stands on it

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        role = "accent" if self.isChecked() else "text"
        side, middle = px(20), self.height() // 2
        icon(self.spec.icon, role).paint(painter, QRect(px(11), middle - side // 2, side, side))
        if self._compact:
            if self._badge:
                self._draw_small_badge(painter)
            return
        painter.setPen(colour(role))
        words = QRect(px(42), 0, self.width() - px(90), self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self._badge:
            self._draw_badge(painter)

    def _draw_badge(self, painter: QPainter) -> None:
        font = self._badge_font(12)
        text = str(self._badge) if self._badge < 1000 else "999+"
        width = max(px(24), QFontMetrics(font).horizontalAdvance(text) + px(14))
        place = QRect(self.width() - width - px(10), self.height() // 2 - px(9), width, px(18))
        self._draw_pill(painter, place, font, text)

    def _draw_small_badge(self, painter: QPainter) -> None:
        """At the icon's upper corner, where the word has no room."""
        font = self._badge_font(10)
        text = str(self._badge) if self._badge < 100 else "99+"
        width = max(px(16), QFontMetrics(font).horizontalAdvance(text) + px(8))
        place = QRect(self.width() - width - px(1), px(2), width, px(15))
        self._draw_pill(painter, place, font, text)

    def _badge_font(self, size: float) -> QFont:
        font = self.font()
        font.setPixelSize(px(size))
        font.setBold(self._accented)
        return font

    def _draw_pill(self, painter: QPainter, place: QRect, font: QFont, text: str) -> None:
        painter.setFont(font)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("accent" if self._accented else "neutral_soft"))
        painter.drawRoundedRect(place, place.height() / 2, place.height() / 2)
        painter.setPen(colour("on_accent" if self._accented else "neutral"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)


class Rail(QFrame):
    """The entries of ``specs``; ``picked`` carries the noun."""

    picked = Signal(str)

    def __init__(self, specs: list[PageSpec]) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAccessibleName(tr("Pages"))
        self.name = ElidedLabel("", "strong")
        self.term = ElidedLabel("", "secondary")
        whole = lay(QVBoxLayout(self), margins=(10, 16, 10, 14), spacing=1)
        head = lay(QHBoxLayout(), margins=(8, 0, 0, 10), spacing=10)
        words = lay(QVBoxLayout(), spacing=0)
        words.addWidget(self.name)
        words.addWidget(self.term)
        head.addWidget(Mark())
        head.addLayout(words, 1)
        self._head, self._compact = head, False
        whole.addLayout(head)
        self.entries = {spec.noun: RailButton(spec) for spec in specs}
        for entry in self.entries.values():
            entry.clicked.connect(lambda _on=False, noun=entry.spec.noun: self.picked.emit(noun))
            if not entry.spec.foot:
                whole.addWidget(entry)
        whole.addStretch(1)
        for entry in self.entries.values():
            if entry.spec.foot:
                whole.addWidget(entry)
        fit(self, lambda rail: rail.set_compact(rail._compact))

    def set_compact(self, on: bool) -> None:
        """Shrink to the icons, as in a narrow window or at a large scale."""
        self._compact = on
        self.name.setVisible(not on)
        self.term.setVisible(not on)
        self._head.setContentsMargins(px(4 if on else 8), 0, 0, px(10))
        for entry in self.entries.values():
            entry.set_compact(on)
        self.setFixedWidth(px(62 if on else 196))

    def set_station(self, name: str, term: str) -> None:
        """Show the station's name and the word it goes by."""
        self.name.set(name.removesuffix(term) or name)
        self.term.set(term)

    def mark(self, noun: str) -> None:
        """Show which page is open."""
        for name, entry in self.entries.items():
            entry.setChecked(name == noun)
