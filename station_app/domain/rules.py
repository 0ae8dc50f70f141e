"""Rule sets: how long each step may take. They are data (resources/rules) and have versions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from db.vocabulary import Degree
from station_app.errors import RuleViolation
from station_app.i18n import tr

#: The spans that a rule set must say.
SPANS = (
    "decide", "reply", "reply_urgent", "advise", "suggestion", "suggestion_complex", "revisit",
)  # fmt: skip
_UNITS = ("working_days", "days", "months")
_MONTH_DAY = re.compile(r"\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Span:
    """So many ``working_days``, ``days`` or ``months``; or until a day of the next year (MM-DD)."""

    working_days: int = 0
    days: int = 0
    months: int = 0
    next_year: str = ""

    @property
    def words(self) -> str:
        """The span as people say it."""
        if self.next_year:
            month, day = (int(one) for one in self.next_year.split("-"))
            return tr("by {month}-{day} of the next year", month=month, day=day)
        if self.working_days:
            return tr("{n} working days", n=self.working_days)
        if self.months:
            return tr("{n} months", n=self.months)
        return tr("{n} days", n=self.days)


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One version of the rules. ``code`` names it for ever; issues keep the one they began under.

    ``look_back`` says for each degree when to look again; ``long_open_days`` from when on an open
    issue is one that drags on (久拖不决), ``soon_days`` how long before its deadline it is shown,
    ``notice_days`` how long before a reception day its notice must hang.
    """

    code: str
    name: str
    valid_from: date
    spans: Mapping[str, Span]
    look_back: Mapping[Degree, Span]
    long_open_days: int = 90
    soon_days: int = 7
    notice_days: int = 3


def rule_set(body: Mapping[str, Any]) -> RuleSet:
    """A rule set out of its JSON. Raises RuleViolation beside what it lacks."""
    wrong: dict[str, str] = {}
    if not str(body.get("code", "")).strip():
        wrong["code"] = tr("A rule set needs a code of its own.")
    try:
        valid_from = date.fromisoformat(str(body.get("valid_from")))
    except ValueError:
        valid_from = date.min
        wrong["valid_from"] = tr("Give the date as YYYY-MM-DD.")
    spans = {name: _span(body.get(name), name, wrong) for name in SPANS}
    backs = body.get("look_back") or {}
    look_back = {
        degree: _span(backs[degree.value], f"look_back.{degree.value}", wrong)
        for degree in Degree
        if backs.get(degree.value)
    }
    days = {
        name: _positive(body.get(name, usual), name, wrong)
        for name, usual in (("long_open_days", 90), ("soon_days", 7), ("notice_days", 3))
    }
    if wrong:
        raise RuleViolation(wrong)
    name = str(body.get("name") or body["code"])
    return RuleSet(str(body["code"]).strip(), name, valid_from, spans, look_back, **days)


def _span(said: Any, name: str, wrong: dict[str, str]) -> Span:
    if isinstance(said, Mapping) and len(said) == 1:
        unit, value = next(iter(said.items()))
        if unit in _UNITS and type(value) is int and 1 <= value <= 999:
            return Span(
                working_days=value if unit == "working_days" else 0,
                days=value if unit == "days" else 0,
                months=value if unit == "months" else 0,
            )
        if unit == "next_year" and _is_day(str(value)):
            return Span(next_year=str(value))
    wrong[name] = tr("Give a number of working days, days or months.")
    return Span()


def _is_day(month_day: str) -> bool:
    try:
        date.fromisoformat(f"2001-{month_day}")  # no leap year: 02-29 does not always come
    except ValueError:
        return False
    return _MONTH_DAY.fullmatch(month_day) is not None


def _positive(value: Any, name: str, wrong: dict[str, str]) -> int:
    if type(value) is int and 1 <= value <= 9999:
        return value
    wrong[name] = tr("Give a number of days.")
    return 0
