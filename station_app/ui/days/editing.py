"""The right side of the days' page: facts or plan of one day, and its steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from db.vocabulary import DayStatus, Role
from station_app.domain.days import DayCounters, DayDraft, DayRecord, check_day
from station_app.errors import RuleViolation, StationError
from station_app.i18n import tr
from station_app.services import day_lists, days, drafts
from station_app.ui.days.detail import DayDetail
from station_app.ui.days.form import DayForm, typed_for_new, typed_of
from station_app.ui.days.ledger import ledger_of
from station_app.ui.days.planning import Planning, planning
from station_app.ui.days.words import day_title
from station_app.ui.kept_form import KeptForm
from station_app.ui.theme import fit, px
from station_app.ui.widgets import Card, EmptyState

if TYPE_CHECKING:
    from station_app.store import Tx
    from station_app.ui.jobs import Jobs
    from station_app.ui.page import Page

NEW = "day:new"
_Step = Callable[["Tx", UUID], DayRecord]


@dataclass(frozen=True, slots=True)
class _Act:
    """A step of a day, what is said when it is done, and the step that takes it back."""

    do: _Step
    said: Callable[[str], str]
    undo: _Step | None = None


class DayPane(QStackedWidget):
    """Shows, plans and moves on one day. ``saved`` carries the record after a save."""

    saved = Signal(object)
    shown_changed = Signal()

    def __init__(self, jobs: Jobs, page: Page, *, role: Role) -> None:
        super().__init__()
        self._jobs, self._page = jobs, page
        self._writable = role is not Role.VIEWER
        self.shown: UUID | None = None
        self.record: DayRecord | None = None
        self._editing: UUID | None = None
        self._ground: Planning | None = None
        self.detail = DayDetail(role=role)
        self.form = DayForm()
        self.kept = KeptForm(jobs, self.form.collect, self)
        nothing = Card()
        nothing.content.addWidget(EmptyState("calendar", tr("Choose a day on the left")))
        for part in (nothing, self.detail, self.form):
            self.addWidget(part)
        self.detail.acted.connect(self._act)
        self.detail.deputy_opened.connect(lambda one: page.open_requested.emit("deputy", one))
        self.form.edited.connect(self.kept.note)
        self.form.hours_edited.connect(self._check_hours)
        self.form.save_requested.connect(self._save)
        self.form.cancelled.connect(self.cancel)
        self.form.began_anew.connect(self._begin_anew)
        fit(self, lambda pane: pane.setMinimumWidth(px(320)))

    @property
    def is_editing(self) -> bool:
        """Whether the form is open."""
        return self.currentWidget() is self.form

    def show_none(self) -> None:
        """Show that no day is chosen, unless something is being typed."""
        self.shown, self.record = None, None
        if not self.is_editing:
            self.setCurrentIndex(0)
        self.shown_changed.emit()

    def show_day(self, day_id: UUID) -> None:
        """Show that day. A form that was being typed into is put aside, with a way back."""
        if self.is_editing and day_id != self.shown:
            self._put_aside()
        self.shown = day_id
        self._read()

    def reload(self) -> None:
        """Read the shown day again."""
        if self.shown is not None:
            self._read()

    def _read(self) -> None:
        shown = self.shown
        assert shown is not None
        self._jobs.latest("detail", lambda tx: _everything(tx, shown), self._show, owner=self)

    def _show(self, found: tuple[DayRecord, DayCounters, bool]) -> None:
        self.record, counters, unsaved = found
        self.detail.show_day(self.record, counters, unsaved=unsaved and self._writable)
        if not self.is_editing:
            self.setCurrentWidget(self.detail)
        self.shown_changed.emit()

    # -- the form

    def begin_new(self) -> None:
        """Open the form for a new day."""
        if not self.is_editing or self._editing is not None:
            self._open_form(None)

    def edit(self) -> None:
        """Open the form for the day shown, while it can still be changed."""
        changeable = self.record and self.record.status in (DayStatus.PLANNED, DayStatus.OPEN)
        if self._writable and changeable and not self.is_editing:
            self._open_form(self.record)

    def _open_form(self, record: DayRecord | None) -> None:
        if self.is_editing:
            self._put_aside()
        name = NEW if record is None else f"day:{record.id}"
        self._jobs.read(
            lambda tx: (planning(tx), drafts.kept_draft(tx, name)),
            lambda found: self._fill_form(record, name, *found),
            owner=self,
        )

    def _fill_form(
        self, record: DayRecord | None, name: str, ground: Planning, typed: dict[str, Any] | None
    ) -> None:
        self._editing, self._ground = (record.id if record else None), ground
        title = tr("Plan a day") if record is None else day_title(record.held_on)
        self.setCurrentWidget(self.form)
        self.form.open(title, ground, self._start(), kept=False)
        self.kept.begin(name, self.form.collect())
        if typed is not None:
            self.form.open(title, ground, self._start() | typed, kept=True)

    def _start(self) -> dict[str, Any]:
        assert self._ground is not None
        if self._editing is None or self.record is None:
            return typed_for_new(self._ground)
        return typed_of(self.record)

    def _begin_anew(self) -> None:
        typed, name = self.form.collect(), self.kept.name
        self.kept.forget()
        self.form.kept.set("")
        self.form.fill(self._start())
        self.form.held_on.setFocus()

        def back() -> None:
            if self.kept.name == name:
                self.form.fill(typed)
                self.kept.note()

        self._page.message.emit(tr("Began anew."), back)

    def _put_aside(self) -> None:
        touched, editing = self.kept.touched, self._editing
        self.kept.keep()
        self.kept.end()
        self.setCurrentWidget(self.detail)
        if touched:
            text = tr("What you typed is put aside and not saved yet.")
            self._page.message.emit(text, lambda: self._go_on(editing))

    def _go_on(self, editing: UUID | None) -> None:
        if editing is None:
            self._open_form(None)
            return
        self._jobs.read(lambda tx: days.get_day(tx, editing), self._open_again, owner=self)

    def _open_again(self, record: DayRecord) -> None:
        self.shown, self.record = record.id, record
        self._open_form(record)

    def cancel(self) -> None:
        """Close the form; what was typed stays kept until it is saved or begun anew."""
        self._put_aside()
        if self.shown is None:
            self.setCurrentIndex(0)
        else:
            self.reload()

    def _check_hours(self) -> None:
        meant, editing = self.form.meant_hours(), self._editing
        if meant is None or not self.is_editing:
            return
        on, starts, ends = meant

        def wrong(tx: Tx) -> dict[str, str]:
            try:
                check_day(DayDraft(on, starts, ends), days.taken_hours(tx, on, but=editing))
            except RuleViolation as found:
                return found.fields
            return {}

        self._jobs.latest("hours", wrong, self.form.say_hours, owner=self)

    def _save(self) -> None:
        try:
            draft = self.form.draft()
        except RuleViolation as error:
            self._refused(error)
            return
        editing, name = self._editing, self.kept.name

        def save(tx: Tx) -> DayRecord:
            record = days.save_day(tx, draft, day_id=editing)
            drafts.drop_draft(tx, name)
            return record

        self._jobs.write(save, self._saved, owner=self, failed=self._refused)

    def _refused(self, error: StationError) -> None:
        self._page.show_error(error, self.form.fields)

    def _saved(self, record: DayRecord) -> None:
        self.kept.end()
        self.shown, self.record = record.id, record
        self.setCurrentWidget(self.detail)
        self._read()
        self._page.message.emit(tr("{day} saved.", day=day_title(record.held_on)), None)
        self.saved.emit(record)

    # -- the steps

    def _act(self, name: str) -> None:
        if name == "edit":
            self.edit()
        elif name == "desk":
            self._page.open_requested.emit("desk", self.shown)
        elif name == "ledger":
            self.print_ledger()
        elif self.shown is not None:
            self._step(_steps()[name], self.shown)

    def _step(self, act: _Act, day_id: UUID) -> None:
        def done(record: DayRecord) -> None:
            self._stepped(record)
            undo = None if act.undo is None else partial(self._take_back, act.undo, day_id)
            self._page.message.emit(act.said(day_title(record.held_on)), undo)
            if record.status is DayStatus.OPEN:
                self._page.open_requested.emit("desk", record.id)

        self._write(act.do, day_id, done)

    def _take_back(self, undo: _Step, day_id: UUID) -> None:
        self._write(undo, day_id, self._stepped)

    def _write(self, step: _Step, day_id: UUID, then: Callable[[DayRecord], None]) -> None:
        self._jobs.write(
            lambda tx: step(tx, day_id), then, owner=self, failed=self._page.show_error
        )

    def _stepped(self, record: DayRecord) -> None:
        self.shown = record.id
        self._read()

    def print_ledger(self) -> None:
        """Ask for the ledger of the day shown."""
        shown = self.shown
        if shown is not None:
            self._jobs.write(  # writes who printed it
                lambda tx: ledger_of(tx, shown),
                lambda made: self._page.print_requested.emit(*made),
                owner=self,
                failed=self._page.show_error,
            )


def _everything(tx: Tx, day_id: UUID) -> tuple[DayRecord, DayCounters, bool]:
    unsaved = drafts.kept_draft(tx, f"day:{day_id}") is not None
    return days.get_day(tx, day_id), day_lists.day_counters(tx, day_id), unsaved


def _steps() -> dict[str, _Act]:
    return {
        "open": _Act(days.open_day, lambda day: tr("{day}: receiving has begun.", day=day)),
        "close": _Act(
            days.close_day, lambda day: tr("{day}: receiving has ended.", day=day), days.reopen_day
        ),
        "reopen": _Act(
            days.reopen_day, lambda day: tr("{day}: receiving goes on.", day=day), days.close_day
        ),
        "lock": _Act(days.lock_day, lambda day: tr("{day} is filed and locked.", day=day)),
        "cancel": _Act(
            days.cancel_day, lambda day: tr("{day} is cancelled.", day=day), days.restore_day
        ),
        "restore": _Act(
            days.restore_day, lambda day: tr("{day} will be held.", day=day), days.cancel_day
        ),
    }
