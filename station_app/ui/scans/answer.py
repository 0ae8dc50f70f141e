"""The answer to a scan: large, in colour and words, over whatever page is shown, with its sound."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from station_app.domain.card_words import Said
from station_app.i18n import tr
from station_app.ui.theme import lay, px
from station_app.ui.widgets.basic import Icon, label, restyle
from station_app.ui.widgets.buttons import ShortcutButton
from station_app.ui.widgets.layout import row

_SECONDS = {"green": 6, "amber": 12, "red": 20}
_ICONS = {"green": "circle-check", "amber": "alert-triangle", "red": "ban"}
_WIDEST = 620

Act = tuple[str, Callable[[], object]]


class ScanAnswer(QFrame):
    """One answer at a time at the top of ``host``; a click on it or time ends it.

    ``rung`` counts the beeps so far, for those who test what cannot be heard.
    """

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self.setObjectName("scan-answer")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._host = host
        self.rung = 0
        self._icon = Icon("circle-check", "green", 32)
        self._headline = label("", "section", wrap=True)
        self._detail = label("", wrap=True)
        self._proof = label("", "quiet", wrap=True)
        self._buttons = QWidget()
        words = self._words = lay(QVBoxLayout(), spacing=6)
        for part in (self._headline, self._detail, self._proof, self._buttons):
            words.addWidget(part)
        line = lay(QHBoxLayout(self), margins=(18, 16, 18, 16), spacing=16)
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._leave)
        self._bells: list[int] = []
        self._bell = QTimer(self)
        self._bell.setSingleShot(True)
        self._bell.timeout.connect(self._ring_on)
        host.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """Everything that is shown; empty when nothing is."""
        if not self.isVisible():
            return ""
        parts = (self._headline, self._detail, self._proof)
        return "\n".join(one.text() for one in parts if one.text())

    def tell(
        self, said: Said, proof: str = "", *, bells: Sequence[int] = (0,), acts: Sequence[Act] = ()
    ) -> None:
        """Show ``said``; ``bells`` are the pauses in ms before each beep, ``acts`` buttons."""
        self.setProperty("bar", said.role)
        self._icon.set(_ICONS[said.role], "accent" if said.role == "red" else said.role)
        for part, text in (
            (self._headline, said.headline), (self._detail, said.detail), (self._proof, proof),
        ):  # fmt: skip
            part.setText(text)
            part.setVisible(bool(text))
        self._set_acts(acts)
        self.setAccessibleName(" ".join(filter(None, (said.headline, said.detail, proof))))
        restyle(self)
        self.show()
        self._settle()
        self.raise_()
        self._timer.start(1000 * _SECONDS[said.role])
        self._bells = list(bells)
        self._ring_on()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._settle()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.hide()

    def button(self, text: str) -> ShortcutButton:
        """The button that says ``text``. Raises StopIteration if there is none."""
        return next(one for one in self.findChildren(ShortcutButton) if one.text() == text)

    def _set_acts(self, acts: Sequence[Act]) -> None:
        old = self._buttons
        buttons = [ShortcutButton(text, act=self._then(act)) for text, act in acts]
        buttons.append(ShortcutButton(tr("Close"), kind="quiet", act=self.hide))
        self._buttons = QWidget()
        self._buttons.setLayout(row(*buttons, None))
        self._words.replaceWidget(old, self._buttons)
        self._buttons.show()  # Qt would show it later, and the answer be too low for it
        old.hide()
        old.deleteLater()

    def _then(self, act: Callable[[], object]) -> Callable[[], object]:
        def run() -> None:
            self.hide()
            act()

        return run

    def _ring_on(self) -> None:
        """Ring as the answer asks: each answer has a rhythm of its own."""
        if not self._bells:
            return
        pause = self._bells.pop(0)
        if pause:
            self._bells.insert(0, 0)
            self._bell.start(pause)
            return
        QApplication.beep()
        self.rung += 1
        if self._bells:
            self._ring_on()

    def _settle(self) -> None:
        width = min(px(_WIDEST), self._host.width() - px(48))
        height = max(self.heightForWidth(width), self.minimumSizeHint().height())
        self.setGeometry((self._host.width() - width) // 2, px(64), width, height)

    def _leave(self) -> None:
        inside = QApplication.focusWidget()
        if self.underMouse() or (inside is not None and self.isAncestorOf(inside)):
            self._timer.start(2000)
            return
        self.hide()
