"""Takes what tells who somebody is out of a text that the public may read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

#: Phones, identity numbers, bank cards: seven digits or more, also in groups.
_DIGITS = re.compile(r"(?<![\d.])\d(?:[\d\- ]{5,}\d)[Xx]?")
#: The part of an address that leads to one door: entrance and flat. A building may be named.
_DOOR = re.compile(r"\d+\s*(?:单元|室|户)(?:\s*\d+\s*(?:室|户|号)?)?")
_STARS = "**"


def mask_name(name: str) -> str:
    """A person as the public may read of them: the family name and stars."""
    return f"{name[0]}{_STARS}" if name.strip() else ""


def redact(text: str, private: Mapping[str, str]) -> str:
    """``text`` with each ``private`` word replaced by what stands for it, no numbers, no doors."""
    for word in sorted(private, key=len, reverse=True):
        if word:
            text = text.replace(word, private[word])
    text = _DIGITS.sub(_STARS, text)
    return _DOOR.sub(_STARS, text)


def stand_ins(people: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What stands for the (name, address) of each of ``people``."""
    found: dict[str, str] = {}
    for name, address in people:
        found[name.strip()] = mask_name(name.strip())
        found[address.strip()] = _STARS
    found.pop("", None)
    return found


def leaks(text: str, private: Iterable[str]) -> str:
    """The first word of ``text`` that tells who somebody is; empty when there is none."""
    for word in private:
        if len(word.strip()) > 1 and word.strip() in text:
            return word.strip()
    found = _DIGITS.search(text)
    return found.group() if found else ""
