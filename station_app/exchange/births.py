"""Birth dates as people write them: ``1986.02``, ``79.6``, ``1995年2月``, date cells, serials."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from station_app.exchange.cells import Understood, is_blank, tidy
from station_app.exchange.sheet import Value, text_of
from station_app.i18n import tr

#: Deputies are of age (Electoral Law, art. 4); beyond a hundred a slip of the pen is likelier.
_YOUNGEST, _OLDEST = 18, 100

_MARK = r"[年./\-–—·、,\\]"
_WRITTEN = re.compile(
    rf"(\d{{4}}|\d{{2}}){_MARK}(\d{{1,2}})(?:(?:月|(?!年){_MARK})(?:(\d{{1,2}})[日号]?)?)?"
)
_YEAR = re.compile(r"(\d{4})年?|(\d{2})年")
_TAIL = re.compile(r"(出?生|T?\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?)$")
_FIRST_MONTH = re.compile(r"(\d{4}|\d{2})\.1")
_CHINESE = str.maketrans("〇○零一二三四五六七八九", "000123456789")

Parts = tuple[int, int, int]  # year, month, day; 0 where nothing is said


@dataclass(frozen=True, slots=True)
class BirthStyle:
    """What a whole column tells about its cells.

    ``days`` : date cells state true days, not only the first of a month.
    ``closing_zero`` : texts keep a closing zero, so ``58.1`` is January and not October.
    ``two_digits`` : number cells write ``1958.01``, so ``1958.1`` lost its zero and is October.
    """

    days: bool = False
    closing_zero: bool = True
    two_digits: bool = False


def birth_style(values: Iterable[Value], *, exact: bool) -> BirthStyle:
    """Look at a column's ``values``; ``exact``: its texts are as typed (not from a CSV)."""
    cells = list(values)
    dates = [value for value in cells if isinstance(value, date)]
    lossy = [
        text_of(v) for v in cells if isinstance(v, float) or (isinstance(v, str) and not exact)
    ]
    zeros = [bool(re.search(r"\.0[1-9]$", text)) for text in lossy]
    return BirthStyle(
        days=any(value.day != 1 for value in dates),
        closing_zero=exact or any(re.search(r"\.10$", text) for text in lossy),
        two_digits=any(zeros) and not any(re.search(r"\.[2-9]$", text) for text in lossy),
    )


def read_birth(value: Value, style: BirthStyle, today: date) -> Understood[str]:
    """``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``, or nothing and the reason.

    Two-digit years and bare digits count only if exactly one reading makes an adult.
    """
    text = text_of(value)
    if is_blank(text):
        return Understood("")
    found = list(_readings(value, style))
    sound = sorted({parts for parts in found if _is_adult(parts, today)})
    if len(sound) > 1:
        return Understood("", tr("This can mean more than one date."))
    if not sound:
        return Understood("", _why_not(bool(found)))
    if _lost_zero(value, text, style):
        year = _iso((sound[0][0], 0, 0))
        return Understood(year, tr("This can be January or October; only the year is taken."))
    return Understood(_iso(sound[0]))


def _why_not(dated: bool) -> str:
    if dated:
        return tr("An adult cannot be born then.")
    return tr("This cannot be read as a date.")


def _lost_zero(value: Value, text: str, style: BirthStyle) -> bool:
    """Whether ``1958.1`` may have been ``1958.10``: a number, or a text that a CSV passed on."""
    if style.two_digits or (isinstance(value, str) and style.closing_zero):
        return False
    return bool(_FIRST_MONTH.fullmatch(unicodedata.normalize("NFKC", text).strip()))


def _readings(value: Value, style: BirthStyle) -> Iterator[Parts]:
    if isinstance(value, (datetime, date)):
        whole = style.days or value.day != 1
        yield value.year, value.month, value.day if whole else 0
    elif isinstance(value, (str, int, float)) and not isinstance(value, bool):
        text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", tidy(text_of(value))))
        text = _TAIL.sub("", arabic(text))
        if style.two_digits and _FIRST_MONTH.fullmatch(text) and not _kept(value, style):
            text += "0"
        yield from _from_text(text)


def _kept(value: Value, style: BirthStyle) -> bool:
    return isinstance(value, str) and style.closing_zero


def _from_text(text: str) -> Iterator[Parts]:
    written, year = _WRITTEN.fullmatch(text), _YEAR.fullmatch(text)
    if written:
        for full in _years(written[1]):
            yield full, _some(written[2]), _some(written[3]) if written[3] else 0
    elif year:
        for full in _years(year[1] or year[2]):
            yield full, 0, 0
    if text.isascii() and text.isdigit():
        yield from _from_digits(text)


def _from_digits(text: str) -> Iterator[Parts]:
    """``19860213``, ``198602``, ``860213``, ``8602`` or a spreadsheet's serial number."""
    if len(text) == 8:
        yield int(text[:4]), _some(text[4:6]), _some(text[6:])
    elif len(text) == 6:
        yield int(text[:4]), _some(text[4:]), 0
        for full in _years(text[:2]):
            yield full, _some(text[2:4]), _some(text[4:])
    elif len(text) == 5:
        day = date(1899, 12, 30) + timedelta(days=int(text))
        yield day.year, day.month, 0 if day.day == 1 else day.day
    elif len(text) == 4 and not 1850 <= int(text) <= 2100:
        for full in _years(text[:2]):
            yield full, _some(text[2:]), 0


def _some(digits: str) -> int:
    """A month or day that is stated: a stated zero is none (99), not an unstated one."""
    return int(digits) or 99


def _years(digits: str) -> tuple[int, ...]:
    return (int(digits),) if len(digits) == 4 else (1900 + int(digits), 2000 + int(digits))


def arabic(text: str) -> str:
    """``一九八六年十二月`` → ``1986年12月``; another text as it is."""
    if not re.match("[〇○零一二三四五六七八九]{2,4}年", text):
        return text
    text = re.sub("([二三])?十([一二三四五六七八九])?", _tens, text)
    return text.translate(_CHINESE)


def _tens(found: re.Match[str]) -> str:
    return (found[1] or "一") + (found[2] or "〇")


def _is_adult(parts: Parts, today: date) -> bool:
    year, month, day = parts
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return False
    age = today.year - year - ((month or 1, day or 1) > (today.month, today.day))
    return _YOUNGEST <= age <= _OLDEST


def _iso(parts: Parts) -> str:
    year, month, day = parts
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")
