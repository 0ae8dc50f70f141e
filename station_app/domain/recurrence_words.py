"""A rule of reception days in words: 每月10日 9:00–11:00，遇休息日顺延."""

from __future__ import annotations

from collections.abc import Iterable

from db.vocabulary import Pattern, Shift
from station_app.domain.recurrence import (
    ALL_MONTHS,
    EVEN_MONTHS,
    LAST,
    ODD_MONTHS,
    RecurrenceDraft,
)
from station_app.i18n import tr


def recurrence_words(rule: RecurrenceDraft) -> str:
    """When the rule means a reception, and what happens to it on a day off."""
    hours = f"{rule.starts:%H:%M}–{rule.ends:%H:%M}"
    return tr("{when}, {hours}, {shift}", when=_when(rule), hours=hours,
              shift=shift_word(rule.shift))  # fmt: skip


def pattern_word(pattern: Pattern) -> str:
    """How a pattern is called where one is chosen."""
    return {
        Pattern.MONTH_DAY: tr("On fixed days of the month"),
        Pattern.MONTH_WEEKDAY: tr("On a weekday of the month"),
        Pattern.WEEKDAY: tr("Each week"),
    }[pattern]


def shift_word(shift: Shift) -> str:
    """What happens to a reception that falls on a day off."""
    return {
        Shift.LATER: tr("put off to the next working day when it is a day off"),
        Shift.EARLIER: tr("brought forward to the working day before when it is a day off"),
        Shift.SKIP: tr("falls out when it is a day off"),
        Shift.NONE: tr("held on days off too"),
    }[shift]


def weekday_word(weekday: int) -> str:
    """What a weekday is called; 0 is Monday."""
    return (
        tr("weekday|Monday"), tr("weekday|Tuesday"), tr("weekday|Wednesday"),
        tr("weekday|Thursday"), tr("weekday|Friday"), tr("weekday|Saturday"),
        tr("weekday|Sunday"),
    )[weekday]  # fmt: skip


def ordinal_word(number: int) -> str:
    """Which of the weekdays of a month."""
    if number == LAST:
        return tr("ordinal|last")
    return (tr("ordinal|first"), tr("ordinal|second"), tr("ordinal|third"),
            tr("ordinal|fourth"), tr("ordinal|fifth"))[number - 1]  # fmt: skip


def months_word(months: frozenset[int]) -> str:
    """Which months: each, odd, even, or their numbers."""
    if months == ALL_MONTHS:
        return tr("each month")
    if months == ODD_MONTHS:
        return tr("odd months")
    if months == EVEN_MONTHS:
        return tr("even months")
    return tr("months {numbers}", numbers=_listed(str(one) for one in sorted(months)))


def _when(rule: RecurrenceDraft) -> str:
    weekdays = _listed(weekday_word(one) for one in sorted(rule.weekdays))
    if rule.pattern is Pattern.WEEKDAY:
        if rule.every == 1:
            return tr("every {weekdays}", weekdays=weekdays)
        return tr("{weekdays} of every {n} weeks", weekdays=weekdays, n=rule.every)
    months = months_word(rule.months)
    if rule.pattern is Pattern.MONTH_DAY:
        numbers = _listed(str(one) for one in sorted(rule.numbers))
        return tr("{months}, day {numbers}", months=months, numbers=numbers)
    places = sorted(rule.numbers, key=lambda one: (one == LAST, one))
    ordinals = _listed(ordinal_word(one) for one in places)
    return tr("{months}, {ordinals} {weekdays}", months=months, ordinals=ordinals,
              weekdays=weekdays)  # fmt: skip


def _listed(words: Iterable[str]) -> str:
    return tr("list|, ").join(words)
