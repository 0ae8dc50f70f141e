"""The import of a list, step by step in the page: file, understanding, progress, result."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QProgressBar, QStackedWidget

from station_app.errors import StationError
from station_app.exchange.problem_list import write_problems
from station_app.i18n import tr
from station_app.ui.imports.kind import ImportKind, Reading, Report
from station_app.ui.imports.result import Result
from station_app.ui.imports.review import Review
from station_app.ui.theme import lay
from station_app.ui.widgets import Card, EmptyState, MessageBar, ShortcutButton, column, label, row

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from station_app.ui.jobs import Job, Jobs


class Importer(QStackedWidget):
    """Leads from a file to what is imported. ``closed``: back to the list."""

    closed = Signal()
    message = Signal(str)
    file_taken = Signal(str)

    def __init__(self, jobs: Jobs, kind: ImportKind) -> None:
        super().__init__()
        self._jobs, self._kind = jobs, kind
        self._path = Path()
        self._job: Job | None = None
        self._watch: Watch | None = None
        self.result: Any = None
        self.review, self.outcome = Review(kind), Result(kind)
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
                self._kind.drop,
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
        path, _kind = QFileDialog.getOpenFileName(self, self._kind.choose, "", kinds)
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
        path, review, kind = self._path, self.review, self._kind
        sheet, mapping, head = review.sheet, dict(review.mapping), review.header_row
        if self.currentWidget() is not review:
            self._wait(tr("Reading {file} …", file=path.name))
        self._job = self._jobs.work(
            lambda: kind.read(path, sheet=sheet, mapping=mapping, header_row=head),
            self._show_reading,
            owner=self,
            failed=self._refused,
        )

    def _show_reading(self, reading: Reading) -> None:
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
        watch = self._watch = Watch()
        watch.reached.connect(self._reached)
        self._wait(self._kind.importing(len(reading.drafts)))
        path, kind = self._path, self._kind
        self._job = self._jobs.write(
            lambda tx: watch.over(lambda report: kind.act(tx, path, reading, report)),
            lambda result: self._imported(result, reading),
            owner=self,
            failed=self._not_imported,
        )

    def _reached(self, done: int, total: int) -> None:
        if self._watch is not None and not self._watch.stopped.is_set():
            self.bar.setRange(0, total)
            self.bar.setValue(done)

    def _imported(self, result: Any, reading: Reading) -> None:
        watch, self._watch = self._watch, None
        self.result = result
        self.outcome.show_result(self._kind.ended(result, reading), reading)
        self.setCurrentWidget(self.outcome)
        if watch is not None and watch.stopped.is_set():
            self.message.emit(tr("Too late to cancel: everything had been imported already."))

    def _not_imported(self, error: StationError) -> None:
        self._watch = None
        self.setCurrentWidget(self.review)
        self.message.emit(error.text)

    def _stop(self) -> None:
        if self._watch is not None:
            self._watch.stopped.set()
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


class Watch(QObject):
    """An import under way: how far it is, and whether the operator stopped it."""

    reached = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self.stopped = Event()

    def over(self, act: Callable[[Report], Any]) -> Any:
        """Do ``act``; stopped before the commit, the whole transaction is given up."""
        result = act(self._report)
        self._check()
        return result

    def _report(self, done: int, total: int) -> None:
        self._check()
        if done % 10 == 0:
            self.reached.emit(done, total)

    def _check(self) -> None:
        if self.stopped.is_set():
            raise StationError(tr("Cancelled; nothing was imported."))
