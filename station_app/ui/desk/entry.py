"""Fast entry: the visit form with its number, what was kept of it, and the acts that end it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from station_app.domain.visits import VisitRecord, check_visit, tidy_visit
from station_app.errors import RuleViolation, StationError
from station_app.i18n import tr
from station_app.services import drafts, visits
from station_app.ui.desk.form import State, VisitForm
from station_app.ui.desk.reading import FORM, Desk, Kept, Known, Words
from station_app.ui.desk.waiting import HeldKeys
from station_app.ui.kept_form import KeptForm
from station_app.ui.theme import lay, px
from station_app.ui.widgets import (
    Card,
    IconButton,
    MessageBar,
    Pill,
    ShortcutButton,
    column,
    keys_in_words,
    label,
    row,
    scrolling,
    show_keys_if_room,
)

if TYPE_CHECKING:
    from station_app.store import Tx
    from station_app.ui.jobs import Jobs

#: Of the card's margin, so much (dp) is the scroll bar's.
GUTTER = 12


class VisitEntry(Card):
    """The entry at the middle of the desk.

    ``saved`` carries (record, state before, whether to print); ``said`` a sentence with its undo;
    ``edited`` the name typed so far, for the list of arrivals.
    """

    saved = Signal(object, object, bool)
    said = Signal(str, object)
    edited = Signal(str)

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(margin=20, spacing=10)
        self._jobs = jobs
        self._day_id: UUID | None = None
        self._today = date.today()  # noqa: DTZ011 - until the desk is read
        self._saving = False
        self.form = VisitForm(jobs)
        self.kept = KeptForm(jobs, self._collect, self)
        self._held = HeldKeys(self, longest_ms=10_000, saving=True)
        self._held.expired.connect(self._resume)
        self._lay_out()
        self.form.edited.connect(self._edited)
        self.form.recognised.connect(self._recognised)
        self.form.issue_removed.connect(self._issue_removed)
        self.kept.kept.connect(self._show_kept)
        # The stubs know only that there may be no application.
        QApplication.instance().focusChanged.connect(self._follow)  # type: ignore[union-attr]

    def show_desk(self, desk: Desk, words: Words) -> None:
        """Take over the day, who is present, and what is completed."""
        self._today = desk.today
        self._day_id = desk.day.id if desk.day is not None and desk.receiving else None
        number = tr("Visit {n}", n=f"{desk.next_sequence:03d}")
        self._title.setText(number if self._day_id else tr("A visit between reception days"))
        duties = desk.day.deputies if desk.day is not None else ()
        self._say_unclosed(desk)
        present = [(one.deputy_id, one.name) for one in duties if one.attendance_id]
        self.form.offer(words, present)

    def _say_unclosed(self, desk: Desk) -> None:
        """A day nobody ended takes in what is registered days later: say so."""
        day = desk.day
        old = day is not None and desk.receiving and day.held_on < desk.today
        if day is None or not old:
            self._unclosed.set("")
            return
        self._unclosed.set(
            tr("The day of {month}-{day} was never ended", month=day.held_on.month,
               day=day.held_on.day),
            tr("What is saved now counts for that day. End it first (F10), then begin today's."),
        )  # fmt: skip

    def start(self, kept: Kept) -> bool:
        """Begin; True if a half-typed visit of before was brought back."""
        self.kept.begin(FORM, {})
        if not kept.state:
            return False
        self.form.people.update(kept.people)
        self.form.restore(kept.state)
        self.kept.keep()
        self._note.set("", tr("What was half-typed is back. Go on writing, or clear it."))
        return True

    def save(self, *, and_print: bool = False) -> None:
        """Save the visit; a second call while one is under way does nothing."""
        if self._saving or self.form.is_empty:
            self.form.begin()
            return
        try:
            self.form.check()
            draft = tidy_visit(self.form.draft(self._day_id))
            check_visit(draft)
        except RuleViolation as error:
            self._refused(error)
            return
        before = self.form.state()
        self._saving = True
        self.kept.end()  # or a draft written after the save would come back as a second visit
        self._held.hold()

        def act(tx: Tx) -> VisitRecord:
            record = visits.save_visit(tx, draft)
            drafts.drop_draft(tx, FORM)
            return record

        def then(record: VisitRecord) -> None:
            self._begin_anew()
            self._held.release()
            self._saving = False
            self.saved.emit(record, before, and_print)

        self._jobs.write(act, then, owner=self, failed=self._failed)

    def clear(self) -> None:
        """Begin anew; what was typed can be had back."""
        if self.form.is_empty:
            self.form.begin()
            return
        before = self.form.state()
        self._begin_anew()
        self.kept.forget()
        self.said.emit(tr("The form was cleared."), lambda: self.bring_back(before))

    def bring_back(self, state: State) -> bool:
        """Show a state again, unless something else is being typed; whether it was shown."""
        if not self.form.is_empty:
            return False
        self.form.restore(state)
        self.form.issues.shown.text.setFocus(Qt.FocusReason.OtherFocusReason)
        self.kept.keep()
        return True

    def type_in(self, number: str = "") -> None:
        """Type in a form that was filled by hand; ``number`` if its code was scanned."""
        self.form.paper.begin(number, self._today)

    def add_issue(self) -> None:
        """Another issue of the same visitor."""
        self.form.issues.add().text.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        others = sum(one.sizeHint().width() + px(8) for one in self._capless)
        show_keys_if_room(self._caps, self.width() - px(40) - others)

    def _begin_anew(self) -> None:
        self.kept.begin(FORM, {})
        self.form.clear()
        self._pill.hide()
        self._note.set("")
        self._fault.set("")
        self._area.verticalScrollBar().setValue(0)
        self.form.begin()

    def _collect(self) -> State:
        return {} if self.form.is_empty else self.form.state()

    def _failed(self, error: StationError) -> None:
        self._held.release()
        self._refused(error)
        self._resume()

    def _resume(self) -> None:
        """The visit was not saved: keep its words again."""
        self._saving = False
        self.kept.begin(FORM, {})
        self.kept.keep()

    def _refused(self, error: StationError) -> None:
        left = error.text
        if isinstance(error, RuleViolation):
            left = self.form.show_errors(error)
        self._fault.set(tr("Not saved yet") if left else "", left)

    def _edited(self) -> None:
        self.kept.note()
        if self._fault.isVisible():
            self._fault.set("")
        self.edited.emit("" if self.form.is_empty else self.form.visitor.name.text())

    def _recognised(self, known: Known | None) -> None:
        self._came.setVisible(known is not None)
        if known is not None:
            self._came.set(tr("Came {n} times before", n=known.record.visit_count), "green")

    def _issue_removed(self, before: list[State]) -> None:
        self.said.emit(tr("The issue was removed."), lambda: self.form.issues.restore(before))

    def _show_kept(self, moment: datetime) -> None:
        if not self.form.is_empty:
            self._pill.set(tr("Draft kept {time}", time=f"{moment:%H:%M:%S}"), "neutral")
            self._pill.show()

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self.form.isAncestorOf(new):
            # After the layout: the part with the cursor may have been unfolded just now.
            QTimer.singleShot(0, new, lambda: self._reveal(new))

    def _reveal(self, part: QWidget) -> None:
        """Scroll to ``part`` with its label, and to what belongs to it: handling, an offer."""
        shown = self.form.issues.shown
        if shown.outcome.isAncestorOf(part):
            self._area.show_whole(shown.outcome, above=0)
        if part is shown.text and shown.same.isVisible():
            self._area.show_whole(shown.same, above=0)
        self._area.show_whole(part, above=24)

    def _lay_out(self) -> None:
        self._title = label("", "section")
        self._pill, self._came = Pill(""), Pill("", "green")
        for pill in (self._pill, self._came):
            pill.hide()
        self._note, self._fault = MessageBar("blue"), MessageBar("red", icon="alert-triangle")
        self._note.add_button(
            IconButton("x", tr("Close this note"), act=lambda: self._note.set(""), size=18)
        )
        self._unclosed = MessageBar("amber", icon="alert-triangle")
        for bar in (self._unclosed, self._note, self._fault):
            bar.set("")
        lines = lay(QVBoxLayout(), margins=(0, 0, GUTTER, 0))
        lines.addWidget(self.form)
        self._area = scrolling(lines, tr("Visit form"), gutter=GUTTER)
        # What unfolds while somebody types must not push out of sight what is typed.
        self._area.verticalScrollBar().rangeChanged.connect(
            lambda _low, _high: self._follow(None, QApplication.focusWidget())
        )
        above = column(self._heading(), self._unclosed, self._note, self._fault)
        self.content.addLayout(lay(above, margins=(0, 0, GUTTER, 0), spacing=10))
        self.content.addWidget(self._area, 1)
        self.content.addLayout(lay(self._acts(), margins=(0, 0, GUTTER, 0)))
        lay(self.content, margins=(20, 20, 20 - GUTTER, 20), spacing=10)

    def _heading(self) -> QHBoxLayout:
        line = lay(QHBoxLayout(), spacing=10)
        for part in (self._title, self._pill, self._came):
            line.addWidget(part)
        line.addStretch(1)
        line.addWidget(label(tr("Enter: next field"), "quiet"))
        return line

    def _acts(self) -> QHBoxLayout:
        another = ShortcutButton(tr("Another issue"), "Ctrl+I", icon="plus", act=self.add_issue)
        clear = IconButton("trash", tr("Clear"), keys="Ctrl+Shift+Backspace", act=self.clear)
        paper = IconButton(
            "file-text", tr("Type in a paper form"), keys="Ctrl+Shift+P", act=self.type_in
        )
        with_receipt = ShortcutButton(
            tr("Save and print the receipt"),
            "Ctrl+Shift+Return",
            icon="receipt",
            show_keys=False,
            act=lambda: self.save(and_print=True),
        )
        with_receipt.setToolTip(keys_in_words("Ctrl+Shift+Return"))
        save = ShortcutButton(tr("Save"), "Ctrl+Return", kind="primary", act=self.save)
        self._caps, self._capless = (another, save), (clear, paper, with_receipt)
        # Two icons close to each other leave the words their room in a narrow window.
        return row(another, row(clear, paper, spacing=0), None, with_receipt, save, spacing=6)
