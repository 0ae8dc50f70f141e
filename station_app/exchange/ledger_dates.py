"""Days as ledgers write them: ``2025.5.10``, ``20250510``, ``5月10日`` below a title, dates."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from station_app.exchange.births import arabic
from station_app.exchange.cells import Understood, is_blank, tidy
from station_app.exchange.sheet import Value, text_of
from station_app.i18n import tr

#: The congresses' stations are younger than this; an earlier year is a slip of the pen.
_FIRST_YEAR = 1979
_MARK = r"[./\-–—·、年]"
_FULL = re.compile(rf"(\d{{4}}|\d{{2}}){_MARK}(\d{{1,2}})(?:月|{_MARK})(\d{{1,2}})[日号]?")
_SHORT = re.compile(r"(\d{1,2})(?:月|[./\-–—、])(\d{1,2})[日号]?")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_CLOCK = re.compile(r"[T,，]?(?:上午|下午|早上)?(\d{1,2})[:：时](\d{2})?分?(?::\d{2}(?:\.\d+)?)?$")
_WEEKDAY = re.compile(r"\(?(?:星期|周|礼拜)[一二三四五六日天]\)?")
_YEAR = re.compile(r"(?<!\d)(20\d{2}|19[89]\d)(?!\d)")
#: ``5.1`` of a file that loses closing zeros may have been ``5.10``.
_LOSSY = re.compile(r"\d{1,2}\.[123]")


class Parts(NamedTuple):
    """A day as written; ``year`` is 0 where it is not said."""

    year: int
    month: int
    day: int
    at: time | None = None


def read_days(
    values: Sequence[Value], titles: Sequence[str], today: date, *, exact: bool
) -> list[Understood[datetime | None]]:
    """The day of every cell (with its hour if written, else midnight), or None and the reason.

    A year that a cell leaves out is the one that all others of the column say, else the one that
    its neighbours above and below agree on, else the only one in ``titles``.
    """
    parts = [_parts(value, exact=exact) for value in values]
    years = [one.year if one and one.year else 0 for one in parts]
    said = {year for text in titles for year in map(int, _YEAR.findall(text))}
    found = []
    for at, (value, one) in enumerate(zip(values, parts, strict=True)):
        if is_blank(text_of(value)):
            found.append(Understood[datetime | None](None, tr("There is no date in this row.")))
        elif one is None:
            found.append(Understood[datetime | None](None, tr("This cannot be read as a date.")))
        else:
            year = one.year or _missing_year(years, at, said)
            found.append(_day(one, year, today))
    return found


def read_day(value: Value, year: int, today: date, *, exact: bool) -> Understood[date | None]:
    """One day by itself; ``year`` is the one meant where the cell says none."""
    if is_blank(text_of(value)):
        return Understood(None)
    one = _parts(value, exact=exact)
    if one is None:
        return Understood(None, tr("This cannot be read as a date."))
    read = _day(one, one.year or year, today)
    return Understood(read.value.date() if read.value else None, read.problem)


def _day(one: Parts, year: int, today: date) -> Understood[datetime | None]:
    if not year:
        return Understood(None, tr("The year of this date is not said anywhere."))
    try:
        day = date(year, one.month, one.day)
    except ValueError:
        return Understood(None, tr("There is no such day."))
    if day > today:
        return Understood(None, tr("ledger|This day has not come yet."))
    if year < _FIRST_YEAR:
        return Understood(None, tr("This is too long ago for a station's ledger."))
    return Understood(datetime.combine(day, one.at or time()))


def _missing_year(years: Sequence[int], at: int, said: set[int]) -> int:
    known = set(years) - {0}
    if len(known) == 1:
        return known.pop()
    before = next((year for year in reversed(years[:at]) if year), 0)
    behind = next((year for year in years[at:] if year), 0)
    if before and before == behind:
        return before
    return said.copy().pop() if len(said) == 1 else 0


def _parts(value: Value, *, exact: bool) -> Parts | None:
    if isinstance(value, datetime):
        at = value.time()
        return Parts(value.year, value.month, value.day, None if at == time() else at)
    if isinstance(value, date):
        return Parts(value.year, value.month, value.day)
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    text = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", tidy(text_of(value))))
    if isinstance(value, float) and not value.is_integer():
        return None  # 5.1 can be the first or the tenth
    return _from_text(_WEEKDAY.sub("", text), exact=exact)


def _from_text(text: str, *, exact: bool) -> Parts | None:
    at, clock = None, _CLOCK.search(text)
    if clock and ("日" in text or " " in text or "T" in text):
        hour = int(clock[1]) + (12 if "下午" in clock[0] and int(clock[1]) < 12 else 0)
        minute = int(clock[2] or 0)
        if hour > 23 or minute > 59:
            return None
        at, text = time(hour, minute), text[: clock.start()]
    text = arabic(re.sub(r"\s+", "", text))
    full = _FULL.fullmatch(text) or _DIGITS.fullmatch(text)
    if full:
        year = int(full[1])
        return Parts(year if year > 99 else 2000 + year, int(full[2]), int(full[3]), at)
    if text.isdigit() and len(text) == 5:  # the spreadsheet's serial number of a day
        day = date(1899, 12, 30) + timedelta(days=int(text))
        return Parts(day.year, day.month, day.day, at)
    short = _SHORT.fullmatch(text)
    if short is None or (not exact and _LOSSY.fullmatch(text)):
        return None
    return Parts(0, int(short[1]), int(short[2]), at)
