"""PickMany: several of many taken as tags, found by typing; for receiving deputies and the like."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QSizePolicy

from station_app.i18n import tr
from station_app.ui.theme import lay, px
from station_app.ui.widgets.buttons import ShortcutButton
from station_app.ui.widgets.layout import Flow
from station_app.ui.widgets.popup import PopupList, Suggestion


class _TagInput(QLineEdit):
    """The input behind the tags; Backspace in its emptiness takes the last tag away."""

    backspaced = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            self.backspaced.emit()
            return
        super().keyPressEvent(event)


class PickMany(QFrame):
    """Tags of what was taken, and an input that offers the rest.

    ``offer`` holds every choice as (value, name); ``matches(name, value, typed)`` decides what the
    typed letters find (default: the name contains them).
    """

    changed = Signal()

    def __init__(
        self,
        *,
        name: str,
        placeholder: str = "",
        matches: Callable[[str, Hashable, str], bool] | None = None,
    ) -> None:
        super().__init__()
        self.setProperty("box", "true")
        self.setAccessibleName(name)
        self._offers: dict[Hashable, str] = {}
        self._tags: dict[Hashable, ShortcutButton] = {}
        self._matches = matches or (lambda text, _value, typed: typed.casefold() in text.casefold())
        self._flow = Flow(self, spacing=6)
        lay(self._flow, margins=(8, 3, 8, 3), spacing=6)
        self.input = _TagInput()
        self.input.setObjectName("bare")
        self.input.setAccessibleName(name)
        self.input.setPlaceholderText(placeholder)
        hint = self.input.fontMetrics().horizontalAdvance(placeholder)
        self.input.setMinimumWidth(max(120, hint + px(16)))
        self._flow.addWidget(self.input)
        self._popup: PopupList | None = None
        self.input.textEdited.connect(self._suggest)
        self.input.backspaced.connect(self._drop_last)
        self.setFocusProxy(self.input)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def hasHeightForWidth(self) -> bool:
        return False  # layouts around it would make room for each tag in a line of its own

    def sizeHint(self) -> QSize:
        edges = px(2)
        room = max(self.width(), px(160)) - edges
        return QSize(px(240), self._flow.heightForWidth(room) + edges)

    def minimumSizeHint(self) -> QSize:
        return QSize(px(160), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.height() != self.sizeHint().height():
            self.updateGeometry()

    @property
    def taken(self) -> tuple[Hashable, ...]:
        """The values taken, in the order they were taken."""
        return tuple(self._tags)

    def offer(self, choices: Sequence[tuple[Hashable, str]]) -> None:
        """Offer ``choices``; what was taken stays taken."""
        self._offers = dict(choices)

    def take(self, *values: Hashable) -> None:
        """Take ``values`` besides those taken."""
        for value in values:
            if value not in self._tags and value in self._offers:
                self._add(value)
        self.changed.emit()

    def clear(self) -> None:
        """Take nothing."""
        for value in list(self._tags):
            self._drop(value)

    def _add(self, value: Hashable) -> None:
        name = self._offers[value]
        tag = ShortcutButton(f"{name} ×", kind="filter")
        tag.setAccessibleName(tr("Remove {name}", name=name))
        tag.clicked.connect(lambda: self._drop(value))
        self._flow.insert(len(self._tags), tag)
        tag.show()
        self.updateGeometry()
        self._tags[value] = tag

    def _drop(self, value: Hashable) -> None:
        tag = self._tags.pop(value)
        self._flow.drop(tag)
        tag.hide()
        tag.deleteLater()
        self.updateGeometry()
        self.input.setFocus()
        self.changed.emit()

    def _drop_last(self) -> None:
        if self._tags:
            self._drop(next(reversed(self._tags)))

    def _suggest(self, typed: str) -> None:
        if self._popup is None:
            self._popup = PopupList(self.input, name=self.accessibleName(), width=280)
            self._popup.chosen.connect(self._chosen)
        found = [
            Suggestion(name, value=value)
            for value, name in self._offers.items()
            if value not in self._tags and typed.strip() and self._matches(name, value, typed)
        ]
        self._popup.show_rows(found[:20])

    def _chosen(self, value: Hashable) -> None:
        self.input.clear()
        self.take(value)
