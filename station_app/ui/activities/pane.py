"""The right side of the activities: one to read, with who took part, or its form."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.vocabulary import Role, RoleClass
from station_app.domain.activities import ActivityRecord, activity_word
from station_app.domain.words import levels_words, role_class_word
from station_app.errors import RuleViolation
from station_app.i18n import tr
from station_app.services import activities, drafts
from station_app.ui.activities.form import ActivityForm, typed_for_new, typed_of
from station_app.ui.days.planning import Choice, planning
from station_app.ui.days.words import day_title, hours
from station_app.ui.kept_form import Typed
from station_app.ui.record_pane import RecordPane
from station_app.ui.theme import lay
from station_app.ui.widgets import (
    Card,
    ElidedLabel,
    Pill,
    ShortcutButton,
    column,
    label,
    row,
    scrolling,
)

if TYPE_CHECKING:
    from station_app.store import Tx
    from station_app.ui.jobs import Jobs
    from station_app.ui.page import Page


class ActivityDetail(QWidget):
    """The facts of one activity."""

    deputy_opened = Signal(object)

    def __init__(self, *, writable: bool) -> None:
        super().__init__()
        self._writable = writable
        self._title = label("", "title", wrap=True, selectable=True)
        self._about = label("", "quiet", wrap=True)
        self._note = label("", wrap=True, selectable=True)
        self._pill = Pill(tr("activity|Cancelled"), "neutral")
        self.edit = ShortcutButton(tr("Edit"), "Alt+E", icon="edit")
        self.cancel = ShortcutButton(tr("Call off"), icon="calendar-off")
        self._people = lay(QVBoxLayout(), spacing=6)
        head = row(spacing=12)
        head.addWidget(self._title, 1)
        head.addWidget(self._pill)
        body = lay(column(spacing=14), margins=(20, 18, 20, 18), spacing=14)
        body.addLayout(head)
        body.addWidget(self._about)
        body.addLayout(row(self.edit, self.cancel, None))
        body.addWidget(self._note)
        body.addLayout(self._people)
        body.addStretch(1)
        card = Card(margin=1)
        card.content.addWidget(scrolling(body, tr("Activity"), gutter=20))
        lay(QVBoxLayout(self)).addWidget(card)

    def show_record(self, record: ActivityRecord) -> None:
        """Show one activity."""
        self._title.setText(record.title)
        when = hours(record.starts, record.ends) if record.starts and record.ends else ""
        about = (activity_word(record.kind), day_title(record.held_on), when, record.place,
                 record.campaign)  # fmt: skip
        self._about.setText(" · ".join(filter(None, about)))
        self._note.setText(record.note)
        self._note.setVisible(bool(record.note))
        self._pill.setVisible(record.cancelled)
        self.edit.setVisible(self._writable)
        self.cancel.setVisible(self._writable)
        self.cancel.setText(tr("It takes place after all") if record.cancelled else tr("Call off"))
        self._show_people(record)

    def _show_people(self, record: ActivityRecord) -> None:
        while (item := self._people.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._people.addWidget(label(tr("{n} took part", n=len(record.people)), "section"))
        for who in record.people:
            place = QWidget()
            deputy = who.role_class is RoleClass.DEPUTY
            said = levels_words(who.levels) if deputy else role_class_word(who.role_class)
            line = row(ElidedLabel(who.name, "strong"), ElidedLabel(said, "secondary"), None)
            place.setLayout(line)
            self._people.addWidget(place)


class ActivityPane(RecordPane[ActivityRecord]):
    """Shows or writes down one activity."""

    noun = "activity"

    def __init__(self, jobs: Jobs, page: Page, *, role: Role) -> None:
        self._writable = role is not Role.VIEWER
        self.detail, self.form = ActivityDetail(writable=self._writable), ActivityForm()
        super().__init__(jobs, page, self.detail, self.form, tr("Choose an activity on the left"))
        self._today = date(2000, 1, 1)
        self.detail.edit.clicked.connect(self.edit)
        self.detail.cancel.clicked.connect(self._call_off)
        self.form.save_requested.connect(self._save)

    def edit(self) -> None:
        """Open the form of the activity shown."""
        if self._writable and self.record is not None and not self.is_editing:
            self._open_form(self.record)

    def _read(self) -> None:
        shown = self.shown
        assert shown is not None
        self._jobs.latest(
            "detail", lambda tx: activities.get_activity(tx, shown), self._show, owner=self
        )

    def _show(self, record: ActivityRecord) -> None:
        self.record = record
        self.detail.show_record(record)
        if not self.is_editing:
            self.setCurrentWidget(self.detail)

    def _get(self, tx: Tx, record_id: UUID) -> ActivityRecord:
        return activities.get_activity(tx, record_id)

    def _open_form(self, record: ActivityRecord | None) -> None:
        self._begin(record)
        name = self._form_name(self._editing)

        def show(found: tuple[date, tuple[Choice, ...], Typed | None]) -> None:
            self._today, choices, typed = found
            title = tr("Write an activity down") if record is None else record.title
            self.form.set_ground(title, choices, self._today)
            self._fill(typed)

        self._jobs.write(
            lambda tx: (tx.today, planning(tx).choices, drafts.kept_draft(tx, name)), show,
            owner=self,
        )  # fmt: skip

    def _start(self) -> Typed:
        if self._editing is None or self.record is None:
            return typed_for_new(self._today)
        return typed_of(self.record)

    def _typed(self, record: ActivityRecord) -> Typed:
        return typed_of(record)

    def _save(self) -> None:
        try:
            draft = self.form.draft()
        except RuleViolation as error:
            self._refused(error)
            return
        self._save_as(lambda tx, editing: activities.save_activity(tx, draft, activity_id=editing))

    def _call_off(self) -> None:
        if self.record is None:
            return
        off = not self.record.cancelled
        do, undo = (partial(_set_cancelled, cancelled=one) for one in (off, not off))
        self._step(do, _said, undo)


def _set_cancelled(tx: Tx, activity_id: UUID, *, cancelled: bool) -> ActivityRecord:
    return activities.cancel_activity(tx, activity_id, cancelled=cancelled)


def _said(record: ActivityRecord) -> str:
    if record.cancelled:
        return tr("Called off: {title}.", title=record.title)
    return tr("Takes place: {title}.", title=record.title)
