"""Pictures of papers: small ones for lists, whole ones to look at, lighter ones to keep.

All of it runs on any thread, and nothing is ever written to the disk.
"""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter

from station_app.domain.papers import PDF, media_type_of
from station_app.errors import PrintFault
from station_app.printing.preview import POINTS_PER_INCH, PdfPages
from station_app.ui.printing.sending import picture_of

#: A picture beyond this many megabytes unpacked is not decoded (a phone's needs 200 at most).
_MOST_MEGABYTES = 512
#: Photos heavier than this lose pixels that nobody sees on a screen or on A4.
_HEAVY, _LONGEST, _QUALITY = 1_500_000, 2560, 88


def small(data: bytes, side: int) -> QImage:
    """A photo, or the first page of a document, no larger than ``side``; null if unreadable."""
    if media_type_of(data) == PDF:
        return page_image(data, 0, QSize(side, side))[0]
    return _read(data, QSize(side, side))


def whole(data: bytes) -> QImage:
    """A photo as large as it is, the right way up; null if it cannot be read."""
    return _read(data, None)


def page_image(data: bytes, page: int, room: QSize) -> tuple[QImage, int]:
    """One page of a document as large as ``room`` holds, and how many pages there are."""
    try:
        with PdfPages(data) as pages:
            wide, high = pages.size(page)
            dpi = POINTS_PER_INCH * min(room.width() / wide, room.height() / high)
            return picture_of(pages.image(page, dpi=max(dpi, 4.0))), len(pages)
    except PrintFault:
        return QImage(), 0


def to_keep(data: bytes) -> bytes:
    """A photo light enough to travel over a poor line; what is light, or no photo, stays itself."""
    if len(data) <= _HEAVY or media_type_of(data) in ("", PDF):
        return data
    image = _read(data, QSize(_LONGEST, _LONGEST))
    packed = b"" if image.isNull() else _packed(image, "JPEG", _QUALITY)
    return packed if packed and len(packed) < len(data) else data


def from_clipboard(image: QImage) -> bytes:
    """A picture that was copied, as a file."""
    return to_keep(_packed(image, "PNG", -1))


def _read(data: bytes, room: QSize | None) -> QImage:
    packed = QByteArray(data)
    buffer = QBuffer(packed)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    QImageReader.setAllocationLimit(_MOST_MEGABYTES)
    size = reader.size()
    if room is not None and size.isValid() and not _fits(size, room):
        reader.setScaledSize(size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def _fits(size: QSize, room: QSize) -> bool:
    return size.width() <= room.width() and size.height() <= room.height()


def _packed(image: QImage, kind: str, quality: int) -> bytes:
    if kind == "JPEG" and image.hasAlphaChannel():
        plain = QImage(image.size(), QImage.Format.Format_RGB888)
        plain.fill(Qt.GlobalColor.white)
        painter = QPainter(plain)
        painter.drawImage(0, 0, image)
        painter.end()
        image = plain
    packed = QByteArray()
    buffer = QBuffer(packed)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, kind, quality)  # type: ignore[call-overload]  # the stubs want bytes
    return bytes(packed.data())
