"""The viewer: a photo or a document over the window, page by page; nothing leaves the memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QDialog, QLabel, QScrollArea, QVBoxLayout, QWidget

from station_app.domain.papers import AttachmentRecord
from station_app.errors import StationError
from station_app.i18n import tr
from station_app.services import attachments
from station_app.ui.attachments import pictures
from station_app.ui.theme import lay, px
from station_app.ui.widgets import ElidedLabel, IconButton, MessageBar, ShortcutButton, label, row

if TYPE_CHECKING:
    from station_app.ui.jobs import Jobs

_ZOOMS = (25, 50, 75, 100, 150, 200, 300, 400)


class PaperViewer(QDialog):
    """Shows ``papers``, the one at ``at`` first; arrows lead on, Escape closes."""

    def __init__(
        self, jobs: Jobs, papers: Sequence[AttachmentRecord], at: int, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Photos and papers"))
        self._jobs, self._papers, self._at = jobs, papers, at
        self._data = b""
        self._image = QImage()
        self._page, self.pages, self._zoom = 0, 1, 0  # a zoom of 0 fits the window
        self._name, self._where = ElidedLabel("", "strong"), label("", "quiet")
        self._size = label("", "quiet")
        self._trouble = MessageBar("red", icon="alert-triangle")
        self._trouble.set("")
        self.sheet = QLabel()
        self.sheet.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._area = QScrollArea()
        self._area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._area.setWidget(self.sheet)
        self._area.setAccessibleName(tr("Photos and papers"))
        self._build()
        self.resize(parent.size() * 0.86)
        self._load()

    @property
    def shown(self) -> AttachmentRecord:
        """The paper before the eyes."""
        return self._papers[self._at]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._zoom:
            self._draw()

    def _build(self) -> None:
        self.before = IconButton(
            "chevron-left", tr("papers|The one before"), keys="Left", act=lambda: self._turn(-1)
        )
        self.next = IconButton(
            "chevron-right", tr("papers|The next one"), keys="Right", act=lambda: self._turn(1)
        )
        self.page_up = IconButton(
            "chevron-up", tr("Page before"), keys="PgUp", act=lambda: self._leaf(-1)
        )
        self.page_down = IconButton(
            "chevron-down", tr("Next page"), keys="PgDown", act=lambda: self._leaf(1)
        )
        smaller = IconButton("zoom-out", tr("Smaller"), keys="Ctrl+-", act=lambda: self._scale(-1))
        larger = IconButton("zoom-in", tr("Larger"), keys="Ctrl+=", act=lambda: self._scale(1))
        self.leave = ShortcutButton(tr("form|Close"), "Escape", act=self.reject)
        line = lay(row(self.before, self._where, self.next), margins=(16, 10, 16, 10), spacing=8)
        line.addWidget(self._name, 1)
        for part in (self.page_up, self.page_down, smaller, self._size, larger, self.leave):
            line.addWidget(part)
        whole = lay(QVBoxLayout(self), spacing=0)
        whole.addLayout(line)
        whole.addWidget(self._trouble)
        whole.addWidget(self._area, 1)

    def _turn(self, by: int) -> None:
        at = max(0, min(len(self._papers) - 1, self._at + by))
        if at != self._at:
            self._at, self._zoom = at, 0
            self._load()

    def _leaf(self, by: int) -> None:
        page = max(0, min(self.pages - 1, self._page + by))
        if page != self._page:
            self._page = page
            self._draw()

    def _load(self) -> None:
        paper = self.shown
        self._data, self._image, self._page, self.pages = b"", QImage(), 0, 1
        self._name.set(paper.name)
        self.sheet.setAccessibleName(paper.name)
        self.sheet.setPixmap(QPixmap())
        self._tell()
        self._jobs.latest(
            "paper",
            lambda tx: attachments.attachment_data(tx, paper.id),
            self._decode,
            owner=self,
            failed=self._failed,
        )

    def _decode(self, data: bytes) -> None:
        self._data, paper = data, self.shown
        if not paper.is_photo:
            self._draw()
            return

        def decoded(image: QImage) -> None:
            if self.shown is paper:
                self._image = image
                self._draw()

        self._jobs.work(lambda: pictures.whole(data), decoded, owner=self)

    def _draw(self) -> None:
        if self.shown.is_photo:
            self._put(self._image)
        elif self._data:
            data, page, room = self._data, self._page, self._room(QSize(1240, 1754))

            def drawn(found: tuple[QImage, int]) -> None:
                image, self.pages = found
                if data is self._data and page == self._page:
                    self._put(image, drawn=True)

            self._jobs.work(lambda: pictures.page_image(data, page, room), drawn, owner=self)

    def _put(self, image: QImage, *, drawn: bool = False) -> None:
        if image.isNull():
            unreadable = bool(self._data) and (drawn or self.shown.is_photo)
            self._trouble.set(tr("This picture cannot be shown.") if unreadable else "")
            return
        self._trouble.set("")
        ratio = self.devicePixelRatioF()
        shown = image if drawn else image.scaled(
            self._room(image.size()),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )  # fmt: skip
        made = QPixmap.fromImage(shown)
        made.setDevicePixelRatio(ratio)
        self.sheet.setPixmap(made)
        self.sheet.resize(made.deviceIndependentSize().toSize())
        self._tell()

    def _room(self, natural: QSize) -> QSize:
        """How large the picture is drawn, in pixels of the screen."""
        if self._zoom:
            return natural * (self._zoom / 100)
        inner = self._area.size() - QSize(px(24), px(24))
        return (inner * self.devicePixelRatioF()).expandedTo(QSize(40, 40))

    def _scale(self, by: int) -> None:
        now = self._zoom or 100
        larger = [one for one in _ZOOMS if one > now]
        smaller = [one for one in _ZOOMS if one < now]
        if by > 0 and larger:
            self._zoom = larger[0]
        elif by < 0 and smaller:
            self._zoom = smaller[-1]
        self._draw()

    def _tell(self) -> None:
        told = tr("papers|{n} of {all}", n=self._at + 1, all=len(self._papers))
        if self.pages > 1:
            told = f"{told} · {tr('Page {n} of {all}', n=self._page + 1, all=self.pages)}"
        self._where.setText(told)
        self._size.setText(f"{self._zoom} %" if self._zoom else tr("Fits the window"))
        self.before.setEnabled(self._at > 0)
        self.next.setEnabled(self._at < len(self._papers) - 1)
        for button in (self.page_up, self.page_down):
            button.setVisible(not self.shown.is_photo)
        self.page_up.setEnabled(self._page > 0)
        self.page_down.setEnabled(self._page < self.pages - 1)

    def _failed(self, error: StationError) -> None:
        self._trouble.set(error.text)
