"""Words on screen: English in the code, Chinese from ``resources/i18n``; no Qt, for every room."""

from __future__ import annotations

import json
from enum import StrEnum

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
    return text.format(**values) if values else text


use(Language.CHINESE)
