"""Photos of deputies: made small, cut to 3:4 and freed of everything but the picture."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, Qt
from PySide6.QtGui import QColorSpace, QImage, QImageReader, QPainter

from station_app.errors import StationError
from station_app.i18n import tr

#: The longer side: sharp on a duty card at 300 dpi, small enough for five years of deputies.
LONGEST = 480
_QUALITY = 85
#: A picture beyond this many megabytes unpacked is refused rather than decoded (a phone needs 48).
_MOST_MEGABYTES = 512


def photo_from_file(path: str) -> bytes:
    """The picture at ``path`` as a photo; StationError if it is no picture. Runs on any thread.

    The camera's orientation mark is obeyed before it is dropped with all the other marks.
    """
    reader = QImageReader(path)
    reader.setAutoTransform(True)
    reader.setDecideFormatFromContent(True)
    QImageReader.setAllocationLimit(_MOST_MEGABYTES)
    image = reader.read()
    if image.isNull():
        raise StationError(tr("This picture cannot be read. Choose a JPEG or PNG file."))
    return photo_jpeg(image)


def photo_jpeg(image: QImage) -> bytes:
    """``image`` cut to 3:4 around its centre, at most 480 px high, as a JPEG without any marks."""
    whole = image.rect()
    width = min(whole.width(), whole.height() * 3 // 4)
    height = min(whole.height(), width * 4 // 3)
    cut = QRect((whole.width() - width) // 2, (whole.height() - height) // 2, width, height)
    small = image.copy(cut)
    if height > LONGEST:
        small = small.scaledToHeight(LONGEST, Qt.TransformationMode.SmoothTransformation)
    plain = _on_white(small)
    packed = QByteArray()
    buffer = QBuffer(packed)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    plain.save(buffer, "JPEG", _QUALITY)  # type: ignore[call-overload]  # the stubs want bytes
    return bytes(packed.data())


def _on_white(image: QImage) -> QImage:
    # A fresh image carries neither texts (EXIF, place) nor a colour profile of the source.
    if image.colorSpace().isValid():
        image.convertToColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
    plain = QImage(image.size(), QImage.Format.Format_RGB888)
    plain.fill(Qt.GlobalColor.white)
    painter = QPainter(plain)
    painter.drawImage(0, 0, image)
    painter.end()
    return plain
