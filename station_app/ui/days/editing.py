"""The right side of the days' page: facts or plan of one day, and its steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from PySide6.QtCore import Signal

from db.vocabulary import DayStatus, Role
from station_app.domain.days import DayCounters, DayDraft, DayRecord, NoticeDue, check_day
from station_app.errors import RuleViolation
from station_app.i18n import tr
from station_app.services import day_lists, days, drafts
from station_app.services.notices import notice_of
from station_app.ui.days.detail import DayDetail
from station_app.ui.days.form import DayForm, typed_for_new, typed_of
from station_app.ui.days.ledger import ledger_of
from station_app.ui.days.planning import Planning, planning
from station_app.ui.days.words import day_title
from station_app.ui.kept_form import Typed
from station_app.ui.papers.button import PapersButton
from station_app.ui.record_pane import RecordPane, Step

if TYPE_CHECKING:
    from station_app.store import Tx
    from station_app.ui.jobs import Jobs
    from station_app.ui.page import Page


@dataclass(frozen=True, slots=True)
class _Act:
    """A step of a day, what is said when it is done, and the step that takes it back."""

    do: Step[DayRecord]
    said: Callable[[str], str]
    undo: Step[DayRecord] | None = None


class _Shown(NamedTuple):
    """What is shown of a day."""

    day: DayRecord
    counters: DayCounters
    today: date
    unsaved: bool
    notice: NoticeDue | None


class DayPane(RecordPane[DayRecord]):
    """Shows, plans and moves on one day. ``shown_changed``: another day, or the same anew."""

    shown_changed = Signal()
    noun = "day"

    def __init__(self, jobs: Jobs, page: Page, *, role: Role) -> None:
        self.detail, self.form = DayDetail(role=role), DayForm()
        super().__init__(jobs, page, self.detail, self.form, tr("Choose a day on the left"))
        self._writable = role is not Role.VIEWER
        self._ground: Planning | None = None
        self._proposed: date | None = None
        self.detail.acted.connect(self._act)
        self.papers = PapersButton(jobs, "day", page.print_requested.emit)
        self.detail.add_act(self.papers)
        self.detail.deputy_opened.connect(lambda one: page.open_requested.emit("deputy", one))
        self.form.hours_edited.connect(self._check_hours)
        self.form.save_requested.connect(self._save)

    def show_none(self) -> None:
        super().show_none()
        self.shown_changed.emit()

    def begin_new(self) -> None:
        self._proposed = None
        super().begin_new()

    def begin_on(self, on: date) -> None:
        """Open the form for a new day on that date."""
        if self.is_editing:
            self.cancel()
        self._proposed = on
        super().begin_new()

    def edit(self) -> None:
        """Open the form for the day shown, while it can still be changed."""
        changeable = self.record and self.record.status in (DayStatus.PLANNED, DayStatus.OPEN)
        if self._writable and changeable and not self.is_editing:
            self._open_form(self.record)

    def print_ledger(self) -> None:
        """Ask for the ledger of the day shown; writing down who printed it makes this a write."""
        shown = self.shown
        if shown is not None:
            self._jobs.write(
                lambda tx: ledger_of(tx, shown),
                lambda made: self._page.print_requested.emit(*made),
                owner=self,
                failed=self._page.show_error,
            )

    def _read(self) -> None:
        shown = self.shown
        assert shown is not None
        self._jobs.latest("detail", lambda tx: self._everything(tx, shown), self._show, owner=self)

    def _everything(self, tx: Tx, day_id: UUID) -> _Shown:
        return _Shown(
            days.get_day(tx, day_id),
            day_lists.day_counters(tx, day_id),
            tx.today,
            drafts.kept_draft(tx, self._form_name(day_id)) is not None,
            notice_of(tx, day_id),
        )

    def _show(self, found: _Shown) -> None:
        self.record = found.day
        self.detail.show_day(
            found.day, found.counters, today=found.today, notice=found.notice,
            unsaved=found.unsaved and self._writable,
        )  # fmt: skip
        self.papers.look(self.record.id)
        if not self.is_editing:
            self.setCurrentWidget(self.detail)
        self.shown_changed.emit()

    def _get(self, tx: Tx, record_id: UUID) -> DayRecord:
        return days.get_day(tx, record_id)

    # -- the form

    def _open_form(self, record: DayRecord | None) -> None:
        self._begin(record)
        name = self._form_name(self._editing)

        def show(found: tuple[Planning, Typed | None]) -> None:
            ground, typed = found
            on = self._proposed
            self._ground = ground if on is None else replace(ground, proposed=on)
            title = tr("Plan a day") if record is None else day_title(record.held_on)
            self.form.set_ground(title, self._ground)
            self._fill(typed)

        # In the line of the writes: what was put aside a moment ago must be there.
        self._jobs.write(lambda tx: (planning(tx), drafts.kept_draft(tx, name)), show, owner=self)

    def _start(self) -> Typed:
        assert self._ground is not None
        if self._editing is None or self.record is None:
            return typed_for_new(self._ground)
        return typed_of(self.record)

    def _typed(self, record: DayRecord) -> Typed:
        return typed_of(record)

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
        self._save_as(lambda tx, editing: days.save_day(tx, draft, day_id=editing))

    def _saved(self, record: DayRecord) -> None:
        super()._saved(record)
        self._page.message.emit(tr("{day} saved.", day=day_title(record.held_on)), None)

    # -- the steps

    def _act(self, name: str) -> None:
        if name == "edit":
            self.edit()
        elif name == "desk":
            self._page.open_requested.emit("desk", self.shown)
        elif name == "meeting":
            self._page.open_requested.emit("meet_on", self.shown)
        elif name == "ledger":
            self.print_ledger()
        else:
            act = _steps()[name]
            self._step(act.do, lambda record: act.said(day_title(record.held_on)), act.undo)


def _steps() -> dict[str, _Act]:
    return {
        "open": _Act(days.open_day, lambda day: tr("{day}: receiving has begun.", day=day)),
        "close": _Act(
            days.close_day,
            lambda day: tr("{day}: receiving has ended.", day=day),
            days.reopen_day,
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
