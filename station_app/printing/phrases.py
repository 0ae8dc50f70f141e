"""How dates, counts and people are said on paper."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from station_app.domain.deputies import DeputyBrief
from station_app.domain.moments import local
from station_app.domain.residents import ResidentRecord
from station_app.domain.visits import VisitRecord, is_collective
from station_app.domain.words import channel_word, levels_words, paper

_WEEKDAYS = "一二三四五六日"
_DIGITS = "零一二三四五六七八九"


def said_date(on: date) -> str:
    """2026年11月10日."""
    return f"{on.year}年{on.month}月{on.day}日"


def said_weekday(on: date) -> str:
    """星期二."""
    return f"星期{_WEEKDAYS[on.weekday()]}"


def said_time(moment: datetime) -> str:
    """9:05, on the station's clock."""
    at = local(moment)
    return f"{at.hour}:{at.minute:02d}"


def numeral(number: int) -> str:
    """1 to 99 in Chinese: 一, 十二, 三十."""
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return head + (_DIGITS[ones] if ones or not tens else "")


def said_party(visit: VisitRecord) -> str:
    """12人（集体来访）."""
    return f"{visit.party_size}人" + ("（集体来访）" if is_collective(visit.party_size) else "")


def said_channel(visit: VisitRecord) -> str:
    """How the visit reached the station."""
    return channel_word(visit.channel, paper)


def said_names(names: Iterable[str]) -> str:
    """张三、李四."""
    return "、".join(names)


def said_deputy(one: DeputyBrief) -> str:
    """于桂芳（市、区县）; the name alone when no level is known."""
    return f"{one.name}（{levels_words(one.levels, paper)}）" if one.levels else one.name


def said_address(resident: ResidentRecord) -> str:
    """Community and address, the community only once."""
    if not resident.community or resident.address.startswith(resident.community):
        return resident.address
    return " ".join(part for part in (resident.community, resident.address) if part)
