"""Scanned pages read: the codes on a picture or on the pages of a PDF, however they lie."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import zxingcpp

from station_app.printing.preview import PdfPages

#: Enough for a module of 0.42 mm and for the small codes of forms, and quick.
DPI = 200
_FINER_DPI = 300
_SMALL_DPI = 40


class Grey(NamedTuple):
    """A grey picture, one byte a pixel."""

    data: bytes
    width: int
    height: int
    stride: int


_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


class PageRead(NamedTuple):
    """The codes on one page, and by how many degrees it must be turned clockwise to stand up.

    ``small`` is a little picture of it, if one was asked for.
    """

    codes: tuple[str, ...]
    turn: int = 0
    small: Grey | None = None


def codes_on(picture: Grey) -> tuple[str, ...]:
    """The texts of the QR codes on a picture, each once."""
    return read_picture(picture).codes


def read_picture(picture: Grey) -> PageRead:
    """The codes on a picture, and how it lies."""
    data = picture.data  # the view does not keep it alive
    view = zxingcpp.ImageView(
        data, picture.width, picture.height, zxingcpp.ImageFormat.Lum, picture.stride
    )
    # Only these: the lines of a table may look like the bars of another kind of code.
    found = [one for one in zxingcpp.read_barcodes(view, _QR) if one.text]
    codes = tuple(dict.fromkeys(one.text for one in found))
    turn = -round(found[0].orientation / 90) * 90 % 360 if found else 0
    return PageRead(codes, turn)


def codes_of_pages(pdf: bytes) -> Iterator[tuple[str, ...]]:
    """The codes on each page of a PDF. Raises PrintFault if it is none."""
    return (one.codes for one in read_pages(pdf))


def read_pages(pdf: bytes, *, small: bool = False) -> Iterator[PageRead]:
    """Each page of a PDF; one on which no code is found is looked at more finely.

    Raises PrintFault if it is no PDF.
    """
    with PdfPages(pdf) as pages:
        for page in range(len(pages)):
            found = read_picture(_grey(pages, page, DPI))
            if not found.codes:
                found = read_picture(_grey(pages, page, _FINER_DPI))
            yield found._replace(small=_grey(pages, page, _SMALL_DPI) if small else None)


def _grey(pages: PdfPages, page: int, dpi: int) -> Grey:
    image = pages.image(page, dpi=dpi, grey=True)
    return Grey(image.data, image.width, image.height, image.stride)
