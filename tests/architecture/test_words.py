"""Every word on screen is a literal of the code with a translation, and nothing is left over."""

from __future__ import annotations

import ast
import json
import re
import string
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from station_app.i18n import Language, catalogue
from tests.architecture import sources

#: ``tr`` for screens; ``say`` and ``paper`` stand for it where print and screen share a word.
SPEAKERS = {"tr", "i18n.tr", "say", "paper", "words.paper"}
#: The wrappers themselves hand on what they are given.
HANDED_ON = {"source", "text"}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
#: Files whose Chinese is data or paper, not words on a screen; each with its reason.
CHINESE_IS_DATA = {
    "station_app/printing/": "the printed forms are always Chinese",
    "station_app/exchange/": "headings and ticks of Chinese spreadsheets are what it looks for",
    "station_app/demo/": "the words of invented people",
    "station_app/domain/redaction.py": "doors in addresses are found as people write them: 单元",
    "station_app/domain/phones.py": "an extension is found as people write it: 转",
    "station_app/store/search_documents.py": "a day is found as people write it: 11月8日",
}


#: A language is named in its own words.
OWN_NAMES = {"中文"}


class Said(NamedTuple):
    """One call of a speaker: where, the English source (None: not a literal), the values named."""

    where: str
    source: str | None
    values: frozenset[str]


def said_in(tree: ast.AST, name: str) -> Iterator[Said]:
    """Every call of a speaker in one file."""
    for call in sources.calls(tree):
        if sources.called(call) in SPEAKERS and call.args:
            first = call.args[0]
            if isinstance(first, ast.Name) and first.id in HANDED_ON:
                continue
            values = frozenset(one.arg or "**" for one in call.keywords)
            source = first.value if isinstance(first, ast.Constant) else None
            said = source if isinstance(source, str) else None
            yield Said(f"{name}:{call.lineno}", said, values)


def places(text: str) -> frozenset[str]:
    """The ``{name}`` places of a text."""
    found = (name for _, name, _, _ in string.Formatter().parse(text) if name is not None)
    return frozenset(re.split(r"[.\[]", name)[0] for name in found)


@pytest.fixture(scope="module")
def everything() -> list[Said]:
    names = sources.modules(*sources.PROGRAM)
    return [one for name in names for one in said_in(sources.tree(name), name)]


@pytest.fixture(scope="module")
def chinese() -> dict[str, str]:
    return catalogue(Language.CHINESE)


def test_every_source_is_a_literal(everything: list[Said]) -> None:
    assert not [one.where for one in everything if one.source is None]


def test_every_word_has_a_translation(everything: list[Said], chinese: dict[str, str]) -> None:
    missing = {one.source: one.where for one in everything if one.source not in chinese}
    assert not missing


def test_no_translation_is_left_over(everything: list[Said], chinese: dict[str, str]) -> None:
    assert not chinese.keys() - {one.source for one in everything}


def test_no_translation_is_empty_or_english(chinese: dict[str, str]) -> None:
    assert not [source for source, said in chinese.items() if not said.strip()]
    alike = [one for one, said in chinese.items() if one == said and re.search("[a-z]{2}", one)]
    assert not alike


def test_every_place_is_filled_in_both_languages(
    everything: list[Said], chinese: dict[str, str]
) -> None:
    wrong = {
        one.where: (one.source, sorted(one.values))
        for one in everything
        if one.source is not None and not fits(one, chinese.get(one.source, one.source))
    }
    assert not wrong


def fits(said: Said, translated: str) -> bool:
    """Whether the values named at the call are the places of both texts."""
    source = said.source or ""
    if not said.values:  # then tr() formats nothing, and braces are braces
        return not places(source) and not places(translated)
    return places(source) == places(translated) == said.values


def test_what_is_counted_can_be_one_in_english(everything: list[Said]) -> None:
    counted = re.compile(r"\{(?:n|count)\}(?: [a-z]+)? ([a-z]+s|people)\b")
    known = {*json.loads(sources.text("resources/i18n/en/one.json")), "is", "was", "has"}
    asked = {noun: one.where for one in everything for noun in counted.findall(one.source or "")}
    assert not {noun: where for noun, where in asked.items() if noun not in known}


def test_one_source_has_one_translation() -> None:
    seen: dict[str, str] = {}
    twice = []
    for name in sources.files():
        if name.startswith("resources/i18n/zh/"):
            pairs = json.loads(sources.text(name), object_pairs_hook=list)
            twice += [one for one, said in pairs if seen.setdefault(one, said) != said]
    assert not twice


def test_a_wrong_word_is_noticed() -> None:
    lines = "tr('Saved {n}', n=1); tr(f'{x}'); i18n.tr('Open'); tr(source)"
    found = list(said_in(ast.parse(lines), "x.py"))
    assert [one.source for one in found] == ["Saved {n}", None, "Open"]
    assert fits(found[0], "已保存 {n}")
    assert not fits(found[0], "已保存 {m}")
    assert not fits(found[2], "打开 {n}")


# -------------------------------------------------------------------------------- Chinese in code


def chinese_in(tree: ast.Module) -> Iterator[str]:
    """The Chinese string literals of one file that are no docstrings."""
    spoken = sources.docstrings(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or id(node) in spoken:
            continue
        chinese = isinstance(node.value, str) and CHINESE.search(node.value)
        if chinese and node.value not in OWN_NAMES:
            yield str(node.value)


def test_no_chinese_word_stands_in_the_code_of_screens() -> None:
    found = {
        name: words
        for name in sources.modules("station_app/")
        if not name.startswith(tuple(CHINESE_IS_DATA))
        and (words := list(chinese_in(sources.tree(name))))
    }
    assert not found


def test_a_chinese_word_in_code_is_noticed() -> None:
    tree = ast.parse('"""保存。"""\nsave = "保存"\nmark = "、"')
    assert list(chinese_in(tree)) == ["保存"]
