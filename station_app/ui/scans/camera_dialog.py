"""The live picture of the camera; the first code seen on it closes the window and is a scan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from station_app.i18n import tr
from station_app.ui.pictures import codes_on_image
from station_app.ui.theme import lay, px
from station_app.ui.widgets import MessageBar, ShortcutButton, label, row

if TYPE_CHECKING:
    from station_app.ui.jobs import Jobs
    from station_app.ui.scans.camera import Pictures


class CameraDialog(QDialog):
    """``scanned`` carries the text of the code."""

    scanned = Signal(str)

    def __init__(self, jobs: Jobs, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Scan with the camera"))
        self._jobs, self._pictures = jobs, pictures
        self._reading = self._begun = False
        self.live = QLabel()
        self.live.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.live.setMinimumSize(px(640), px(400))
        self.live.setAccessibleName(tr("Picture of the camera"))
        self.trouble = MessageBar("amber", icon="alert-triangle")
        self.trouble.set("")
        self.other = ShortcutButton(tr("Other camera"), "Alt+O", icon="refresh", act=self._other)
        self.other.setVisible(pictures.count > 1)
        leave = ShortcutButton(tr("Close"), "Escape", kind="quiet", act=self.reject)
        hint = label(tr("Hold the code of a card or form still before the camera."), "secondary")
        whole = lay(QVBoxLayout(self), margins=(20, 16, 20, 16), spacing=12)
        for part in (self.trouble, self.live, hint):
            whole.addWidget(part)
        whole.setStretch(1, 1)
        whole.addLayout(row(self.other, None, leave))
        pictures.came.connect(self._came)
        pictures.failed.connect(self._failed)

    def open(self) -> None:
        super().open()
        if not self._begun:
            self._begun = True
            self._pictures.start()

    def done(self, result: int) -> None:
        self._pictures.stop()
        super().done(result)

    def _came(self, image: QImage) -> None:
        self.trouble.set("")
        ratio = self.devicePixelRatioF()
        room = QSize(round(self.live.width() * ratio), round(self.live.height() * ratio))
        shown = QPixmap.fromImage(image.scaled(room, Qt.AspectRatioMode.KeepAspectRatio))
        shown.setDevicePixelRatio(ratio)
        self.live.setPixmap(shown)
        if not self._reading:  # pictures come faster than they are read: the next free one is
            self._reading = True
            self._jobs.work(lambda: codes_on_image(image), self._read, owner=self)

    def _read(self, codes: tuple[str, ...]) -> None:
        self._reading = False
        if codes and self.isVisible():
            self.accept()
            self.scanned.emit(codes[0])

    def _failed(self, sentence: str) -> None:
        self.live.setText("")
        self.trouble.set(sentence)

    def _other(self) -> None:
        self._pictures.other()
