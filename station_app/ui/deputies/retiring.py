"""Why a deputy serves no longer: asked within the page, not in a window over it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from station_app.i18n import tr
from station_app.ui.theme import lay
from station_app.ui.widgets import Field, Flow, ShortcutButton, bring_into_view, label, row


class RetireBar(QFrame):
    """Asks for the reason; usual ones are one key away. ``confirmed`` carries it."""

    confirmed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("bar", "amber")
        self._title = label("", "strong", wrap=True)
        self.reason = QLineEdit()
        self.reason.setMaxLength(200)
        usual = QWidget()
        flow = Flow(usual, spacing=6)
        for text in (tr("Term ended"), tr("Moved away"), tr("Resigned"), tr("Passed away")):
            flow.addWidget(ShortcutButton(text, kind="filter", act=partial(self._use, text)))
        save = ShortcutButton(tr("Retire"), "Ctrl+Return", kind="primary", act=self._confirm)
        back = ShortcutButton(tr("Cancel"), "Escape", act=self.hide)
        whole = lay(QVBoxLayout(self), margins=(12, 12, 12, 12), spacing=10)
        whole.addWidget(self._title)
        whole.addWidget(Field(tr("Reason"), self.reason))
        whole.addWidget(usual)
        whole.addLayout(row(None, back, save))
        self.reason.returnPressed.connect(self._confirm)
        self.hide()

    def ask(self, name: str) -> None:
        """Open the bar for ``name``; what was typed for somebody else is gone."""
        said = tr("{name} serves no longer. All records stay.", name=name)
        if said != self._title.text():
            self.reason.clear()
        self._title.setText(said)
        self.show()
        self.reason.setFocus()
        bring_into_view(self)

    def _use(self, text: str) -> None:
        self.reason.setText(text)
        self.reason.setFocus()

    def _confirm(self) -> None:
        self.hide()
        self.confirmed.emit(self.reason.text().strip())
