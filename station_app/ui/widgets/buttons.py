"""Buttons: with their shortcut on them, as a choice of a few, or as an icon alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Generic, Literal, TypeVar, cast

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from station_app.i18n import tr
from station_app.ui.theme import colour, fit, icon, lay, px, set_icon
from station_app.ui.widgets.basic import keys_in_words

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionButton

Kind = Literal["", "primary", "quiet", "choice", "filter", "toast"]
Value = TypeVar("Value")


class ShortcutButton(QPushButton):
    """A button that shows its shortcut as a small key cap and obeys it while it is visible."""

    def __init__(
        self,
        text: str,
        keys: str = "",
        *,
        icon: str = "",
        kind: Kind = "",
        act: Callable[[], object] | None = None,
        show_keys: bool = True,
    ) -> None:
        super().__init__(text)
        self._icon, self._keys, self._show_keys = icon, keys, show_keys and bool(keys)
        self._show_words = True
        if kind:
            self.setProperty("kind", kind)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        self.setAutoDefault(False)
        if keys:
            self.setAccessibleDescription(tr("Shortcut: {keys}", keys=keys_in_words(keys)))
            self._shortcut = QShortcut(QKeySequence(keys), self)
            self._shortcut.setWhatsThis(text)
            self._shortcut.activated.connect(self.click)
        if act is not None:
            self.clicked.connect(lambda: act())
        fit(self, lambda button: button.updateGeometry())

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setAccessibleName(text)
        if self._keys:
            self._shortcut.setWhatsThis(text)
        self.updateGeometry()

    def show_keys(self, shown: bool) -> None:
        """Show or hide the key cap, where room is scarce; the keys work all the same."""
        self._show_keys = shown and bool(self._keys)
        self.updateGeometry()
        self.update()

    @property
    def shows_keys(self) -> bool:
        """Whether the key cap is shown."""
        return self._show_keys

    def show_words(self, shown: bool) -> None:
        """Without room for them the icon stands alone, and the tool tip has the words.

        What a page is for, its primary button, always says it.
        """
        shown = shown or not self._icon or self.property("kind") == "primary"
        if shown != self._show_words:
            self._show_words = shown
            words = f"{self.text()} {keys_in_words(self._keys)}".strip()
            self.setToolTip("" if shown else words)
            self.updateGeometry()
            self.update()

    def set_icon(self, name: str) -> None:
        """Show another icon."""
        self._icon = name
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        self.ensurePolished()
        parts = [px(20)] if self._icon else []
        if self._show_words:
            parts.append(self.fontMetrics().horizontalAdvance(self.text()))
        if self._show_keys:
            parts.append(self._cap_width())
        width = sum(parts) + px(8) * (len(parts) - 1) + px(28)
        return QSize(width, px(30 if self.property("kind") == "filter" else 36))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        super().initStyleOption(option)
        option.text = ""  # the style draws the ground, we what stands on it

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        gap, metrics = px(8), self.fontMetrics()
        width = self.sizeHint().width() - px(28)
        x = (self.width() - min(width, self.width() - px(16))) // 2
        role = self._role()
        if self._icon:
            place = QRect(x, (self.height() - px(20)) // 2, px(20), px(20))
            icon(self._icon, role).paint(painter, place)
            x += px(20) + gap
        if not self._show_words:
            return
        painter.setPen(colour(role))
        text_width = metrics.horizontalAdvance(self.text())
        painter.drawText(
            QRect(x, 0, text_width + 1, self.height()), Qt.AlignmentFlag.AlignVCenter, self.text()
        )
        if self._show_keys:
            self._draw_cap(painter, x + text_width + gap, role)

    def _role(self) -> str:
        if not self.isEnabled():
            return "secondary"
        special = {"primary": "on_accent", "toast": "surface"}.get(self.property("kind"))
        if special:
            return special
        return "accent" if self.isChecked() else "text"

    def _cap_width(self) -> int:
        font = self.font()
        font.setPixelSize(px(11.5))
        return QFontMetrics(font).horizontalAdvance(keys_in_words(self._keys)) + px(11)

    def _draw_cap(self, painter: QPainter, x: int, role: str) -> None:
        font = self.font()
        font.setPixelSize(px(11.5))
        painter.setFont(font)
        quiet = role == "text"
        painter.setPen(colour("input_border" if quiet else role))
        cap = QRect(x, (self.height() - px(19)) // 2, self._cap_width(), px(18))
        painter.drawRoundedRect(cap.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), px(4), px(4))
        painter.setPen(colour("secondary" if quiet else role))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, keys_in_words(self._keys))


def show_keys_if_room(buttons: Iterable[ShortcutButton], room: int) -> None:
    """Show the key caps of ``buttons`` only if all of them find room side by side in ``room``."""
    line = list(buttons)
    for button in line:
        button.show_keys(True)
    wanted = sum(button.sizeHint().width() for button in line) + px(8) * (len(line) - 1)
    for button in line:
        button.show_keys(wanted <= room)


def show_words_if_room(buttons: Iterable[ShortcutButton], room: int) -> None:
    """Let the icons of ``buttons`` stand alone if their words find no room in ``room``."""
    line = list(buttons)
    for button in line:
        button.show_words(True)
    wanted = sum(button.sizeHint().width() for button in line) + px(8) * (len(line) - 1)
    for button in line:
        button.show_words(wanted <= room)


class IconButton(QToolButton):
    """An icon alone; ``name`` is read out and shown as its tool tip."""

    def __init__(
        self,
        icon: str,
        name: str,
        *,
        keys: str = "",
        act: Callable[[], object] | None = None,
        size: float = 20,
        role: str = "text",
    ) -> None:
        super().__init__()
        set_icon(self, icon, role, size)
        self.setAccessibleName(name)
        self.setToolTip(f"{name} ({keys_in_words(keys)})" if keys else name)
        if keys:
            made = QShortcut(QKeySequence(keys), self)
            made.setWhatsThis(name)
            made.activated.connect(self.click)
        if act is not None:
            self.clicked.connect(lambda: act())


class ChoiceBar(QWidget, Generic[Value]):
    """A few choices side by side, one taken: arrows move, a click or Space takes.

    ``choices`` are (value, text) or (value, text, icon); ``chosen`` is None until one is taken
    unless ``start`` names it.
    """

    changed = Signal(object)

    def __init__(
        self,
        choices: Sequence[tuple[Value, str] | tuple[Value, str, str]],
        *,
        name: str,
        start: Value | None = None,
        kind: Kind = "choice",
    ) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._values: list[Value] = []
        self.buttons: list[ShortcutButton] = []
        self._group = QButtonGroup(self)
        line = lay(QHBoxLayout(self), spacing=8)
        for choice in choices:
            button = ShortcutButton(choice[1], icon=choice[2] if len(choice) > 2 else "", kind=kind)
            button.setCheckable(True)
            button.setAccessibleDescription(name)
            self._group.addButton(button, len(self._values))
            self._values.append(choice[0])
            self.buttons.append(button)
            line.addWidget(button)
        line.addStretch(1)
        if self.buttons:
            self.setFocusProxy(self.buttons[0])
        if start is not None:
            self.choose(start)
        self._group.idToggled.connect(self._toggled)

    @property
    def chosen(self) -> Value | None:
        """The choice taken."""
        at = self._group.checkedId()
        return self._values[at] if at >= 0 else None

    def choose(self, value: Value | None) -> None:
        """Take ``value``; None takes nothing."""
        if value is None:
            self._group.setExclusive(False)
            for button in self.buttons:
                button.setChecked(False)
            self._group.setExclusive(True)
            return
        self.buttons[self._values.index(value)].setChecked(True)

    def _toggled(self, at: int, on: bool) -> None:
        if on:
            self.setFocusProxy(self.buttons[at])
            self.changed.emit(cast(object, self._values[at]))
