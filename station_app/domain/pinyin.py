"""Chinese names as pinyin, found as typed: in full, by initials, polyphones too."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice, product

# Names are no phrases, and every reading is looked up anyway: without its table of 47,000 phrases
# the library takes a quarter of the memory and of the time to load.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")

from pypinyin import Style, pinyin

#: A name has few polyphones; this bounds the spellings of pathological texts.
MOST_SPELLINGS = 16


@lru_cache(maxsize=4096)
def sort_key(name: str) -> str:
    """``name`` as lower-case pinyin syllables, the name itself last so that equal sounds differ."""
    syllables = [found[0] for found in pinyin(name, style=Style.TONE3, neutral_tone_with_five=True)]
    return " ".join(syllables).lower() + "\x00" + name


def spellings(name: str) -> tuple[str, ...]:
    """Every way ``name`` may be typed: joined syllables and initials, for each reading.

    ``spellings("曾乐")`` holds ``zengle``, ``cengle``, ``zengyue``, ``zl``, ``cl``, ``zy`` …
    """
    readings = pinyin(name, style=Style.NORMAL, heteronym=True)
    plain = [_distinct(_letters(one) for one in found) for found in readings]
    plain = [found for found in plain if found]
    if not plain:
        return ()
    full = ["".join(choice) for choice in islice(product(*plain), MOST_SPELLINGS)]
    initials = [_distinct(one[0] for one in found) for found in plain]
    short = ["".join(choice) for choice in islice(product(*initials), MOST_SPELLINGS)]
    return tuple(dict.fromkeys(full + short))


def _distinct(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))


def _letters(syllable: str) -> str:
    return "".join(c for c in syllable.lower() if c.isascii() and c.isalnum())
