"""Finding a deputy by typing: characters, pinyin, initials."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit

from station_app.domain.deputies import DeputyRecord
from station_app.domain.lists import Listing
from station_app.domain.words import levels_words
from station_app.i18n import tr
from station_app.services import deputies
from station_app.ui.widgets import PopupList, Suggestion

if TYPE_CHECKING:
    from station_app.ui.jobs import Jobs

PAUSE_MS = 40
MOST = 8


class DeputySearch(QLineEdit):
    """``chosen`` carries a deputy's id. In its emptiness it offers those who are expected."""

    chosen = Signal(object)

    def __init__(self, jobs: Jobs, placeholder: str) -> None:
        super().__init__()
        self._jobs = jobs
        self._expected: tuple[Suggestion, ...] = ()
        self._here: frozenset[UUID] = frozenset()
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self._popup = PopupList(self, name=tr("Deputies"), width=200)
        self._popup.chosen.connect(self._chosen)
        self.textEdited.connect(self._typed)

    def expect(self, people: Sequence[tuple[UUID, str]], here: frozenset[UUID]) -> None:
        """Offer ``people`` at once; never offer those ``here`` already."""
        self._here = here
        section = tr("Expected today")
        self._expected = tuple(
            Suggestion(name, value=ident, section=section) for ident, name in people
        )

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.text():
            self._popup.show_rows(self._expected[:MOST])

    def _typed(self, typed: str) -> None:
        if not typed.strip():
            self._jobs.forget("deputy", owner=self)
            self._popup.show_rows(self._expected[:MOST])
            return
        listing = Listing("name", text=typed)
        self._jobs.latest(
            "deputy",
            lambda tx: deputies.list_deputies(tx, listing).rows,
            self._show,
            owner=self,
            delay_ms=PAUSE_MS,
        )

    def _show(self, found: tuple[DeputyRecord, ...]) -> None:
        rows = [
            Suggestion(one.name, extra=levels_words(one.levels), value=one.id)
            for one in found
            if one.id not in self._here
        ]
        if self.hasFocus():
            self._popup.show_rows(rows[:MOST])

    def _chosen(self, value: object) -> None:
        self.clear()
        self.chosen.emit(value)
