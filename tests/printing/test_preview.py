"""Previews: pages as raw pictures of the right size, grey for printers."""

from __future__ import annotations

import pytest

from station_app.errors import PrintFault
from station_app.printing.forms.day_ledger import day_ledger
from station_app.printing.forms.reception_form import reception_form
from station_app.printing.preview import PdfPages
from tests.printing import samples


@pytest.fixture(scope="module")
def form() -> bytes:
    return reception_form(samples.visit(), samples.station(), printed_on=samples.PRINTED_ON)


def test_a_page_in_colour_is_four_bytes_a_pixel(form: bytes) -> None:
    with PdfPages(form) as pages:
        image = pages.image(0, dpi=96)
    assert (image.width, image.height) == (794, 1123)
    assert image.stride == 4 * image.width
    assert len(image.data) == image.stride * image.height
    assert image.data[:4] == b"\xff\xff\xff\xff"
    assert min(image.data) < 16


def test_a_page_for_the_printer_is_one_byte_a_pixel(form: bytes) -> None:
    with PdfPages(form) as pages:
        assert len(pages) == 1
        (image,) = pages.print_images(dpi=300)
    assert image.grey
    assert (image.width, image.height) == (2481, 3508)
    assert image.stride >= image.width
    assert len(image.data) == image.stride * image.height
    assert {0, 255} <= set(image.data)


def test_sizes_are_those_of_the_paper(form: bytes) -> None:
    ledger = day_ledger(
        samples.day(), [], samples.counters(), samples.station(),
        printed_on=samples.PRINTED_ON,
    )  # fmt: skip
    with PdfPages(form) as pages:
        assert pages.size(0) == pytest.approx((595.28, 841.89), abs=0.01)
    with PdfPages(ledger) as pages:
        assert pages.size(0) == pytest.approx((841.89, 595.28), abs=0.01)


def test_what_is_no_pdf_is_refused() -> None:
    with pytest.raises(PrintFault):
        PdfPages(b"no PDF")
