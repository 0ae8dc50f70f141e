"""The words of the place: what the head calls the degrees of solution, said on every screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from station_app.domain.issue_words import say_degrees
from station_app.services.dictionaries import degree_names

if TYPE_CHECKING:
    from station_app.store import Change
    from station_app.ui.jobs import Jobs


class LocalWords(QObject):
    """Reads the words when the station opens, and again when they were changed anywhere."""

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        jobs.changed.connect(self._changed)
        self._read()

    def _read(self) -> None:
        self._jobs.read(degree_names, say_degrees, owner=self)

    def _changed(self, changes: frozenset[Change]) -> None:
        if any(one.kind == "dictionary_entry" for one in changes):
            self._read()
