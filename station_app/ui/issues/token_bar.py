"""What narrows the list, as tokens that are taken away one by one; hidden when nothing does."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from station_app.i18n import tr
from station_app.ui.widgets import Flow, ShortcutButton


class TokenBar(QWidget):
    """``dropped`` carries the name of a filter, ``save_asked`` wishes to name the view."""

    dropped = Signal(str)
    save_asked = Signal()
    cleared = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Filters in use"))
        self.tokens: dict[str, ShortcutButton] = {}
        self._shown: list[tuple[str, str]] = []
        self._flow = Flow(self, spacing=6)
        # Of the tokens' kind, so that all stand in one line at the same height.
        self.save = ShortcutButton(
            tr("Save as a view"), "Ctrl+S", kind="filter", icon="star", act=self.save_asked.emit
        )
        self.clear = ShortcutButton(
            tr("Clear the filters"), "Alt+C", kind="filter", icon="x", act=self.cleared.emit
        )
        self._flow.addWidget(self.save)
        self._flow.addWidget(self.clear)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

    def show_tokens(self, tokens: Sequence[tuple[str, str]]) -> None:
        """Show ``tokens`` as (name of the filter, its words)."""
        if list(tokens) == self._shown:
            return
        self._shown = list(tokens)
        focused = any(one.hasFocus() for one in self.tokens.values())
        for old in self.tokens.values():
            self._flow.drop(old)
            old.hide()
            old.deleteLater()
        self.tokens = {}
        for at, (name, words) in enumerate(tokens):
            button = ShortcutButton(f"{words} ×", kind="filter")
            button.setAccessibleName(tr("Remove {name}", name=words))
            button.clicked.connect(lambda _on=False, name=name: self.dropped.emit(name))
            self._flow.insert(at, button)
            button.show()
            self.tokens[name] = button
        self.setVisible(bool(tokens))
        if focused and self.tokens:
            next(iter(self.tokens.values())).setFocus()
        self.updateGeometry()
