"""Global search (Ctrl+K): results beneath the field on top as one types, grouped by kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from station_app.domain.search import Hit
from station_app.domain.words import found_word
from station_app.i18n import tr
from station_app.services.search import search
from station_app.ui.jobs import Jobs
from station_app.ui.widgets.fields import SearchField
from station_app.ui.widgets.popup import PopupList, Suggestion

if TYPE_CHECKING:
    from station_app.errors import StationError

#: So short that it feels at once, long enough to skip the letters of a syllable.
PAUSE_MS = 60


class GlobalSearch(QObject):
    """Asks the search service for what ``field`` holds; ``opened`` carries kind and id."""

    opened = Signal(str, object)

    def __init__(self, jobs: Jobs, field: SearchField) -> None:
        super().__init__(field)
        self._jobs, self._field = jobs, field
        self.popup = PopupList(field, name=tr("Search results"), width=520, rows=12)
        self.popup.chosen.connect(self._open)
        field.textEdited.connect(self.ask)

    def ask(self, typed: str) -> None:
        """Search for ``typed``; nothing typed hides the list."""
        if not typed.strip():
            self._jobs.forget("search", owner=self)
            self.popup.hide()
            return
        self._jobs.latest(
            "search",
            lambda tx: search(tx, typed),
            self._show,
            owner=self,
            failed=self._failed,
            delay_ms=PAUSE_MS,
        )

    def find(self, typed: str) -> None:
        """Search for ``typed`` as if it had been typed, as for a scanned code."""
        self._field.setFocus()
        self._field.setText(typed)
        self.ask(typed)

    def _show(self, hits: tuple[Hit, ...]) -> None:
        if not self._field.hasFocus():
            return
        rows = [
            Suggestion(hit.title, detail=hit.detail, value=hit, section=found_word(hit.kind))
            for hit in hits
        ]
        nothing = tr("Nothing found. Try fewer letters, or a phone's last digits.")
        if rows:
            self.popup.show_rows(rows)
        else:
            self.popup.say(nothing, "search")

    def _failed(self, error: StationError) -> None:
        self.popup.say(error.text, "alert-triangle")

    def _open(self, hit: object) -> None:
        if isinstance(hit, Hit):
            self._field.clear()
            self.opened.emit(hit.kind.value, hit.id)
