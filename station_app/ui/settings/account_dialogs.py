"""Dialogs about accounts: a new one, a new password, one's own password, a new recovery key."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout

from db.vocabulary import Role
from station_app import wiring
from station_app.domain.accounts import AccountDraft, AccountRecord, check_account, check_password
from station_app.domain.words import role_word
from station_app.errors import RuleViolation, StationError
from station_app.i18n import tr
from station_app.services.station import get_station
from station_app.ui.page import show_violation
from station_app.ui.theme import lay, px
from station_app.ui.widgets.basic import label
from station_app.ui.widgets.buttons import ShortcutButton
from station_app.ui.widgets.fields import Combo, Field, PasswordInput
from station_app.ui.widgets.keys import EnterMovesOn
from station_app.ui.widgets.layout import row
from station_app.ui.widgets.messages import MessageBar
from station_app.ui.wizard_key import RecoveryKey

if TYPE_CHECKING:
    from station_app.domain.station import StationRecord
    from station_app.ui.settings.page import SettingsPage

Act = Callable[[AccountDraft, str], object]


class _Form(QDialog):
    """Fields, a bar for what belongs to no field, and two buttons."""

    def __init__(self, page: SettingsPage, title: str, fields: dict[str, Field]) -> None:
        super().__init__(page.window())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.page, self.fields = page, fields
        self.trouble = MessageBar("red", icon="alert-triangle")
        self.trouble.set("")
        self.save = ShortcutButton(tr("Save"), "Ctrl+Return", kind="primary", act=self.submit)
        cancel = ShortcutButton(tr("Cancel"), "Escape", act=self.reject)
        whole = lay(QVBoxLayout(self), margins=(24, 20, 24, 20), spacing=14)
        whole.addWidget(label(title, "section", wrap=True))
        whole.addWidget(self.trouble)
        for field in fields.values():
            whole.addWidget(field)
        whole.addStretch(1)
        whole.addLayout(row(None, cancel, self.save))
        EnterMovesOn(self)
        self.resize(px(440), px(300))
        next(iter(fields.values())).focus()

    def submit(self) -> None:
        """Check what was typed and do it; overridden."""
        raise NotImplementedError

    def refuse(self, error: StationError) -> None:
        """Show ``error`` beneath its field or in the bar."""
        self.save.setEnabled(True)
        left = error.text
        if isinstance(error, RuleViolation):
            left = show_violation(error, self.fields)
        self.trouble.set(left)


class AccountDialog(_Form):
    """Name, role and password of a new account; of ``account`` only a new password."""

    def __init__(
        self,
        page: SettingsPage,
        title: str,
        act: Act,
        done: Callable[[str], object],
        *,
        account: AccountRecord | None = None,
    ) -> None:
        self._act, self._done, self._account = act, done, account
        self.name, self.role = QLineEdit(), Combo()
        self.role.fill(
            [(role, role_word(role)) for role in (Role.OPERATOR, Role.HEAD, Role.VIEWER)]
        )
        self.password, self.again = PasswordInput(), PasswordInput()
        fields = {} if account else {
            "name": Field(tr("Name"), self.name, required=True),
            "role": Field(tr("Role"), self.role),
        }  # fmt: skip
        fields["password"] = Field(
            tr("First password"),
            self.password,
            required=True,
            hint=tr("Tell it to the person; they can change it."),
        )
        fields["again"] = Field(tr("The password again"), self.again, required=True)
        super().__init__(page, title, fields)

    def submit(self) -> None:
        draft = AccountDraft(self._account.name, self._account.role) if self._account else (
            AccountDraft(self.name.text().strip(), Role(self.role.currentData())))  # fmt: skip
        password = self.password.text()
        try:
            check_account(draft)
            check_password(password, self.again.text())
        except RuleViolation as error:
            self.refuse(error)
            return
        self.save.setEnabled(False)
        self.page.jobs.work(
            lambda: self._act(draft, password),
            lambda _: self._finish(draft),
            owner=self,
            failed=self.refuse,
        )

    def _finish(self, draft: AccountDraft) -> None:
        self.accept()
        self._done(tr("{name} can sign in with the new password.", name=draft.name))


class OwnPasswordDialog(_Form):
    """One's own password: the present one, and the new one twice."""

    def __init__(self, page: SettingsPage, station: wiring.OpenStation) -> None:
        self._station = station
        self.present, self.password, self.again = PasswordInput(), PasswordInput(), PasswordInput()
        super().__init__(page, tr("Change my password"), {
            "present": Field(tr("Present password"), self.present, required=True),
            "password": Field(tr("New password"), self.password, required=True,
                              hint=tr("At least 8 characters; a short sentence is easy to keep.")),
            "again": Field(tr("The new password again"), self.again, required=True),
        })  # fmt: skip

    def submit(self) -> None:
        present, password = self.present.text(), self.password.text()
        try:
            check_password(password, self.again.text())
        except RuleViolation as error:
            self.refuse(error)
            return
        self.save.setEnabled(False)
        self.page.jobs.work(
            lambda: self._change(present, password),
            lambda _: self._finish(),
            owner=self,
            failed=self._wrong,
        )

    def _change(self, present: str, password: str) -> None:
        from station_app.store import keys

        wiring.check_unlocks(self._station, present)
        keys.set_password(self._station.data, self._station.key, self._station.slot, password)

    def _wrong(self, error: StationError) -> None:
        self.save.setEnabled(True)
        self.fields["present"].set_error(error.text)
        self.fields["present"].focus()

    def _finish(self) -> None:
        self.accept()
        self.page.message.emit(tr("Your new password is in use from now on."), None)


class RecoveryDialog(QDialog):
    """A new recovery key, to be printed before the window is closed."""

    def __init__(self, page: SettingsPage, key: str) -> None:
        super().__init__(page.window())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Recovery key"))
        self._key = key
        self.sheet = RecoveryKey(page.jobs)
        self.sheet.set("", key)
        close = ShortcutButton(tr("I have kept it"), "Ctrl+Return", kind="primary", act=self.accept)
        whole = lay(QVBoxLayout(self), margins=(24, 20, 24, 20), spacing=14)
        whole.addWidget(label(tr("The new recovery key"), "section"))
        whole.addWidget(
            label(
                tr("The old sheet opens nothing any more. Print this one and keep it in the safe."),
                wrap=True,
            )
        )
        whole.addWidget(self.sheet)
        whole.addLayout(row(None, close))
        self.setMinimumWidth(px(460))
        page.jobs.read(get_station, self._name, owner=self)

    def _name(self, station: StationRecord) -> None:
        self.sheet.set(f"{station.name}{station.term}", self._key)
