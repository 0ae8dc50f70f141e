"""Where the code of a duty card leads a resident's phone; for the head to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from station_app.i18n import tr
from station_app.services.duty_cards import card_address, set_card_address
from station_app.ui.widgets.basic import Card, label
from station_app.ui.widgets.buttons import ShortcutButton
from station_app.ui.widgets.fields import Field
from station_app.ui.widgets.layout import row

if TYPE_CHECKING:
    from station_app.ui.settings.page import SettingsPage


class DutyCardsSection(Card):
    """One address, saved with Ctrl+Enter; cards printed from then on carry it."""

    def __init__(self, page: SettingsPage) -> None:
        super().__init__(margin=24, spacing=16)
        self._page = page
        self._kept = ""
        self.address = QLineEdit()
        self.address.setPlaceholderText("https://lz.example.gov.cn")
        self.field = Field(tr("Address on duty cards"), self.address,
                           hint=tr("The centre tells it. Empty: phones only show the code's "
                                   "text."))  # fmt: skip
        self.save = ShortcutButton(tr("Save"), "Ctrl+Return", kind="primary", act=self._save)
        self.content.addWidget(label(tr("Duty cards"), "section"))
        about = tr("A resident who scans a card with a phone opens this address and sees whether "
                   "the card is genuine. Cards that were printed before keep theirs.")  # fmt: skip
        self.content.addWidget(label(about, "quiet", wrap=True))
        self.content.addWidget(self.field)
        self.content.addLayout(row(None, self.save))

    def reload(self) -> None:
        """Show the address as it is kept; what is half-typed stays."""
        self._page.jobs.read(card_address, self._show, owner=self)

    def _show(self, address: str) -> None:
        if self.address.text() == self._kept:
            self.address.setText(address)
            self._kept = address

    def _save(self) -> None:
        typed = self.address.text()
        self.field.set_error("")
        self._page.jobs.write(
            lambda tx: set_card_address(tx, typed),
            lambda _none: self._saved(),
            owner=self,
            failed=lambda error: self._page.show_error(error, {"address": self.field}),
        )

    def _saved(self) -> None:
        self._kept = self.address.text()
        self.reload()
        self._page.message.emit(tr("Saved."), None)
