"""Pages on their way to a printer, one after the other, with a word on how far it is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrinter

from station_app.errors import StationError
from station_app.printing.preview import PageImage, PagesClosed, PdfPages
from station_app.ui.jobs import Cancelled, Jobs
from station_app.ui.printing.printers import turn_paper

#: Laser printers of an office gain nothing from more, and a page stays below 9 MB in grey.
_PRINT_DPI = 300


class Sending(QObject):
    """Sends the pages from ``first`` to ``last`` (from 0, last excluded).

    ``sent`` tells how many are done; at the end ``finished``, or ``failed`` with the reason.
    """

    sent = Signal(int)
    finished = Signal()
    failed = Signal(object)

    def __init__(
        self, jobs: Jobs, pages: PdfPages, printer: QPrinter, first: int, last: int, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._jobs, self._pages, self._printer = jobs, pages, printer
        self._first, self._last = first, last
        self._painter = QPainter()
        self._stopped = False

    def begin(self) -> bool:
        """Start; False if the printer cannot be reached."""
        turn_paper(self._printer, self._pages.size(self._first))
        if not self._painter.begin(self._printer):
            return False
        self._page(self._first)
        return True

    def stop(self) -> None:
        """Send no more, and take back what the printer has not begun."""
        self._stopped = True
        if self._painter.isActive():
            self._printer.abort()
            self._painter.end()

    def _page(self, at: int) -> None:
        if self._stopped:
            return
        grey = self._printer.colorMode() == QPrinter.ColorMode.GrayScale
        pages = self._pages
        self._jobs.work(
            lambda: image_of(pages, at, dpi=_PRINT_DPI, grey=grey),
            self._putting(at),
            owner=self,
            failed=self._fail,
        )

    def _putting(self, at: int) -> Callable[[PageImage], None]:
        def put(image: PageImage) -> None:
            if self._stopped:
                return
            layout, dpi = self._printer.pageLayout(), self._printer.resolution()
            whole, inner = layout.fullRectPixels(dpi), layout.paintRectPixels(dpi)
            self._painter.drawImage(QRect(-inner.topLeft(), whole.size()), picture_of(image))
            self.sent.emit(at + 1 - self._first)
            if at + 1 >= self._last:
                self._painter.end()
                self.finished.emit()
                return
            turn_paper(self._printer, self._pages.size(at + 1))
            self._printer.newPage()
            self._page(at + 1)

        return put

    def _fail(self, error: StationError) -> None:
        self.stop()
        self.failed.emit(error)


def image_of(pages: PdfPages, page: int, *, dpi: float, grey: bool = False) -> PageImage:
    """A page as a picture, made off the GUI thread; a closed preview wants none any more."""
    try:
        return pages.image(page, dpi=dpi, grey=grey)
    except PagesClosed:
        raise Cancelled from None


def picture_of(image: PageImage) -> QImage:
    """``image`` as Qt draws it; the bytes are copied, so ``image`` may go."""
    shape = QImage.Format.Format_Grayscale8 if image.grey else QImage.Format.Format_RGB32
    return QImage(image.data, image.width, image.height, image.stride, shape).copy()
