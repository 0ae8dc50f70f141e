"""The preview with a real PDF: pages, zoom, saved bytes, a printed page read back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from station_app.errors import PrintFault
from station_app.printing.catalogue import Batch, Form, Print
from station_app.printing.forms.recovery_key import recovery_sheet
from station_app.printing.preview import PageImage, PdfPages
from station_app.store.keys import new_recovery_key
from station_app.ui.jobs import Jobs
from station_app.ui.printing import preview_dialog
from station_app.ui.printing.preview_dialog import PreviewDialog
from station_app.ui.printing.printers import printer_for, recall_choice, turn_paper
from station_app.wiring import OpenStation


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return recovery_sheet("葵英街道", new_recovery_key(), printed_on=date(2026, 11, 10))


Show = Callable[[Callable[[], bytes] | Batch], PreviewDialog]


@pytest.fixture
def show(qtbot: QtBot, jobs: Jobs) -> Iterator[Show]:
    made: list[PreviewDialog] = []

    def open_preview(make: Callable[[], bytes] | Batch) -> PreviewDialog:
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


def test_a_batch_is_shown_as_one_and_saved_as_many(
    qtbot: QtBot,
    show: Show,
    pdf: bytes,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = ("交办单 WZ-1", "交办单 WZ/2")
    made = [Print(Form.ASSIGNMENT_SLIP, name, lambda: pdf) for name in names]
    dialog = show(Batch("交办单", made))
    drawn(qtbot, dialog)
    assert dialog.page_count == 2
    dialog._onward.click()
    qtbot.waitUntil(lambda: not dialog._onward.isEnabled())
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *args: str(tmp_path))
    dialog.save.click()
    assert {one.name for one in tmp_path.glob("*.pdf")} == {"交办单 WZ-1.pdf", "交办单 WZ_2.pdf"}


def test_a_long_batch_can_be_stopped(qtbot: QtBot, show: Show, pdf: bytes) -> None:
    going, begun = Event(), Event()
    drawn_after: list[int] = []

    def make(number: int) -> bytes:
        begun.set()
        going.wait(15)
        drawn_after.append(number)
        return pdf

    many = [Print(Form.RECEIPT, str(n), partial(make, n)) for n in range(50)]
    dialog = show(Batch("回执", many))
    qtbot.waitUntil(lambda: dialog.stop.isVisible() and begun.is_set())
    with qtbot.waitSignal(dialog.rejected):
        dialog.stop.click()
    going.set()
    dialog._jobs.close()  # waits for the work that was under way
    assert drawn_after == [0]


def test_an_empty_batch_says_so(qtbot: QtBot, show: Show) -> None:
    dialog = show(Batch("交办单", []))
    assert dialog._trouble.isVisible()
    assert not dialog.print.isEnabled()


def test_the_printer_of_each_form_is_remembered(
    qtbot: QtBot,
    show: Show,
    pdf: bytes,
    tmp_path: Path,
    station: OpenStation,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chosen = {"printer": "前台", "tray": 2, "duplex": 0, "colour": 0}
    monkeypatch.setattr(preview_dialog, "choice_of", lambda printer: chosen)
    dialog = show(Print(Form.RECEIPT, "回执", lambda: pdf))
    drawn(qtbot, dialog)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    printer.setResolution(72)
    with qtbot.waitSignal(dialog.accepted, timeout=15_000):
        dialog.print_on(printer)
    dialog._jobs.close()
    with station.store.read(station.actor) as tx:
        assert recall_choice(tx, "receipt") == chosen
        assert recall_choice(tx, "reception_form") == {}


def test_paper_lies_as_the_page_does() -> None:
    upright, across = (595.0, 842.0), (842.0, 595.0)
    printer = printer_for("台账", {"printer": "long gone"}, across)
    assert printer.pageLayout().orientation() is QPageLayout.Orientation.Landscape
    assert printer.pageLayout().pageSize().id() is QPageSize.PageSizeId.A4
    turn_paper(printer, upright)
    assert printer.pageLayout().orientation() is QPageLayout.Orientation.Portrait


def test_a_preview_closed_while_its_page_is_drawn_ends_quietly(
    qtbot: QtBot,
    jobs: Jobs,
    show: Callable[[Callable[[], bytes]], PreviewDialog],
    pdf: bytes,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dialog = show(lambda: pdf)
    drawn(qtbot, dialog)
    draw, begun, closed, ended = PdfPages.image, Event(), Event(), Event()

    def late(pages: PdfPages, page: int, *, dpi: float, grey: bool = False) -> PageImage:
        begun.set()
        assert closed.wait(20)
        try:
            return draw(pages, page, dpi=dpi, grey=grey)
        finally:
            ended.set()

    monkeypatch.setattr(PdfPages, "image", late)
    dialog._larger.click()
    qtbot.waitUntil(begun.is_set)
    dialog.done(0)
    closed.set()
    with qtbot.assertNotEmitted(jobs.misfortune):
        qtbot.waitUntil(ended.is_set)
        said: list[int] = []
        jobs.work(lambda: 1, said.append, owner=jobs)  # what the page told has landed before
        qtbot.waitUntil(lambda: bool(said))
