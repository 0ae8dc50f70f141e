"""A report leaves the program: as a print, as a document to be edited, as a spreadsheet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from db.vocabulary import Op
from station_app.domain.periods import period_word
from station_app.domain.reports import Report, Snapshot
from station_app.exchange.report_files import write_report
from station_app.i18n import tr
from station_app.services.station import get_station

if TYPE_CHECKING:
    from station_app.store import Tx
    from station_app.ui.jobs import Jobs
    from station_app.ui.page import Page


def printed(jobs: Jobs, report: Report, snapshot: Snapshot | None) -> bytes:
    """The PDF of a report; that it was printed is logged."""
    from station_app.printing.forms.report import report_form

    assert jobs.store is not None
    assert jobs.actor is not None
    with jobs.store.write(jobs.actor) as tx:
        tx.note(Op.PRINT, "station", None, why="report")
        station, today = get_station(tx), tx.today
    return report_form(report, station, printed_on=today, snapshot=snapshot)


def open_writing(page: Page, report: Report, snapshot: Snapshot | None, folder: Path) -> None:
    """Ask where to, and write the report as a document (.docx) or a spreadsheet (.xlsx)."""
    title = snapshot.title if snapshot else tr("Report {period}", period=period_word(report.period))
    document, sheet = tr("Document for Word or WPS (*.docx)"), tr("Spreadsheet (*.xlsx)")
    path, kind = QFileDialog.getSaveFileName(
        page, tr("Save the report"), str(folder / f"{title}.docx"), f"{document};;{sheet}"
    )
    if path:
        ending = ".xlsx" if kind == sheet or path.lower().endswith(".xlsx") else ".docx"
        save_report(page, report, snapshot, Path(path).with_suffix(ending))


def save_report(page: Page, report: Report, snapshot: Snapshot | None, path: Path) -> None:
    """Write the report to ``path``; that it was exported is logged first."""
    jobs = page.jobs

    def noted(tx: Tx) -> None:
        tx.note(Op.EXPORT, "station", None, why=f"report,{path.suffix[1:]}")

    def done(_none: object) -> None:
        page.message.emit(tr("The report is saved as {file}.", file=path.name), None)

    def write(_none: object) -> None:
        jobs.work(
            lambda: write_report(report, path, snapshot=snapshot), done, owner=page,
            failed=page.show_error,
        )  # fmt: skip

    jobs.write(noted, write, owner=page, failed=page.show_error)
