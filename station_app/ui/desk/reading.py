"""What the desk shows, read in one transaction: the day, its arrivals, its figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING, Any
from uuid import UUID

from db.vocabulary import DayStatus
from station_app.domain.days import DayCounters, DayRecord
from station_app.domain.dictionaries import CategoryRecord, DeclineReason
from station_app.domain.issue_views import DueCount
from station_app.domain.issues import EarlierIssue
from station_app.domain.lists import Listing
from station_app.domain.pinyin import spellings
from station_app.domain.residents import ResidentMatch, ResidentRecord
from station_app.domain.visits import VisitRow
from station_app.errors import NotFound
from station_app.services import (
    day_lists,
    days,
    deputies,
    dictionaries,
    drafts,
    issue_records,
    residents,
    today,
    visit_lists,
)

if TYPE_CHECKING:
    from station_app.store import Tx

#: Under this name the half-typed visit is kept.
FORM = "visit"


@dataclass(frozen=True, slots=True)
class Desk:
    """One picture of the desk. ``day`` is None between reception days.

    ``has_roster``: some deputy is known, so that a day has somebody who receives.
    """

    day: DayRecord | None
    visits: tuple[VisitRow, ...]
    counters: DayCounters
    now: datetime
    zone: tzinfo
    has_roster: bool
    due: DueCount

    @property
    def today(self) -> date:
        """The local date of the picture."""
        return self.local(self.now).date()

    def local(self, moment: datetime) -> datetime:
        """``moment`` on the station's clock."""
        return moment.astimezone(self.zone)

    @property
    def receiving(self) -> bool:
        """Whether visits are written into the day now."""
        return self.day is not None and self.day.status is DayStatus.OPEN

    @property
    def next_sequence(self) -> int:
        """The number the next visit of the day will have; 0 between days."""
        return max((one.sequence for one in self.visits), default=0) + 1 if self.day else 0


@dataclass(frozen=True, slots=True)
class Known:
    """An earlier visitor whole: who they are, when they came last, what they raised before."""

    record: ResidentRecord
    earlier: tuple[EarlierIssue, ...]
    last_on: date | None
    match: ResidentMatch | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """The half-typed visit of before, with the earlier visitors it names."""

    state: dict[str, Any]
    people: dict[str, Known]


@dataclass(frozen=True, slots=True)
class Words:
    """What is completed as one types; each community with the ways to spell it."""

    categories: tuple[CategoryRecord, ...] = ()
    communities: tuple[tuple[str, tuple[str, ...]], ...] = ()
    reasons: tuple[DeclineReason, ...] = ()


def read_desk(tx: Tx, pinned: UUID | None) -> Desk:
    """The day in work, else the ``pinned`` one, else today's finished one."""
    day = _day(tx, pinned)
    if day is None:
        visits, counters = visit_lists.list_visits_between_days(tx), DayCounters()
    else:
        visits = visit_lists.list_day_visits(tx, day.id)
        counters = day_lists.day_counters(tx, day.id)
    known, due = deputies.has_deputies(tx), today.count_due(tx)
    return Desk(day, visits, counters, tx.now, tx.zone, known, due)


def read_kept(tx: Tx) -> Kept:
    """What was half-typed and not saved; an empty state if nothing was."""
    state = drafts.kept_draft(tx, FORM) or {}
    return Kept(state, _people_of(tx, state))


def read_words(tx: Tx) -> Words:
    """The lists the entry completes from; their pinyin takes a moment, so apart from the desk."""
    communities = tuple((one, spellings(one)) for one in residents.list_communities(tx))
    reasons = dictionaries.list_decline_reasons(tx)
    return Words(dictionaries.list_categories(tx), communities, reasons)


def find_known(tx: Tx, typed: str) -> tuple[Known, ...]:
    """Earlier visitors that ``typed`` may mean, each whole, so that taking one needs no wait."""
    return tuple(
        _known(tx, residents.get_resident(tx, match.id), match)
        for match in residents.match_residents(tx, typed)
    )


def _known(tx: Tx, record: ResidentRecord, match: ResidentMatch | None = None) -> Known:
    last = record.last_visit_at
    return Known(
        record=record,
        earlier=issue_records.earlier_issues(tx, record.id),
        last_on=None if last is None else last.astimezone(tx.zone).date(),
        match=match,
    )


def _people_of(tx: Tx, kept: dict[str, Any]) -> dict[str, Known]:
    people: dict[str, Known] = {}
    for one in (kept.get("visitor", {}), *kept.get("companions", [])):
        ident = one.get("known")
        if ident:
            try:
                people[ident] = _known(tx, residents.get_resident(tx, UUID(ident)))
            except NotFound:
                continue  # erased meanwhile: what was typed stays, as a new visitor
    return people


def _day(tx: Tx, pinned: UUID | None) -> DayRecord | None:
    current = days.current_day(tx)
    if current is not None and current.status is DayStatus.OPEN:
        return current
    if pinned is not None:
        return days.get_day(tx, pinned)
    return current or _finished_today(tx)


def _finished_today(tx: Tx) -> DayRecord | None:
    for status in (DayStatus.CLOSED, DayStatus.LOCKED):
        listing = Listing("held_on", descending=True, filters={"status": status})
        rows = day_lists.list_days(tx, listing).rows
        if rows and rows[0].held_on == tx.today:
            return days.get_day(tx, rows[0].id)
    return None
