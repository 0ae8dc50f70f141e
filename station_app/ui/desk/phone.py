"""A phone number: typed plainly, shown masked for a known visitor until somebody asks."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit

from station_app.domain.phones import mask_phone
from station_app.i18n import tr
from station_app.services import residents
from station_app.ui.theme import fit, px
from station_app.ui.widgets import IconButton

if TYPE_CHECKING:
    from station_app.ui.jobs import Jobs


class PhoneInput(QLineEdit):
    """``value`` is the whole number, also while a known visitor's is shown masked.

    Looking at a known visitor's number is logged (domain.md §8); typing replaces it.
    """

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        self._known = ""
        self._owner: UUID | None = None
        self.setPlaceholderText(tr("Mobile or landline"))
        self._eye = IconButton(
            "eye", tr("Show the whole number (logged)"), act=self._reveal, size=18, role="secondary"
        )
        self._eye.setParent(self)
        self._eye.hide()
        fit(self, lambda line: line.setTextMargins(0, 0, px(26), 0))

    @property
    def value(self) -> str:
        """The whole number."""
        return (
            self._known if self._known and self.text() == mask_phone(self._known) else self.text()
        )

    def show_known(self, phone: str, owner: UUID) -> None:
        """Show the number of a known visitor, masked."""
        self._known, self._owner = phone, owner
        self.setText(mask_phone(phone))
        self._eye.setVisible(bool(phone))

    def show_typed(self, phone: str) -> None:
        """Show a number as it was typed."""
        self._known, self._owner = "", None
        self.setText(phone)
        self._eye.hide()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._known:
            self.selectAll()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._eye.adjustSize()
        middle = (self.height() - self._eye.height()) // 2
        self._eye.move(self.width() - self._eye.width() - px(4), middle)

    def _reveal(self) -> None:
        owner = self._owner
        if owner is None:
            return
        self._jobs.write(lambda tx: residents.reveal_phone(tx, owner), self._show_whole, owner=self)

    def _show_whole(self, phone: str) -> None:
        if self.text() == mask_phone(self._known):
            self.setText(phone)
        self._eye.hide()
