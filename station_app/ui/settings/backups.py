"""Backups: which there are, one more now, going back to one; and whether the file is sound."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.vocabulary import Role
from station_app.errors import StationError
from station_app.i18n import tr
from station_app.store import backup as backups
from station_app.store.verify import Verification, rebuild_search, verify
from station_app.ui.theme import lay
from station_app.ui.widgets.basic import Card, EmptyState, Line, Pill, label
from station_app.ui.widgets.buttons import ShortcutButton
from station_app.ui.widgets.layout import row
from station_app.ui.widgets.messages import MessageBar

if TYPE_CHECKING:
    from station_app.ui.pages import Context
    from station_app.ui.settings.page import SettingsPage


class BackupsSection(QWidget):
    """The list of backups, and the check of the file. Only the head goes back to a backup."""

    def __init__(self, page: SettingsPage, context: Context) -> None:
        super().__init__()
        self._page, self._context, self._station = page, context, context.station
        self._head = context.station.actor.role is Role.HEAD
        whole = lay(QVBoxLayout(self), spacing=16)
        whole.addWidget(self._list_card())
        whole.addWidget(self._check_card())

    def reload(self) -> None:
        """Show the backups there are."""
        self._page.jobs.work(
            lambda: backups.list_backups(self._station.data),
            self._show,
            owner=self,
            failed=self._page.show_error,
        )

    def _list_card(self) -> Card:
        card = Card(margin=24)
        self.make = ShortcutButton(tr("Back up now"), "Ctrl+B", icon="database", act=self._make)
        card.content.addLayout(row(label(tr("Backups"), "section"), None, self.make))
        card.content.addWidget(
            label(
                tr(
                    "One is made every day and seven days are kept. They are encrypted. Copy "
                    "the newest to another disk now and then."
                ),
                "quiet",
                wrap=True,
            )
        )
        self._list = lay(QVBoxLayout(), spacing=8)
        card.content.addLayout(self._list)
        return card

    def _check_card(self) -> Card:
        card = Card(margin=24)
        self.check = ShortcutButton(tr("Check the file"), icon="shield-check", act=self._check)
        card.content.addLayout(
            row(label(tr("Is everything in order?"), "section"), None, self.check)
        )
        self.found = MessageBar("neutral", icon="info-circle")
        self.found.set("")
        self.rebuild = ShortcutButton(tr("Rebuild the search"), act=self._rebuild)
        self.found.add_button(self.rebuild)
        card.content.addWidget(
            label(
                tr("Looks at every page of the file, the log of changes and the search."),
                "quiet",
                wrap=True,
            )
        )
        card.content.addWidget(self.found)
        return card

    def _show(self, found: tuple[backups.Backup, ...]) -> None:
        from station_app.ui.session import when_words

        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if not found:
            self._list.addWidget(
                EmptyState("archive", tr("No backup yet"), tr("The first is made within a minute."))
            )
        for at, one in enumerate(found):
            if at:
                self._list.addWidget(Line())
            self._list.addWidget(self._line(one, when_words(one.made_at)))

    def _line(self, one: backups.Backup, when: str) -> QWidget:
        made = QWidget()
        line = row(
            label(when, "strong"),
            label(f"{one.size / 1_000_000:.1f} MB", "secondary"),
            None,
            spacing=12,
        )
        if one.reason is backups.Reason.UPGRADE:
            line.insertWidget(2, Pill(tr("before an upgrade"), "blue"))
        if self._head:
            back = ShortcutButton(
                tr("Go back to this one"),
                icon="history",
                kind="quiet",
                act=lambda: self._ask(one, when),
            )
            back.setAccessibleDescription(when)
            line.addWidget(back)
        made.setLayout(line)
        return made

    def _make(self) -> None:
        self.make.setEnabled(False)
        self._page.jobs.work(
            lambda: backups.backup_now(self._station.store),
            lambda _: self._made(),
            owner=self,
            failed=self._failed,
        )

    def _made(self) -> None:
        self.make.setEnabled(True)
        self._page.message.emit(tr("Backed up and checked."), None)
        self._context.backed_up()
        self.reload()

    def _ask(self, one: backups.Backup, when: str) -> None:
        # The one place that asks: going back cannot be undone by a button, though nothing is lost.
        from station_app.ui.settings.restore_dialog import RestoreDialog

        RestoreDialog(when, lambda: self._context.restore(one.path), self.window()).open()

    def _check(self) -> None:
        self.check.setEnabled(False)
        self.found.set_tone("neutral", "info-circle")
        self.found.set(tr("Checking …"))
        self.rebuild.hide()
        self._page.jobs.work(
            lambda: verify(self._station.store, self._station.actor),
            self._checked,
            owner=self,
            failed=self._failed,
        )

    def _checked(self, found: Verification) -> None:
        self.check.setEnabled(True)
        self.rebuild.setVisible(bool(found.search))
        if found.ok:
            self.found.set_tone("green", "circle-check")
            self.found.set(tr("Everything is in order."))
        else:
            self.found.set_tone("amber", "alert-triangle")
            self.found.set(tr("Something is not in order."), "\n".join(found.sentences()))

    def _rebuild(self) -> None:
        self._page.jobs.work(
            lambda: rebuild_search(self._station.store, self._station.actor),
            lambda _: self._check(),
            owner=self,
            failed=self._failed,
        )

    def _failed(self, error: StationError) -> None:
        for button in (self.make, self.check):
            button.setEnabled(True)
        self.found.set("")
        self._page.message.emit(error.text, None)
