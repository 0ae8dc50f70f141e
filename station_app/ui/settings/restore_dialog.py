"""Going back to a backup: said once more before it happens."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from station_app.i18n import tr
from station_app.ui.theme import lay, px
from station_app.ui.widgets.basic import Icon, label
from station_app.ui.widgets.buttons import ShortcutButton
from station_app.ui.widgets.layout import row


class RestoreDialog(QDialog):
    """Says what going back to the backup made ``when`` means; ``act`` does it."""

    def __init__(self, when: str, act: Callable[[], object], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Go back to a backup"))
        self._act = act
        stay = ShortcutButton(tr("Stay as it is"), "Escape", kind="primary", act=self.reject)
        back = ShortcutButton(tr("Go back"), icon="history", act=self._go)
        title = tr("Go back to the backup made {when}?", when=when)
        whole = lay(QVBoxLayout(self), margins=(24, 24, 24, 20), spacing=14)
        whole.addLayout(row(Icon("history", "amber", 24), label(title, "section"), None))
        whole.addWidget(
            label(
                tr(
                    "What was entered since then has to be entered again. The present file is kept "
                    "aside in the station's folder, nothing is deleted. Then type your password."
                ),
                wrap=True,
            )
        )
        whole.addLayout(row(None, back, stay))
        self.resize(px(520), whole.heightForWidth(px(520)))
        stay.setFocus()

    def _go(self) -> None:
        self.accept()
        self._act()
