"""Leading the suggestion shown to its next stage: the step's form, what is half-typed, the save."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from db.vocabulary import Stage
from station_app.domain.dictionaries import UnitRecord
from station_app.domain.suggestions import SuggestionRecord
from station_app.errors import StationError
from station_app.i18n import tr
from station_app.services import drafts
from station_app.ui.kept_form import KeptForm, Typed
from station_app.ui.suggestions.detail import SuggestionDetail
from station_app.ui.suggestions.steps import take_step

if TYPE_CHECKING:
    from station_app.store import Tx
    from station_app.ui.jobs import Jobs


class Stepping(QObject):
    """Between the steps of a SuggestionDetail and the services.

    ``done`` carries the record and the stage it was taken to; ``refused`` a StationError.
    """

    done = Signal(object, object)
    refused = Signal(object)

    def __init__(self, jobs: Jobs, detail: SuggestionDetail) -> None:
        super().__init__(detail)
        self._jobs, self._detail, self._panel = jobs, detail, detail.panel
        self._units: Sequence[UnitRecord] = ()
        self._blank: Typed = {}
        self._held: dict[UUID, Typed] = {}
        self.kept = KeptForm(jobs, self._typed, self)
        detail.asked.connect(self.ask)
        self._panel.typed.connect(self.kept.note)
        self._panel.closed.connect(self._leave)
        self._panel.submitted.connect(self._submit)

    def ask(self, stage: Stage) -> None:
        """Open the form of the step to ``stage``, with what was typed into it before."""
        record = self._detail.record
        if record is None:
            return
        self.put_away()
        held = self._held.get(record.id)
        self._panel.ask(stage, self._units)
        self._detail.unsaved.set("")
        self._blank = self._typed()
        self.kept.begin(draft_name(record.id), self._blank)
        if held is not None and held["stage"] == stage.value:
            self._panel.fill(held["values"])

    def put_away(self) -> None:
        """Close the form; what was typed is kept for the next time."""
        record = self._detail.record
        if self._panel.stage is None or record is None:
            return
        self.kept.keep()
        if self.kept.touched:
            self._held[record.id] = self._typed()
        else:
            self._held.pop(record.id, None)
        self._close()

    def about_to_show(self, record: SuggestionRecord) -> None:
        """Another suggestion is going to be shown: the open form is put away."""
        shown = self._detail.record
        if shown is not None and shown.id != record.id:
            self.put_away()

    def settle_with(self, units: Sequence[UnitRecord], kept: Typed | None, *, edited: bool) -> None:
        """Bring form and hint in line with the suggestion just shown.

        ``kept`` was found in the file; ``edited``: its own form is half-typed.
        """
        self._units = units
        record = self._detail.record
        if self._panel.stage is not None and not self._detail.possible(self._panel.stage):
            self.put_away()
        if kept and record is not None:
            self._held.setdefault(record.id, kept)
        self._hint(edited=edited)

    def _hint(self, *, edited: bool = False) -> None:
        record = self._detail.record
        held = self._held.get(record.id) if record is not None else None
        waits = held is not None and self._detail.possible(Stage(held["stage"]))
        shown = (waits or edited) and self._panel.stage is None
        self._detail.unsaved.set(
            tr("There are changes not saved yet.") if shown else "",
            tr("Open the same form again to go on with them.") if shown else "",
        )

    def _typed(self) -> Typed:
        stage = self._panel.stage
        return {"stage": stage.value if stage else "", "values": self._panel.values()}

    def _close(self) -> None:
        self.kept.end()
        self._panel.close_form()

    def _leave(self) -> None:
        self.put_away()
        self._hint()
        self._detail.next.setFocus()

    def _submit(self) -> None:
        record, stage = self._detail.record, self._panel.stage
        if stage is None or record is None:
            return
        typed = self._panel.values()
        self.kept.end()  # a pause in the typing must not keep again what is being saved
        self._panel.save.setEnabled(False)

        def write(tx: Tx) -> SuggestionRecord:
            done = take_step(tx, record, stage, typed)
            drafts.drop_draft(tx, draft_name(record.id))
            return done

        def finish(done: SuggestionRecord) -> None:
            self._held.pop(record.id, None)
            self._close()
            self.done.emit(done, stage)

        self._jobs.write(write, finish, owner=self, failed=self._refuse)

    def _refuse(self, error: StationError) -> None:
        self._panel.save.setEnabled(True)
        record = self._detail.record
        if self._panel.stage is not None and record is not None:
            self.kept.begin(draft_name(record.id), self._blank)
            self.kept.note()
        self.refused.emit(error)


def draft_name(suggestion_id: UUID) -> str:
    """Under which name the half-typed step of a suggestion is kept."""
    return f"suggestion/{suggestion_id.hex}"
