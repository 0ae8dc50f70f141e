"""What the Today page lists: each thing that is due, its kind, its words, and the act it asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from db.vocabulary import Clock, IssueEventKind, Turn, Urgency
from station_app.domain.case_words import clock_word, turn_word
from station_app.domain.issue_views import DueItem, Today
from station_app.domain.issue_words import urgency_word
from station_app.domain.issues import IssueRow
from station_app.domain.lists import Listing, Mark, Page
from station_app.i18n import tr
from station_app.services import today as service

if TYPE_CHECKING:
    from station_app.store import Tx
    from station_app.ui.widgets import Tone

_E = IssueEventKind


class Kind(StrEnum):
    """What something asks for, in the order of the chips."""

    DEADLINE = "deadline"
    URGE = "urge"
    PROMISE = "promise"
    LOOK_BACK = "look_back"
    REVISIT = "revisit"
    RATE = "rate"


_KINDS = {
    Clock.PROMISE: Kind.PROMISE,
    Clock.LOOK_BACK: Kind.LOOK_BACK,
    Clock.REVISIT: Kind.REVISIT,
}
#: What is done about it; what must be decided or waits for a suggestion has several ways.
_ACTS: Mapping[Kind, IssueEventKind] = {
    Kind.URGE: _E.URGED,
    Kind.PROMISE: _E.KEPT,
    Kind.LOOK_BACK: _E.LOOKED_BACK,
    Kind.REVISIT: _E.REVISITED,
    Kind.RATE: _E.EVALUATED,
}


@dataclass(frozen=True, slots=True)
class DueRow:
    """One line: an issue and what is due of it. ``days`` is None where there is no day."""

    issue: IssueRow
    kind: Kind
    clock: Clock | None
    due_on: date | None
    days: int | None

    @property
    def id(self) -> tuple[UUID, Kind, Clock | None]:
        """One issue may stand here for several things."""
        return self.issue.id, self.kind, self.clock

    @property
    def act(self) -> IssueEventKind | None:
        """The act at which its issue is opened."""
        if self.kind is Kind.DEADLINE:
            return _E.REPLIED if self.clock is Clock.REPLY else None
        return _ACTS[self.kind]


@dataclass(frozen=True, slots=True)
class Counted:
    """The figures above the list; ``more`` did not fit into it."""

    kinds: Mapping[Kind, int]
    overdue: int
    today: int
    this_week: int
    to_rate: int
    more: int


def rows_of(found: Today) -> list[DueRow]:
    """Everything in order: overdue, today, this week, then what has no day."""
    dated = [*found.overdue, *found.today, *found.this_week]
    rated = [DueRow(one, Kind.RATE, None, None, None) for one in found.to_rate]
    return [*(_row(one) for one in dated), *rated]


def count(found: Today) -> Counted:
    """The figures above the list."""
    kinds = dict.fromkeys(Kind, 0)
    for one in rows_of(found):
        kinds[one.kind] += 1
    ends = (len(found.overdue), len(found.today), len(found.this_week))
    return Counted(kinds, *ends, len(found.to_rate), found.more)


class DueList:
    """All that is due as one page of a list; ``found`` is what was read last, for the figures."""

    def __init__(self) -> None:
        self.found: Today | None = None

    def __call__(
        self, tx: Tx, listing: Listing, /, *, at: Mark | None = None, backwards: bool = False
    ) -> Page[DueRow]:
        """Filter: ``kind`` (Kind)."""
        self.found = found = service.due_now(tx)
        kind = listing.filters.get("kind")
        rows = [one for one in rows_of(found) if kind is None or one.kind is kind]
        return Page(tuple(rows), after=None, before=None)


def kind_word(kind: Kind) -> str:
    """What a chip says."""
    return {
        Kind.DEADLINE: tr("due|Deadlines"),
        Kind.URGE: tr("due|To urge"),
        Kind.PROMISE: tr("due|Promises"),
        Kind.LOOK_BACK: tr("due|Look-backs"),
        Kind.REVISIT: tr("due|Revisits"),
        Kind.RATE: tr("due|Evaluations"),
    }[kind]


def when_words(row: DueRow) -> str:
    """When, as the pill says it."""
    if row.days is None or row.due_on is None:
        return tr("due|To be asked")
    if row.days < 0:
        return tr("{n} days over", n=-row.days)
    if row.days == 0:
        return tr("due|Today")
    day = f"{row.due_on:%m-%d}"
    return tr("due|Tomorrow") if row.days == 1 else tr("due|{weekday} {day}",
        weekday=_weekday(row.due_on.weekday()), day=day)  # fmt: skip


def when_tone(row: DueRow) -> Tone:
    """Red what is over, amber what is due today."""
    if row.days is None:
        return "blue"
    return "red" if row.days < 0 else "amber" if row.days == 0 else "neutral"


def what_words(row: DueRow) -> str:
    """What is due."""
    return turn_word(Turn.RATING) if row.clock is None else clock_word(row.clock)


def about_words(row: DueRow) -> str:
    """The grey line: number, who has it, who raised it."""
    one = row.issue
    urgent = urgency_word(Urgency.URGENT) if one.urgency is Urgency.URGENT else ""
    return " · ".join(filter(None, (urgent, one.unit, one.resident, one.place, one.number)))


def _row(one: DueItem) -> DueRow:
    late_reply = one.clock is Clock.REPLY and one.days <= 0
    kind = Kind.URGE if late_reply else _KINDS.get(one.clock, Kind.DEADLINE)
    return DueRow(one.issue, kind, one.clock, one.due_on, one.days)


def _weekday(number: int) -> str:
    return (
        tr("weekday|Mon"), tr("weekday|Tue"), tr("weekday|Wed"), tr("weekday|Thu"),
        tr("weekday|Fri"), tr("weekday|Sat"), tr("weekday|Sun"),
    )[number]  # fmt: skip
