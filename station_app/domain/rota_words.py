"""What a rota lacks, in words: why seats stay free or somebody comes too seldom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from station_app.domain.rota import RotaDay, RotaDeputy, RotaQuestion, Worth
from station_app.i18n import tr

#: So many names are said; of more only the number.
_NAMED = 6


def cannot_words(question: RotaQuestion, worth: Worth) -> list[str]:
    """Why the rota cannot be had as it is wanted; empty where it can.

    For one that ``rota_making.propose`` made: it leaves a seat free, or somebody below the
    least, only where no rota would not.
    """
    return [*_empty_words(question, worth), *_seldom_words(question, worth)]


def effect_words(question: RotaQuestion, worth: Worth) -> list[str]:
    """What is wrong or unpleasant about a rota that was changed by hand."""
    days = {day.id: day.on for day in question.days}
    names = {one.id: one.name for one in question.deputies}
    said = [
        tr("{name} is away on {date}.", name=names[who], date=_day(days[day]))
        for day, who in worth.away
    ]
    said += [
        tr("{name} would be due twice on {date}.", name=names[who], date=_day(days[day]))
        for day, who in worth.twice
    ]
    said += [
        tr("{date}: {n} seats are still free.", date=_day(days[day]), n=free)
        for day, free in worth.empty.items()
    ]
    if worth.seldom:
        said.append(tr("Fewer than {n} times: {names}.", n=question.least,
                       names=_names(names[who] for who in worth.seldom)))  # fmt: skip
    said += [
        tr("{name} comes on {one} and again on {other}.", name=names[who], one=_day(one),
           other=_day(other))
        for who, one, other in worth.close
    ]  # fmt: skip
    said += [
        tr("{name} would rather not come on {date}.", name=names[who], date=_day(days[day]))
        for day, who in worth.unwished
    ]
    said += [
        tr("{date}: all who are due receive for the first time.", date=_day(days[day]))
        for day in worth.green
    ]
    return said


def change_words(question: RotaQuestion, before: Worth, after: Worth) -> list[str]:
    """What a change by hand would bring, and what it would mend; empty where neither."""
    had, has = effect_words(question, before), effect_words(question, after)
    brought = [one for one in has if one not in had]
    mended = [tr("mended: {what}", what=one) for one in had if one not in has]
    return brought + mended


def spread_words(worth: Worth) -> str:
    """How even the rota is."""
    low, high = worth.spread
    if low == high:
        return tr("everybody {n} times", n=low)
    return tr("each {low} to {high} times", low=low, high=high)


def _empty_words(question: RotaQuestion, worth: Worth) -> list[str]:
    said = []
    by_date: dict[date, list[RotaDay]] = {}
    for day in question.days:
        by_date.setdefault(day.on, []).append(day)
    for on, days in sorted(by_date.items()):
        if any(day.id in worth.empty for day in days):
            seats = sum(day.seats for day in days)
            able = sum(on not in one.away for one in question.deputies)
            said.append(tr("{date} wants {seats} deputies, and only {able} can come: the others "
                           "are away.", date=_day(on), seats=seats, able=able))  # fmt: skip
    return said


def _seldom_words(question: RotaQuestion, worth: Worth) -> list[str]:
    if not worth.seldom:
        return []
    seats = sum(day.seats for day in question.days)
    wanted = sum(max(0, question.least - one.before) for one in question.deputies)
    if wanted > seats:
        return [_too_few_seats(question, seats, wanted)]
    people = {one.id: one for one in question.deputies}
    return [_bound(question, people[who]) for who in worth.seldom]


def _too_few_seats(question: RotaQuestion, seats: int, wanted: int) -> str:
    each = seats // max(1, len(question.deputies))
    return tr(
        "{people} deputies at least {least} times each makes {wanted} seats; the {days} days have "
        "{seats}. Plan more days, seat more deputies a day, or ask for {each} times.",
        people=len(question.deputies), least=question.least, wanted=wanted,
        days=len(question.days), seats=seats, each=max(1, each),
    )  # fmt: skip


def _bound(question: RotaQuestion, deputy: RotaDeputy) -> str:
    dates = {day.on for day in question.days if day.on not in deputy.away}
    if len(dates) + deputy.before < question.least:
        return tr("{name} can come on {n} of the dates only.", name=deputy.name, n=len(dates))
    return tr(
        "{name} can come on {n} of the dates, and those who sit there come no more often: they "
        "cannot come on other days either.", name=deputy.name, n=len(dates),
    )  # fmt: skip


def _names(names: Iterable[str]) -> str:
    those = list(names)
    said = tr("list|, ").join(those[:_NAMED])
    if len(those) <= _NAMED:
        return said
    return tr("people|{names} and {n} more", names=said, n=len(those) - _NAMED)


def _day(on: date) -> str:
    return f"{on:%m-%d}"
