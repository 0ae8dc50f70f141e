"""What people write into the cells of a roster: ticks, genders, names, phones, levels."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any, Generic, NamedTuple, TypeVar

from db.vocabulary import Gender, Level
from station_app.config import RESOURCES
from station_app.domain.deputies import tidy_name
from station_app.domain.phones import is_phone, normalise_phone
from station_app.i18n import tr

T = TypeVar("T")

_UNSEEN = re.compile("[\u200b-\u200f\u2028-\u202e\u2060\ufe0e\ufe0f\ufeff\u00ad]")
_BLANKS = re.compile(r"[^\S\n]+")
_BLANK = frozenset(
    ("", "无", "暂无", "没有", "不详", "未知", "空", "n/a", "na", "none", "null", "nil")
)
_ERROR = re.compile(r"#(DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|CALC!|SPILL!|#+)|Err:\d{3}")

_TICKED = frozenset("√✓✔☑✅是1yv有对■●◆★▲") | {"yes", "true"}
_UNTICKED = frozenset("×✗✘☒否0n不□☐-—/") | {"no", "false", "不是"}
_GENDERS = {
    **dict.fromkeys(("男", "男性", "m", "male", "♂"), Gender.MALE),
    **dict.fromkeys(("女", "女性", "f", "female", "♀"), Gender.FEMALE),
}

_BETWEEN_PHONES = re.compile(r"[、,;/|\\\n\r\t]+|或者?|和|及")
_PHONE_LABEL = re.compile(
    r"^(手机号?码?|移动电话|联系电话|电话|办公室?电?话?|住?宅电?话?|家庭?电?话?|座机|固话|单位|微信同?号?|"
    r"tel|mobile|phone|cell|[mtho])[:.]?\s*|\s*\((手机|办公?|住?宅|家|座机|单位|微信同?号?|本人)\)$",
    re.IGNORECASE,
)
_BEFORE_MOBILE = re.compile(r"^(\+?86|0086|0)[-\s]*(?=1[3-9]([-\s]*\d){9}$)")
_OWN_KIND = re.compile(r"1[3-9]\d{9}|0\d{2,3}-\d{7,8}")

_LEVELS = (
    (Level.NATIONAL, "全国|国家|national"),
    (Level.PROVINCIAL, "省|自治区|直辖市|provincial|province"),
    (Level.CITY, "设区的市|地级市|自治州|市|州|盟|city|municipal"),
    (Level.COUNTY, "县级市|自治县|自治旗|区县|县区|区|县|旗|county|district"),
    (Level.TOWNSHIP, "街道|乡镇|镇街|街镇|镇|乡|township|town|subdistrict"),
)
# “县级市” and “自治区” hold the words of other levels, so longer words are tried first.
_LEVEL_WORDS = sorted(
    ((word, level) for level, words in _LEVELS for word in words.split("|")),
    key=lambda pair: -len(pair[0]),
)
_LEVEL_WORD = re.compile("|".join(word for word, _ in _LEVEL_WORDS))
_LEVEL_FILLER = re.compile(
    r"人民代表大会|人大代表|人大|代表|deput(y|ies)|congress|[一二两三四五]级|级(?!市)|兼|和|及|与|and|"
    r"[\s、,;:/+&()\[\].·|\\-]"
)


class Understood(NamedTuple, Generic[T]):
    """What a cell means, and the reason if that is doubtful or nothing."""

    value: T
    problem: str = ""


class Phones(NamedTuple):
    """The numbers of one cell, uniform, in the order written; and why some are left out."""

    numbers: tuple[str, ...]
    problem: str = ""


@cache
def dictionary(name: str) -> dict[str, Any]:
    """The data of ``resources/dictionaries/<name>.json``."""
    path = RESOURCES / "dictionaries" / f"{name}.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def tidy(text: str) -> str:
    """``text`` trimmed, without characters that nobody sees; inner blanks become one."""
    if text.isalnum():  # most cells: nothing to tidy
        return text
    return _BLANKS.sub(" ", _UNSEEN.sub("", text)).strip()


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """``text`` for comparing: half width, small letters, no blanks at all."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", _UNSEEN.sub("", text))).casefold()


def is_blank(text: str) -> bool:
    """Whether a cell says nothing (``无``, ``—``) or is empty."""
    return not text or plain(text).strip("-—–―－/\\.。·_*") in _BLANK


def is_error(text: str) -> bool:
    """Whether ``text`` is a spreadsheet's own error sign (``#N/A``)."""
    return bool(_ERROR.fullmatch(text.strip()))


def read_tick(text: str) -> Understood[bool]:
    """Whether a cell is ticked."""
    word = plain(text)
    if word in _TICKED:
        return Understood(True)
    if is_blank(text) or word in _UNTICKED:
        return Understood(False)
    return Understood(False, tr("This is neither a tick nor blank."))


def read_gender(text: str) -> Understood[Gender | None]:
    """The gender, if the cell names one."""
    if is_blank(text):
        return Understood(None)
    gender = _GENDERS.get(plain(text))
    return Understood(gender, "" if gender else tr("This names no gender."))


def read_ethnicity(text: str) -> Understood[str]:
    """The full name (``汉`` → ``汉族``); an unknown text is kept and reported."""
    if is_blank(text):
        return Understood("")
    word, known = plain(text), dictionary("ethnicities")
    for name in (word, f"{word}族"):
        if name in known["names"]:
            return Understood(name)
    if word in known["others"]:
        return Understood(known["others"][word])
    return Understood(
        tidy(text), tr("This ethnic group is not in the list of 56; kept as written.")
    )


def read_name(text: str) -> Understood[str]:
    """The name without setting blanks; characters that no font shows are reported."""
    name = tidy_name(_UNSEEN.sub("", text))
    odd = [c for c in name if unicodedata.category(c) in ("Co", "Cc", "Cs") or c in "\ufffd?？"]
    if odd:
        codes = "、".join(f"U+{ord(c):04X}" for c in odd)
        problem = tr(
            "The name holds a character that only one computer knows: {codes}.", codes=codes
        )
        return Understood(name, problem)
    return Understood(name)


def read_levels(text: str) -> Understood[tuple[Level, ...]]:
    """The levels named in one text (``市、区两级``), highest first."""
    if is_blank(text):
        return Understood(())
    by_word = dict(_LEVEL_WORDS)
    found: set[Level] = set()
    rest = plain(text)
    for word in _LEVEL_WORD.findall(_LEVEL_FILLER.sub(" ", rest)):
        found.add(by_word[word])
    left = _LEVEL_WORD.sub("", _LEVEL_FILLER.sub(" ", rest)).strip()
    if left or not found:
        return Understood((), tr("This names no level of people's congress for certain."))
    return Understood(tuple(level for level in Level if level in found))


def read_phones(text: str) -> Phones:
    """The phone numbers of a cell. What is no number for certain is left out and reported."""
    if is_blank(text):
        return Phones(())
    numbers: list[str] = []
    unread = False
    for part in _BETWEEN_PHONES.split(unicodedata.normalize("NFKC", _UNSEEN.sub("", text))):
        bare = _PHONE_LABEL.sub("", part.strip()).strip()
        if is_blank(bare):
            continue
        found = _numbers(bare)
        unread = unread or not found
        numbers += (number for number in found if number not in numbers)
    return Phones(tuple(numbers), tr("This is not a phone number for certain.") if unread else "")


def _numbers(text: str) -> tuple[str, ...]:
    whole = _number(text)
    if whole:
        return (whole,)
    # two numbers with only blanks between: cut where both sides are complete
    words = text.split()
    for cut in range(1, len(words)):
        pair = tuple(normalise_phone("".join(side)) for side in (words[:cut], words[cut:]))
        if all(_OWN_KIND.fullmatch(number) for number in pair):
            return pair
    return ()


def _number(text: str) -> str:
    """One number made uniform, or nothing."""
    number = normalise_phone(_BEFORE_MOBILE.sub("", text))
    if not is_phone(number):
        return ""
    # no local number begins so: rather a mobile number that lost digits
    return "" if re.fullmatch(r"[019]\d{6,7}", number) else number


def looks_like_name(text: str, *, strict: bool = False) -> bool:
    """Whether ``text`` can be a person's name; ``strict``: surely a usual Chinese one."""
    name = tidy_name(_UNSEEN.sub("", text))
    if strict:
        han = 2 <= len(name) <= 4 and all(unicodedata.category(c) == "Lo" for c in name)
        return (han and name[0] in dictionary("roster_columns")["surnames"]) or "\u00b7" in name
    return any(unicodedata.category(c)[0] in "LC" for c in name)


def share(flags: Iterable[bool]) -> float:
    """Which part of ``flags`` is true; 0 if there are none."""
    seen = list(flags)
    return sum(seen) / len(seen) if seen else 0.0
