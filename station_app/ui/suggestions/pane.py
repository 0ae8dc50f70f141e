"""The right side of the suggestions: one suggestion or its form, and the steps it takes."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Signal

from db.vocabulary import IssueEventKind, Role, Stage
from station_app.domain.case_words import stage_word
from station_app.domain.dictionaries import UnitRecord
from station_app.domain.suggestions import SuggestionDraft, SuggestionRecord
from station_app.errors import Conflict, NotFound, StationError
from station_app.i18n import tr
from station_app.services import dictionaries, drafts, suggestion_texts, suggestions, visits
from station_app.services.issue_act import issue_row
from station_app.ui.days.planning import Choice, planning
from station_app.ui.issues.several import chosen
from station_app.ui.kept_form import Typed
from station_app.ui.record_pane import RecordPane
from station_app.ui.suggestions.detail import SuggestionDetail
from station_app.ui.suggestions.form import SuggestionForm, typed_for_new, typed_of
from station_app.ui.suggestions.stepping import Stepping, draft_name

if TYPE_CHECKING:
    from station_app.store import Tx
    from station_app.ui.jobs import Jobs
    from station_app.ui.page import Page


@dataclass(frozen=True, slots=True)
class _Ground:
    """What a form begins with."""

    deputies: tuple[Choice, ...]
    start: Typed
    kept: Typed | None


@dataclass(frozen=True, slots=True)
class _Shown:
    """One suggestion with what stands half-typed beside it."""

    record: SuggestionRecord
    units: tuple[UnitRecord, ...]
    kept: Typed | None
    edited: bool
    today: date
    zone: tzinfo


class SuggestionPane(RecordPane[SuggestionRecord]):
    """Shows, drafts and moves on one suggestion. ``began`` says that a form was opened."""

    began = Signal()
    noun = "suggestion"

    def __init__(self, jobs: Jobs, page: Page, *, role: Role) -> None:
        writable = role is not Role.VIEWER
        self.detail, self.form = SuggestionDetail(writable=writable), SuggestionForm(jobs)
        super().__init__(jobs, page, self.detail, self.form, tr("Choose a suggestion on the left"))
        self._writable = writable
        self._wanted: tuple[UUID, ...] = ()
        self._start_typed: Typed = {}
        self.stepping = Stepping(jobs, self.detail)
        self.stepping.done.connect(self._stepped_to)
        self.stepping.refused.connect(self._step_refused)
        self.detail.edit_requested.connect(self.edit)
        for part in (self.detail, self.form):
            part.issue_opened.connect(lambda one: page.open_requested.emit("issue", one))
        self.form.redraft_requested.connect(lambda: self._propose(over=True))
        self.form.issues.changed.connect(lambda: self._propose(over=False))
        self.form.save_requested.connect(self._save)

    # -- the form

    def raise_from(self, issue_ids: Collection[UUID]) -> None:
        """Open the form of a new suggestion drawn from issues."""
        if self._writable:
            self._wanted = tuple(issue_ids)
            self._open_form(None)

    def begin_new(self) -> None:
        """Open the form of a new suggestion; its issues are still to be chosen."""
        self.raise_from(())

    def edit(self) -> None:
        """Open the form of the suggestion shown, while it is a draft."""
        draft = self.record is not None and self.record.stage is Stage.DRAFTED
        if self._writable and draft and not self.is_editing:
            self._open_form(self.record)

    def _form_name(self, record_id: UUID | None) -> str:
        lead = self._wanted[0].hex if self._wanted else "new"
        return f"{self.noun}:{record_id or lead}"

    def _open_form(self, record: SuggestionRecord | None) -> None:
        self._begin(record)
        name, wanted = self._form_name(self._editing), self._wanted

        def show(found: _Ground) -> None:
            self._start_typed = found.start
            title = tr("New suggestion") if record is None else record.title
            self.form.set_ground(title, found.deputies, drawn=record is not None)
            self._fill(found.kept)
            self.form.issues.fix(record is not None)
            self.began.emit()

        # In the line of the writes: what was put aside a moment ago must be there.
        self._jobs.write(
            lambda tx: _ground(tx, name, record, wanted),
            show,
            owner=self,
            failed=self._page.show_error,
        )

    def _start(self) -> Typed:
        return self._start_typed

    def _typed(self, record: SuggestionRecord) -> Typed:
        return typed_of(record)

    def _propose(self, *, over: bool) -> None:
        ids = self.form.issues.ids
        if not self.is_editing or self._editing is not None or not ids:
            return
        self._jobs.latest(
            "text",
            lambda tx: suggestion_texts.suggestion_text(tx, ids),
            lambda draft: self.form.propose(draft, over=over),
            owner=self,
            failed=self._page.show_error,
        )

    def _save(self) -> None:
        draft = self.form.draft()

        def save(tx: Tx, editing: UUID | None) -> SuggestionRecord:
            if editing is None:
                return suggestions.raise_suggestion(tx, draft)
            return suggestions.edit_suggestion(tx, editing, draft)

        self._save_as(save)

    def _saved(self, record: SuggestionRecord) -> None:
        made = self._editing is None
        super()._saved(record)
        self._wanted = ()
        told = (
            tr("The suggestion is drafted; {n} issues wait for its outcome.", n=len(record.issues))
            if made
            else tr("Saved.")
        )
        self._page.message.emit(told, None)

    # -- the record

    def _get(self, tx: Tx, record_id: UUID) -> SuggestionRecord:
        return suggestions.get_suggestion(tx, record_id)

    def _read(self) -> None:
        shown = self.shown
        assert shown is not None
        name = self._form_name(shown)

        def read(tx: Tx) -> _Shown:
            return _Shown(
                suggestions.get_suggestion(tx, shown),
                dictionaries.list_units(tx),
                drafts.kept_draft(tx, draft_name(shown)),
                drafts.kept_draft(tx, name) is not None,
                tx.today,
                tx.zone,
            )

        self._jobs.latest("detail", read, self._show, owner=self, failed=self._page.show_error)

    def _show(self, found: _Shown) -> None:
        self.record = found.record
        self.stepping.about_to_show(found.record)
        self.detail.show_record(found.record, found.today, found.zone)
        edited = found.edited and found.record.stage is Stage.DRAFTED
        self.stepping.settle_with(found.units, found.kept, edited=edited)
        if not self.is_editing:
            self.setCurrentWidget(self.detail)

    def _stepped_to(self, record: SuggestionRecord, stage: Stage) -> None:
        if stage is Stage.WITHDRAWN:
            told = tr("The suggestion is withdrawn; its issues are again where they were.")
        else:
            told = tr("The suggestion is at: {stage}", stage=stage_word(record.stage))
        self._page.message.emit(told, self._undo_of(record))
        self._stepped(record)
        self.saved.emit(record)

    def _undo_of(self, record: SuggestionRecord) -> Callable[[], object] | None:
        """What takes the step back that was taken just now."""
        step = record.undoable
        if step is None:
            return None

        def back(done: SuggestionRecord) -> None:
            self._page.message.emit(tr("It is taken back; the history keeps both."), None)
            self._stepped(done)
            self.saved.emit(done)

        return lambda: self._write(
            lambda tx, ident: suggestions.undo_step(tx, ident, step), record.id, back
        )

    def _step_refused(self, error: StationError) -> None:
        self._page.show_error(error, self.detail.panel.fields)
        if isinstance(error, Conflict | NotFound):
            self.reload()


def _ground(
    tx: Tx, name: str, record: SuggestionRecord | None, wanted: tuple[UUID, ...]
) -> _Ground:
    offered, kept = planning(tx).choices, drafts.kept_draft(tx, name)
    if record is not None:
        return _Ground(offered, typed_of(record), kept)
    taken = chosen(tx, wanted, IssueEventKind.RAISED)
    if wanted and not taken:
        raise Conflict(tr("None of these issues can become part of a suggestion now."))
    ids = [UUID(one.id) for one in taken]
    draft = SuggestionDraft("", "", ())
    received: dict[UUID, None] = {}
    if ids:
        draft = suggestion_texts.suggestion_text(tx, ids)
        visit = visits.get_visit(tx, issue_row(tx, ids[0]).visit_id)
        received = {one.id: None for one in visit.deputies}
    issues: list[dict[str, Any]] = [
        {"id": one.id, "number": one.number, "title": one.title} for one in taken
    ]
    return _Ground(offered, typed_for_new(issues, list(received), draft), kept)
