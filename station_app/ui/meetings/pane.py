"""The right side of the meetings: one meeting to read, or the form of a new one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal

from db.vocabulary import IssueEventKind, Role, RoleClass
from station_app.domain.dictionaries import UnitRecord
from station_app.domain.meetings import MeetingRecord
from station_app.errors import Conflict, RuleViolation
from station_app.i18n import tr
from station_app.services import days, dictionaries, drafts, issues, meetings
from station_app.ui.days.planning import Choice, planning
from station_app.ui.issues.several import chosen
from station_app.ui.kept_form import Typed
from station_app.ui.meetings.detail import MeetingDetail
from station_app.ui.meetings.form import MeetingForm, typed_for_new
from station_app.ui.record_pane import RecordPane

if TYPE_CHECKING:
    from station_app.store import Tx
    from station_app.ui.jobs import Jobs
    from station_app.ui.page import Page


@dataclass(frozen=True, slots=True)
class _Ground:
    """What a form begins with."""

    deputies: tuple[Choice, ...]
    units: tuple[UnitRecord, ...]
    today: date
    start: Typed
    kept: Typed | None


class MeetingPane(RecordPane[MeetingRecord]):
    """Shows a meeting, or writes one down. ``began`` says that the form was opened."""

    began = Signal()
    noun = "meeting"

    def __init__(self, jobs: Jobs, page: Page, *, role: Role) -> None:
        self.detail, self.form = MeetingDetail(), MeetingForm(jobs)
        super().__init__(jobs, page, self.detail, self.form, tr("Choose a meeting on the left"))
        self._writable = role is not Role.VIEWER
        self._issues: tuple[UUID, ...] = ()
        self._day: UUID | None = None
        self._start_typed: Typed = {}
        for part in (self.detail, self.form):
            part.issue_opened.connect(lambda one: page.open_requested.emit("issue", one))
        self.form.save_requested.connect(self._save)

    def begin_from(self, issue_ids: Collection[UUID] = (), day_id: UUID | None = None) -> None:
        """Open the form of a new meeting about some issues, or of a reception day."""
        if self._writable:
            self._issues, self._day = tuple(issue_ids), day_id
            self._open_form(None)

    def begin_new(self) -> None:
        """Open the form of a new meeting."""
        self.begin_from()

    def _form_name(self, record_id: UUID | None) -> str:
        lead = self._issues[0] if self._issues else self._day
        return f"{self.noun}:{record_id or (lead.hex if lead else 'new')}"

    def _open_form(self, record: MeetingRecord | None) -> None:
        self._begin(None)
        name, wanted, day_id = self._form_name(None), self._issues, self._day

        def show(found: _Ground) -> None:
            self._start_typed = found.start
            self.form.set_ground(found.deputies, found.units, found.today)
            self._fill(found.kept)
            self.began.emit()

        # In the line of the writes: what was put aside a moment ago must be there.
        self._jobs.write(
            lambda tx: _ground(tx, name, wanted, day_id),
            show,
            owner=self,
            failed=self._page.show_error,
        )

    def _start(self) -> Typed:
        return self._start_typed

    def _typed(self, record: MeetingRecord) -> Typed:
        raise NotImplementedError  # a meeting that was held is never edited

    def _get(self, tx: Tx, record_id: UUID) -> MeetingRecord:
        return meetings.get_meeting(tx, record_id)

    def _read(self) -> None:
        shown = self.shown
        assert shown is not None
        self._jobs.latest(
            "detail",
            lambda tx: meetings.get_meeting(tx, shown),
            self._show,
            owner=self,
            failed=self._page.show_error,
        )

    def _show(self, record: MeetingRecord) -> None:
        self.record = record
        self.detail.show_record(record)
        if not self.is_editing:
            self.setCurrentWidget(self.detail)

    def _save(self) -> None:
        try:
            draft = self.form.draft()
        except RuleViolation as error:
            self._refused(error)
            return
        self._save_as(lambda tx, _editing: meetings.hold_meeting(tx, draft))

    def _saved(self, record: MeetingRecord) -> None:
        self.detail.show_record(record)
        super()._saved(record)
        self._issues, self._day = (), None
        told = tr("The meeting is written down, with {n} issues.", n=len(record.items))
        self._page.message.emit(told, partial(self._take_back, record.id))

    def _take_back(self, meeting_id: UUID) -> None:
        self._jobs.write(
            lambda tx: meetings.take_back_meeting(tx, meeting_id),
            lambda _none: self._taken_back(),
            owner=self,
            failed=self._page.show_error,
        )

    def _taken_back(self) -> None:
        self.show_none()
        told = tr("The meeting is taken back; the histories of its issues keep both.")
        self._page.message.emit(told, None)


def _ground(tx: Tx, name: str, wanted: tuple[UUID, ...], day_id: UUID | None) -> _Ground:
    items = chosen(tx, wanted, IssueEventKind.MET)
    if wanted and not items:
        raise Conflict(tr("None of these issues can be talked about at a meeting now."))
    residents = [issues.get_issue(tx, UUID(one.id)).resident for one in items]
    start = typed_for_new(tx.today, items, residents=residents)
    if day_id is not None:
        day = days.get_day(tx, day_id)
        came = [one for one in day.deputies if one.attendance_id is not None]
        start = typed_for_new(
            min(day.held_on, tx.today),
            items,
            place=day.place,
            topic=day.theme,
            deputy_ids=[one.deputy_id for one in came or day.deputies],
            departments=[
                one.title or one.name
                for one in day.guests
                if one.role_class is RoleClass.DEPARTMENT
            ],
        )
    return _Ground(
        planning(tx).choices,
        dictionaries.list_units(tx),
        tx.today,
        start,
        drafts.kept_draft(tx, name),
    )
