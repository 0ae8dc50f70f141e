"""How text is cut into words for the search index, and how typed text becomes a query.

Every Chinese character is a word of its own, written together with the character after it:
a fragment of two characters is one rare word instead of two frequent ones, and a single
character is the beginning of a word. Every other word carries a mark of two letters, which keeps
texts, pinyin, phones and paper numbers apart, and pairs of characters out of their prefix indexes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from operator import add

from station_app.domain.phones import normalise_phone
from station_app.domain.pinyin import spellings

TEXT, SOUND, PHONE, TAIL, NUMBER = "ww", "ss", "pp", "rr", "nn"

#: Stands between two fields, so that no phrase reaches from one into the other.
BORDER = "b"

#: The tail of a phone is asked for from three digits on; fewer would find everybody.
SHORTEST_TAIL = 3
LONGEST_QUERY = 120

#: What is no word above U+2E7F: Chinese punctuation, variation selectors, lone surrogates.
_SILENT = (
    "\u2ff0-\u2fff\u3000-\u3004\u3008-\u3020\u3030\u303d\u30a0\u30fb\ufe00-\ufe0f\ufe10-\ufe6f"
    "\ud800-\udfff\uffe0-\uffff\U000e0000-\U000e01ef"
)
#: A run of Chinese characters, of digits or of letters.
_RUN = re.compile(rf"[^\x00-\u2e7f{_SILENT}]+|[0-9]+|(?:(?![0-9_\u2e80-\U0010ffff])\w)+")
_FIRST_CHINESE = "\u2e80"
#: What the normal form makes of the usual punctuation: a text without it is normal already, and
#: to see that takes a tenth of the time.
_USUAL = tuple(zip("，：；！？（）", ",:;!?()", strict=True))
_PLAIN = re.compile(r"[0-9a-z][0-9a-z\-_/. ]*")
_GROUPED_PHONE = re.compile(r"\+?[\d\s.\-()]*")
_SHORTEST_PHONE = 7
_PAPER = re.compile(r"([A-Z]+)-([A-Z0-9]+)-([A-Z]+)-(\d{8})-(\d+)")


def text_words(text: str) -> list[str]:
    """The words of a text, in order: characters with the next, runs of letters or of digits."""
    words: list[str] = []
    chinese = ""
    for run in _RUN.findall(_fold(text)):
        if run >= _FIRST_CHINESE:
            chinese += run
        else:
            words += _pairs(chinese)
            words.append(TEXT + run)
            chinese = ""
    return words + _pairs(chinese)


@lru_cache(maxsize=4096)
def sound_words(name: str) -> tuple[str, ...]:
    """Every way of typing a name in pinyin; a visit and its resident ask for the same one."""
    return tuple(SOUND + spelling for spelling in spellings(name))


def phone_words(*phones: str) -> list[str]:
    """Phones from the beginning, without the area code, and from the tail."""
    words = []
    for phone in phones:
        digits = "".join(character for character in phone if character.isdigit())
        if digits:
            words += [PHONE + digits, TAIL + digits[::-1]]
            if "-" in phone:
                words.append(PHONE + "".join(filter(str.isdigit, phone.partition("-")[2])))
    return words


def number_words(number: str) -> list[str]:
    """A paper number by every beginning that people use: whole, from the code, date, day, run."""
    parts = _PAPER.fullmatch(number)
    if parts is None:
        return [NUMBER + _compact(number)] if number else []
    prefix, code, letter, day, run = parts.groups()
    pieces = [prefix + code + letter + day + run, code + letter + day + run, letter + day + run]
    pieces += [day + run, day[4:] + run, day[6:] + run, run]
    if day[4] == "0":
        pieces.append(day[5:] + run)
    return [NUMBER + piece.lower() for piece in pieces]


def date_words(day: str) -> list[str]:
    """A date ``YYYYMMDD`` by its beginnings."""
    return [NUMBER + day, NUMBER + day[4:], NUMBER + day[4:].lstrip("0")]


def joined(*fields: Iterable[str]) -> str:
    """Fields as one indexed text with borders between them."""
    return f" {BORDER} ".join(filter(None, map(" ".join, fields)))


def query(typed: str, *, names_only: bool = False) -> str | None:
    """The FTS5 query for ``typed``, or None when it holds no word.

    Words with blanks between them must all be found, in any order. Safe for any text.
    """
    found = [_any_of(word) for word in _split(_fold(typed[:LONGEST_QUERY]))]
    found = [part for part in found if part]
    if not found:
        return None
    whole = " AND ".join(f"({part})" for part in found)
    return f"{{name}} : ({whole})" if names_only else whole


def _split(folded: str) -> list[str]:
    """Typed words; a phone typed in groups (``138 1234 5678``) is one."""
    if _GROUPED_PHONE.fullmatch(folded) and sum(map(str.isdigit, folded)) >= _SHORTEST_PHONE:
        return [normalise_phone(folded).replace("-", "")]
    return folded.split()


def _any_of(word: str) -> str:
    """One typed word as text, or as pinyin, paper number or phone if it can be that."""
    ways = []
    units = _units(word)
    if units:
        ways.append(_phrase(units))
    if _PLAIN.fullmatch(word):
        compact = _compact(word)
        if compact.isalpha():
            ways.append(_beginning(SOUND + compact))
        ways.append(_beginning(NUMBER + compact))
        if compact.isdigit():
            ways.append(_beginning(PHONE + compact))
            if len(compact) >= SHORTEST_TAIL:
                ways.append(_beginning(TAIL + compact[::-1]))
    return " OR ".join(ways)


def _phrase(units: list[str]) -> str:
    """A phrase whose last word may go on; after a pair its second character asks nothing new."""
    words = _paired(units)
    if len(units) > 1 and _is_chinese(units[-1]) and _is_chinese(units[-2]):
        return f'"{" ".join(words[:-1])}"'
    return f'"{" ".join(words)}" *'


def _units(folded: str) -> list[str]:
    """Characters, and marked runs of letters or of digits."""
    units: list[str] = []
    for run in _RUN.findall(folded):
        units += run if run >= _FIRST_CHINESE else [TEXT + run]
    return units


def _pairs(chinese: str) -> list[str]:
    """Each of these characters with the one after it, the last one alone."""
    return [*map(add, chinese, chinese[1:]), *chinese[-1:]]


def _paired(units: list[str]) -> list[str]:
    """Each Chinese character with the one after it, if that follows at once."""
    words = [
        unit + after if unit >= _FIRST_CHINESE <= after else unit for unit, after in pairwise(units)
    ]
    return words + units[-1:]


def _is_chinese(unit: str) -> bool:
    return unit >= _FIRST_CHINESE


def _beginning(word: str) -> str:
    return f'"{word}" *'


def _compact(text: str) -> str:
    return "".join(c for c in text.lower() if c.isascii() and c.isalnum())


def _fold(text: str) -> str:
    if not unicodedata.is_normalized("NFKC", text):
        for wide, plain in _USUAL:
            text = text.replace(wide, plain)
        text = unicodedata.normalize("NFKC", text)
    return text.casefold()
