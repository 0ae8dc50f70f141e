"""The preview: a PDF page by page, as large as one likes, then to the printer or into a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from station_app.errors import StationError
from station_app.i18n import tr
from station_app.printing.preview import POINTS_PER_INCH, PageImage, PdfPages
from station_app.ui.jobs import Jobs
from station_app.ui.theme import lay, px
from station_app.ui.widgets.basic import label
from station_app.ui.widgets.buttons import IconButton, ShortcutButton
from station_app.ui.widgets.messages import MessageBar

#: Screen dots an inch at 100 %: the size of the paper on a usual screen.
_SCREEN_DPI = 96
_ZOOMS = (50, 75, 100, 125, 150, 200, 300)
#: Laser printers of an office gain nothing from more, and a page stays below 9 MB in grey.
_PRINT_DPI = 300


class PreviewDialog(QDialog):
    """Shows the PDF that ``make`` returns (called off the GUI thread) and prints or saves it."""

    def __init__(
        self, jobs: Jobs, title: str, make: Callable[[], bytes], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._jobs, self._make, self._title = jobs, make, title
        self._pdf = b""
        self._pages: PdfPages | None = None
        self._at, self._zoom = 0, 0  # a zoom of 0 fits the width
        self._sheet = QLabel()
        self._sheet.setAccessibleName(title)
        self._sheet.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._trouble = MessageBar("red", icon="alert-triangle")
        self._trouble.set("")
        self._area = QScrollArea()
        self._area.setWidget(self._sheet)
        self._area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._area.setAccessibleName(tr("Preview"))
        self._where, self._size = label("", "quiet"), label("", "quiet")
        whole = lay(QVBoxLayout(self), spacing=0)
        whole.addLayout(self._bar())
        whole.addWidget(self._trouble)
        whole.addWidget(self._area, 1)
        self.resize(px(880), px(820))
        self._enable(False)
        self._begun = False

    @property
    def page_count(self) -> int:
        """How many pages the print has; 0 until it is made."""
        return len(self._pages) if self._pages is not None else 0

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._begun:
            self._begun = True
            self._where.setText(tr("Making the print …"))
            self._jobs.work(self._make, self._made, owner=self, failed=self._failed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._zoom:
            self._draw()

    def done(self, result: int) -> None:
        if self._pages is not None:
            self._pages.close()
            self._pages = None
        super().done(result)

    def _bar(self) -> QHBoxLayout:
        self._back = IconButton(
            "chevron-left", tr("Page before"), keys="PgUp", act=lambda: self._turn(-1)
        )
        self._onward = IconButton(
            "chevron-right", tr("Next page"), keys="PgDown", act=lambda: self._turn(1)
        )
        self._smaller = IconButton(
            "zoom-out", tr("Smaller"), keys="Ctrl+-", act=lambda: self._scale(-1)
        )
        self._larger = IconButton(
            "zoom-in", tr("Larger"), keys="Ctrl+=", act=lambda: self._scale(1)
        )
        self.save = ShortcutButton(tr("Save as PDF"), "Ctrl+S", icon="download", act=self._save)
        self.print = ShortcutButton(
            tr("Print"), "Ctrl+P", icon="printer", kind="primary", act=self._ask_printer
        )
        line = lay(QHBoxLayout(), margins=(16, 10, 16, 10), spacing=8)
        for part in (self._back, self._where, self._onward):
            line.addWidget(part)
        line.addSpacing(px(16))
        for part in (self._smaller, self._size, self._larger):
            line.addWidget(part)
        line.addStretch(1)
        line.addWidget(self.save)
        line.addWidget(self.print)
        return line

    def _enable(self, on: bool) -> None:
        parts: tuple[QWidget, ...] = (self.save, self.print, self._smaller, self._larger)
        for part in parts:
            part.setEnabled(on)
        self._back.setEnabled(on and self._at > 0)
        self._onward.setEnabled(on and self._at < self.page_count - 1)

    def _made(self, pdf: bytes) -> None:
        self._pdf = pdf
        self._pages = PdfPages(pdf)
        self._draw()
        self.print.setFocus()

    def _failed(self, error: StationError) -> None:
        self._where.setText("")
        self._trouble.set(error.text)

    def _turn(self, by: int) -> None:
        self._at = max(0, min(self.page_count - 1, self._at + by))
        self._draw()

    def _scale(self, by: int) -> None:
        now = self._zoom or round(self._dpi() / _SCREEN_DPI * 100)
        larger = [zoom for zoom in _ZOOMS if zoom > now]
        smaller = [zoom for zoom in _ZOOMS if zoom < now]
        if by > 0 and larger:
            self._zoom = larger[0]
        elif by < 0 and smaller:
            self._zoom = smaller[-1]
        self._draw()

    def _dpi(self) -> float:
        if self._zoom or self._pages is None:
            return (self._zoom or 100) / 100 * _SCREEN_DPI
        wide, _ = self._pages.size(self._at)
        return max(40.0, (self._area.width() - px(48)) / wide * POINTS_PER_INCH)

    def _draw(self) -> None:
        pages = self._pages
        if pages is None:
            return
        dpi, ratio, at = self._dpi(), self.devicePixelRatioF(), self._at
        self._where.setText(tr("Page {n} of {all}", n=at + 1, all=self.page_count))
        self._size.setText(f"{round(dpi / _SCREEN_DPI * 100)} %")
        self._enable(True)
        self._jobs.work(
            lambda: pages.image(at, dpi=dpi * ratio),
            lambda image: self._show(image, ratio),
            owner=self,
            failed=self._failed,
        )

    def _show(self, image: PageImage, ratio: float) -> None:
        picture = QPixmap.fromImage(picture_of(image))
        picture.setDevicePixelRatio(ratio)
        self._sheet.setPixmap(picture)
        self._sheet.resize(picture.deviceIndependentSize().toSize())

    def _save(self) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self, tr("Save as PDF"), f"{self._title}.pdf", "PDF (*.pdf)"
        )
        if not path:
            return
        try:
            Path(path).write_bytes(self._pdf)
        except OSError:
            self._trouble.set(tr("It could not be saved there. Choose another folder."))
        else:
            self._trouble.set("")

    def _ask_printer(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._title)
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, max(1, self.page_count))
        dialog.accepted.connect(lambda: self.print_on(printer))
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.show()

    def print_on(self, printer: QPrinter) -> None:
        """Send the pages the printer was asked for, one after the other."""
        first = printer.fromPage() or 1
        last = printer.toPage() or self.page_count
        painter = QPainter()
        if not painter.begin(printer):
            self._trouble.set(tr("The printer cannot be reached. Check that it is switched on."))
            return
        self.print.setEnabled(False)
        self._print_page(printer, painter, first - 1, last)

    def _print_page(self, printer: QPrinter, painter: QPainter, at: int, last: int) -> None:
        pages = self._pages
        if pages is None or at >= last:
            painter.end()
            self.accept()
            return
        grey = printer.colorMode() == QPrinter.ColorMode.GrayScale

        def put(image: PageImage) -> None:
            whole = printer.pageLayout().fullRectPixels(printer.resolution())
            inner = printer.pageLayout().paintRectPixels(printer.resolution())
            painter.drawImage(QRect(-inner.topLeft(), whole.size()), picture_of(image))
            if at + 1 < last:
                printer.newPage()
            self._print_page(printer, painter, at + 1, last)

        def failed(error: StationError) -> None:
            painter.end()
            self._failed(error)

        self._jobs.work(
            lambda: pages.image(at, dpi=_PRINT_DPI, grey=grey), put, owner=self, failed=failed
        )


def picture_of(image: PageImage) -> QImage:
    """``image`` as Qt draws it; the bytes are copied, so ``image`` may go."""
    shape = QImage.Format.Format_Grayscale8 if image.grey else QImage.Format.Format_RGB32
    return QImage(image.data, image.width, image.height, image.stride, shape).copy()
