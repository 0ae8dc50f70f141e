"""What stands in the middle while nobody is entered: no day, planned, ending, ended, only looking.

Each says what can be done now and holds the buttons that do it.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from db.vocabulary import DayStatus
from station_app.domain.days import DayRecord
from station_app.i18n import tr
from station_app.ui.desk.reading import Desk
from station_app.ui.theme import lay
from station_app.ui.widgets import Card, EmptyState, Line, MessageBar, ShortcutButton, label, row


class Panels(Card):
    """Chooses by the day's state what to say. Its signals are what the operator wants."""

    new_wanted = Signal(str)  # the kind of record: "day", "deputy"
    open_wanted = Signal()
    visit_wanted = Signal()
    ledger_wanted = Signal()
    reopen_wanted = Signal()
    lock_wanted = Signal()

    def __init__(self, *, may_write: bool) -> None:
        super().__init__(margin=20, spacing=12)
        self._may_write = may_write
        self._state: QWidget | None = None

    def show_desk(self, desk: Desk) -> None:
        """Say what can be done now."""
        focus = QApplication.focusWidget()
        held = self._state is not None and focus is not None and self._state.isAncestorOf(focus)
        if self._state is not None:
            self.content.removeWidget(self._state)
            self._state.hide()
            self._state.deleteLater()
        self._state = self._made(desk)
        self.content.addWidget(self._state, 1)
        first = self._state.findChild(ShortcutButton)
        if held and first is not None:  # or the keys would fall back to the rail
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _made(self, desk: Desk) -> QWidget:
        day = desk.day
        if not self._may_write:
            return EmptyState(
                "eye",
                tr("This account looks only"),
                tr("Choose an arrival at the left to see the whole visit."),
            )
        if day is None:
            return self._between() if desk.has_roster else self._first_steps()
        if day.status is DayStatus.PLANNED:
            return self._planned(day)
        return self._ended(day)

    def _first_steps(self) -> QWidget:
        roster = ShortcutButton(
            tr("Import a roster"), icon="table-import", kind="primary",
            act=partial(self.new_wanted.emit, "deputy"),
        )  # fmt: skip
        return EmptyState(
            "id-badge-2",
            tr("Import the roster first"),
            tr("Then it is known who receives. A day can be planned without it, and a visit "
               "recorded at any time."),
            _side_by_side(roster, self._plan(first=False), self._visit()),
        )  # fmt: skip

    def _plan(self, *, first: bool) -> ShortcutButton:
        return ShortcutButton(
            tr("Plan a day"), icon="calendar-plus", kind="primary" if first else "",
            act=partial(self.new_wanted.emit, "day"),
        )  # fmt: skip

    def _visit(self) -> ShortcutButton:
        return ShortcutButton(
            tr("Record a visit"), "F4", icon="user-plus", act=self.visit_wanted.emit
        )

    def _between(self) -> QWidget:
        return EmptyState(
            "calendar-off",
            tr("No reception today"),
            tr("Plan a day and begin it here, or record somebody who came in between."),
            _side_by_side(self._plan(first=True), self._visit()),
        )

    def _planned(self, day: DayRecord) -> QWidget:
        begin = ShortcutButton(
            tr("Begin the reception"), "F9", icon="player-play", kind="primary",
            act=self.open_wanted.emit,
        )  # fmt: skip
        begin_words = tr("Begin when the door opens; then check in and receive.")
        due = len(day.deputies)
        said = tr("{n} deputies are expected.", n=due) if due else tr("No deputies are set yet.")
        return EmptyState(
            "door-enter",
            tr("Reception begins at {time}", time=f"{day.starts.hour}:{day.starts.minute:02d}"),
            tr("{first} {second}", first=said, second=begin_words),
            _side_by_side(begin, self._visit()),
        )

    def _ended(self, day: DayRecord) -> QWidget:
        ledger = ShortcutButton(
            tr("Print the ledger"), "F8", icon="printer", act=self.ledger_wanted.emit
        )
        if day.status is DayStatus.LOCKED:
            return EmptyState(
                "lock",
                tr("The day is locked"),
                tr("Later corrections are added to the issues as notes."),
                ledger,
            )
        made = QWidget()
        whole = lay(QVBoxLayout(made), spacing=12)
        ledger.setProperty("kind", "primary")
        reopen = ShortcutButton(
            tr("Go on receiving"), icon="player-play", act=self.reopen_wanted.emit
        )
        lock = ShortcutButton(tr("Lock the day"), icon="lock")
        ended = EmptyState(
            "flag-check",
            tr("The reception has ended"),
            tr("Print the ledger and have it signed; then lock the day."),
            _side_by_side(ledger, reopen, lock),
        )
        whole.addWidget(ended, 1)
        whole.addWidget(self._lock_bar(lock, ended), 0, Qt.AlignmentFlag.AlignVCenter)
        return made

    def _lock_bar(self, lock: ShortcutButton, ended: QWidget) -> MessageBar:
        """The question that stands in place of ``ended``: a low window has no room for both."""
        bar = MessageBar("amber", icon="lock")
        bar.add_button(ShortcutButton(tr("Lock it"), act=self.lock_wanted.emit))
        wait = ShortcutButton(tr("Not yet"), "Escape", kind="quiet")
        bar.add_button(wait)
        bar.set("")

        def ask() -> None:
            ended.hide()
            bar.set(
                tr("Is the signed ledger on file?"),
                tr("A locked day stays as it is; this cannot be taken back."),
            )
            wait.setFocus()

        def leave() -> None:
            bar.set("")
            ended.show()
            lock.setFocus()

        lock.clicked.connect(ask)
        wait.clicked.connect(leave)
        return bar


class ClosingPanel(Card):
    """Before the day ends: what it brought, and what is still open."""

    close_wanted = Signal()
    back_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(margin=20, spacing=12)
        self._figures = label("", wrap=True)
        self._open = MessageBar("amber", icon="alert-triangle")
        self._late = MessageBar("neutral", icon="clock")
        self.close_button = ShortcutButton(
            tr("End the reception"), "Ctrl+Return", kind="primary", act=self.close_wanted.emit
        )
        back = ShortcutButton(tr("Go on receiving"), "Escape", act=self.back_wanted.emit)
        for part in (
            label(tr("End today's reception"), "section"), self._figures, Line(), self._open,
            self._late,
            label(tr("Ended by mistake? It can be taken up again until it is locked."),
                  "quiet", wrap=True),
        ):  # fmt: skip
            self.content.addWidget(part)
        self.content.addStretch(1)
        self.content.addLayout(row(None, back, self.close_button))

    def show_desk(self, desk: Desk, half_typed: str) -> None:
        """Sum up; ``half_typed`` is the name in the entry form, if anything is there."""
        figures = desk.counters
        self._figures.setText(
            tr(
                "{visits} visits, {people} people, {issues} issues: {answered} answered at once,"
                " {to_handle} to be handled, {joined} joined.",
                visits=figures.visits,
                people=figures.people,
                issues=figures.issues,
                answered=figures.answered,
                to_handle=figures.to_handle,
                joined=figures.joined,
            )
        )
        said = tr("A visit is half-typed and not saved: {name}", name=half_typed)
        advice = tr("Go back and save it first; after the end it cannot join this day.")
        self._open.set(said if half_typed else "", advice if half_typed else "")
        duties = () if desk.day is None else desk.day.deputies
        late = [one.name for one in duties if one.attendance_id is None]
        names = tr("names|, ").join(late)
        self._late.set(tr("Did not come") if late else "", names)


def _side_by_side(*buttons: QWidget) -> QWidget:
    made = QWidget()
    lay(QVBoxLayout(made)).addLayout(row(*buttons, spacing=12))
    return made
