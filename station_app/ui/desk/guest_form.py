"""Somebody other than a deputy has come: in which capacity, name, title."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from db.vocabulary import RoleClass
from station_app.domain.words import role_class_word
from station_app.i18n import tr
from station_app.ui.theme import lay
from station_app.ui.widgets import Combo, ShortcutButton, bring_into_view, row

GUESTS = tuple(one for one in RoleClass if one is not RoleClass.DEPUTY)


class GuestForm(QWidget):
    """``given`` carries role class, name and title."""

    given = Signal(object, str, str)

    def __init__(self) -> None:
        super().__init__()
        self.role_class = Combo()
        self.role_class.fill([(one, role_class_word(one)) for one in GUESTS])
        self.role_class.setAccessibleName(tr("In which capacity"))
        self.name, self.title = QLineEdit(), QLineEdit()
        for line, text in ((self.name, tr("Guest's name")), (self.title, tr("Post, if known"))):
            line.setPlaceholderText(text)
            line.setAccessibleName(text)
            line.setMaxLength(50)
        self.add = ShortcutButton(tr("Check the guest in"), act=self._give)
        whole = lay(QVBoxLayout(self), spacing=6)
        for part in (self.role_class, self.name, self.title):
            whole.addWidget(part)
        whole.addLayout(row(None, self.add))
        self.name.returnPressed.connect(lambda: self._go_to(self.title))
        self.title.returnPressed.connect(self._give)
        self.setTabOrder(self.role_class, self.name)

    def begin(self) -> None:
        """Put the cursor into the name."""
        self._go_to(self.name)

    def clear(self) -> None:
        """Begin anew."""
        self.name.clear()
        self.title.clear()

    def _give(self) -> None:
        if not self.name.text().strip():
            self.begin()
            return
        self.given.emit(self.role_class.currentData(), self.name.text(), self.title.text())
        self.clear()
        self.hide()

    def _go_to(self, line: QLineEdit) -> None:
        line.setFocus()
        bring_into_view(line)
