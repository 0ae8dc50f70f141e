"""Pictures from files and the clipboard as grey pixels, for whoever reads codes on them."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageReader, QPainter

from station_app.errors import ExchangeFault
from station_app.i18n import tr
from station_app.printing.scans import Grey, codes_of_pages, codes_on

#: A scanned A3 page at 600 dpi has 70 million pixels.
_MOST_MEGABYTES = 512


def picture_in(data: bytes) -> QImage:
    """The picture in a file, the right way up. Raises ExchangeFault if it is none."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    QImageReader.setAllocationLimit(_MOST_MEGABYTES)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    image = reader.read()
    if image.isNull():
        raise ExchangeFault(tr("This file is no picture that can be read."))
    return image


def codes_in(data: bytes) -> list[tuple[str, ...]]:
    """The codes on each page of a PDF, or on the one page that a picture is.

    Raises ExchangeFault or PrintFault for a file that is neither.
    """
    if data.startswith(b"%PDF-"):
        return list(codes_of_pages(data))
    return [codes_on(grey_of(picture_in(data)))]


def codes_on_image(image: QImage) -> tuple[str, ...]:
    """The codes on a picture."""
    return codes_on(grey_of(image))


def grey_of(image: QImage) -> Grey:
    """The pixels of a picture."""
    plain = image.convertToFormat(QImage.Format.Format_Grayscale8)
    return Grey(bytes(plain.constBits()), plain.width(), plain.height(), plain.bytesPerLine())


def jpeg_of(image: QImage) -> bytes:
    """The picture as JPEG, on white where it is transparent."""
    plain = QImage(image.size(), QImage.Format.Format_RGB888)
    plain.fill(0xFFFFFFFF)
    with QPainter(plain) as painter:
        painter.drawImage(0, 0, image)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    plain.save(buffer, "JPEG", 88)  # type: ignore[call-overload]  # the stubs want bytes here
    return bytes(buffer.data().data())
