"""The public holidays of a year out of a table: one row a day, or one row a holiday."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from station_app.errors import ExchangeFault
from station_app.exchange.grid import read_grid
from station_app.exchange.sheet import Sheet, Value, text_of
from station_app.i18n import tr

#: One day: itself, whether people work on it, and the holiday's name.
Day = tuple[date, bool, str]

#: What the columns may be called; the first that fits a heading counts.
_HEADINGS = {
    "first": ("开始", "起", "放假日期从", "from", "start"),
    "last": ("结束", "止", "至", "to", "end"),
    "worked": ("调休", "补班", "上班日期", "worked"),
    "kind": ("类型", "安排", "休/班", "班休", "kind", "working"),
    "name": ("名称", "节日", "节假日", "假日", "name", "holiday"),
    "day": ("日期", "day", "date"),
}
_WORKED = ("班", "补", "工作", "work", "1", "true")
_FREE = ("休", "放假", "假", "节", "off", "holiday", "0", "false")
_FULL = re.compile(r"(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})")
_PACKED = re.compile(r"(?<!\d)(\d{4})(\d{2})(\d{2})(?!\d)")
_SHORT = re.compile(r"(\d{1,2})\D(\d{1,2})")
_YEAR = re.compile(r"(20\d\d)\s*年?")
_ROWS_LOOKED_AT = 20
_LONGEST = timedelta(days=31)


def read_holidays(path: Path) -> tuple[Day, ...]:
    """Every day that the table at ``path`` names. Raises ExchangeFault with rows for wrong ones.

    Either 日期, 类型 (休 or 班) and 名称, a row a day; or 名称, 开始, 结束 and 调休上班 (days
    worked instead, with a comma between), a row a holiday, as the State Council publishes them.
    """
    for sheet in read_grid(path).sheets:
        found = _columns(sheet)
        if found is not None:
            return _days(sheet, *found)
    raise ExchangeFault(
        tr("No column says a date. Name the columns 日期, 类型, 名称, or 名称, 开始, 结束, 调休.")
    )


def _columns(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    for at in range(min(len(sheet.rows), _ROWS_LOOKED_AT)):
        columns: dict[str, int] = {}
        for column, text in enumerate(sheet.texts(at)):
            meant = _meaning(text)
            if meant:
                columns.setdefault(meant, column)
        if "day" in columns or {"first", "last"} <= columns.keys():
            return at, columns
    return None


def _meaning(heading: str) -> str:
    words = "".join(heading.split()).casefold()
    if not words or len(words) > 12:
        return ""
    return next(
        (name for name, known in _HEADINGS.items() if any(one in words for one in known)), ""
    )


def _days(sheet: Sheet, head: int, columns: dict[str, int]) -> tuple[Day, ...]:
    above = " ".join(text for at in range(head + 1) for text in sheet.texts(at))
    said = _YEAR.search(f"{above} {sheet.name}")
    year = int(said[1]) if said else 0
    days: list[Day] = []
    wrong: dict[int, str] = {}
    for at in range(head + 1, len(sheet.rows)):
        if not any(text.strip() for text in sheet.texts(at)):
            continue
        try:
            days += _row(sheet, at, columns, year)
        except ValueError as error:
            wrong[at + 1] = str(error)
    if wrong:
        raise ExchangeFault(tr("Some rows cannot be read; nothing was imported."), wrong)
    if not days:
        raise ExchangeFault(tr("There are no days in this list."))
    return tuple(days)


def _row(sheet: Sheet, at: int, columns: dict[str, int], year: int) -> Iterator[Day]:
    def value(name: str) -> Value:
        return sheet.value(at, columns[name]) if name in columns else ""

    name = text_of(value("name")).strip()
    if "first" in columns and "last" in columns:
        first, last = _date(value("first"), year), _date(value("last"), year)
        if not first <= last <= first + _LONGEST:
            raise ValueError(tr("This holiday ends before it begins, or is too long."))
        for step in range((last - first).days + 1):
            yield first + timedelta(days=step), False, name
        for one in _several(value("worked"), first.year):
            yield one, True, name
        return
    yield _date(value("day"), year), _works(text_of(value("kind"))), name


def _works(kind: str) -> bool:
    words = kind.strip().casefold()
    if not words or any(one in words for one in _FREE):
        return False
    if any(one in words for one in _WORKED):
        return True
    raise ValueError(tr("Say 休 or 班 for this day."))


def _several(value: Value, year: int) -> Sequence[date]:
    if isinstance(value, date):
        return [_date(value, year)]
    parts = re.split(r"[、，,;；\s]+", text_of(value))
    return [_date(one, year) for one in parts if one.strip()]


def _date(value: Value, year: int) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = unicodedata.normalize("NFKC", text_of(value)).strip()
    whole = _FULL.search(text) or _PACKED.search(text)
    short = _SHORT.search(text)
    try:
        if whole:
            return date(int(whole[1]), int(whole[2]), int(whole[3]))
        if short and year:
            return date(year, int(short[1]), int(short[2]))
    except ValueError:
        raise ValueError(tr("There is no such day.")) from None
    raise ValueError(tr("This cannot be read as a date."))
