"""How an issue is told: tones, icons, moments, the sentence of each event, whose turn it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo

from db.vocabulary import IssueEventKind, IssueStatus, Urgency
from station_app.domain.issue_words import status_word, urgency_word
from station_app.domain.issues import IssueEventRecord, IssueRecord, IssueRow
from station_app.domain.visits import VisitRecord
from station_app.i18n import tr
from station_app.ui.issues.looks import STATUS_TONES as STATUS_TONES
from station_app.ui.widgets import Tone

_E = IssueEventKind
_S = IssueStatus

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


def row_pill(row: IssueRow) -> str:
    """The state in a list, with the unit while one has it, and urgency before all."""
    state = status_word(row.status)
    if row.unit and row.status in (_S.ASSIGNED, _S.TAKEN_UP, _S.REPLIED):
        state = f"{state} · {row.unit}"
    if row.urgency is Urgency.URGENT and row.status is not _S.SETTLED:
        state = f"{urgency_word(Urgency.URGENT)} · {state}"
    return state


def row_tone(row: IssueRow) -> Tone:
    """The colour of the state in a list."""
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
