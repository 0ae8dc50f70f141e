"""Pages of PDFs taken out, turned the right way up and put together, and pictures as pages."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pypdfium2

from station_app.errors import PrintFault
from station_app.i18n import tr
from station_app.printing.preview import one_at_a_time

#: The longer side of a page that a picture becomes, in points: A4.
_LONG, _SHORT = 841.9, 595.3


def taken_out(pdf: bytes, pages: Sequence[tuple[int, int]]) -> bytes:
    """A PDF of these pages of ``pdf``: (place from 0, degrees to turn it clockwise)."""
    with one_at_a_time:
        source, made = _open(pdf), pypdfium2.PdfDocument.new()
        made.import_pages(source, [place for place, _ in pages])
        for at, (_, turn) in enumerate(pages):
            page = made[at]
            page.set_rotation((page.get_rotation() + turn) % 360)
        out = _bytes(made)
        source.close()
    return out


def together(pdfs: Sequence[bytes]) -> bytes:
    """One PDF of all pages of several. Raises PrintFault if one is none."""
    with one_at_a_time:
        made = pypdfium2.PdfDocument.new()
        for pdf in pdfs:
            source = _open(pdf)
            made.import_pages(source)
            source.close()
        return _bytes(made)


def of_jpeg(jpeg: bytes, turn: int = 0) -> bytes:
    """A picture as a page of A4 or smaller, turned clockwise by ``turn`` degrees."""
    with one_at_a_time:
        made = pypdfium2.PdfDocument.new()
        image = pypdfium2.PdfImage.new(made)
        image.load_jpeg(BytesIO(jpeg), inline=True)
        across, down = image.get_px_size()
        scale = min(_LONG / max(across, down), _SHORT / min(across, down))
        width, height = across * scale, down * scale
        page = made.new_page(width, height)
        image.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
        page.insert_obj(image)
        page.gen_content()
        page.set_rotation(turn % 360)
        return _bytes(made)


def _open(pdf: bytes) -> Any:
    try:
        return pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise PrintFault(tr("This file is not a PDF that can be shown.")) from error


def _bytes(document: Any) -> bytes:
    out = BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()
