"""QR codes: the drawn rectangles are exactly the dark modules, and they read back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from station_app.printing import qr
from tests.printing.reading import codes

ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


@given(st.integers(1, 12).flatmap(lambda wide: st.lists(st.binary(min_size=wide, max_size=wide))))
def test_rectangles_cover_each_dark_module_once(rows: list[bytes]) -> None:
    modules = [bytes(one & 1 for one in row) for row in rows]
    drawn = [bytearray(len(row)) for row in modules]
    for column, row, width, height in qr.rectangles(modules):
        for y in range(row, row + height):
            for x in range(column, column + width):
                drawn[y][x] += 1
    assert [bytes(row) for row in drawn] == modules


@given(st.text(ALPHANUMERIC, min_size=1, max_size=80))
def test_codes_read_back(text: str) -> None:
    rows, scale, border = qr.modules(text), 3, qr.QUIET_ZONE * 3
    side = len(rows) * scale + 2 * border
    image = Image.new("L", (side, side), 255)
    for column, row, width, height in qr.rectangles(rows):
        box = (border + column * scale, border + row * scale)
        image.paste(0, (*box, box[0] + width * scale, box[1] + height * scale))
    assert codes(image) == [text]


def test_merging_saves_most_of_the_drawing() -> None:
    rows = qr.modules("LF1:VAGJPDUT4HJ7BDDYAAAAAAAAAAM.3")
    assert len(rows) == 25
    assert len(qr.rectangles(rows)) < sum(map(sum, rows)) / 2
