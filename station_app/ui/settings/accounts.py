"""Accounts: everybody changes their own password; the head adds, closes and reopens accounts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.vocabulary import Role
from station_app import wiring
from station_app.domain.accounts import AccountDraft, AccountRecord
from station_app.domain.words import role_word
from station_app.errors import StationError
from station_app.i18n import tr
from station_app.services.accounts import list_accounts
from station_app.ui.settings.account_dialogs import AccountDialog, OwnPasswordDialog, RecoveryDialog
from station_app.ui.theme import lay
from station_app.ui.widgets.basic import Avatar, Card, Line, Pill, label
from station_app.ui.widgets.buttons import ShortcutButton
from station_app.ui.widgets.layout import column, row

if TYPE_CHECKING:
    from station_app.ui.settings.page import SettingsPage


class AccountsSection(QWidget):
    """The list of accounts and what may be done with each."""

    def __init__(self, page: SettingsPage, station: wiring.OpenStation) -> None:
        super().__init__()
        self._page, self._station = page, station
        self._head = station.actor.role is Role.HEAD
        self._here = frozenset[str]()
        whole = lay(QVBoxLayout(self), spacing=16)
        own = Card(margin=24)
        own.content.addWidget(label(tr("Your password"), "section"))
        self.change = ShortcutButton(tr("Change my password"), icon="key", act=self._change_own)
        own.content.addLayout(row(self.change, None))
        whole.addWidget(own)
        if self._head:
            whole.addWidget(self._people())
            whole.addWidget(self._recovery())

    def reload(self) -> None:
        """Show the accounts as they are."""
        if self._head:
            self._here = wiring.slots_here(self._station)
            self._page.jobs.read(list_accounts, self._show, owner=self)

    def _people(self) -> Card:
        card = Card(margin=24)
        self.add = ShortcutButton(tr("Add an account"), "Ctrl+N", icon="user-plus", act=self._add)
        card.content.addLayout(row(label(tr("Accounts"), "section"), None, self.add))
        card.content.addWidget(
            label(
                tr("Everybody signs in by themselves: it stays clear who recorded what."),
                "quiet",
                wrap=True,
            )
        )
        self._list = lay(QVBoxLayout(), spacing=8)
        card.content.addLayout(self._list)
        return card

    def _recovery(self) -> Card:
        card = Card(margin=24)
        card.content.addWidget(label(tr("Recovery key"), "section"))
        card.content.addWidget(
            label(
                tr(
                    "If the sheet was lost or seen by others, make a new one; the old one then "
                    "opens nothing any more."
                ),
                "quiet",
                wrap=True,
            )
        )
        renew = ShortcutButton(tr("Make a new recovery key"), icon="refresh", act=self._renew)
        card.content.addLayout(row(renew, None))
        return card

    def _show(self, accounts: tuple[AccountRecord, ...]) -> None:
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for at, account in enumerate(accounts):
            if at:
                self._list.addWidget(Line())
            self._list.addWidget(self._line(account))

    def _line(self, account: AccountRecord) -> QWidget:
        made = QWidget()
        words = column(
            label(account.name, "strong"), label(role_word(account.role), "secondary"), spacing=2
        )
        line = row(Avatar(account.name), words, None, spacing=12)
        if account.retired:
            line.addWidget(Pill(tr("Closed"), "neutral"))
            line.addWidget(self._button(tr("account|Open again"), account, self._restore))
        else:
            if account.id == self._station.actor.id:
                line.addWidget(Pill(tr("You"), "green"))
            if account.slot in self._here:
                line.addWidget(self._button(tr("New password"), account, self._reset))
            else:
                line.addWidget(Pill(tr("Signs in at another computer"), "neutral"))
                line.addWidget(self._button(tr("Let sign in here too"), account, self._let_in))
            line.addWidget(self._button(tr("Close the account"), account, self._retire))
        made.setLayout(line)
        return made

    def _button(
        self, text: str, account: AccountRecord, act: Callable[[AccountRecord], object]
    ) -> ShortcutButton:
        made = ShortcutButton(text, kind="quiet", act=lambda: act(account))
        made.setAccessibleDescription(account.name)
        return made

    def _change_own(self) -> None:
        OwnPasswordDialog(self._page, self._station).open()

    def _add(self) -> None:
        def act(draft: AccountDraft, password: str) -> object:
            return wiring.add_member(self._station, draft, password)

        AccountDialog(self._page, tr("Add an account"), act, self._done).open()

    def _reset(self, account: AccountRecord) -> None:
        def act(_draft: AccountDraft, password: str) -> object:
            wiring.set_member_password(self._station, account, password)
            return None

        title = tr("New password for {name}", name=account.name)
        AccountDialog(self._page, title, act, self._done, account=account).open()

    def _restore(self, account: AccountRecord) -> None:
        def act(_draft: AccountDraft, password: str) -> object:
            return wiring.restore_member(self._station, account.id, password)

        title = tr("Open the account of {name} again", name=account.name)
        AccountDialog(self._page, title, act, self._done, account=account).open()

    def _let_in(self, account: AccountRecord) -> None:
        def act(_draft: AccountDraft, password: str) -> object:
            return wiring.restore_member(self._station, account.id, password)

        title = tr("Let {name} sign in at this computer too", name=account.name)
        AccountDialog(self._page, title, act, self._done, account=account).open()

    def _retire(self, account: AccountRecord) -> None:
        self._page.jobs.work(
            lambda: wiring.retire_member(self._station, account),
            lambda _: self._done(tr("The account of {name} was closed.", name=account.name)),
            owner=self,
            failed=self._failed,
        )

    def _renew(self) -> None:
        self._page.jobs.work(
            lambda: wiring.renew_recovery_key(self._station),
            lambda key: RecoveryDialog(self._page, str(key)).open(),
            owner=self,
            failed=self._failed,
        )

    def _failed(self, error: StationError) -> None:
        self._page.show_error(error)

    def _done(self, sentence: str) -> None:
        self._page.message.emit(sentence, None)
        self.reload()
