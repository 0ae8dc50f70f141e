"""Fonts: everyday and rare characters are drawn, what cannot be drawn is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase.ttfonts import TTFontFile

from station_app.config import RESOURCES
from station_app.errors import PrintFault
from station_app.printing import fonts


def test_every_common_character_is_in_both_weights() -> None:
    common = bytes(
        byte for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF) for byte in (row, cell)
    ).decode("gb2312", errors="ignore")
    assert len(common) == 6763
    for name in (fonts.REGULAR, fonts.BOLD):
        assert all(map(fonts.font(name).has, common))


def test_rare_characters_of_names_are_drawn() -> None:
    # Extensions A to F, compatibility ideographs and the middle dot of GB 18030-2022 names.
    rare = "㐂䶮𠀀𠮷𪚥𪜀𫠊𫠠𬇕𬴂𬺰𭀀𮯠\uf92c·"
    assert fonts.missing_glyphs(rare) == ()


def test_text_falls_into_pieces_by_font_and_stays_whole() -> None:
    found = fonts.runs("王𮯠明")
    assert [font.fontName for font, _ in found] == [fonts.REGULAR, fonts.RARE, fonts.REGULAR]
    assert "".join(piece for _, piece in found) == "王𮯠明"


def test_missing_characters_are_found_once_and_in_order() -> None:
    assert fonts.missing_glyphs("好😀的😀\n🚲") == ("😀", "🚲")


def test_what_is_never_drawn_is_not_missed() -> None:
    assert fonts.tidy("葛\U000e0100\u200b\ufeff\r\n\t好\x07") == "葛\n    好"
    assert fonts.missing_glyphs("葛\U000e0100\u200b好") == ()


def test_the_fault_names_the_characters_and_where_they_stand() -> None:
    with pytest.raises(PrintFault) as caught:
        fonts.check_glyphs([("来访人姓名", "王😀"), ("住址", "好"), ("问题 3", "🚲😀")])
    assert "来访人姓名：😀 (U+1F600)" in caught.value.text
    assert "问题 3：🚲 (U+1F6B2)、😀 (U+1F600)" in caught.value.text
    assert "住址" not in caught.value.text


@pytest.fixture(scope="module")
def peers() -> dict[str, TTFontFile]:
    """The same files read by reportlab's own reader."""
    names = (fonts.REGULAR, fonts.RARE)
    return {name: TTFontFile(str(RESOURCES / "fonts" / f"{name}.ttf")) for name in names}


# The peer takes the no-break space for a blank whatever the font says.
@given(st.integers(0x20, 0x2FA20).filter(lambda code: code != 0xA0))
def test_glyphs_and_widths_are_those_of_another_reader(
    peers: dict[str, TTFontFile], code: int
) -> None:
    for name, peer in peers.items():
        file = fonts.font(name).file
        glyph = peer.charToGlyph.get(code, 0)
        assert file.glyph(code) == glyph
        if glyph:
            assert file.advance(glyph) == pytest.approx(peer.charWidths[code], abs=0.51)
