"""Fields: a label above, an input, and the sentence beneath that says what is wrong."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from station_app.i18n import tr
from station_app.ui.theme import fit, lay, px
from station_app.ui.widgets.basic import Icon, KeyCap, label, restyle
from station_app.ui.widgets.buttons import IconButton
from station_app.ui.widgets.layout import bring_into_view

Input = TypeVar("Input", bound=QWidget)


class Field(QWidget):
    """An input under its label. ``required`` marks it with a star and says so to a reader."""

    def __init__(
        self, text: str, input: QWidget, *, required: bool = False, hint: str = ""
    ) -> None:
        super().__init__()
        self.input = input
        whole = lay(QVBoxLayout(self), spacing=4)
        self._label = label(f"{text} *" if required else text, "label")
        self._label.setBuddy(input)
        self._hint = hint
        self._below = label(hint, "secondary", wrap=True)
        grows = bool(input.sizePolicy().expandingDirections() & Qt.Orientation.Vertical)
        whole.addWidget(self._label)
        whole.addWidget(input, int(grows))
        whole.addWidget(self._below)
        self._below.setVisible(bool(hint))
        input.setAccessibleName(tr("{label}, required", label=text) if required else text)
        input.setAccessibleDescription(hint)
        self.setFocusProxy(input)
        if not grows:
            whole.addStretch(1)  # side by side, all labels stand on one line

    def set_title(self, text: str) -> None:
        """Ask for something else with the same input."""
        self._label.setText(text)
        self.input.setAccessibleName(text)

    def set_error(self, sentence: str) -> None:
        """Say beneath the input what is wrong; an empty sentence takes it away."""
        self._below.setText(sentence or self._hint)
        self._below.setVisible(bool(sentence or self._hint))
        self._below.setProperty("role", "error" if sentence else "secondary")
        self.input.setProperty("wrong", "true" if sentence else "false")
        self.input.setAccessibleDescription(sentence or self._hint)
        restyle(self._below)
        restyle(self.input)

    def set_hint(self, hint: str) -> None:
        """Say something else beneath the input while nothing is wrong with it."""
        wrong = self.error
        self._hint = hint
        self.set_error(wrong)

    @property
    def error(self) -> str:
        """The sentence shown, if any."""
        return self._below.text() if self.input.property("wrong") == "true" else ""

    def focus(self) -> None:
        """Put the cursor into it, and show it with its label and its error."""
        self.input.setFocus(Qt.FocusReason.OtherFocusReason)
        bring_into_view(self)


class SearchField(QLineEdit):
    """An input with a magnifier, and the keys that lead to it."""

    def __init__(self, placeholder: str, keys: str = "") -> None:
        super().__init__()
        self.setObjectName("search")
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(False)
        self._icon = Icon("search", "secondary", 18)
        self._icon.setParent(self)
        self._cap = KeyCap(keys) if keys else None
        room = 24 + 8 * len(keys) if keys else 0
        fit(self, lambda line: line.setTextMargins(0, 0, px(room), 0))
        if self._cap is not None:
            self._cap.setParent(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        middle = self.height() // 2
        self._icon.move(px(11), middle - self._icon.height() // 2)
        if self._cap is not None:
            self._cap.adjustSize()
            self._cap.move(
                self.width() - self._cap.width() - px(10), middle - self._cap.height() // 2
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)


class PasswordInput(QLineEdit):
    """A hidden input with an eye that shows it, and a signal when Caps Lock may mislead."""

    caps_lock = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self._eye = IconButton(
            "eye", tr("Show the password"), act=self._flip, size=18, role="secondary"
        )
        self._eye.setParent(self)
        self._eye.setCheckable(True)
        self._eye.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        fit(self, lambda line: line.setTextMargins(0, 0, px(30), 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._eye.adjustSize()
        self._eye.move(
            self.width() - self._eye.width() - px(4), (self.height() - self._eye.height()) // 2
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text()
        if len(typed) == 1 and typed.isascii() and typed.isalpha():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_lock.emit(typed.isupper() != shift)
        super().keyPressEvent(event)

    def _flip(self) -> None:
        shown = self._eye.isChecked()
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.setEchoMode(mode)


class TextArea(QPlainTextEdit):
    """Free text that grows with its lines between ``lines`` and ``most``; Tab leaves it.

    With ``fill`` it also takes whatever room is left in its layout.
    """

    submitted = Signal()

    def __init__(
        self, *, lines: int = 3, most: int = 12, placeholder: str = "", fill: bool = False
    ) -> None:
        super().__init__()
        self._lines, self._most, self._fill = lines, most, fill
        self.setTabChangesFocus(True)
        self.setPlaceholderText(placeholder)
        down = QSizePolicy.Policy.MinimumExpanding if fill else QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Expanding, down)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        fit(self, lambda area: area._grow())

    def text(self) -> str:
        """What was typed."""
        return self.toPlainText()

    def sizeHint(self) -> QSize:
        return QSize(px(240), self.minimumHeight())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        save = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if save and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()  # the window's Ctrl+Enter saves
            self.submitted.emit()
            return
        super().keyPressEvent(event)

    def _grow(self) -> None:
        line = self.fontMetrics().lineSpacing()
        shown = int(self.document().size().height())
        wanted = max(self._lines, min(self._most, shown))
        if self._fill:
            self.setMinimumHeight(wanted * line + px(22))
        else:
            self.setFixedHeight(wanted * line + px(22))


class Combo(QComboBox):
    """A choice from a list of (value, text); the wheel never changes it by accident."""

    def __init__(self, *, editable: bool = False) -> None:
        super().__init__()
        self.setEditable(editable)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def fill(self, choices: list[tuple[object, str]]) -> None:
        """Offer ``choices``, keeping the value taken if it is still offered."""
        kept = self.currentData()
        self.blockSignals(True)
        self.clear()
        for value, text in choices:
            self.addItem(text, value)
        self.setCurrentIndex(max(0, self.place_of(kept)) if choices else -1)
        self.blockSignals(False)

    def take(self, value: object) -> None:
        """Choose ``value`` if it is offered."""
        self.setCurrentIndex(self.place_of(value))

    def place_of(self, value: object) -> int:
        """Where ``value`` is offered, or -1; ``findData`` knows equal ids only as one object."""
        return next((at for at in range(self.count()) if self.itemData(at) == value), -1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
