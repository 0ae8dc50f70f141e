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
        self._values = [value for value, _text in choices]
        self._texts = [text for _value, text in choices]
        self.buttons: list[ShortcutButton] = []
        self._group = QButtonGroup(self)
        flow = Flow(self, spacing=6)
        for at, text in enumerate(self._texts):
            button = ShortcutButton(text, kind="filter")
            button.setCheckable(True)
            button.setAccessibleDescription(name)
            self._group.addButton(button, at)
            self.buttons.append(button)
            flow.addWidget(button)
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

    def set_counts(self, counts: Mapping[Value, int]) -> None:
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
