"""The import of a roster, step by step in the page: file, understanding, progress, result."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QProgressBar, QStackedWidget

from station_app.domain.deputies import DeputyDraft, RosterImport
from station_app.errors import StationError
from station_app.exchange.problem_list import write_problems
from station_app.exchange.roster import RosterReading, read_roster
from station_app.i18n import tr
from station_app.services import deputies
from station_app.ui.deputies.roster_result import RosterResult
from station_app.ui.deputies.roster_review import RosterReview
from station_app.ui.theme import lay
from station_app.ui.widgets import Card, EmptyState, MessageBar, ShortcutButton, column, label, row

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from station_app.store import Tx
    from station_app.ui.jobs import Job, Jobs


class RosterImporter(QStackedWidget):
    """Leads from a file to imported deputies. ``closed``: back to the list."""

    closed = Signal()
    message = Signal(str)
    file_taken = Signal(str)

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        self._path = Path()
        self._job: Job | None = None
        self._stopped: Event | None = None
        self.result: RosterImport | None = None
        self.review, self.outcome = RosterReview(), RosterResult()
        self.start, self.waiting = self._build_start(), self._build_waiting()
        for part in (self.start, self.review, self.waiting, self.outcome):
            self.addWidget(part)
        self.review.corrected.connect(self._read)
        self.review.accepted.connect(self._import)
        self.review.other_file.connect(self.choose)
        self.review.left.connect(self.closed)
        self.outcome.save_requested.connect(self._save_problems)
        self.outcome.closed.connect(self.closed)

    def _build_start(self) -> QWidget:
        choose = ShortcutButton(
            tr("Choose a file …"), "Ctrl+O", icon="folder-open", kind="primary", act=self.choose
        )
        back = ShortcutButton(tr("Back to the list"), "Escape", act=self.closed.emit)
        self.fault = MessageBar("red", icon="alert-triangle")
        self.fault.set("")
        card = Card()
        card.content.addWidget(self.fault)
        card.content.addWidget(
            EmptyState(
                "file-spreadsheet",
                tr("Drop the roster here, or choose the file"),
                tr("As it is, from WPS or Excel: .xlsx, .xls, .ods, .csv. Nothing is changed yet."),
                choose,
            ),
            1,
        )
        card.content.addLayout(row(back, None))
        return card

    def _build_waiting(self) -> QWidget:
        self._doing = label("", "section")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress"))
        stop = ShortcutButton(tr("Cancel"), "Escape", act=self._stop)
        card = Card(margin=32)
        card.content.addLayout(
            lay(column(None, self._doing, self.bar, row(None, stop), None), spacing=16)
        )
        return card

    def begin(self, path: str = "") -> None:
        """Begin anew, with the file at ``path`` if there is one."""
        self.fault.set("")
        self.setCurrentWidget(self.start)
        if path:
            self._take(path)

    def choose(self) -> None:
        """Ask for the file."""
        kinds = tr("Spreadsheets (*.xlsx *.xls *.ods *.csv)")
        path, _kind = QFileDialog.getOpenFileName(self, tr("Choose the roster"), "", kinds)
        if path:
            self._take(path)

    def _take(self, path: str) -> None:
        self._path = Path(path)
        self.review.begin()
        self.file_taken.emit(self._path.name)
        self._read()

    def _read(self) -> None:
        if self._job is not None:
            self._job.cancel()
        path, review = self._path, self.review
        sheet, mapping, head = review.sheet, dict(review.mapping), review.header_row
        if self.currentWidget() is not review:
            self._wait(tr("Reading {file} …", file=path.name))
        self._job = self._jobs.work(
            lambda: read_roster(path, sheet=sheet, mapping=mapping, header_row=head),
            self._show_reading,
            owner=self,
            failed=self._refused,
        )

    def _show_reading(self, reading: RosterReading) -> None:
        self.review.show_reading(reading)
        if self.currentWidget() is not self.review:
            self.setCurrentWidget(self.review)
            self.review.accept.setFocus()

    def _refused(self, error: StationError) -> None:
        self.fault.set(tr("This file cannot be imported"), error.text)
        self.setCurrentWidget(self.start)

    def _wait(self, doing: str) -> None:
        self._doing.setText(doing)
        self.bar.setRange(0, 0)
        self.setCurrentWidget(self.waiting)

    def _import(self) -> None:
        reading = self.review.reading
        if reading is None or not reading.drafts:
            return
        stopped = self._stopped = Event()
        self._wait(tr("Importing {n} people …", n=len(reading.drafts)))
        self._job = self._jobs.write(
            lambda tx: _import_unless(stopped, tx, reading.drafts),
            lambda result: self._imported(result, reading),
            owner=self,
            failed=self._not_imported,
        )

    def _imported(self, result: RosterImport, reading: RosterReading) -> None:
        stopped, self._stopped = self._stopped, None
        self.result = result
        self.outcome.show_result(result, reading)
        self.setCurrentWidget(self.outcome)
        if stopped is not None and stopped.is_set():
            self.message.emit(tr("Too late to cancel: everything had been imported already."))

    def _not_imported(self, error: StationError) -> None:
        self._stopped = None
        self.setCurrentWidget(self.review)
        self.message.emit(error.text)

    def _stop(self) -> None:
        if self._stopped is not None:
            self._stopped.set()
            self._doing.setText(tr("Cancelling …"))
        elif self._job is not None:
            self._job.cancel()
            self.setCurrentWidget(self.start)

    def _save_problems(self) -> None:
        reading = self.review.reading
        proposed = tr("Not read from {file}", file=self._path.stem) + ".xlsx"
        path, _kind = QFileDialog.getSaveFileName(
            self, tr("Save the list"), str(self._path.parent / proposed), "*.xlsx"
        )
        if not path or reading is None:
            return
        target = Path(path).with_suffix(".xlsx")
        self._jobs.work(
            lambda: write_problems(reading, target),
            lambda _rows: self.message.emit(tr("Saved as {file}.", file=target.name)),
            owner=self,
            failed=lambda error: self.message.emit(error.text),
        )


def _import_unless(stopped: Event, tx: Tx, drafts: Sequence[DeputyDraft]) -> RosterImport:
    """Import ``drafts``; stopped before the commit, the whole transaction is given up."""
    result = deputies.import_deputies(tx, drafts)
    if stopped.is_set():
        raise StationError(tr("Cancelled; nothing was imported."))
    return result
