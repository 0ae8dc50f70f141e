"""How an issue is told: tones, icons, moments, the sentence of each event, whose turn it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo

from db.vocabulary import Clock, IssueEventKind, IssueStatus, Urgency
from station_app.domain.case_words import clock_word
from station_app.domain.issue_views import View
from station_app.domain.issue_words import status_word, urgency_word
from station_app.domain.issues import IssueEventRecord, IssueRecord, IssueRow
from station_app.domain.visits import VisitRecord
from station_app.i18n import tr
from station_app.ui.issues.looks import STATUS_TONES as STATUS_TONES
from station_app.ui.widgets import Tone

_E = IssueEventKind
_S = IssueStatus

#: From so many days before it a deadline is told in amber.
SOON_DAYS = 3

#: Parts of one grey line.
DOT = "　·　"


@dataclass(frozen=True, slots=True)
class IssueView:
    """All that the detail shows: the issue, its visit, what was joined to it, and today here.

    ``public``: title and text without what tells who raised it, where it may be published;
    ``reasons``: code → why something is declined, retired codes too.
    """

    record: IssueRecord
    visit: VisitRecord
    joined: tuple[IssueRow, ...]
    today: date
    zone: tzinfo
    public: tuple[str, str] | None = None
    reasons: Mapping[str, str] = field(default_factory=dict)

    def moment(self, at: datetime) -> str:
        """``at`` on the clock of the station; the year only when it is not this one."""
        local = at.astimezone(self.zone)
        plain = f"{local.hour}:{local:%M}"
        if local.year == self.today.year:
            return f"{local:%m-%d} {plain}"
        return f"{local:%Y-%m-%d} {plain}"

    def day(self, at: datetime) -> date:
        """The station's calendar date of ``at``."""
        return at.astimezone(self.zone).date()


def row_pill(row: IssueRow, today: date | None = None, view: View = View.ALL) -> str:
    """What calls for work in a list: the day that ``view`` goes by, or state, urgency and day."""
    if today is not None and view in _DAYS and (day := _DAYS[view][1](row)) is not None:
        return f"{_DAYS[view][0]()} {days_left((day - today).days)}"
    state = status_word(row.status)
    if row.urgency is Urgency.URGENT and row.status is not _S.SETTLED:
        state = f"{urgency_word(Urgency.URGENT)} · {state}"
    if today is not None and row.due_on is not None:
        return f"{state} · {days_left((row.due_on - today).days)}"
    if row.unit and row.status in (_S.ASSIGNED, _S.TAKEN_UP, _S.REPLIED):
        state = f"{state} · {row.unit}"
    return state


def days_left(days: int) -> str:
    """How long something has time, or how long it is over."""
    if days < 0:
        return tr("{n} days over", n=-days)
    return tr("{n} days left", n=days) if days else tr("due today")


#: view → what it goes by, and its day.
_DAYS: dict[View, tuple[Callable[[], str], Callable[[IssueRow], date | None]]] = {
    View.PROMISES: (lambda: clock_word(Clock.PROMISE), lambda row: row.promise_on),
    View.LOOK_BACKS: (lambda: clock_word(Clock.LOOK_BACK), lambda row: row.look_back_on),
    View.TO_REVISIT: (lambda: clock_word(Clock.REVISIT), lambda row: row.revisit_on),
}


def row_tone(row: IssueRow, today: date | None = None, view: View = View.ALL) -> Tone:
    """The colour of the pill in a list; red is what is over, amber what is due now or soon."""
    day = _DAYS[view][1](row) if view in _DAYS else row.due_on
    if today is not None and day is not None:
        left = (day - today).days
        if left <= SOON_DAYS:
            return "red" if left < 0 else "amber"
    if row.urgency is Urgency.URGENT and row.status in (
        _S.REGISTERED,
        _S.ASSIGNED,
        _S.TAKEN_UP,
        _S.REPLIED,
    ):
        return "red"
    return STATUS_TONES[row.status]


def counted(joined_count: int, people: int) -> str:
    """``7 条 23 人``: the issue with those joined to it, and everybody who came for them."""
    return tr("Issues: {issues}, people: {people}", issues=joined_count + 1, people=people)


def facts(view: IssueView) -> tuple[str, ...]:
    """What stands in grey under the title."""
    one = view.record
    urgent = urgency_word(one.urgency) if one.urgency is Urgency.URGENT else ""
    deputies = tr("levels|, ").join(one.name for one in view.visit.deputies)
    return tuple(filter(None, (one.number, urgent, one.category_name, one.place, deputies)))


def last_of(view: IssueView, kind: IssueEventKind) -> IssueEventRecord | None:
    """The latest event of a kind."""
    return next((one for one in reversed(view.record.counted) if one.event is kind), None)
