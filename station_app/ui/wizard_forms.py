"""The wizard's smaller steps: the head's account, and the backup to restore."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from db.vocabulary import Role
from station_app.domain.accounts import AccountDraft
from station_app.i18n import tr
from station_app.ui.unlock import slot_words
from station_app.ui.widgets.basic import label
from station_app.ui.widgets.buttons import ShortcutButton
from station_app.ui.widgets.fields import Combo, Field, PasswordInput
from station_app.ui.widgets.layout import column, row

if TYPE_CHECKING:
    from station_app.store.keys import Slot


class HeadForm(QWidget):
    """The first account: the head of the station."""

    def __init__(self) -> None:
        super().__init__()
        self.name = QLineEdit()
        self.password, self.again = PasswordInput(), PasswordInput()
        self.fields = {
            "name": Field(tr("Your name"), self.name, required=True),
            "password": Field(tr("Password"), self.password, required=True,
                              hint=tr("At least 8 characters; a short sentence is easy to keep.")),
            "again": Field(tr("The password again"), self.again, required=True),
        }  # fmt: skip
        self.setLayout(column(*self.fields.values(), spacing=12))

    def draft(self) -> AccountDraft:
        """The account typed."""
        return AccountDraft(self.name.text().strip(), Role.HEAD)


class BackupStep(QWidget):
    """Choosing a backup file, the account in it, and its password."""

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._path: Path | None = None
        self.path_button = ShortcutButton(
            tr("Choose the backup file"), icon="folder-open", act=self._choose
        )
        self._name = label("", "secondary", wrap=True)
        self.account, self.password = Combo(), PasswordInput()
        self.password_field = Field(tr("Password"), self.password)
        self._rest = QWidget()
        self._rest.setLayout(
            column(Field(tr("Account"), self.account), self.password_field, spacing=12)
        )
        self._rest.hide()
        self.setLayout(column(row(self.path_button, None), self._name, self._rest, spacing=12))

    def offer(self, slots: Sequence[Slot]) -> None:
        """Show the accounts of the backup chosen."""
        self.account.fill(slot_words(slots))
        self._rest.show()
        self.password.setFocus()

    def typed(self) -> tuple[Path, str, str] | None:
        """The backup, the slot and the password; None, with a sentence, while one is lacking."""
        if self._path is None:
            self._name.setText(tr("Choose a backup file first."))
            return None
        if not self.password.text():
            self.password_field.set_error(tr("Type your password."))
            return None
        return self._path, str(self.account.currentData()), self.password.text()

    def _choose(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self, tr("Choose the backup file"), "", tr("Backups (*.db)")
        )
        if path:
            self._path = Path(path)
            self._name.setText(self._path.name)
            self.picked.emit(self._path)
