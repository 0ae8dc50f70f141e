"""The windows for a fault of the file: what happened, what is safe, and the way on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from station_app.errors import FaultKind, StoreFault
from station_app.i18n import tr
from station_app.ui.theme import lay, px
from station_app.ui.widgets.basic import Icon, label
from station_app.ui.widgets.buttons import ShortcutButton
from station_app.ui.widgets.layout import column, row

#: (words on the button, what it does); the first is the way we advise.
Way = tuple[str, Callable[[], object]]


def fault_title(kind: FaultKind) -> str:
    """What happened, in a few words."""
    return {
        FaultKind.DISK_FULL: tr("The disk is full"),
        FaultKind.READ_ONLY: tr("The folder cannot be written to"),
        FaultKind.IN_USE: tr("The station is already open"),
        FaultKind.DAMAGED: tr("The station's file is damaged"),
        FaultKind.NEWER: tr("A newer version of the program is needed"),
        FaultKind.MISSING: tr("The station's file is not there"),
        FaultKind.NOT_ENCRYPTED: tr("This is not a station's file"),
        FaultKind.WRONG_PASSWORD: tr("The password is wrong"),
        FaultKind.BUSY: tr("The records are busy"),
        FaultKind.OTHER: tr("The records cannot be reached"),
    }[kind]


class FaultDialog(QDialog):
    """One fault with its ``ways`` on; Esc takes the last one, which must be harmless."""

    def __init__(
        self,
        fault: StoreFault,
        ways: Sequence[Way],
        parent: QWidget | None = None,
        *,
        more: str = "",
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.kind = fault.kind
        title = fault_title(fault.kind)
        self.setWindowTitle(title)
        words = column(label(title, "section", wrap=True), label(fault.text, wrap=True), spacing=8)
        if more:
            words.addWidget(label(more, "quiet", wrap=True))
        self.setAccessibleDescription(f"{fault.text} {more}".strip())
        head = row(spacing=16)
        head.addWidget(Icon("alert-triangle", "amber", 28), 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        self.buttons: list[ShortcutButton] = []
        for text, act in ways:
            keys = "Escape" if len(self.buttons) == len(ways) - 1 > 0 else ""
            button = ShortcutButton(text, keys, kind="" if self.buttons else "primary")
            button.clicked.connect(partial(self._take, act))
            self.buttons.append(button)
        whole = lay(QVBoxLayout(self), margins=(24, 24, 24, 20), spacing=20)
        whole.addLayout(head)
        whole.addLayout(row(None, *reversed(self.buttons)))
        self.resize(px(520), whole.heightForWidth(px(520)))
        self.buttons[0].setFocus()

    def reject(self) -> None:
        self.buttons[-1].click()

    def _take(self, act: Callable[[], object], _checked: bool = False) -> None:
        self.accept()
        act()
