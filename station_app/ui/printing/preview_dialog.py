"""The preview: PDFs page by page, as large as one likes, then to the printer or into files."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap, QResizeEvent, QShowEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from station_app.errors import StationError
from station_app.i18n import tr
from station_app.printing.catalogue import Batch, Print
from station_app.printing.preview import POINTS_PER_INCH, PageImage, PdfPages
from station_app.ui.jobs import Job, Jobs, Report
from station_app.ui.printing import saving
from station_app.ui.printing.printers import (
    Choice,
    choice_of,
    keep_choice,
    printer_for,
    recall_choice,
)
from station_app.ui.printing.sending import Sending, image_of, picture_of
from station_app.ui.theme import lay, px
from station_app.ui.widgets.basic import label
from station_app.ui.widgets.buttons import IconButton, ShortcutButton
from station_app.ui.widgets.layout import open_at
from station_app.ui.widgets.messages import MessageBar

#: Screen dots an inch at 100 %: the size of the paper on a usual screen.
_SCREEN_DPI = 96
_ZOOMS = (50, 75, 100, 125, 150, 200, 300)


class PreviewDialog(QDialog):
    """Shows what ``make`` draws off the GUI thread, one print or a batch; prints or saves it."""

    def __init__(
        self,
        jobs: Jobs,
        title: str,
        make: Callable[[], bytes] | Batch,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._jobs, self._title = jobs, title
        self._prints: list[Callable[[], bytes]] = []
        self._prints += make.prints if isinstance(make, Batch) else [make]
        first = self._prints[0] if self._prints else None
        self._form = first.form.value if isinstance(first, Print) else ""
        self._pdfs: list[bytes] = []
        self._pages: PdfPages | None = None
        self._choice: Choice = {}
        self._job: Job | None = None
        self._sending: Sending | None = None
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
        whole.addWidget(self._waiting())
        whole.addWidget(self._trouble)
        whole.addWidget(self._area, 1)
        open_at(self, 880, 820)
        self._enable(False)
        self._begun = False

    @property
    def page_count(self) -> int:
        """How many pages the print has; 0 until it is made."""
        return len(self._pages) if self._pages is not None else 0

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._begun:
            return
        self._begun = True
        self._where.setText(tr("Making the print …"))
        if self._form:
            form = self._form
            self._jobs.read(lambda tx: recall_choice(tx, form), self._recalled, owner=self)
        if not self._prints:
            self._where.setText("")
            self._trouble.set(tr("There is nothing to print."))
            return
        many = len(self._prints) > 1
        self._progress.setVisible(many)
        self._job = self._jobs.long_work(
            self._draw_all,
            self._made,
            owner=self,
            progress=self._tell,
            failed=self._failed,
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._zoom:
            self._draw()

    def done(self, result: int) -> None:
        for work in (self._job, self._sending):
            if isinstance(work, Job):
                work.cancel()
            elif work is not None:
                work.stop()
        if self._pages is not None:
            self._pages.close()
            self._pages = None
        super().done(result)

    def _draw_all(self, report: Report) -> list[bytes]:
        made = []
        for place, one in enumerate(self._prints, start=1):
            made.append(one())
            report(place, len(self._prints))
        return made

    def _recalled(self, choice: Choice) -> None:
        self._choice = choice

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
        many = len(self._prints) > 1
        words = tr("Save as PDFs") if many else tr("Save as PDF")
        self.save = ShortcutButton(words, "Ctrl+S", icon="download", act=self._save)
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

    def _waiting(self) -> QWidget:
        """How far a longer work is, and the way out of it."""
        self._progress = QWidget()
        self._bar_of_progress = QProgressBar()
        self._bar_of_progress.setTextVisible(False)
        self._bar_of_progress.setAccessibleName(tr("Progress"))
        self.stop = ShortcutButton(tr("Stop"), "Escape", act=self.reject)
        line = lay(QHBoxLayout(self._progress), margins=(16, 0, 16, 10), spacing=12)
        line.addWidget(self._bar_of_progress, 1)
        line.addWidget(self.stop)
        self._progress.hide()
        return self._progress

    def _tell(self, done: int, total: int) -> None:
        self._bar_of_progress.setRange(0, total)
        self._bar_of_progress.setValue(done)

    def _enable(self, on: bool) -> None:
        parts: tuple[QWidget, ...] = (self.save, self.print, self._smaller, self._larger)
        for part in parts:
            part.setEnabled(on)
        self._back.setEnabled(on and self._at > 0)
        self._onward.setEnabled(on and self._at < self.page_count - 1)

    def _made(self, pdfs: list[bytes]) -> None:
        self._progress.hide()
        self._pdfs = pdfs
        self._pages = PdfPages(*pdfs)
        self._draw()
        self.print.setFocus()

    def _failed(self, error: StationError) -> None:
        self._progress.hide()
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
        self._enable(self._sending is None)
        self._jobs.work(
            lambda: image_of(pages, at, dpi=dpi * ratio),
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
        try:
            saving.save(self, self._title, self._prints, self._pdfs)
        except OSError:
            self._trouble.set(tr("It could not be saved there. Choose another folder."))
        else:
            self._trouble.set("")

    def _ask_printer(self) -> None:
        if self._pages is None:
            return
        printer = printer_for(self._title, self._choice, self._pages.size(0))
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, max(1, self.page_count))
        dialog.accepted.connect(lambda: self.print_on(printer))
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.show()

    def print_on(self, printer: QPrinter) -> None:
        """Send the pages the printer was asked for, one after the other; remember the printer."""
        if self._pages is None:
            return
        form, choice = self._form, choice_of(printer)
        if form and choice["printer"]:
            self._jobs.write(lambda tx: keep_choice(tx, form, choice), owner=self)
        first, last = (printer.fromPage() or 1) - 1, printer.toPage() or self.page_count
        sending = Sending(self._jobs, self._pages, printer, first, last, self)
        sending.sent.connect(lambda done: self._tell(done, last - first))
        sending.finished.connect(self.accept)
        sending.failed.connect(self._failed)
        if not sending.begin():
            self._trouble.set(tr("The printer cannot be reached. Check that it is switched on."))
            return
        self._sending = sending
        self._enable(False)
        self._tell(0, last - first)
        self._progress.show()
