"""FilterChips: filters with their counts, one taken, wrapping where the line is too short."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Generic, TypeVar, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QWidget

from station_app.ui.widgets.buttons import ShortcutButton
from station_app.ui.widgets.layout import Flow

Value = TypeVar("Value")


class FilterChips(QWidget, Generic[Value]):
    """Choices as (value, text); the first is taken at the beginning. Arrows move, Space takes.

    ``set_counts`` writes a figure behind each text.
    """

    changed = Signal(object)

    def __init__(self, choices: Sequence[tuple[Value, str]], *, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._values: list[Value] = []
        self._texts: list[str] = []
        self.buttons: list[ShortcutButton] = []
        self._group = QButtonGroup(self)
        self._flow = Flow(self, spacing=6)
        for value, text in choices:
            self.add(value, text)
        self.buttons[0].setChecked(True)
        self.setFocusProxy(self.buttons[0])
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._group.idToggled.connect(self._toggled)

    @property
    def chosen(self) -> Value:
        """The filter taken."""
        return self._values[self._group.checkedId()]

    def choose(self, value: Value) -> None:
        """Take ``value``."""
        self.buttons[self._values.index(value)].setChecked(True)

    def add(self, value: Value, text: str, icon: str = "") -> ShortcutButton:
        """Offer one more filter, as the last."""
        button = ShortcutButton(text, kind="filter", icon=icon)
        button.setCheckable(True)
        button.setAccessibleDescription(self.accessibleName())
        self._group.addButton(button, len(self.buttons))
        self._values.append(value)
        self._texts.append(text)
        self._flow.insert(len(self.buttons), button)
        self.buttons.append(button)
        return button

    def drop_last(self) -> None:
        """Offer the last filter no longer; the first is taken if it was."""
        button = self.buttons.pop()
        self._values.pop()
        self._texts.pop()
        if button.isChecked():
            self.buttons[0].setChecked(True)
        self._group.removeButton(button)
        self._flow.drop(button)
        button.hide()
        button.deleteLater()

    def set_counts(self, counts: Mapping[Value, object]) -> None:
        """Show how many each filter leaves."""
        for value, text, button in zip(self._values, self._texts, self.buttons, strict=True):
            button.setText(f"{text} {counts[value]}" if value in counts else text)
        layout = self.layout()
        if layout is not None:
            layout.invalidate()
        self.updateGeometry()

    def _toggled(self, at: int, on: bool) -> None:
        if on:
            self.setFocusProxy(self.buttons[at])
            self.changed.emit(cast(object, self._values[at]))
