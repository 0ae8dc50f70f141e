"""Duty cards on paper: every code reads back from the page, sizes are true, sides meet."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PIL import Image

from db.card_code import CardPayload, card_text, key_id, sign_card
from db.vocabulary import CardKind, Level
from station_app.domain.card_address import LONGEST
from station_app.errors import PrintFault
from station_app.printing import qr
from station_app.printing.cards.board import deputy_board
from station_app.printing.cards.faces import CODE_SIDE, CardFace, reads_back
from station_app.printing.cards.sheets import CARD, LANYARD, Kind, card_sheets
from station_app.printing.cards.table_top import table_top
from station_app.printing.pen import MM
from tests.printing import samples
from tests.printing.reading import codes, ink_boxes, page_image, read

DAY = date(2026, 11, 10)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
STATION = samples.station()


def code(number: int, address: str = "https://lz.bincheng.gov.cn") -> str:
    payload = CardPayload(
        CardKind.TERM, UUID(int=number + 1), UUID(int=7), UUID(int=3), DAY, date(2026, 12, 31),
        key_id(KEY.public_key().public_bytes_raw()), f"KY-A-2026-{number:04}",
    )  # fmt: skip
    return card_text(sign_card(payload, KEY), address)


def face(number: int = 1, name: str = "于桂芳", photo: bytes | None = None) -> CardFace:
    return CardFace(
        name, (Level.CITY, Level.COUNTY), photo, f"KY-A-2026-{number:04}", DAY,
        date(2026, 12, 31), code(number), "每月10日 9:00–11:30", "中山区葵英街12号",
    )  # fmt: skip


def photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (240, 320), (20, 120, 200)).save(out, "JPEG")
    return out.getvalue()


NAMES = ("于桂芳", "𠮷𬴂", samples.LONG_NAME, "阿卜杜热西提·买买提", *["王芳"] * 8)


def twelve() -> Sequence[CardFace]:
    return [face(place, name) for place, name in enumerate(NAMES)]


@pytest.mark.parametrize(("kind", "pages"), [(CARD, 4), (LANYARD, 6)])
def test_every_code_reads_back_at_150_dpi_and_turned(kind: Kind, pages: int) -> None:
    pdf = card_sheets(twelve(), STATION, printed_on=DAY, kind=kind)
    assert len(read(pdf).pages) == pages
    found: set[str] = set()
    for page in range(0, pages, 2):
        image = page_image(pdf, page)
        there = set(codes(image))
        for degrees in (90, 180, 7):
            turned = image.rotate(degrees, expand=True, fillcolor=255)
            assert set(codes(turned)) == there
        found |= there
    assert found == {one.code for one in twelve()}


@pytest.mark.parametrize("kind", [CARD, LANYARD])
def test_names_stand_whole_within_their_card(kind: Kind) -> None:
    pdf = card_sheets(twelve(), STATION, printed_on=DAY, kind=kind)
    text = read(pdf).text
    assert samples.LONG_NAME in text
    for boxes in ink_boxes(pdf):
        for character, left, bottom, right, top in boxes:
            if bottom < kind.bottom - 1:
                continue  # the note below the block
            column = (left - kind.left) // kind.width
            row = (bottom - kind.bottom) // kind.height
            assert (right - 0.5 - kind.left) // kind.width == column, character
            assert (top - 0.5 - kind.bottom) // kind.height == row, character


def test_the_back_lies_behind_its_face() -> None:
    pdf = card_sheets([face(1), face(2, "王芳")], STATION, printed_on=DAY)
    middle = 105 * MM
    sides = []
    for page in list(ink_boxes(pdf)):
        halves: dict[bool, str] = {False: "", True: ""}
        for character, left, *_ in page:
            halves[left > middle] += character
        sides.append(halves)
    front, back = sides
    assert "2026-0001" in front[False]
    assert "2026-0001" in back[True]
    assert "2026-0002" in back[False]


def test_the_finest_code_has_modules_of_42_hundredths() -> None:
    longest = code(1, "https://" + "a" * (LONGEST - 8))
    assert CODE_SIDE / qr.width(longest) >= 0.42 * MM
    assert CODE_SIDE >= 22 * MM
    assert reads_back(longest)
    with pytest.raises(PrintFault):
        card_sheets([replace(face(), code=longest + "A" * 60)], STATION, printed_on=DAY)


def test_a_code_that_is_not_what_it_should_be_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    other = qr.modules(code(2), level="M")
    monkeypatch.setattr(qr, "modules", lambda _text, level="M": other)
    assert not reads_back(code(1))


def test_the_same_cards_give_the_same_bytes_and_photos_are_inside() -> None:
    plain = card_sheets([face()], STATION, printed_on=DAY)
    assert plain == card_sheets([face()], STATION, printed_on=DAY)
    pictured = card_sheets([face(photo=photo())], STATION, printed_on=DAY)
    assert pictured == card_sheets([face(photo=photo())], STATION, printed_on=DAY)
    assert b"/DCTDecode" in pictured
    assert b"/DCTDecode" not in plain
    with pytest.raises(PrintFault):
        card_sheets([face(photo=b"nonsense")], STATION, printed_on=DAY)


def test_a_character_that_nothing_draws_is_named_before() -> None:
    with pytest.raises(PrintFault) as found:
        card_sheets([face(name="于\U0003fffd芳")], STATION, printed_on=DAY)
    assert "U+3FFFD" in found.value.text


@pytest.mark.parametrize("name", ["于桂芳", samples.LONG_NAME, ""])
def test_the_table_card_is_one_a5_page_with_its_code(name: str) -> None:
    pdf = table_top([replace(face(), name=name)], STATION, printed_on=DAY)
    found = read(pdf)
    assert found.sizes == ((595, 420),)
    assert name in found.text
    assert "2026年11月10日星期二" in found.text
    assert codes(page_image(pdf)) == [face().code]


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (6, 1), (12, 1), (13, 2)])
def test_the_board_shows_all_deputies_and_no_phone_of_theirs(count: int, pages: int) -> None:
    faces = [*twelve(), face(12, "末一人")][:count]
    pdf = deputy_board(faces, STATION, printed_on=DAY)
    found = read(pdf)
    assert found.sizes == ((1191, 842),) * pages
    assert all(one.name in found.text for one in faces)
    there = [one for page in range(pages) for one in codes(page_image(pdf, page))]
    assert sorted(there) == sorted(one.code for one in faces)
