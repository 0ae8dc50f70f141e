"""Line breaking: nothing lost, nothing wider than its cell, no 。 at the beginning of a line."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from station_app.printing.lines import measure, pieces, wrap

CHINESE = st.text(
    alphabet="代表接待选民登记表老旧小区加装电梯𠮷𬴂𪚥，。、；：？！（）《》“”—…12A-. \n",
    max_size=300,
)


@given(CHINESE, st.floats(20, 500))
def test_joined_lines_are_the_text(text: str, width: float) -> None:
    assert "".join(wrap(text, width, size=10)) == text


@given(CHINESE, st.floats(20, 500))
def test_no_line_is_wider_than_its_cell(text: str, width: float) -> None:
    assert all(measure(line, size=10) <= width + 0.02 for line in wrap(text, width, size=10))


@given(
    st.lists(
        st.sampled_from(["代表", "接待", "，", "。", "（老旧）", "《办法》", "“好”", "12号"]),
        max_size=80,
    )
)
def test_no_line_begins_with_a_stop_or_ends_with_an_opening(words: list[str]) -> None:
    # A run of stops longer than a line has to break somewhere; people do not write that.
    text = "".join(
        word
        for place, word in enumerate(words)
        if place == 0 or word not in "，。" or words[place - 1] not in "，。"
    )
    lines = wrap(text, 90, size=10)
    assert not any(line[0] in "，。、；：？！）》”" for line in lines[1:])
    assert not any(line.rstrip()[-1] in "（《“" for line in lines if line.strip())


def test_words_numbers_and_dashes_stay_whole() -> None:
    text = "编号是WZ-KY-A-20261110-003的问题——请尽快办理……谢谢"
    for width in range(110, 300, 7):
        joined = [line.strip() for line in wrap(text, width, size=10)]
        assert any("WZ-KY-A-20261110-003" in line for line in joined)
        assert any("——" in line for line in joined)
        assert any("……" in line for line in joined)


def test_a_word_wider_than_the_line_is_broken_rather_than_cut() -> None:
    text = "A" * 400
    lines = wrap(text, 100, size=10)
    assert "".join(lines) == text
    assert all(measure(line, size=10) <= 100.02 for line in lines)


@given(CHINESE)
def test_pieces_are_the_line_in_order(text: str) -> None:
    line = text.replace("\n", "")
    found = pieces(line)
    assert "".join(piece.text for piece in found) == line
    assert [piece.x for piece in found] == sorted(piece.x for piece in found)


def test_han_and_latin_stand_apart_without_a_written_blank() -> None:
    assert (
        measure("桃源街12号楼", size=10) > measure("桃源街", size=10) + measure("12", size=10) + 20
    )
    assert "".join(piece.text for piece in pieces("桃源街12号楼")) == "桃源街12号楼"
