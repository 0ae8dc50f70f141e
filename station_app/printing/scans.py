"""Scanned pages read: the codes on a picture or on the pages of a PDF, however they lie."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import zxingcpp

from station_app.printing.preview import PdfPages

#: Enough for a module of 0.42 mm and for the small codes of forms, and quick.
DPI = 200
_FINER_DPI = 300


class Grey(NamedTuple):
    """A grey picture, one byte a pixel."""

    data: bytes
    width: int
    height: int
    stride: int


def codes_on(picture: Grey) -> tuple[str, ...]:
    """The texts of the QR codes on a picture, each once."""
    view = zxingcpp.ImageView(
        picture.data, picture.width, picture.height, zxingcpp.ImageFormat.Lum, picture.stride
    )
    found = zxingcpp.read_barcodes(view)
    return tuple(dict.fromkeys(one.text for one in found if one.text))


def codes_of_pages(pdf: bytes) -> Iterator[tuple[str, ...]]:
    """The codes on each page of a PDF; a page on which none is found is looked at more finely.

    Raises PrintFault if it is no PDF.
    """
    with PdfPages(pdf) as pages:
        for page in range(len(pages)):
            found = codes_on(_grey(pages, page, DPI))
            yield found or codes_on(_grey(pages, page, _FINER_DPI))


def _grey(pages: PdfPages, page: int, dpi: int) -> Grey:
    image = pages.image(page, dpi=dpi, grey=True)
    return Grey(image.data, image.width, image.height, image.stride)
