"""What is typed at the desk about one issue."""

from __future__ import annotations

import pytest

from db.vocabulary import Handling
from station_app.domain.issues import IssueDraft, issue_violations, title_of


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("桃源街12号楼没有电梯，老人上下楼困难。", "桃源街12号楼没有电梯"),
        ("短，句子在后面", "短，句子在后面"),
        ("一" * 60, "一" * 24),
    ],
)
def test_a_title_is_made_from_the_first_words(text: str, title: str) -> None:
    assert title_of(IssueDraft(title="", text=text)) == title


def test_a_typed_title_stays() -> None:
    assert title_of(IssueDraft(title=" 加装电梯 ", text="很长的内容")) == "加装电梯"


def test_what_is_missing_is_said_beside_the_field() -> None:
    empty = IssueDraft(title="", handling=Handling.ANSWERED)
    assert {name for name, _ in issue_violations(empty)} == {"text", "answer"}
    declined = IssueDraft(title="判决", handling=Handling.DECLINED)
    assert {name for name, _ in issue_violations(declined)} == {"reason", "instead"}
