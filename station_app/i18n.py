"""Words on screen: English in the code, Chinese from ``resources/i18n``; no Qt, for every room."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from station_app.config import RESOURCES


class Language(StrEnum):
    """The languages of the program."""

    CHINESE = "zh"
    ENGLISH = "en"


_words: dict[str, str] = {}
_language = Language.CHINESE


def use(language: Language) -> None:
    """Switch all further ``tr`` calls to ``language``."""
    global _words, _language
    if _words and language is _language:
        return
    _language = language
    _words = {} if language is Language.ENGLISH else catalogue(language)


def language() -> Language:
    """The language in use."""
    return _language


def catalogue(language: Language) -> dict[str, str]:
    """All words of ``language``, merged from one JSON file a room."""
    words: dict[str, str] = {}
    for path in sorted((RESOURCES / "i18n" / language.value).glob("*.json")):
        words.update(json.loads(path.read_text(encoding="utf-8")))
    return words


def tr(source: str, **values: object) -> str:
    """``source`` in the language in use, with ``{name}`` places filled from ``values``.

    ``source`` is a literal English text; a leading ``word|`` tells apart two meanings of one
    English text (``verb|Open``) and is never shown.
    """
    text = _words.get(source)
    if text is None:
        text = source.partition("|")[2] or source
        if _language is Language.ENGLISH and 1 in values.values():
            text = _singular(text, values)
    return text.format(**values) if values else text


def _singular(text: str, values: Mapping[str, object]) -> str:
    """English counts one thing in the singular: “{n} days are left” is “{n} day is left” for 1.

    ``resources/i18n/en/one.json`` has the words: the noun after the place, and its verb.
    """
    ones = _ones()

    def one(found: re.Match[str]) -> str:
        words = found[2].split(" ")
        counted = next((at for at, word in enumerate(words[:3]) if word in ones), None)
        if values.get(found[1]) != 1 or counted is None:
            return found[0]
        told = [ones.get(word, word) if counted <= at <= counted + 2 else word
                for at, word in enumerate(words)]  # fmt: skip
        return f"{{{found[1]}}}{' '.join(told)}"

    return re.sub(r"\{(\w+)\}((?: [a-z]+)+)", one, text)


@cache
def _ones() -> dict[str, str]:
    found = (RESOURCES / "i18n" / Language.ENGLISH.value / "one.json").read_text(encoding="utf-8")
    words: dict[str, str] = json.loads(found)
    return words


use(Language.CHINESE)
