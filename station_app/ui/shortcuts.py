"""F1: every shortcut that works where the operator is, read from the window itself."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from station_app.i18n import tr
from station_app.ui.theme import lay, px
from station_app.ui.widgets.basic import KeyCap, label
from station_app.ui.widgets.buttons import ShortcutButton
from station_app.ui.widgets.layout import open_at, row


def shortcuts_of(window: QWidget) -> list[tuple[str, str]]:
    """(keys, what they do) of all visible shortcuts in ``window``, without repeats."""
    found: dict[str, str] = {}
    for shortcut in window.findChildren(QShortcut):
        place = shortcut.parent()
        shown = place is window or (isinstance(place, QWidget) and place.isVisible())
        if shown and shortcut.whatsThis():
            keys = shortcut.key().toString(QKeySequence.SequenceFormat.PortableText)
            found.setdefault(keys, shortcut.whatsThis())
    return sorted(found.items(), key=lambda pair: (len(pair[0]) > 3, pair[0]))


class ShortcutsDialog(QDialog):
    """The list of shortcuts of ``window``."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setWindowTitle(tr("Shortcuts"))
        inner = QWidget()
        inner.setProperty("ground", "none")
        grid = lay(QGridLayout(inner), margins=(0, 0, 12, 0), spacing=10)
        grid.setHorizontalSpacing(px(20))
        for at, (keys, what) in enumerate(shortcuts_of(window)):
            grid.addWidget(label(what, wrap=True), at // 2, at % 2 * 2)
            grid.addWidget(KeyCap(keys), at // 2, at % 2 * 2 + 1, Qt.AlignmentFlag.AlignRight)
        for words in (0, 2):
            grid.setColumnStretch(words, 1)
        grid.setRowStretch(grid.rowCount(), 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        area.setAccessibleName(tr("Shortcuts"))
        close = ShortcutButton(tr("Close"), "Escape", act=self.accept)
        whole = lay(QVBoxLayout(self), margins=(24, 20, 24, 20), spacing=16)
        whole.addWidget(label(tr("Shortcuts"), "title"))
        whole.addWidget(area, 1)
        whole.addLayout(row(None, close))
        open_at(self, 640, 620)
        close.setFocus()
