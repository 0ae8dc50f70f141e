"""Which columns each exported list has, and how its records become rows of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from station_app.domain.days import DayRow
from station_app.domain.deputies import DeputyRecord
from station_app.domain.exports import Exported, IssueLine, LedgerLine
from station_app.domain.issue_words import degree_word, rating_word, status_word, urgency_word
from station_app.domain.lists import Listing, Page
from station_app.domain.phones import mask_phone
from station_app.domain.residents import ResidentRecord
from station_app.domain.words import (
    channel_word,
    day_kind_word,
    day_status_word,
    gender_word,
    level_word,
    paper,
)
from station_app.exchange.office_columns import COLUMNS, TITLES
from station_app.exchange.office_sheet import Report, SheetPlan, write_sheet
from station_app.services import day_lists, deputies, exports, issue_records, residents
from station_app.services.dictionaries import category_paths
from station_app.services.station import get_station
from station_app.store import Tx


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: a list as its page narrows it, or the ledger of a period.

    ``phones``: whole numbers instead of masked ones; whoever asks has logged it.
    ``narrowed`` says in words what the list was narrowed to, for the line under the title.
    """

    what: Exported
    listing: Listing = field(default_factory=lambda: Listing(""))
    first_on: date = date.min
    last_on: date = date.max
    phones: bool = False
    narrowed: str = ""


def write_list(tx: Tx, wanted: Wanted, path: Path, *, report: Report | None = None) -> int:
    """Write what is ``wanted`` to ``path`` (.xlsx) and return how many rows it has.

    Raises ExchangeFault if the file cannot be written, and whatever ``report`` raises.
    """
    name = TITLES[wanted.what]
    total = count(tx, wanted)
    station = get_station(tx)
    facts = [f"导出日期：{tx.today:%Y-%m-%d}", f"导出人：{tx.actor.name}", f"共 {total} 条"]
    facts += [wanted.narrowed] if wanted.narrowed else []
    facts += [] if wanted.phones else ["电话已部分隐去"]
    title = f"{station.name}{station.term}{name}"
    if wanted.what is Exported.LEDGER:
        title += f"（{_period(wanted.first_on, wanted.last_on)}）"
    plan = SheetPlan(name, title, "　　".join(facts), COLUMNS[wanted.what])
    return write_sheet(
        path, plan, _MAKERS[wanted.what].rows(tx, wanted), total=total, report=report
    )


def count(tx: Tx, wanted: Wanted) -> int:
    """How many rows what is ``wanted`` has."""
    return _MAKERS[wanted.what].count(tx, wanted)


def file_name(wanted: Wanted, today: date) -> str:
    """The name proposed for the file."""
    title = TITLES[wanted.what]
    if wanted.what is Exported.LEDGER:
        return f"{title} {_period(wanted.first_on, wanted.last_on)}.xlsx"
    return f"{title} {today:%Y-%m-%d}.xlsx"


@dataclass(frozen=True, slots=True)
class _Maker:
    count: Callable[[Tx, Wanted], int]
    rows: Callable[[Tx, Wanted], Iterator[Sequence[Any]]]


def _issues(tx: Tx, wanted: Wanted) -> Iterator[Sequence[Any]]:
    paths, shown = category_paths(tx), _phone(wanted)

    def row(one: IssueLine) -> Sequence[Any]:
        return (
            one.number,
            one.registered_at,
            one.resident,
            shown(one.phone),
            one.people,
            paths.get(one.category, one.category),
            one.place,
            one.text or one.title,
            urgency_word(one.urgency, paper),
            status_word(one.status, paper),
            one.unit,
            one.due_on,
            one.settled_at,
            degree_word(one.degree, paper) if one.degree else "",
            rating_word(one.rating, paper) if one.rating else "",
        )

    return map(row, exports.issue_lines(tx, wanted.listing))


def _ledger(tx: Tx, wanted: Wanted) -> Iterator[Sequence[Any]]:
    paths, shown, names = category_paths(tx), _phone(wanted), exports.deputy_names(tx)

    def row(at: int, one: LedgerLine) -> Sequence[Any]:
        return (
            at,
            one.held_on,
            one.resident,
            shown(one.phone),
            one.address,
            one.community,
            one.people,
            channel_word(one.channel, paper),
            paths.get(one.category, one.category),
            one.text or one.title,
            "、".join(names[ident] for ident in one.deputy_ids if ident in names),
            _state(one),
            one.unit,
            rating_word(one.rating, paper) if one.rating else "",
            one.number,
        )

    lines = exports.ledger_lines(tx, wanted.first_on, wanted.last_on)
    return (row(at, one) for at, one in enumerate(lines, start=1))


def _residents(tx: Tx, wanted: Wanted) -> Iterator[Sequence[Any]]:
    shown = _phone(wanted)

    def row(one: ResidentRecord) -> Sequence[Any]:
        gender = gender_word(one.gender, paper)
        figures = (one.visit_count, one.last_visit_at, one.note)
        return (one.name, gender, shown(one.phone), one.address, one.community, *figures)

    return map(row, _pages(tx, residents.list_residents, wanted.listing))


def _deputies(tx: Tx, wanted: Wanted) -> Iterator[Sequence[Any]]:
    shown = _phone(wanted)

    def row(one: DeputyRecord) -> Sequence[Any]:
        return (
            one.name,
            gender_word(one.gender, paper),
            one.ethnicity,
            one.born_on,
            "、".join(level_word(level, paper) for level in one.levels),
            one.position,
            one.electoral_unit,
            one.deputy_group,
            one.professional_group,
            shown(one.phone),
            shown(one.other_phone),
            one.note,
        )

    return map(row, _pages(tx, deputies.list_deputies, wanted.listing))


def _days(tx: Tx, wanted: Wanted) -> Iterator[Sequence[Any]]:
    def row(one: DayRow) -> Sequence[Any]:
        hours = f"{one.starts:%H:%M}–{one.ends:%H:%M}"
        kind, status = day_kind_word(one.kind, paper), day_status_word(one.status, paper)
        figures = (one.due, one.present, one.visits, one.people, one.issues)
        return (one.held_on, hours, one.place, one.theme, kind, status, *figures)

    return map(row, _pages(tx, day_lists.list_days, wanted.listing))


def _pages(tx: Tx, list_page: Callable[..., Page[Any]], listing: Listing) -> Iterator[Any]:
    page = list_page(tx, listing)
    yield from page.rows
    while page.after is not None:
        page = list_page(tx, listing, at=page.after)
        yield from page.rows


def _phone(wanted: Wanted) -> Callable[[str], str]:
    return str if wanted.phones else mask_phone


def _state(one: LedgerLine) -> str:
    word = status_word(one.status, paper)
    return f"{word}：{degree_word(one.degree, paper)}" if one.degree else word


def _period(first_on: date, last_on: date) -> str:
    if (first_on, last_on) == (date.min, date.max):
        return "全部"
    if date.min == first_on:
        return f"至 {last_on}"
    if last_on == date.max:
        return f"{first_on} 起"
    return f"{first_on}" if first_on == last_on else f"{first_on} 至 {last_on}"


def _counter(counted: Callable[[Tx, Listing], int]) -> Callable[[Tx, Wanted], int]:
    return lambda tx, wanted: counted(tx, wanted.listing)


def _count_ledger(tx: Tx, wanted: Wanted) -> int:
    return exports.count_ledger(tx, wanted.first_on, wanted.last_on)


_MAKERS: dict[Exported, _Maker] = {
    Exported.ISSUES: _Maker(_counter(issue_records.count_issues), _issues),
    Exported.LEDGER: _Maker(_count_ledger, _ledger),
    Exported.RESIDENTS: _Maker(_counter(residents.count_residents), _residents),
    Exported.DEPUTIES: _Maker(_counter(deputies.count_deputies), _deputies),
    Exported.DAYS: _Maker(_counter(day_lists.count_days), _days),
}
