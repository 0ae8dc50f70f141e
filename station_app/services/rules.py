"""Rule sets and the calendar of working days: those shipped, the station's own, the centre's."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import select

from db.models import CalendarDay, RuleSetRow
from station_app.config import RESOURCES
from station_app.domain.accounts import require_head
from station_app.domain.rules import RuleSet, rule_set
from station_app.domain.working_days import WorkCalendar
from station_app.errors import RuleViolation
from station_app.i18n import tr
from station_app.store import Tx
from station_app.store.transaction import driver_of

#: What issues began under that were registered before there were rule sets.
FIRST = "standard-1"


def rule_sets(tx: Tx) -> dict[str, RuleSet]:
    """Code → rule set, the shipped ones and all that were added, the oldest first.

    One that this program cannot read (of a newer version) is left out.
    """
    found = dict(shipped_rules())
    # Below the ORM: this is on the path of every save.
    rows = driver_of(tx.session).execute("SELECT body FROM rule_set ORDER BY valid_from, id")
    for (body,) in rows:
        try:
            one = rule_set(json.loads(body))
        except RuleViolation:
            continue
        found.setdefault(one.code, one)
    return found


def rules_today(tx: Tx, known: Mapping[str, RuleSet] | None = None) -> RuleSet:
    """The rules that an issue begins under today."""
    valid = [one for one in (known or rule_sets(tx)).values() if one.valid_from <= tx.today]
    return max(enumerate(valid), key=lambda one: (one[1].valid_from, one[0]))[1]


def rules_of(known: Mapping[str, RuleSet], code: str) -> RuleSet:
    """The rules that an issue keeps; the first ones where it says none, or an unknown one."""
    return known.get(code) or known[FIRST]


def add_rule_set(tx: Tx, body: Mapping[str, Any]) -> RuleSet:
    """Add a version of the rules; only the head may. A code is never used twice.

    Raises RuleViolation. Issues that began before keep their rules.
    """
    require_head(tx.actor)
    made = rule_set(body)
    if made.code in rule_sets(tx):
        raise RuleViolation({"code": tr("There are rules with this code already.")})
    tx.session.add(RuleSetRow(code=made.code, valid_from=made.valid_from, body=dict(body)))
    tx.session.flush()
    return made


def work_calendar(tx: Tx) -> WorkCalendar:
    """The working days: the shipped years, and over them what was imported or sent."""
    shipped = shipped_calendar()
    sql = "SELECT day, working, name FROM calendar_day ORDER BY created_at, id"
    rows = [
        (date.fromisoformat(day), working, name)
        for day, working, name in driver_of(tx.session).execute(sql)
    ]
    if not rows:
        return shipped
    off, worked = dict(shipped.off), set(shipped.worked)
    for day, working, name in rows:
        if working:
            off.pop(day, None)
            worked.add(day)
        else:
            worked.discard(day)
            off[day] = name
    years = shipped.years | {row[0].year for row in rows}
    return WorkCalendar(off, frozenset(worked), frozenset(years))


def import_calendar(tx: Tx, days: Iterable[tuple[date, bool, str]]) -> int:
    """Take in (day, whether it is worked, name) as published for a year; only the head may.

    Returns how many are new or changed. Raises RuleViolation for a list without days.
    """
    require_head(tx.actor)
    given = {day: (working, name.strip()) for day, working, name in days}
    if not given:
        raise RuleViolation({"days": tr("There are no days in this list.")})
    query = select(CalendarDay).where(CalendarDay.day.in_(given), CalendarDay.stream == "")
    known = {row.day: row for row in tx.session.scalars(query)}
    shipped, changed = shipped_calendar(), 0
    for day, (working, name) in sorted(given.items()):
        row = known.get(day)
        if row is None:
            same = day in shipped.worked if working else day in shipped.off
            if same and day.year in shipped.years:
                continue
            row = CalendarDay(day=day)
            tx.session.add(row)
        changed += (row.working, row.name) != (working, name)
        row.working, row.name = working, name
    tx.session.flush()
    return changed


@cache
def shipped_rules() -> dict[str, RuleSet]:
    """The rule sets in ``resources/rules``, the oldest first."""
    paths = sorted((RESOURCES / "rules").glob("*.json"))
    sets = (rule_set(json.loads(path.read_text(encoding="utf-8"))) for path in paths)
    return {one.code: one for one in sorted(sets, key=lambda one: (one.valid_from, one.code))}


@cache
def shipped_calendar() -> WorkCalendar:
    """The years in ``resources/calendar``, as published by the State Council."""
    off: dict[date, str] = {}
    worked: set[date] = set()
    years = set()
    for path in sorted((RESOURCES / "calendar").glob("*.json")):
        years.add(int(path.stem))
        for one in json.loads(path.read_text(encoding="utf-8")):
            day, last = date.fromisoformat(one["from"]), date.fromisoformat(one["to"])
            while day <= last:
                off[day] = one["name"]
                day += timedelta(days=1)
            worked.update(date.fromisoformat(day) for day in one["worked"])
    return WorkCalendar(off, frozenset(worked), frozenset(years))
