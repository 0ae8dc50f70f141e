"""JoinForm: the centre's address and its one-time code: on the page, in the wizard, shut out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from station_app.errors import RuleViolation, StationError
from station_app.i18n import tr
from station_app.ui.page import show_violation
from station_app.ui.theme import fit, px
from station_app.ui.widgets.buttons import ShortcutButton
from station_app.ui.widgets.fields import Field
from station_app.ui.widgets.keys import EnterMovesOn
from station_app.ui.widgets.layout import column, row
from station_app.ui.widgets.messages import MessageBar

#: Letters in a group of the code, which are typed without their hyphens.
_GROUP, _LONGEST = 4, 16


class CodeInput(QLineEdit):
    """Takes a one-time code as people type it: small letters become capitals, hyphens come."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        self.tidy()

    def tidy(self) -> None:
        """Bring the text into the shape in which the code is read out."""
        if self.cursorPosition() != len(self.text()):
            return  # somebody mends a letter in the middle
        letters = "".join(one for one in self.text().upper() if one.isascii() and one.isalnum())
        letters = letters[:_LONGEST]
        groups = [letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP)]
        shaped = "-".join(groups)
        if shaped != self.text():
            self.setText(shaped)


class JoinForm(QWidget):
    """``submitted`` carries the address and the code as they were typed.

    ``text`` is said on the button, ``back`` stands beside it.
    """

    submitted = Signal(str, str)

    def __init__(self, *, text: str = "", back: QWidget | None = None) -> None:
        super().__init__()
        self.url, self.code = QLineEdit(), CodeInput()
        self.url.setPlaceholderText("https://")
        self.code.setPlaceholderText("XXXX-XXXX-XXXX-XXXX")
        self.fields = {
            "url": Field(tr("The centre's address"), self.url, required=True,
                         hint=tr("It is told together with the code.")),
            "code": Field(tr("One-time code"), self.code, required=True,
                          hint=tr("It serves once, for 10 minutes.")),
        }  # fmt: skip
        self.trouble = MessageBar("red", icon="alert-triangle")
        self.busy = MessageBar("blue", icon="hourglass")
        for bar in (self.trouble, self.busy):
            bar.set("")
        self.button = ShortcutButton(
            text or tr("centre|Join"), "Ctrl+Return", icon="link", kind="primary", act=self.submit
        )
        foot = row(None, self.button)
        if back is not None:
            foot.insertWidget(0, back)
        self.setLayout(column(self.trouble, *self.fields.values(), self.busy, foot, spacing=12))
        EnterMovesOn(self)
        self.setFocusProxy(self.url)
        fit(self, lambda form: form.setMaximumWidth(px(620)))

    def submit(self) -> None:
        """Hand on what was typed."""
        if self.button.isEnabled() and self.check():
            self.submitted.emit(self.url.text(), self.code.text())

    def check(self) -> bool:
        """Whether both were typed; says so beneath what is lacking."""
        lacking = {}
        if not self.url.text().strip():
            lacking["url"] = tr("Type the address that the centre told you.")
        if not self.code.text().strip():
            lacking["code"] = tr("Type the code that the centre told you.")
        self.trouble.set("")
        show_violation(RuleViolation(lacking), self.fields)
        return not lacking

    def set_busy(self, doing: str) -> None:
        """Say what is being done; "" ends it."""
        self.busy.set(doing)
        self.button.setEnabled(not doing)

    def refuse(self, error: StationError) -> None:
        """Say why it did not work: beneath the field, or above the form."""
        self.set_busy("")
        left = error.text
        if isinstance(error, RuleViolation):
            left = show_violation(error, self.fields)
        self.trouble.set(left)
