"""The desk page: arrivals, entry and deputies side by side, the day's figures on top."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from db.vocabulary import DayStatus, Role
from station_app.domain.days import DayRecord
from station_app.domain.record_codes import parse_blank_code, parse_record_code
from station_app.domain.visits import VisitRecord
from station_app.i18n import tr
from station_app.services import visits
from station_app.ui.desk.acts import DayActs
from station_app.ui.desk.board import Board
from station_app.ui.desk.counters import Counters
from station_app.ui.desk.due_button import DueButton
from station_app.ui.desk.form import State
from station_app.ui.desk.headline import headline
from station_app.ui.desk.reading import Desk, Kept, Words, read_desk, read_kept, read_words
from station_app.ui.desk.scanned import take_paper
from station_app.ui.page import Page
from station_app.ui.theme import px
from station_app.ui.widgets import ShortcutButton

if TYPE_CHECKING:
    from station_app.domain.accounts import Actor
    from station_app.store import Change
    from station_app.ui.jobs import Jobs

#: Changes of these kinds change what is completed as one types.
WORDS = frozenset({"category", "dictionary_entry", "resident"})
#: Below this height (dp) the figures stand in one line.
LOW = 680


class DeskPage(Page):
    """Receives residents all morning; see issue 2 and design.md §4."""

    kinds: ClassVar[frozenset[str]] = frozenset(
        {"visit", "issue", "day", "duty", "attendance", "deputy", "resident", "category"}
    )

    def __init__(self, jobs: Jobs, actor: Actor, parent: QWidget | None = None) -> None:
        super().__init__(jobs, actor, parent)
        self.may_write = actor.role is not Role.VIEWER
        self.desk: Desk | None = None
        self._words = Words()
        self._pinned: UUID | None = None
        self._between = False
        self.acts = DayActs(jobs, self)
        self.counters = Counters()
        self.board = Board(jobs, actor)
        self.arrivals, self.entry = self.board.arrivals, self.board.entry
        self.detail, self.panels = self.board.detail, self.board.panels
        self.closing, self.present = self.board.closing, self.board.present
        self._scan = ShortcutButton(
            tr("Scan check-in"), "F2", icon="qrcode", act=self.present.start_check_in
        )
        self._close = ShortcutButton(
            tr("End the reception"), "F10", icon="flag-check", act=self._close_asked
        )
        self._due = DueButton(self)
        for button in (self._due, self._scan, self._close):
            button.hide()
            self.add_action(button)
        for part in (self.counters, self.board):
            part.hide()  # until the first reading: an empty desk would invite to type
        self.body.addWidget(self.counters)
        self.body.addWidget(self.board, 1)
        self._listen_to_columns()
        self._listen_to_acts()
        self.set_title(tr("Reception desk"))

    def reload(self) -> None:
        pinned = self._pinned
        first = self.desk is None
        self.jobs.latest(
            "desk",
            lambda tx: (read_desk(tx, pinned), read_kept(tx) if first else None),
            self._show,
            owner=self,
            failed=self.show_error,
        )
        if first:
            self._read_words()

    def on_changed(self, changes: frozenset[Change]) -> None:
        super().on_changed(changes)
        if self.desk is not None and any(one.kind in WORDS for one in changes):
            self._read_words(delay_ms=1000)
        if self.detail.visit is not None and self.board.shown is self.detail:
            self.detail.show_visit(self.detail.visit.id, fixed=self._locked())

    def show_record(self, kind: str, record_id: UUID) -> None:
        if kind == "visit":
            self._open_visit(record_id)
        elif kind == "day":
            self._pinned = record_id
            self.mark_stale()

    def on_scanned(self, text: str) -> bool:
        number, code = parse_blank_code(text), parse_record_code(text)
        if number is not None:
            take_paper(self, number)
        elif code is None:
            return False
        elif code.kind == "visit":
            self._open_visit(code.id)
        else:
            self.open_requested.emit(code.kind, code.id)
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.counters.set_compact(self.height() < px(LOW))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.entry.kept.keep()

    def start_entry(self) -> None:
        """Show the entry and put the cursor where the next visitor begins."""
        if not self.may_write:
            return
        self._between = self.desk is not None and not self.desk.receiving
        self._show_middle(self.entry)
        self.entry.form.begin()

    def _read_words(self, delay_ms: int = 0) -> None:
        self.jobs.latest(
            "words",
            read_words,
            self._show_words,
            owner=self,
            failed=self.show_error,
            delay_ms=delay_ms,
        )

    def _show_words(self, words: Words) -> None:
        self._words = words
        if self.desk is not None:
            self.entry.show_desk(self.desk, words)

    def _show(self, found: tuple[Desk, Kept | None]) -> None:
        desk, kept = found
        self.desk = desk
        self.board.show()
        self._headline(desk)
        self._due.show_count(desk.due)
        self.counters.setVisible(desk.day is not None)
        self.counters.show_figures(desk.counters)
        self.arrivals.show_desk(desk)
        self.present.setVisible(desk.day is not None)
        self.present.show_desk(desk)
        self.panels.show_desk(desk)
        restored = False
        self.entry.show_desk(desk, self._words)
        if kept is not None and self.may_write:
            restored = self.entry.start(kept)
        self._choose_middle(desk, first=kept is not None, restored=restored)
        self.badge_changed.emit(desk.counters.visits, desk.receiving)

    def _headline(self, desk: Desk) -> None:
        receiving = self.may_write and desk.receiving
        self._scan.setVisible(receiving)
        self._close.setVisible(receiving)
        self.set_title(*headline(desk))

    def _choose_middle(self, desk: Desk, *, first: bool, restored: bool) -> None:
        shown = self.board.shown
        if shown is self.detail and not first:
            return
        half_typed = not self.entry.form.is_empty
        entering = self.may_write and (desk.receiving or self._between or half_typed)
        if shown is self.closing and desk.receiving and not first:
            self.closing.show_desk(desk, self._typed_name())
            return
        self._show_middle(self.entry if entering else self.panels)
        if first and entering and not restored:
            self.entry.form.begin()

    def _show_middle(self, part: QWidget) -> None:
        self.board.show_middle(part)
        entering = part is self.entry
        desk = self.desk
        can = desk is not None and (desk.receiving or self._between)
        self.arrivals.allow_new(can or not self.entry.form.is_empty)
        self.arrivals.show_typing(self._typed_name(), entering=entering)
        if part is not self.detail:
            self.arrivals.mark(None)

    def _typed_name(self) -> str:
        if self.entry.form.is_empty:
            return ""
        return self.entry.form.visitor.name.text() or tr("New visitor")

    def _open_visit(self, visit_id: UUID) -> None:
        self.detail.show_visit(visit_id, fixed=self._locked())
        self._show_middle(self.detail)
        self.arrivals.mark(visit_id)

    def _leave_detail(self) -> None:
        if self.desk is not None:
            self.board.show_middle(self.panels)
            self._choose_middle(self.desk, first=False, restored=False)
            if self.board.shown is self.entry:
                self.entry.form.begin()

    def _locked(self) -> bool:
        day = None if self.desk is None else self.desk.day
        return day is not None and day.status is DayStatus.LOCKED

    def _close_asked(self) -> None:
        if self.desk is not None:
            self.closing.show_desk(self.desk, self._typed_name())
            self._show_middle(self.closing)
            self.closing.close_button.setFocus()

    def _day_stood(self, day: DayRecord) -> None:
        """The day took a step: it stays on the desk, also when it is over."""
        self._pinned = day.id
        self._between = False
        self.board.show_middle(self.panels)
        if day.status is DayStatus.OPEN:
            self.board.show_middle(self.entry)
            self.entry.form.begin()

    def _with_day(self, act: Callable[..., object]) -> Callable[..., None]:
        """``act`` with the day's id before whatever the signal carries."""

        def then(*facts: object) -> None:
            if self.desk is not None and self.desk.day is not None:
                act(self.desk.day.id, *facts)

        return then

    def _listen_to_columns(self) -> None:
        self.arrivals.opened.connect(self._open_visit)
        self.arrivals.entry_wanted.connect(self.start_entry)
        self.entry.saved.connect(self._saved)
        self.entry.said.connect(self.message)
        self.entry.edited.connect(lambda _name: self._typing())
        self.detail.closed.connect(self._leave_detail)
        self.detail.said.connect(self.message)
        self.detail.failed.connect(self.show_error)
        self.detail.issue_wanted.connect(lambda ident: self.open_requested.emit("issue", ident))
        self.detail.print_wanted.connect(self.print_requested)

    def _listen_to_acts(self) -> None:
        acts, day = self.acts, self._with_day
        acts.said.connect(self.message)
        acts.failed.connect(self.show_error)
        acts.stood.connect(self._day_stood)
        acts.print_wanted.connect(self.print_requested)
        self.panels.new_wanted.connect(lambda kind: self.open_requested.emit(kind, None))
        self.panels.visit_wanted.connect(self.start_entry)
        self.panels.open_wanted.connect(day(acts.open_day))
        self.panels.reopen_wanted.connect(day(acts.reopen_day))
        self.panels.lock_wanted.connect(day(acts.lock_day))
        self.panels.ledger_wanted.connect(day(acts.print_ledger))
        self.closing.close_wanted.connect(day(acts.close_day))
        self.closing.back_wanted.connect(self._leave_detail)
        self.present.check_in_wanted.connect(day(lambda on, who, _name: acts.check_in(on, who)))
        self.present.undo_wanted.connect(day(acts.take_back))
        self.present.guest_wanted.connect(day(acts.add_guest))

    def _saved(self, record: VisitRecord, before: State, and_print: bool) -> None:
        number = f"{record.sequence:03d}" if record.sequence else record.number
        self.message.emit(
            tr("Visit {n} is saved.", n=number), lambda: self._take_back(record, before)
        )
        if and_print:
            self.acts.print_receipt(record.id)

    def _take_back(self, record: VisitRecord, before: State) -> None:
        reason = tr("Taken back right after it was saved")

        def then(_record: VisitRecord) -> None:
            self._show_middle(self.entry)
            if self.entry.bring_back(before):
                self.message.emit(tr("Taken back; the text is in the form again."), None)
            else:
                self.message.emit(tr("Taken back; its text stays in the voided visit."), None)

        self.jobs.write(
            lambda tx: visits.void_visit(tx, record.id, reason=reason),
            then,
            owner=self,
            failed=self.show_error,
        )

    def _typing(self) -> None:
        self.arrivals.show_typing(self._typed_name(), entering=self.board.shown is self.entry)
