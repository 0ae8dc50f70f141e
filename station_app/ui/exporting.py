"""Exporting a list as a spreadsheet: what, with which phones, where to, and how far it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QProgressBar, QVBoxLayout, QWidget

from db.vocabulary import Role
from station_app.domain.exports import Exported, Purpose
from station_app.errors import StationError
from station_app.exchange.office_lists import Wanted, count, file_name, write_list
from station_app.i18n import tr
from station_app.services.exports import log_export
from station_app.ui.theme import lay, px
from station_app.ui.widgets import Combo, MessageBar, ShortcutButton, label, row

if TYPE_CHECKING:
    from station_app.ui.jobs import Job, Jobs
    from station_app.ui.page import Page

Offer = tuple[str, Wanted]


def export_button(page: Page, offers: Callable[[], list[Offer]]) -> ShortcutButton:
    """The button of a page that exports one of ``offers`` (title, what), the first by default."""
    return ShortcutButton(
        tr("Export"),
        "Ctrl+E",
        icon="download",
        act=lambda: open_export(page, offers()),
    )


def open_export(page: Page, offers: list[Offer]) -> ExportDialog:
    """Open the dialog over ``page``; its end is told there."""
    dialog = ExportDialog(page.jobs, offers, page)
    dialog.ended = lambda text: page.message.emit(text, None)
    dialog.open()
    return dialog


class ExportDialog(QDialog):
    """Asks what to export and writes it; whole phones only for a purpose, which is logged."""

    def __init__(self, jobs: Jobs, offers: list[Offer], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Export as a spreadsheet"))
        self.ended: Callable[[str], object] = lambda _text: None
        self._jobs, self._offers = jobs, offers
        self._job: Job | None = None
        self.what = Combo()
        self.what.setAccessibleName(tr("What to export"))
        self.what.fill([(at, title) for at, (title, _) in enumerate(offers)])
        self.what.setEnabled(len(offers) > 1)
        self.what.currentIndexChanged.connect(lambda _at: self._recount())
        self.rows = label("", "quiet", wrap=True)
        self.phones = QCheckBox(tr("With whole phone numbers"))
        self.purpose = Combo()
        self.purpose.setAccessibleName(tr("What for"))
        self.purpose.fill([(one, word) for one, word in _purposes().items()])
        self.purpose.setEnabled(False)
        self.phones.toggled.connect(self.purpose.setEnabled)
        self.phones.setEnabled(jobs.actor is not None and jobs.actor.role is not Role.VIEWER)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress"))
        self.bar.hide()
        self.fault = MessageBar("red", icon="alert-triangle")
        self.fault.set("")
        self.go = ShortcutButton(
            tr("Save as …"), "Ctrl+Return", icon="download", kind="primary", act=self._ask_where
        )
        self.stop = ShortcutButton(tr("Cancel"), "Escape", act=self.reject)
        whole = lay(QVBoxLayout(self), margins=(24, 24, 24, 20), spacing=14)
        whole.addWidget(self.what)
        whole.addWidget(self.rows)
        whole.addLayout(row(self.phones, self.purpose, None))
        note = tr("Otherwise numbers are masked. Who exported what is kept in the log.")
        whole.addWidget(label(note, "quiet", wrap=True))
        whole.addWidget(self.fault)
        whole.addWidget(self.bar)
        whole.addStretch(1)
        whole.addLayout(row(None, self.stop, self.go))
        self.resize(px(520), px(300))
        self.go.setFocus()
        self._recount()

    @property
    def wanted(self) -> Wanted:
        """What is asked for now."""
        _title, wanted = self._offers[max(self.what.currentIndex(), 0)]
        return replace(wanted, phones=self.phones.isChecked())

    def reject(self) -> None:
        """Give up; what is being written leaves nothing behind."""
        if self._job is not None:
            self._job.cancel()
        super().reject()

    def write(self, path: Path) -> None:
        """Write the list to ``path``."""
        wanted, jobs = self.wanted, self._jobs
        purpose = Purpose(str(self.purpose.currentData())) if wanted.phones else None
        self.fault.set("")
        self.go.setEnabled(False)
        self.bar.setRange(0, 0)
        self.bar.show()
        self._job = jobs.write(
            lambda tx: log_export(tx, wanted.what, purpose=purpose),
            lambda _none: self._write(wanted, path),
            owner=self,
            failed=self._failed,
        )

    def _write(self, wanted: Wanted, path: Path) -> None:
        jobs = self._jobs
        store, actor = jobs.store, jobs.actor
        if store is None or actor is None:
            return

        def made(report: Callable[[int, int], None]) -> int:
            with store.read(actor) as tx:
                return write_list(tx, wanted, path, report=report)

        self._job = jobs.long_work(
            made,
            lambda rows: self._written(rows, path),
            owner=self,
            progress=self._reached,
            failed=self._failed,
        )

    def _ask_where(self) -> None:
        today = self._today or date.min
        proposed = str(Path.home() / file_name(self.wanted, today))
        path, _kind = QFileDialog.getSaveFileName(
            self, tr("Export as a spreadsheet"), proposed, "*.xlsx"
        )
        if path:
            self.write(Path(path).with_suffix(".xlsx"))

    _today: date | None = None

    def _recount(self) -> None:
        wanted = self.wanted
        self._jobs.latest(
            "rows", lambda tx: (count(tx, wanted), tx.today), self._counted, owner=self
        )

    def _counted(self, found: tuple[int, date]) -> None:
        rows, self._today = found
        self.rows.setText(tr("{n} rows, as the list is narrowed now", n=rows))

    def _reached(self, done: int, total: int) -> None:
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)

    def _written(self, rows: int, path: Path) -> None:
        self._job = None
        self.ended(tr("{n} rows are saved as {file}.", n=rows, file=path.name))
        self.accept()

    def _failed(self, error: StationError) -> None:
        self._job = None
        self.bar.hide()
        self.go.setEnabled(True)
        self.fault.set(error.text)


def ledger_offer(title: str, first_on: date, last_on: date) -> Offer:
    """The ledger of a period."""
    return title, Wanted(Exported.LEDGER, first_on=first_on, last_on=last_on)


def _purposes() -> dict[Purpose, str]:
    return {
        Purpose.REPORT: tr("purpose|For a report to the level above"),
        Purpose.HANDLING: tr("purpose|For the handling unit"),
        Purpose.REVISIT: tr("purpose|For revisits"),
        Purpose.FILE: tr("purpose|For the file"),
    }
