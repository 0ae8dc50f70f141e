"""The preview with a real PDF: pages, zoom, saved bytes, a printed page read back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from station_app.errors import PrintFault
from station_app.printing.forms.recovery_key import recovery_sheet
from station_app.printing.preview import PdfPages
from station_app.store.keys import new_recovery_key
from station_app.ui.jobs import Jobs
from station_app.ui.printing.preview_dialog import PreviewDialog


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return recovery_sheet("葵英街道", new_recovery_key(), printed_on=date(2026, 11, 10))


@pytest.fixture
def show(qtbot: QtBot, jobs: Jobs) -> Iterator[Callable[[Callable[[], bytes]], PreviewDialog]]:
    made: list[PreviewDialog] = []

    def open_preview(make: Callable[[], bytes]) -> PreviewDialog:
        made.append(PreviewDialog(jobs, "恢复密钥", make))
        made[-1].open()
        return made[-1]

    yield open_preview
    for one in made:
        if isValid(one):
            one.done(0)


def drawn(qtbot: QtBot, dialog: PreviewDialog) -> int:
    qtbot.waitUntil(lambda: not dialog._sheet.pixmap().isNull(), timeout=15_000)
    return dialog._sheet.pixmap().width()


def test_a_print_is_shown_and_enlarged(
    qtbot: QtBot, show: Callable[[Callable[[], bytes]], PreviewDialog], pdf: bytes
) -> None:
    dialog = show(lambda: pdf)
    before = drawn(qtbot, dialog)
    assert dialog.page_count == 1
    assert dialog.print.isEnabled()
    assert not dialog._onward.isEnabled()
    dialog._larger.click()
    qtbot.waitUntil(lambda: dialog._sheet.pixmap().width() > before)


def test_saving_writes_the_very_bytes(
    qtbot: QtBot,
    show: Callable[[Callable[[], bytes]], PreviewDialog],
    pdf: bytes,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = tmp_path / "sheet.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(target), ""))
    dialog = show(lambda: pdf)
    drawn(qtbot, dialog)
    dialog.save.click()
    assert target.read_bytes() == pdf
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *args: (str(tmp_path / "no" / "x.pdf"), "")
    )
    dialog.save.click()
    assert dialog._trouble.isVisible()


def test_a_page_goes_to_the_printer(
    qtbot: QtBot,
    show: Callable[[Callable[[], bytes]], PreviewDialog],
    pdf: bytes,
    tmp_path: Path,
) -> None:
    dialog = show(lambda: pdf)
    drawn(qtbot, dialog)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    printer.setResolution(150)
    with qtbot.waitSignal(dialog.accepted, timeout=15_000):
        dialog.print_on(printer)
    with PdfPages((tmp_path / "out.pdf").read_bytes()) as pages:
        assert len(pages) == 1
        image = pages.image(0, dpi=40, grey=True)
    assert min(image.data) < 100  # something black is on the sheet


def test_a_print_that_cannot_be_made_says_why(
    qtbot: QtBot, show: Callable[[Callable[[], bytes]], PreviewDialog]
) -> None:
    def make() -> bytes:
        raise PrintFault("No font can draw this character.")

    dialog = show(make)
    qtbot.waitUntil(dialog._trouble.isVisible)
    assert "No font" in dialog._trouble.accessibleName()
    assert not dialog.print.isEnabled()
