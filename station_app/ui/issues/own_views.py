"""The operator's own views: saved under a name, opened, renamed, taken away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from station_app.i18n import tr
from station_app.ui.issues.links import LinkButton
from station_app.ui.theme import lay
from station_app.ui.widgets import Field, IconButton, ShortcutButton, column, label, row


class _Name(QLineEdit):
    """The name of a view; Enter saves it."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            return
        super().keyPressEvent(event)


class OwnViews(QWidget):
    """``saved``, ``dropped`` and ``opened`` carry a name, ``renamed`` the old and the new one."""

    saved = Signal(str)
    renamed = Signal(str, str)
    dropped = Signal(str)
    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._renames = ""
        self.name = _Name()
        self.name.setMaxLength(20)
        self.name.setPlaceholderText(tr("For example: housing, waiting for the unit"))
        self.field = Field(tr("Save what is shown as a view called"), self.name)
        self.name.entered.connect(self.save)
        self.button = ShortcutButton(tr("Save the view"), icon="star", act=self.save)
        self._rows = lay(column(), spacing=4)
        self._title = label(tr("My views"), "strong")
        whole = lay(column(), spacing=8)
        line = row(self.field, spacing=10)
        line.setStretch(0, 1)
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignBottom)
        whole.addLayout(line)
        whole.addWidget(self._title)
        whole.addLayout(self._rows)
        self.setLayout(whole)
        self.show_names(())

    def show_names(self, names: Sequence[str]) -> None:
        """Show the views saved by now."""
        while self._rows.count():
            item = self._rows.takeAt(0)
            part = item.widget() if item else None
            if part is not None:
                part.hide()
                part.deleteLater()
        for name in names:
            part = self._row(name)
            self._rows.addWidget(part)
            part.show()
        self._title.setVisible(bool(names))

    def propose(self, name: str) -> None:
        """Propose ``name``: the same again replaces the view of that name."""
        self._renames = ""
        self.button.setText(tr("Save the view"))
        self.name.setText(name)

    def begin(self) -> None:
        """Put the keyboard into the name."""
        self.field.focus()
        self.name.selectAll()

    def save(self) -> None:
        """Save under the name typed, or give the view chosen that name."""
        self.field.set_error("")
        name, old = self.name.text().strip(), self._renames
        if old:
            self.renamed.emit(old, name)
        else:
            self.saved.emit(name)

    def _rename(self, name: str) -> None:
        self._renames = name
        self.button.setText(tr("Rename the view"))
        self.name.setText(name)
        self.begin()

    def _row(self, name: str) -> QWidget:
        part = QWidget()
        link = LinkButton(name, "star")
        link.setAccessibleName(tr("Open the view {name}", name=name))
        link.clicked.connect(lambda: self.opened.emit(name))
        again = IconButton(
            "edit", tr("Rename the view {name}", name=name), act=lambda: self._rename(name), size=18
        )
        away = IconButton(
            "trash", tr("Delete the view {name}", name=name), act=lambda: self.dropped.emit(name),
            size=18,
        )  # fmt: skip
        line = row(link, again, away, spacing=6)
        line.setStretch(0, 1)
        part.setLayout(line)
        return part
