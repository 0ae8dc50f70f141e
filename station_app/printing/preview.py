"""PDF pages as pictures: for the preview, and for printers, which are fed the page as an image.

No Qt here: a picture is raw bytes that ``QImage(data, width, height, stride, Format_RGB32)`` or
``Format_Grayscale8`` takes as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock
from types import TracebackType
from typing import Any, Self

import pypdfium2

from station_app.errors import PrintFault
from station_app.i18n import tr

#: PDFium is one engine for the whole process and not made for two threads at once.
one_at_a_time = Lock()

POINTS_PER_INCH = 72


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page as a picture: ``stride`` bytes a row, a pixel B, G, R, unused or one grey byte."""

    data: bytes
    width: int
    height: int
    stride: int
    grey: bool
    dpi: float


class PagesClosed(Exception):
    """The pages were given back while one of them was still asked for."""


class PdfPages:
    """The pages of one PDF or several, to look at and to print. Use as a context manager."""

    def __init__(self, *pdfs: bytes) -> None:
        """Open ``pdfs`` one behind the other. Raises PrintFault if one is none."""
        self._documents: list[Any] = []
        self._places: list[tuple[Any, int]] = []
        with one_at_a_time:
            for pdf in pdfs:
                try:
                    opened = pypdfium2.PdfDocument(pdf)
                except pypdfium2.PdfiumError as error:
                    raise PrintFault(tr("This file is not a PDF that can be shown.")) from error
                self._documents.append(opened)
                self._places += [(opened, page) for page in range(len(opened))]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __len__(self) -> int:
        """How many pages there are."""
        return len(self._places)

    def close(self) -> None:
        """Give the memory back."""
        with one_at_a_time:
            self._places.clear()
            for one in self._documents:
                one.close()

    def size(self, page: int) -> tuple[float, float]:
        """Width and height of ``page`` (from 0) in points."""
        with one_at_a_time:
            document, place = self._places[page]
            width, height = document.get_page_size(place)
        return width, height

    def image(self, page: int, *, dpi: float, grey: bool = False) -> PageImage:
        """``page`` (from 0) as a picture of ``dpi``; ``grey`` for printers without colour.

        Raises PagesClosed after ``close``, as when a preview is left while its page is drawn.
        """
        with one_at_a_time:
            if not self._places:
                raise PagesClosed
            document, place = self._places[page]
            opened = document[place]
            bitmap = opened.render(
                scale=dpi / POINTS_PER_INCH, grayscale=grey, rev_byteorder=False, prefer_bgrx=True
            )
            data = bytes(bitmap.buffer)
            made = PageImage(data, bitmap.width, bitmap.height, bitmap.stride, grey, dpi)
            bitmap.close()
            opened.close()
        return made

    def print_images(self, *, dpi: float, grey: bool = True) -> Iterator[PageImage]:
        """Every page for a printer of ``dpi``, one at a time so that only one is in memory."""
        for page in range(len(self)):
            yield self.image(page, dpi=dpi, grey=grey)
