"""Where papers come from: files chosen or dropped, and pictures or files that were copied."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from station_app.domain.papers import LARGEST
from station_app.errors import StationError
from station_app.i18n import tr
from station_app.ui.attachments import pictures

#: What reads one paper, off the GUI thread: its name and its bytes.
Source = Callable[[], tuple[str, bytes]]
_MOST_READ = 8 * LARGEST


class Intake(QObject):
    """Lets papers be dropped on ``zone``; ``came`` carries the sources of those that came."""

    came = Signal(object)

    def __init__(self, zone: QWidget) -> None:
        super().__init__(zone)
        self._zone = zone
        self.open = False
        zone.setAcceptDrops(True)
        zone.installEventFilter(self)

    def choose(self) -> None:
        """Ask for files."""
        paths, _kind = QFileDialog.getOpenFileNames(
            self._zone,
            tr("Add photos or papers"),
            "",
            f"{tr('Photos and PDF')} (*.jpg *.jpeg *.png *.webp *.pdf);;{tr('All files')} (*)",
        )
        self._came([from_file(Path(one)) for one in paths])

    def paste(self) -> None:
        """Take what was copied, if it is a picture or files."""
        self._came(_sources(QGuiApplication.clipboard().mimeData()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.open and isinstance(event, QDragEnterEvent) and _holds(event.mimeData()):
            event.acceptProposedAction()
            return True
        if self.open and isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            event.acceptProposedAction()
            self._came(_sources(event.mimeData()))
            return True
        return False

    def _came(self, sources: list[Source]) -> None:
        if sources and self.open:
            self.came.emit(sources)


def from_file(path: Path) -> Source:
    """Reads the file at ``path``. Raises StationError with a sentence for the operator."""

    def read() -> tuple[str, bytes]:
        try:
            if path.stat().st_size > _MOST_READ:
                raise StationError(tr("{name} is too large.", name=path.name))
            return path.name, pictures.to_keep(path.read_bytes())
        except OSError as error:
            raise StationError(tr("{name} cannot be read.", name=path.name)) from error

    return read


def _from_image(image: QImage) -> Source:
    return lambda: (tr("Pasted picture"), pictures.from_clipboard(image))


def _holds(data: QMimeData) -> bool:
    return data.hasImage() or any(one.isLocalFile() for one in data.urls())


def _sources(data: QMimeData) -> list[Source]:
    files = [Path(one.toLocalFile()) for one in data.urls() if one.isLocalFile()]
    if files:
        return [from_file(one) for one in files]
    if data.hasImage():
        image = QImage(data.imageData())
        return [] if image.isNull() else [_from_image(image)]
    return []
