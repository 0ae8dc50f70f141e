"""Messages: the toast at the foot of the window, with undo, and the coloured bar within a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from station_app.i18n import tr
from station_app.ui.theme import lay, px
from station_app.ui.widgets.basic import Icon, label, restyle
from station_app.ui.widgets.buttons import ShortcutButton

SECONDS = 6
SECONDS_WITH_UNDO = 12
#: Beside the rail (dp).
LEFT = 220


class Toast(QFrame):
    """One sentence at the foot of ``host`` for some seconds, with an undo button if there is one.

    A new message replaces the old. It stays while the mouse or the keyboard is in it.
    """

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self.setObjectName("toast")
        self._host = host
        self._act: Callable[[], object] | None = None
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self.undo = ShortcutButton(tr("Undo"), "Ctrl+Z", kind="toast", act=self._undo)
        self._line = lay(QHBoxLayout(self), margins=(16, 10, 12, 10), spacing=16)
        self._line.addWidget(self._words, 1)
        self._line.addWidget(self.undo)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._leave)
        host.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence shown."""
        return self._words.text() if self.isVisible() else ""

    def show_message(self, text: str, undo: Callable[[], object] | None = None) -> None:
        """Show ``text``; ``undo`` is called when the operator takes it back."""
        self._act = undo
        self._words.setText(text)
        self.setAccessibleName(text)
        self.undo.setVisible(undo is not None)
        self.show()
        self._settle()
        self.raise_()
        self._timer.start(1000 * (SECONDS_WITH_UNDO if undo else SECONDS))
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._settle()
        return False

    def _settle(self) -> None:
        room = self._host.width() - px(48)
        words = self._words.fontMetrics().horizontalAdvance(self._words.text()) + px(4)
        rest = px(28) + (self.undo.sizeHint().width() + px(16) if self._act else 0)
        width = min(room, words + rest, px(720))
        self._words.setMinimumHeight(self._words.heightForWidth(max(px(40), width - rest)))
        height = max(self._words.minimumHeight(), px(36) if self._act else 0) + px(20)
        # Over the list at the left, never over the buttons that end a form at the right.
        left = max(px(24), min(px(LEFT), self._host.width() - width - px(24)))
        self.setGeometry(left, self._host.height() - height - px(48), width, height)

    def _leave(self) -> None:
        if self.underMouse() or self.undo.hasFocus():
            self._timer.start(2000)
            return
        self.hide()

    def _undo(self) -> None:
        act, self._act = self._act, None
        self.hide()
        if act is not None:
            act()


BarTone = Literal["amber", "red", "blue", "green", "neutral"]


class MessageBar(QFrame):
    """A coloured bar within a page: an icon, a strong sentence, a plain one, and buttons."""

    def __init__(
        self,
        tone: BarTone = "neutral",
        *,
        icon: str = "info-circle",
    ) -> None:
        super().__init__()
        self.setProperty("bar", tone)
        self._icon = Icon(icon, _role(tone))
        self._strong = label("", "strong", wrap=True)
        self._plain = label("", wrap=True)
        words = lay(QVBoxLayout(), spacing=2)
        words.addWidget(self._strong)
        words.addWidget(self._plain)
        self._line = lay(QHBoxLayout(self), margins=(12, 10, 12, 10), spacing=12)
        self._line.addWidget(self._icon)
        self._line.addLayout(words, 1)

    def set_tone(self, tone: BarTone, icon: str) -> None:
        """Take another colour and icon."""
        self.setProperty("bar", tone)
        self._icon.set(icon, _role(tone))
        restyle(self)

    def add_button(self, button: QWidget) -> None:
        """Put ``button`` at the right."""
        self._line.addWidget(button)

    def set(self, strong: str, plain: str = "") -> None:
        """Show the sentences and the bar; both empty hide it."""
        self._strong.setText(strong)
        self._strong.setVisible(bool(strong))
        self._plain.setText(plain)
        self._plain.setVisible(bool(plain))
        self.setAccessibleName(f"{strong} {plain}".strip())
        self.setVisible(bool(strong or plain))


def _role(tone: str) -> str:
    return {"red": "accent", "neutral": "text"}.get(tone, tone)
